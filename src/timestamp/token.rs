//! A token (RFC 3161 § 2.4.2): signed data (RFC 5652) whose content says what was there when.

use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{Any, Int, ObjectIdentifier, OctetString};
use der::oid::db::rfc5912;
use der::{Decode, Encode, Sequence, Tag, Tagged};
use sinetti_events::primitives::time::Instant;
use x509_cert::attr::Attribute;
use x509_cert::ext::Extensions;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_tsp::{Accuracy, MessageImprint, TspVersion};

use super::MAX_TOKEN;
use super::certificate::Pinned;
use super::signature::{HashKind, hash_of, is_by};

/// RFC 5652 § 5.1.
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// RFC 3161 § 2.4.2.
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// RFC 5652 § 11.1.
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
/// RFC 5652 § 11.2.
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// RFC 5035 § 3.
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// A verified token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Whose word it is: the name on the certificate that signed it.
    pub authority: String,
    /// What it says.
    pub said: Said,
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The message was there by then.
    pub time: Instant,
    /// Number that the authority gave the token, in hex.
    pub serial: String,
    /// The authority's policy, as an object identifier.
    pub policy: String,
    /// The nonce of the question, in hex; none where there was none.
    pub nonce: Option<String>,
}

/// The bytes are not this authority's word on this message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// Not a token.
    #[error("it is no RFC 3161 token: {0}")]
    Form(String),
    /// Something that RFC 3161 allows and this program does not know.
    #[error(
        "it uses {0}, which this program does not verify; it knows SHA-256, -384 and -512 with RSA, ECDSA P-256 and P-384"
    )]
    Unknown(String),
    /// Of another message.
    #[error("it is a timestamp of something else: its hash is not that of the checkpoint")]
    Imprint,
    /// Nothing under the signature says which certificate made it.
    #[error(
        "it does not name its certificate by a hash of the SHA-2 family (RFC 5816), so another certificate could be put in its place; ask the authority for tokens that do"
    )]
    Unnamed,
    /// By somebody else.
    #[error("none of the pinned certificates made it; pin the authority's own certificate of that time too")]
    Stranger,
    /// The signature does not hold.
    #[error("its signature does not hold: {0}")]
    Signature(&'static str),
    /// A certificate for something else.
    #[error("the certificate {0} is not one for timestamps")]
    Purpose(String),
    /// A certificate was not valid.
    #[error("the certificate {name} was not valid at {time}")]
    Validity {
        /// Whose.
        name: String,
        /// When it should have been.
        time: Instant,
    },
    /// A certificate says something critical.
    #[error("the certificate {name} has a critical extension that this program does not know: {extension}")]
    Extension {
        /// Whose.
        name: String,
        /// Its identifier.
        extension: String,
    },
    /// The chain does not end in a root.
    #[error("no pinned certificate issued {0}; pin the whole chain with its root")]
    Chain(String),
}

/// A token, read.
pub(super) struct Token {
    pub(super) said: Said,
    imprint: Vec<u8>,
    content: Vec<u8>,
    signer: SignerInfo,
}

/// `TSTInfo`, with the time unread: it may have fractions of a second, which the crate's type does not take.
#[derive(Sequence)]
struct Stated {
    #[allow(dead_code, reason = "only one version can be read")]
    version: TspVersion,
    policy: ObjectIdentifier,
    message_imprint: MessageImprint,
    serial_number: Int,
    gen_time: Any,
    #[asn1(optional = "true")]
    #[allow(dead_code, reason = "the time is taken at its word")]
    accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    #[allow(dead_code, reason = "tokens are not put in order by it")]
    ordering: bool,
    #[asn1(optional = "true")]
    nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    #[allow(dead_code, reason = "a hint; the certificate says who it is")]
    tsa: Option<Any>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    extensions: Option<Extensions>,
}

/// `SigningCertificateV2`.
#[derive(Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateId>,
    #[asn1(optional = "true")]
    #[allow(dead_code, reason = "policies are not judged")]
    policies: Option<Vec<Any>>,
}

/// `ESSCertIDv2`.
#[derive(Sequence)]
struct CertificateId {
    /// SHA-256 when it is left out.
    #[asn1(optional = "true")]
    hash: Option<AlgorithmIdentifierOwned>,
    value: OctetString,
    #[asn1(optional = "true")]
    #[allow(dead_code, reason = "the hash says it all")]
    issuer_serial: Option<Any>,
}

impl Token {
    pub(super) fn parse(token: &[u8]) -> Result<Token, BadToken> {
        if token.len() > MAX_TOKEN {
            return Err(form("it is too long"));
        }
        let outer = ContentInfo::from_der(token).map_err(form)?;
        if outer.content_type != SIGNED_DATA {
            return Err(form("it is no signed data"));
        }
        let signed: SignedData = outer.content.decode_as().map_err(form)?;
        if signed.encap_content_info.econtent_type != TST_INFO {
            return Err(form("what it signs is no TSTInfo"));
        }
        check_outside(&signed)?;
        let content = signed.encap_content_info.econtent.ok_or_else(|| form("what it signs is left out"))?;
        let content: OctetString = content.decode_as().map_err(form)?;
        let signer = signed.signer_infos.0.into_vec().pop().ok_or_else(|| form("it has no signer"))?;
        let stated = Stated::from_der(content.as_bytes()).map_err(form)?;
        let imprint = &stated.message_imprint;
        if imprint.hash_algorithm.oid != rfc5912::ID_SHA_256 {
            return Err(BadToken::Unknown(format!("the hash {}", imprint.hash_algorithm.oid)));
        }
        if let Some(extension) = stated.extensions.iter().flatten().find(|extension| extension.critical) {
            return Err(BadToken::Unknown(format!("the critical extension {}", extension.extn_id)));
        }
        let said = Said {
            time: time(&stated.gen_time)?,
            serial: hex::encode(stated.serial_number.as_bytes()),
            policy: stated.policy.to_string(),
            nonce: stated.nonce.map(|nonce| hex::encode(nonce.as_bytes())),
        };
        let imprint = imprint.hashed_message.as_bytes().to_vec();
        Ok(Token { said, imprint, content: content.as_bytes().to_vec(), signer })
    }

    pub(super) fn check_imprint(&self, message: &[u8]) -> Result<(), BadToken> {
        if self.imprint == HashKind::Sha256.hash(message) { Ok(()) } else { Err(BadToken::Imprint) }
    }

    /// Whether this is the certificate that it says signed it: by name and number, or key, and by hash.
    pub(super) fn names(&self, pinned: &Pinned) -> bool {
        let certificate = &pinned.certificate.tbs_certificate;
        let named = match &self.signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(of) => {
                of.issuer == certificate.issuer && of.serial_number == certificate.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(key) => pinned.key_id().as_ref() == Some(key),
        };
        named && self.certificate_hash().is_some_and(|(hash, value)| pinned.hash(hash) == value)
    }

    /// Whether it names its certificate at all.
    pub(super) fn is_named(&self) -> bool {
        self.certificate_hash().is_some()
    }

    pub(super) fn check_signature(&self, pinned: &Pinned) -> Result<(), BadToken> {
        let digest = HashKind::of(&self.signer.digest_alg.oid)
            .ok_or_else(|| BadToken::Unknown(format!("the hash {}", self.signer.digest_alg.oid)))?;
        let kind: Option<ObjectIdentifier> = self.attribute(&CONTENT_TYPE).and_then(|value| value.decode_as().ok());
        if kind != Some(TST_INFO) {
            return Err(BadToken::Signature("it signs another type of content"));
        }
        let value: Option<OctetString> = self.attribute(&MESSAGE_DIGEST).and_then(|value| value.decode_as().ok());
        if value.is_none_or(|value| value.as_bytes() != digest.hash(&self.content)) {
            return Err(BadToken::Signature("it signs another content"));
        }
        let algorithm = &self.signer.signature_algorithm;
        let hash = hash_of(algorithm, Some(digest))
            .ok_or_else(|| BadToken::Unknown(format!("the signature algorithm {}", algorithm.oid)))?;
        // RFC 5652 § 5.4: what is signed is the DER of the SET OF attributes.
        let attributes = self.signer.signed_attrs.as_ref().and_then(|attributes| attributes.to_der().ok());
        let attributes = attributes.ok_or(BadToken::Signature("it has no signed attributes"))?;
        let key = &pinned.certificate.tbs_certificate.subject_public_key_info;
        if is_by(key, hash, &attributes, self.signer.signature.as_bytes()) {
            return Ok(());
        }
        Err(BadToken::Signature("the certificate's key did not make it"))
    }

    /// The hash of the certificate that signed.
    fn certificate_hash(&self) -> Option<(HashKind, Vec<u8>)> {
        let signing: SigningCertificate = self.attribute(&SIGNING_CERTIFICATE_V2)?.decode_as().ok()?;
        let first = signing.certificates.into_iter().next()?;
        let hash = first.hash.map_or(Some(HashKind::Sha256), |hash| HashKind::of(&hash.oid))?;
        Some((hash, first.value.as_bytes().to_vec()))
    }

    /// The one value of the one signed attribute of this type.
    fn attribute(&self, oid: &ObjectIdentifier) -> Option<Any> {
        let attributes = self.signer.signed_attrs.as_ref()?;
        let found: Vec<&Attribute> = attributes.iter().filter(|attribute| attribute.oid == *oid).collect();
        let [attribute] = found[..] else { return None };
        let mut values = attribute.values.iter();
        values.next().cloned().filter(|_| values.next().is_none())
    }
}

/// What stands outside the signature says nothing, but only in the one way that RFC 5652 § 5.1 and § 5.3 give.
fn check_outside(signed: &SignedData) -> Result<(), BadToken> {
    let [signer] = signed.signer_infos.0.as_slice() else { return Err(form("it has not exactly one signer")) };
    let by_key = matches!(signer.sid, SignerIdentifier::SubjectKeyIdentifier(_));
    let version = if by_key { CmsVersion::V3 } else { CmsVersion::V1 };
    let hashes = signed.digest_algorithms.as_slice();
    let plain = |algorithm: &AlgorithmIdentifierOwned| {
        algorithm.parameters.as_ref().is_none_or(|parameters| parameters.is_null())
    };
    if signed.version != CmsVersion::V3 || signer.version != version {
        return Err(form("a version in it is not the one that its form has"));
    }
    if hashes != [signer.digest_alg.clone()] || !plain(&signer.digest_alg) || !plain(&signer.signature_algorithm) {
        return Err(form("the algorithms that it names don't agree"));
    }
    Ok(())
}

/// RFC 3161 § 2.4.2: `YYYYMMDDhhmmss[.s…]Z`; fractions without a zero at the end, beyond milliseconds cut off.
fn time(value: &Any) -> Result<Instant, BadToken> {
    let bad = || form("its time is malformed");
    let text = std::str::from_utf8(value.value()).map_err(|_| bad())?;
    let text = text.strip_suffix('Z').filter(|_| value.tag() == Tag::GeneralizedTime).ok_or_else(bad)?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let odd = text.contains('.') && (fraction.is_empty() || fraction.ends_with('0'));
    if whole.len() != 14 || !digits(whole) || !digits(fraction) || odd {
        return Err(bad());
    }
    let part = |from: usize, to: usize| whole.get(from..to).unwrap_or_default();
    let ms: String = fraction.chars().chain("000".chars()).take(3).collect();
    let instant =
        format!("{}-{}-{}T{}:{}:{}.{ms}Z", part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14));
    instant.parse().map_err(|_| bad())
}

fn form(reason: impl ToString) -> BadToken {
    BadToken::Form(reason.to_string())
}

//! One pinned certificate (RFC 5280), and what may rest on it.

use std::time::Duration;

use der::asn1::{Any, BitString};
use der::oid::db::rfc5280;
use der::oid::{AssociatedOid, ObjectIdentifier};
use der::{Decode, Encode, Sequence};
use sinetti_events::primitives::time::Instant;
use x509_cert::Certificate;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectKeyIdentifier};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::signature::{HashKind, hash_of, is_by};

/// Extensions that are looked at, or that take nothing away from what is looked at.
const KNOWN: [ObjectIdentifier; 5] = [
    BasicConstraints::OID,
    KeyUsage::OID,
    ExtendedKeyUsage::OID,
    rfc5280::ID_CE_CERTIFICATE_POLICIES,
    rfc5280::ID_CE_SUBJECT_ALT_NAME,
];

/// A certificate with the bytes that were signed.
#[derive(Debug, Clone)]
pub(super) struct Pinned {
    pub(super) der: Vec<u8>,
    pub(super) certificate: Certificate,
    signed: Vec<u8>,
}

/// The outer form of a certificate, its signed part unread.
#[derive(Sequence)]
struct Outer {
    signed: Any,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

impl Pinned {
    /// Reads a certificate.
    pub(super) fn of(der: &[u8]) -> der::Result<Pinned> {
        let outer = Outer::from_der(der)?;
        Ok(Pinned { der: der.to_vec(), certificate: Certificate::from_der(der)?, signed: outer.signed.to_der()? })
    }

    /// How a person tells it apart.
    pub(super) fn name(&self) -> String {
        self.certificate.tbs_certificate.subject.to_string()
    }

    /// Whether it is by itself: what a chain may end in.
    pub(super) fn is_root(&self) -> bool {
        let names = &self.certificate.tbs_certificate;
        names.issuer == names.subject && self.is_issued_by(self)
    }

    /// Whether `issuer` bears the name and made the signature.
    pub(super) fn is_issued_by(&self, issuer: &Pinned) -> bool {
        let (ours, theirs) = (&self.certificate.tbs_certificate, &issuer.certificate.tbs_certificate);
        let Some(hash) = hash_of(&self.certificate.signature_algorithm, None) else { return false };
        let Some(signature) = self.certificate.signature.as_bytes() else { return false };
        ours.issuer == theirs.subject
            // RFC 5280 § 4.1.1.2: said twice, once under the signature.
            && self.certificate.signature_algorithm == ours.signature
            && is_by(&theirs.subject_public_key_info, hash, &self.signed, signature)
    }

    /// Whether it was valid then.
    pub(super) fn is_valid_at(&self, time: Instant) -> bool {
        let validity = &self.certificate.tbs_certificate.validity;
        let then = Duration::from_millis(u64::try_from(time.unix_ms()).unwrap_or_default());
        // The last second counts as a whole.
        let end = validity.not_after.to_unix_duration() + Duration::from_secs(1);
        (validity.not_before.to_unix_duration()..end).contains(&then)
    }

    /// RFC 3161 § 2.3: for timestamps and nothing else, and it says that this is critical.
    pub(super) fn is_for_timestamps(&self) -> bool {
        let usages: Vec<_> = self.extensions().filter(|extension| extension.extn_id == ExtendedKeyUsage::OID).collect();
        let [usage] = usages[..] else { return false };
        let purposes = ExtendedKeyUsage::from_der(usage.extn_value.as_bytes());
        usage.critical && purposes.is_ok_and(|purposes| purposes.0 == [rfc5280::ID_KP_TIME_STAMPING])
    }

    /// Whether its key may sign things that are no certificates.
    pub(super) fn may_sign(&self) -> bool {
        self.key_usage().is_none_or(|usage| usage.digital_signature() || usage.non_repudiation())
    }

    /// Whether it may issue certificates, with `below` others between it and the authority's own.
    pub(super) fn may_issue(&self, below: usize) -> bool {
        let constraints: Option<BasicConstraints> = self.extension();
        let issues = constraints.is_some_and(|constraints| {
            constraints.ca && constraints.path_len_constraint.is_none_or(|most| below <= usize::from(most))
        });
        issues && self.key_usage().is_none_or(|usage| usage.key_cert_sign())
    }

    /// An extension that says it can't be passed over, and that this program does not know.
    pub(super) fn unknown_critical(&self) -> Option<ObjectIdentifier> {
        let unknown = |extension: &&Extension| extension.critical && !KNOWN.contains(&extension.extn_id);
        self.extensions().find(unknown).map(|extension| extension.extn_id)
    }

    /// The identifier of its key.
    pub(super) fn key_id(&self) -> Option<SubjectKeyIdentifier> {
        self.extension()
    }

    /// Its hash.
    pub(super) fn hash(&self, kind: HashKind) -> Vec<u8> {
        kind.hash(&self.der)
    }

    /// What it says of its key's use; an unreadable word is a no to everything.
    fn key_usage(&self) -> Option<KeyUsage> {
        let said = self.extensions().find(|extension| extension.extn_id == KeyUsage::OID)?;
        let nothing = KeyUsage(Default::default());
        Some(KeyUsage::from_der(said.extn_value.as_bytes()).unwrap_or(nothing))
    }

    fn extension<'a, T: Decode<'a> + AssociatedOid>(&'a self) -> Option<T> {
        let found = self.extensions().find(|extension| extension.extn_id == T::OID)?;
        T::from_der(found.extn_value.as_bytes()).ok()
    }

    fn extensions(&self) -> impl Iterator<Item = &Extension> {
        self.certificate.tbs_certificate.extensions.iter().flatten()
    }
}

//! A question to an authority, and the answer to it (RFC 3161 § 2.4).

use der::asn1::{Any, Int, Null, ObjectIdentifier, OctetString};
use der::oid::db::rfc5912;
use der::{Decode, Encode};
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion};

use super::authority::Authority;
use super::signature::HashKind;
use super::token::{BadToken, Stamp};

/// A question: "this was shown to me", with a number of its own so that an old answer does not fit.
#[derive(Debug, Clone)]
pub struct Query {
    message: Vec<u8>,
    policy: Option<ObjectIdentifier>,
    nonce: Int,
}

/// The answer is no good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// Not an answer.
    #[error("it is no RFC 3161 answer: {0}")]
    Form(String),
    /// The authority refuses.
    #[error("the authority refuses: {0}")]
    Refused(String),
    /// An answer to another question.
    #[error("it answers another question: its nonce is not the one that was sent")]
    OtherQuestion,
    /// Under another policy than the one asked for.
    #[error("it is under the policy {0}, not the one that was asked for")]
    OtherPolicy(String),
    /// The token in it.
    #[error("the timestamp: {0}")]
    Token(#[from] BadToken),
}

impl Query {
    /// About `message`, under a policy if one is wanted, with 8 random bytes.
    ///
    /// # Errors
    ///
    /// None that these values can cause.
    pub fn new(message: &[u8], policy: Option<ObjectIdentifier>, random: [u8; 8]) -> der::Result<Query> {
        // A positive number of always the same length.
        let [first, rest @ ..] = random;
        let mut bytes = vec![first & 0x3f | 0x40];
        bytes.extend(rest);
        Ok(Query { message: message.to_vec(), policy, nonce: Int::new(&bytes)? })
    }

    /// The question in DER. It asks for no certificates: they are pinned.
    ///
    /// # Errors
    ///
    /// None that these values can cause.
    pub fn to_der(&self) -> der::Result<Vec<u8>> {
        let hash_algorithm = AlgorithmIdentifierOwned { oid: rfc5912::ID_SHA_256, parameters: Some(Any::from(Null)) };
        let hashed_message = OctetString::new(HashKind::Sha256.hash(&self.message))?;
        let request = TimeStampReq {
            version: TspVersion::V1,
            message_imprint: MessageImprint { hash_algorithm, hashed_message },
            req_policy: self.policy,
            nonce: Some(self.nonce.clone()),
            cert_req: false,
            extensions: None,
        };
        request.to_der()
    }

    /// The token in an answer, and what it says, once all of it is verified.
    ///
    /// # Errors
    ///
    /// Refused, malformed, of another question, or not by this authority.
    pub fn accept(&self, answer: &[u8], authority: &Authority) -> Result<(Vec<u8>, Stamp), BadAnswer> {
        let form = |error: der::Error| BadAnswer::Form(error.to_string());
        let answer = TimeStampResp::from_der(answer).map_err(form)?;
        // RFC 3161 § 2.4.2: granted, or granted with modifications; anything else comes without a token.
        let granted = answer.status.status as u8 <= 1;
        let Some(token) = answer.time_stamp_token.filter(|_| granted) else {
            let words = answer.status.status_string.iter().flatten().map(|text| text.as_str());
            let words: Vec<&str> = words.collect();
            return Err(BadAnswer::Refused(format!("{:?} {}", answer.status.status, words.join(" "))));
        };
        let token = token.to_der().map_err(form)?;
        let stamp = authority.verify(&token, &self.message)?;
        if stamp.said.nonce != Some(hex::encode(self.nonce.as_bytes())) {
            return Err(BadAnswer::OtherQuestion);
        }
        if self.policy.is_some_and(|policy| policy.to_string() != stamp.said.policy) {
            return Err(BadAnswer::OtherPolicy(stamp.said.policy));
        }
        Ok((token, stamp))
    }
}

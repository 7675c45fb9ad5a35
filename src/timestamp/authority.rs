//! The certificates of an authority, pinned by the operator or the auditor.

use std::fmt;

use der::Document;
use sinetti_events::primitives::time::Instant;

use super::certificate::Pinned;
use super::token::{BadToken, Stamp, Token};

/// Longest file of certificates, in bytes.
const MAX_FILE: usize = 1 << 20;

/// Most certificates between a token and the root.
const MAX_CHAIN: usize = 6;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// An authority, as somebody trusts it: its own certificates, those above them, and the roots that chains end in.
#[derive(Clone)]
pub struct Authority {
    pinned: Vec<Pinned>,
}

/// The file is none of an authority's certificates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAuthority {
    /// No certificate.
    #[error(
        "there is no certificate in it; give the authority's certificates in PEM: its own and all above, with the root"
    )]
    Empty,
    /// One of them can't be read.
    #[error("certificate {0} in it can't be read: {1}")]
    Certificate(usize, String),
    /// No chain can end.
    #[error("there is no root in it: no certificate is signed by itself. Add the root of the authority's chain")]
    NoRoot,
    /// No token can be verified.
    #[error(
        "no certificate in it is one for timestamps (extended key usage timeStamping, critical, alone). Add the authority's own"
    )]
    NoSigner,
    /// Too long.
    #[error("it has more than {MAX_FILE} bytes; is it the right file?")]
    TooLong,
}

impl Authority {
    /// Reads certificates in PEM, in any order; what stands between them is passed over.
    ///
    /// # Errors
    ///
    /// A certificate is malformed, or the root or the authority's own is missing.
    pub fn parse(pem: &[u8]) -> Result<Authority, BadAuthority> {
        if pem.len() > MAX_FILE {
            return Err(BadAuthority::TooLong);
        }
        let text = String::from_utf8_lossy(pem);
        let mut pinned = Vec::new();
        for (at, block) in text.split(BEGIN).skip(1).enumerate() {
            let bad = |reason: String| BadAuthority::Certificate(at + 1, reason);
            let (body, _) = block.split_once(END).ok_or_else(|| bad("its end is missing".to_owned()))?;
            let (_, document) =
                Document::from_pem(&format!("{BEGIN}{body}{END}\n")).map_err(|error| bad(error.to_string()))?;
            pinned.push(Pinned::of(document.as_bytes()).map_err(|error| bad(error.to_string()))?);
        }
        if pinned.is_empty() {
            return Err(BadAuthority::Empty);
        }
        if !pinned.iter().any(Pinned::is_root) {
            return Err(BadAuthority::NoRoot);
        }
        if !pinned.iter().any(|pinned| pinned.is_for_timestamps() && pinned.may_sign()) {
            return Err(BadAuthority::NoSigner);
        }
        Ok(Authority { pinned })
    }

    /// Verifies that `token` is this authority's word that `message` was there at a time.
    ///
    /// # Errors
    ///
    /// Not a token, of something else, not by this authority, or by a certificate that was not valid then.
    pub fn verify(&self, token: &[u8], message: &[u8]) -> Result<Stamp, BadToken> {
        let token = Token::parse(token)?;
        token.check_imprint(message)?;
        if !token.is_named() {
            return Err(BadToken::Unnamed);
        }
        let signer = self.pinned.iter().find(|pinned| token.names(pinned)).ok_or(BadToken::Stranger)?;
        token.check_signature(signer)?;
        self.check_signer(signer, token.said.time)?;
        Ok(Stamp { authority: signer.name(), said: token.said })
    }

    /// The name on the first of its certificates that is for timestamps.
    pub fn name(&self) -> String {
        self.pinned.iter().find(|pinned| pinned.is_for_timestamps()).map(Pinned::name).unwrap_or_default()
    }

    fn check_signer(&self, signer: &Pinned, time: Instant) -> Result<(), BadToken> {
        if !signer.is_for_timestamps() || !signer.may_sign() {
            return Err(BadToken::Purpose(signer.name()));
        }
        let mut chain = vec![signer];
        loop {
            let Some(last) = chain.last() else { return Err(BadToken::Stranger) };
            check_one(last, time)?;
            if last.is_root() {
                return Ok(());
            }
            let below = chain.len() - 1;
            let issues =
                |issuer: &&Pinned| last.is_issued_by(issuer) && issuer.may_issue(below) && issuer.is_valid_at(time);
            let issuer = self.pinned.iter().find(issues).filter(|_| chain.len() < MAX_CHAIN);
            chain.push(issuer.ok_or_else(|| BadToken::Chain(last.name()))?);
        }
    }
}

fn check_one(pinned: &Pinned, time: Instant) -> Result<(), BadToken> {
    if !pinned.is_valid_at(time) {
        return Err(BadToken::Validity { name: pinned.name(), time });
    }
    match pinned.unknown_critical() {
        Some(extension) => Err(BadToken::Extension { name: pinned.name(), extension: extension.to_string() }),
        None => Ok(()),
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.pinned.iter().map(Pinned::name)).finish()
    }
}

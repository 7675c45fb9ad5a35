//! `signature_invalidated`: a signature has no effect.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// A signature counts no more; by its party, or the registrar transcribing. The history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureInvalidated {
    /// Why, in kind.
    pub ground: InvalidityGround,
    /// Why, in words (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Commitment>,
    /// Version of the `text_signed`.
    pub signature: u64,
}

/// Why a signature has no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvalidityGround {
    /// It is not that of the role that it names.
    Forged,
    /// The signer had no authority (VCLT 7, 8).
    NotAuthorised,
    /// Another ground.
    Other,
    /// Another text was meant.
    WrongText,
}

impl InvalidityGround {
    /// All of them.
    pub const ALL: &[InvalidityGround] = &[
        InvalidityGround::Forged,
        InvalidityGround::NotAuthorised,
        InvalidityGround::Other,
        InvalidityGround::WrongText,
    ];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            InvalidityGround::Forged => "forged",
            InvalidityGround::NotAuthorised => "not_authorised",
            InvalidityGround::Other => "other",
            InvalidityGround::WrongText => "wrong_text",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "signature_invalidated",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A signature counts no more.",
    args: &["ground", "target"],
    schema: with_common::<SignatureInvalidated>,
};

impl ActType for SignatureInvalidated {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("ground", self.ground.as_str().to_owned()), ("target", self.signature.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.signature]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/signature", "/party", "/invented"]
    }
}

fn decide(_act: &SignatureInvalidated, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}

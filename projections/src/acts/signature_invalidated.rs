//! `signature_invalidated`: a signature has no effect.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::Case;
use crate::refusal::Refusal;

/// A signature counts no more from `occurred_on`; by its party, or the registrar transcribing. The history keeps it,
/// and its role can sign again.
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

fn decide(act: &SignatureInvalidated, case: &Case<'_>) -> Result<(), Refusal> {
    let member = "data.signature";
    let entry = case.own(act.signature, "text_signed", member)?;
    case.check_after(entry)?;
    let other = case.agreement.about(act.signature).find(|it| matches!(&it.act, Act::SignatureInvalidated(_)));
    match other {
        Some(other) => {
            let reason = format!("record {} says so already", other.version);
            Err(Refusal::new(
                "signature-invalidated-already",
                member,
                reason,
                "correct that record, or retract it if the signature stands",
            ))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};
    use crate::status::{ContestCode, NoteCode};

    fn invalid(signature: u64, date: &str) -> Value {
        json!({"ground": "not_authorised", "occurred_on": date, "signature": signature})
    }

    #[test]
    fn given_a_signature_when_it_is_invalidated_then_it_counts_no_more_from_that_date_on() {
        let mut world = World::of_parties(2);
        world.on_day("2023-12-01").complete([1, 2], "2023-05-08");
        let record = world.given("p2", "signature_invalidated", invalid(6, "2023-09-01"));
        assert_eq!((world.status("2023-08-31").signed, world.status("2023-09-01").signed), (2, 1));
        let row = world.row("p2");
        assert_eq!((row.signatures.as_str(), row.signature), ("0/1", None));
        assert!(row.notes.iter().any(|it| it.code == NoteCode::SignatureInvalidated && it.version == Some(record)));
        assert!(!row.notes.iter().any(|it| it.code == NoteCode::SignedOtherText));
        world.given("p2", "record_retracted", json!({"occurred_on": "2023-12-01", "version": record}));
        assert_eq!(world.now().signed, 2);
    }

    #[test]
    fn the_role_signs_again_and_not_before() {
        let mut world = World::of_parties(2);
        let signature = world.on_day("2023-12-01").sign("p1", "2023-05-08");
        world.given("p1", "signature_invalidated", invalid(signature, "2023-09-01"));
        let again = |date: &str| crate::given::signature("hallituksen puheenjohtaja", date);
        assert_eq!(world.slug("p1", "text_signed", again("2023-08-31")), "role-signed-already");
        world.given("p1", "text_signed", again("2023-10-01"));
        assert_eq!(world.row("p1").signed_on.unwrap().to_string(), "2023-10-01");
        assert_eq!(world.status("2023-09-15").signed, 0);
        assert_eq!(world.status("2023-08-31").parties[0].signed_on.unwrap().to_string(), "2023-05-08");
    }

    #[test]
    fn half_of_a_joint_signature_falls_alone() {
        let mut world = World::of_parties(2);
        let mandate = json!({"minor_technical_changes": false, "occurred_on": "2023-05-01", "required": {"kind": "all"},
            "roles": ["a", "b"]});
        world.on_day("2023-12-01").given("p1", "signing_mandate_recorded", mandate);
        world.given("p1", "text_signed", crate::given::signature("a", "2023-05-08"));
        let second = world.given("p1", "text_signed", crate::given::signature("b", "2023-05-09"));
        assert_eq!(world.row("p1").signatures, "2/2");
        world.given("p1", "signature_invalidated", invalid(second, "2023-09-01"));
        assert_eq!((world.row("p1").signatures.as_str(), world.row("p1").signed), ("1/2", false));
    }

    #[test]
    fn a_determination_that_rested_on_it_is_contested() {
        let mut world = World::of_parties(2);
        world.on_day("2023-12-01").complete([1, 2], "2023-05-08");
        let determined = json!({"in_force_from": "2023-05-08", "occurred_on": "2023-06-01"});
        world.given("registrar", "entry_into_force_determined", determined);
        let record = world.given("p2", "signature_invalidated", invalid(6, "2023-09-01"));
        let why = &world.now().contested_why[0];
        assert_eq!((why.code, why.version), (ContestCode::SignatureFallen, Some(record)));
        assert!(world.now().in_force && !world.status("2023-08-31").contested);
    }

    #[test]
    fn what_only_the_registrar_says_against_a_signature_is_contested() {
        let mut world = World::of_parties(2);
        let signature = world.on_day("2023-12-01").sign("p1", "2023-05-08");
        let source = json!({"party": "p1", "source": "https://example.fi"});
        let record = world.given("registrar", "signature_invalidated", with(invalid(signature, "2023-09-01"), source));
        let why = &world.now().contested_why[0];
        assert_eq!((why.code, why.version), (ContestCode::UndoneByTranscription, Some(record)));
        world.given("p1", "record_confirmed", json!({"occurred_on": "2023-12-01", "version": record}));
        assert!(!world.now().contested);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::of_parties(2);
        let signature = world.on_day("2023-12-01").sign("p1", "2023-05-08");
        for (actor, signature, date, slug) in [
            ("p2", signature, "2023-09-01", "record-of-another-party"),
            ("p1", 2, "2023-09-01", "record-of-another-type"),
            ("p1", 99, "2023-09-01", "record-unknown"),
            ("p1", signature, "2023-05-07", "date-before-cause"),
            ("registrar", signature, "2023-09-01", "transcription-party"),
        ] {
            assert_eq!(world.slug(actor, "signature_invalidated", invalid(signature, date)), slug);
        }
        world.given("p1", "signature_invalidated", invalid(signature, "2023-09-01"));
        let again = invalid(signature, "2023-09-02");
        assert_eq!(world.slug("p1", "signature_invalidated", again), "signature-invalidated-already");
    }
}

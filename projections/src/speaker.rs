//! Who may speak in an agreement: a party that has a seat and still exists; one that only takes part in an
//! annex, about that annex; one that has left, no more by way of consent.

use sinetti_events::primitives::ids::PartyId;

use crate::acts::decision_recorded::Effect;
use crate::acts::subject::Subject;
use crate::acts::text_deposited::TextRole;
use crate::acts::{Act, StreamKind};
use crate::agreement::Agreement;
use crate::annexes::{self, Annex};
use crate::case::Case;
use crate::refusal::Refusal;
use crate::texts;
use crate::withdrawal;

/// What a party that only takes part in an annex can say of it.
const OF_AN_ANNEX: [&str; 17] = [
    "annex_commitment_ended",
    "annex_committed",
    "challenge_resolved",
    "condition_settled",
    "decision_became_final",
    "decision_challenged",
    "decision_recorded",
    "decision_replaced",
    "minutes_confirmed",
    "minutes_published",
    "minutes_reinspected",
    "record_confirmed",
    "record_corrected",
    "record_retracted",
    "signature_invalidated",
    "signing_mandate_recorded",
    "text_signed",
];

/// Whether the party whose act it is may say it in this agreement at all.
pub(crate) fn check(case: &Case<'_>, act: &Act) -> Result<(), Refusal> {
    let Some(party) = case.party().filter(|_| act.info().stream == StreamKind::Agreement) else { return Ok(()) };
    let member = if case.actor.is_registrar() { "data.party" } else { "actor" };
    check_seat(case, act, party, member)?;
    check_alive(case, party, member)?;
    check_consent(case, act, party, member)
}

fn check_seat(case: &Case<'_>, act: &Act, party: &PartyId, member: &str) -> Result<(), Refusal> {
    let open = case.agreement.opening().is_none() || !act.of_type().needs_seat();
    if open || case.agreement.has_seat(party) {
        return Ok(());
    }
    let annexes = annexes::outside_annexes_of(case.agreement, party);
    // Whoever could say a thing can take it back.
    if act.of_type().is_about_records() && is_about_annex(case.agreement, act, party, &[]) {
        return Ok(());
    }
    if annexes.is_empty() {
        let reason = format!("{party} is not on this agreement's roster");
        return Err(Refusal::new(
            "actor-not-on-roster",
            member,
            reason,
            "the parties are in version 1 of the agreement; others can't decide on it or sign it",
        ));
    }
    if OF_AN_ANNEX.contains(&act.kind()) && is_about_annex(case.agreement, act, party, &annexes) {
        return Ok(());
    }
    let versions: Vec<String> = annexes.iter().map(|annex| annex.version().to_string()).collect();
    let reason = format!("{party} has no seat; it takes part in the annex of record {} only", versions.join(", "));
    Err(Refusal::new("outside-party", member, reason, "it decides on, signs and ends its part in that annex"))
}

/// Whether an act names nothing but texts of `annexes`, and refers to nothing but them and its own party's records.
fn is_about_annex(agreement: &Agreement, act: &Act, party: &PartyId, annexes: &[Annex<'_>]) -> bool {
    let (named, referred) = (act.of_type().names(), act.of_type().refers_to());
    let about = |subject: &Subject| {
        let group = texts::group_of(agreement, subject);
        annexes.iter().any(|annex| Some(annex.text) == group)
    };
    let own = |version: &u64| agreement.live_at(*version).is_some_and(|entry| entry.party() == Some(party));
    let of_annex = |version: &u64| annexes.iter().any(|annex| annex.version() == *version);
    !(named.is_empty() && referred.is_empty())
        && named.iter().all(about)
        && referred.iter().all(|version| of_annex(version) || own(version))
}

/// Who is no more can't speak; the registrar still transcribes what it did before.
fn check_alive(case: &Case<'_>, party: &PartyId, member: &str) -> Result<(), Refusal> {
    let day = if case.actor.is_registrar() { case.occurred_on() } else { case.today() };
    match case.registry.ended(party, day) {
        None => Ok(()),
        Some(succession) => {
            let reason = format!(
                "{party} ended on {}, by version {} of the registry",
                succession.occurred_on, succession.version
            );
            Err(Refusal::new(
                "party-ended",
                member,
                reason,
                "what it did before, the registrar transcribes with its source",
            ))
        }
    }
}

/// A party that has left consents to nothing more of the agreement itself.
fn check_consent(case: &Case<'_>, act: &Act, party: &PartyId, member: &str) -> Result<(), Refusal> {
    let left = withdrawal::left(case.agreement, party, case.occurred_on());
    match left.filter(|_| consents(case.agreement, act)) {
        None => Ok(()),
        Some(left) => {
            let reason = format!("{party} is bound no more since {left}: it withdrew");
            Err(Refusal::new(
                "party-withdrawn",
                member,
                reason,
                "the registrar records with party_acceded that it comes back; then it approves and signs anew",
            ))
        }
    }
}

/// Whether an act has to do with being bound by the agreement or an amendment of it.
fn consents(agreement: &Agreement, act: &Act) -> bool {
    let main = |subject: &Subject| {
        let group = texts::group_of(agreement, subject);
        let role = group.and_then(|group| texts::deposit_at(agreement, group)).map(|text| text.role);
        matches!(role, Some(TextRole::Approval | TextRole::Amendment))
    };
    match act {
        Act::AmendmentProposed(_) | Act::ProvisionalApplicationDeclared(_) | Act::WithdrawalNotified(_) => true,
        Act::DecisionRecorded(act) => {
            let approves = matches!(act.effect, Effect::Approve | Effect::ApproveConditionally);
            approves && act.subject.as_ref().is_some_and(main)
        }
        Act::TextSigned(act) => main(&Subject::Digest(act.text)),
        _ => false,
    }
}

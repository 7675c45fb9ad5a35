//! Whether an event may be appended: the rules that hold for every type, then those of its own.
//!
//! The signatures were judged before, by the keyring.

use crate::acts::{Act, StreamKind};
use crate::agreement::Agreement;
use crate::case::Case;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::registry::Registry;

/// Whether `event` may be appended to the stream that it names, as it stands.
///
/// `agreement` is the fold of that stream; for the registry stream it is not looked at.
///
/// # Errors
///
/// The first rule that it breaks.
pub fn decide(registry: &Registry, agreement: &Agreement, event: &Event) -> Result<(), Refusal> {
    registry.keyring.decide(&event.payload)?;
    let case = Case {
        registry,
        agreement,
        actor: &event.payload.actor,
        common: &event.common,
        recorded_at: event.recorded_at,
        correcting: None,
    };
    check_meant_for_here(registry, agreement, event)?;
    check_stream(event)?;
    check_opened(agreement, event)?;
    case.check_actor(&event.act)?;
    case.check_common(&event.act)?;
    event.act.decide(&case)
}

/// What is signed for one ledger or agreement fits no other.
fn check_meant_for_here(registry: &Registry, agreement: &Agreement, event: &Event) -> Result<(), Refusal> {
    let payload = &event.payload;
    if let Some(origin) = registry.origin.as_ref().filter(|origin| **origin != payload.ledger) {
        let reason = format!("this was signed for the ledger {}, and this ledger is {origin}", payload.ledger);
        return Err(Refusal::new("wrong-ledger", "ledger", reason, "sign it for this ledger"));
    }
    if let Some(id) = agreement.id.as_ref().filter(|id| **id != payload.agreement && !payload.agreement.is_registry()) {
        let reason = format!("this was signed for {}, and this agreement is {id}", payload.agreement);
        return Err(Refusal::new("wrong-agreement", "agreement", reason, "sign it for this agreement"));
    }
    Ok(())
}

fn check_stream(event: &Event) -> Result<(), Refusal> {
    let registry = event.payload.agreement.is_registry();
    let wanted = event.act.info().stream;
    if registry == (wanted == StreamKind::Registry) {
        return Ok(());
    }
    let place = if registry { "the stream of its agreement" } else { "the stream `registry`" };
    Err(Refusal::new(
        "wrong-stream",
        "agreement",
        format!("{} does not belong here", event.act.kind()),
        format!("send it to {place}"),
    ))
}

/// An agreement begins with its opening and has one.
fn check_opened(agreement: &Agreement, event: &Event) -> Result<(), Refusal> {
    if event.payload.agreement.is_registry() {
        return Ok(());
    }
    let opens = matches!(event.act, Act::AgreementOpened(_));
    match (opens, agreement.version) {
        (true, 0) => Ok(()),
        (false, 0) => Err(Refusal::new(
            "agreement-not-open",
            "agreement",
            "no such agreement is open in this ledger",
            "check its id; the registrar opens agreements with agreement_opened",
        )),
        (true, _) => Err(Refusal::new(
            "agreement-open-already",
            "type",
            "this agreement is open already",
            "correct its opening with record_corrected, or open another agreement under another id",
        )),
        (false, _) => Ok(()),
    }
}

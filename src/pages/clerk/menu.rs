//! What a party can say, the commonest first, and what awaits it.

use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_projections::acts::{Actors, StreamKind, TYPES, TypeInfo};
use sinetti_projections::awaited::{Awaited, AwaitedCode, awaited};

use super::offered::Offered;
use crate::i18n::{Words, awaits, date};

/// What clerks come for, in the order in which a matter proceeds.
const COMMON: [&str; 10] = [
    "decision_recorded",
    "minutes_confirmed",
    "minutes_published",
    "decision_became_final",
    "signing_mandate_recorded",
    "text_signed",
    "annex_committed",
    "withdrawal_notified",
    "record_corrected",
    "record_retracted",
];

/// What the registrar comes for.
const REGISTRARS: [&str; 5] =
    ["agreement_opened", "text_deposited", "decision_recorded", "entry_into_force_determined", "record_corrected"];

/// Acts under one heading.
pub(super) struct Group {
    pub title: String,
    /// Closed until it is asked for.
    pub folded: bool,
    pub items: Vec<Item>,
}

/// One act.
pub(super) struct Item {
    pub kind: &'static str,
    pub title: String,
    pub help: String,
}

/// Something that waits for the party.
pub(super) struct Awaiting {
    pub text: String,
    pub due: Option<String>,
    /// The act that does it, and the record that it is about.
    pub kind: &'static str,
    pub about: String,
}

/// The acts of `party` in `agreement`.
pub(super) fn groups(w: Words, agreement: &StreamId, party: &PartyId) -> Vec<Group> {
    let possible: Vec<&TypeInfo> =
        TYPES.iter().copied().filter(|info| is_of(info, agreement) && may_say(info, party)).collect();
    let usual: &[&str] = if party.is_registrar() { &REGISTRARS } else { &COMMON };
    let common = usual.iter().filter_map(|name| possible.iter().copied().find(|info| info.name == *name));
    let rest = possible.iter().copied().filter(|info| !usual.contains(&info.name));
    let groups = [("clerk-common", false, common.collect::<Vec<_>>()), ("clerk-all", true, rest.collect())];
    let group = |(title, folded, infos): (&str, bool, Vec<&'static TypeInfo>)| Group {
        title: w.get(title),
        folded,
        items: infos.into_iter().map(|info| item(w, info)).collect(),
    };
    let mut groups: Vec<Group> = groups.into_iter().map(group).filter(|group| !group.items.is_empty()).collect();
    if let [only] = groups.as_mut_slice() {
        only.folded = false;
    }
    groups
}

fn is_of(info: &TypeInfo, agreement: &StreamId) -> bool {
    agreement.is_registry() == (info.stream == StreamKind::Registry) && info.name != "ledger_founded"
}

fn may_say(info: &TypeInfo, party: &PartyId) -> bool {
    match info.actors {
        Actors::Party => !party.is_registrar(),
        Actors::Registrar => party.is_registrar(),
        Actors::Any | Actors::PartyOrRegistrar | Actors::PartyOrTranscribed => true,
    }
}

/// The commonest go by what a clerk would call them.
fn item(w: Words, info: &'static TypeInfo) -> Item {
    let title = w.term("type", info.name);
    let help = w.term("clerk-act", info.name);
    let help = if help == info.name { String::new() } else { help };
    Item { kind: info.name, title, help }
}

/// What waits for `party`, what is due first coming first.
pub(super) fn awaiting(offered: &Offered, party: &PartyId) -> Vec<Awaiting> {
    let (Some(view), Some(status)) = (&offered.view, &offered.status) else { return Vec::new() };
    awaited(&view.agreement, status, party).iter().map(|one| waiting(offered, one)).collect()
}

fn waiting(offered: &Offered, one: &Awaited) -> Awaiting {
    let w = offered.w;
    Awaiting {
        text: offered.status.as_ref().map_or_else(String::new, |status| awaits::what(w.0, one, status)),
        due: one.due_on.map(|day| w.with("clerk-due", "day", date(w.0, day))),
        kind: act_for(one.code),
        about: one.version.map(|version| version.to_string()).unwrap_or_default(),
    }
}

/// The act by which what is awaited is done.
fn act_for(code: AwaitedCode) -> &'static str {
    match code {
        AwaitedCode::AcceptAmendment | AwaitedCode::Approve => "decision_recorded",
        AwaitedCode::AnswerReservation | AwaitedCode::SettleCondition => "condition_settled",
        AwaitedCode::Comment => "comment_submitted",
        AwaitedCode::ConfirmMinutes => "minutes_confirmed",
        AwaitedCode::ConfirmTranscription => "record_confirmed",
        AwaitedCode::JoinAnnex => "annex_committed",
        AwaitedCode::MeetDuty => "negotiation_held",
        AwaitedCode::NameCounterpart => "counterpart_assigned",
        AwaitedCode::ObjectToCorrection => "text_error_objected",
        AwaitedCode::PublishMinutes => "minutes_published",
        AwaitedCode::RecordFinality => "decision_became_final",
        AwaitedCode::Sign | AwaitedCode::SignJointly => "text_signed",
    }
}

//! When a decision is an approval: the one place that says so, and why when it is not.
//!
//! A party *has approved* a text when the resolution is `adopted` or `adopted_amended`, the
//! effect is `approve` (or `approve_conditionally`, and all its conditions are settled), the organ
//! is competent, the minutes are confirmed, the subject is that very text, and the decision is not
//! annulled, replaced or retracted.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::Act;
use crate::acts::decision_recorded::{DecisionRecorded, Effect, Finality, Minutes, Resolution};
use crate::acts::subject::Subject;
use crate::agreement::{Agreement, Entry};
use crate::conditions;
use crate::drafting;
use crate::finality;
use crate::texts;

/// Why a decision is no approval, or an approval is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// Only an agenda item: nothing was decided.
    AgendaOnly,
    /// Set aside by an organ or court.
    Annulled,
    /// It authorises signing; approval is another act.
    AuthorisedSigning,
    /// An opinion, not a position on approval.
    Commented,
    /// An opinion after the deadline of the comment round.
    CommentedLate,
    /// It commits to an annex, not to the agreement.
    Committed,
    /// A condition that it hangs on can no longer be fulfilled.
    ConditionFailed,
    /// Its conditions are not settled.
    Conditional,
    /// The party took another position later.
    LaterRejected,
    /// The party withdrew it later.
    LaterWithdrawn,
    /// The minutes are not confirmed.
    MinutesNotConfirmed,
    /// Nobody asserts that the organ may decide this, or the organ itself denies it.
    NotCompetent,
    /// Noted for information: adopting a note approves nothing.
    Noted,
    /// No decision is recorded.
    Pending,
    /// The proposal, which was not to approve, was voted down.
    ProposalRejected,
    /// The proposal was taken off the agenda.
    ProposalWithdrawn,
    /// Proposed to a superior organ, which has not decided yet.
    ProposedToSuperior,
    /// Not approved.
    Rejected,
    /// The party decided the matter anew.
    Replaced,
    /// Another party objects to its reservation.
    ReservationObjected,
    /// Sent back for preparation.
    Returned,
    /// Approves a text that is not the one now to be approved.
    SupersededText,
    /// Left for a later meeting.
    Tabled,
    /// The source names no party: counted for nobody.
    Unattributed,
    /// The source does not say what was decided.
    UnknownOutcome,
    /// The party withdrew.
    Withdrew,
}

impl WhyNot {
    /// All of them.
    pub const ALL: &'static [WhyNot] = &[
        WhyNot::AgendaOnly,
        WhyNot::Annulled,
        WhyNot::AuthorisedSigning,
        WhyNot::Commented,
        WhyNot::CommentedLate,
        WhyNot::Committed,
        WhyNot::ConditionFailed,
        WhyNot::Conditional,
        WhyNot::LaterRejected,
        WhyNot::LaterWithdrawn,
        WhyNot::MinutesNotConfirmed,
        WhyNot::NotCompetent,
        WhyNot::Noted,
        WhyNot::Pending,
        WhyNot::ProposalRejected,
        WhyNot::ProposalWithdrawn,
        WhyNot::ProposedToSuperior,
        WhyNot::Rejected,
        WhyNot::Replaced,
        WhyNot::ReservationObjected,
        WhyNot::Returned,
        WhyNot::SupersededText,
        WhyNot::Tabled,
        WhyNot::Unattributed,
        WhyNot::UnknownOutcome,
        WhyNot::Withdrew,
    ];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            WhyNot::AgendaOnly => "agenda_only",
            WhyNot::Annulled => "annulled",
            WhyNot::AuthorisedSigning => "authorised_signing",
            WhyNot::Commented => "commented",
            WhyNot::CommentedLate => "commented_late",
            WhyNot::Committed => "committed",
            WhyNot::ConditionFailed => "condition_failed",
            WhyNot::Conditional => "conditional",
            WhyNot::LaterRejected => "later_rejected",
            WhyNot::LaterWithdrawn => "later_withdrawn",
            WhyNot::MinutesNotConfirmed => "minutes_not_confirmed",
            WhyNot::NotCompetent => "not_competent",
            WhyNot::Noted => "noted",
            WhyNot::Pending => "pending",
            WhyNot::ProposalRejected => "proposal_rejected",
            WhyNot::ProposalWithdrawn => "proposal_withdrawn",
            WhyNot::ProposedToSuperior => "proposed_to_superior",
            WhyNot::Rejected => "rejected",
            WhyNot::Replaced => "replaced",
            WhyNot::ReservationObjected => "reservation_objected",
            WhyNot::Returned => "returned",
            WhyNot::SupersededText => "superseded_text",
            WhyNot::Tabled => "tabled",
            WhyNot::Unattributed => "unattributed",
            WhyNot::UnknownOutcome => "unknown_outcome",
            WhyNot::Withdrew => "withdrew",
        }
    }
}

/// Whether the decision at `entry` is its party's approval of the text of group `text`, as of
/// `on`. Returns the legal date: that of the meeting, whenever its minutes were confirmed; where it
/// hung on conditions, the day on which the last was settled.
///
/// # Errors
///
/// Why it is none; the reason that a reader of the minutes would see first comes first.
pub fn counts_as_approval(
    agreement: &Agreement,
    entry: &Entry,
    decision: &DecisionRecorded,
    text: u64,
    on: Date,
) -> Result<Date, WhyNot> {
    check_decided(agreement, entry, decision, on)?;
    match replacement(agreement, entry, on) {
        Some(_) => Err(WhyNot::Replaced),
        None => check_position(agreement, entry, decision, text, on),
    }
}

/// That a named party decided to approve something, and that it was not set aside.
fn check_decided(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, on: Date) -> Result<(), WhyNot> {
    if entry.party().is_none() {
        return Err(WhyNot::Unattributed);
    }
    if decision.minutes == Minutes::Agenda {
        return Err(WhyNot::AgendaOnly);
    }
    check_resolution(decision)?;
    check_effect(agreement, entry, decision)?;
    if decision.competent.is_none() {
        return Err(WhyNot::NotCompetent);
    }
    if !finality::has_minutes(agreement, entry, decision) {
        return Err(WhyNot::MinutesNotConfirmed);
    }
    match finality::finality(agreement, entry, decision, on) {
        Some(Finality::Annulled) => Err(WhyNot::Annulled),
        _ => Ok(()),
    }
}

/// That it is this text, that the party still holds to it, and that nothing it hangs on is open.
fn check_position(
    agreement: &Agreement,
    entry: &Entry,
    decision: &DecisionRecorded,
    text: u64,
    on: Date,
) -> Result<Date, WhyNot> {
    if group_approved(agreement, entry, decision) != Some(text) {
        return Err(WhyNot::SupersededText);
    }
    let party = entry.party().ok_or(WhyNot::Unattributed)?;
    if let Some((_, why)) = later_position(agreement, party, entry, text, on) {
        return Err(why);
    }
    let settled_on = conditions::settled_on(agreement, entry, decision, on)?;
    entry.common.occurred_on.max(settled_on).filter(|date| *date <= on).ok_or(WhyNot::Pending)
}

/// The resolution: only an adopted proposal does what it would.
fn check_resolution(decision: &DecisionRecorded) -> Result<(), WhyNot> {
    let approving = matches!(decision.effect, Effect::Approve | Effect::ApproveConditionally);
    match decision.resolution {
        Resolution::Adopted | Resolution::AdoptedAmended => Ok(()),
        Resolution::NotCompetent => Err(WhyNot::NotCompetent),
        Resolution::Rejected if approving => Err(WhyNot::Rejected),
        Resolution::Rejected => Err(WhyNot::ProposalRejected),
        Resolution::Returned => Err(WhyNot::Returned),
        Resolution::Tabled => Err(WhyNot::Tabled),
        Resolution::Unknown => Err(WhyNot::UnknownOutcome),
        Resolution::Withdrawn => Err(WhyNot::ProposalWithdrawn),
    }
}

/// The effect: of all that can be adopted, only an approval approves.
fn check_effect(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded) -> Result<(), WhyNot> {
    match decision.effect {
        Effect::Approve | Effect::ApproveConditionally => Ok(()),
        Effect::AuthoriseSigning => Err(WhyNot::AuthorisedSigning),
        Effect::Commit => Err(WhyNot::Committed),
        Effect::Note => Err(WhyNot::Noted),
        Effect::ProposeToSuperior => Err(WhyNot::ProposedToSuperior),
        Effect::Reject => Err(WhyNot::Rejected),
        Effect::StateOpinion if is_late(agreement, entry, decision) => Err(WhyNot::CommentedLate),
        Effect::StateOpinion => Err(WhyNot::Commented),
        Effect::Unknown => Err(WhyNot::UnknownOutcome),
        Effect::Withdraw => Err(WhyNot::Withdrew),
    }
}

/// The group of the text that the decision is about. A party that confirmed a transcription
/// with the digest of the held text thereby says which text it was.
pub fn group_approved(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded) -> Option<u64> {
    let confirmed = entry.confirmed_by.and_then(|version| agreement.live_at(version));
    let tied = confirmed.and_then(|entry| match &entry.act {
        Act::RecordConfirmed(act) => act.digest,
        _ => None,
    });
    match (tied, &decision.subject) {
        (Some(digest), _) => texts::group_of(agreement, &Subject::Digest(digest)),
        (None, Some(subject)) => texts::group_of(agreement, subject),
        (None, None) => None,
    }
}

/// The live decisions of `party` that happened on or before `on`, in legal order.
pub fn decisions_of<'a>(
    agreement: &'a Agreement,
    party: &'a PartyId,
    on: Date,
) -> Vec<(&'a Entry, &'a DecisionRecorded)> {
    let decision = |entry: &'a Entry| match &entry.act {
        Act::DecisionRecorded(decision) => Some((entry, decision.as_ref())),
        _ => None,
    };
    agreement.acts_of(party, on).into_iter().filter_map(decision).collect()
}

/// The approval by which `party` has approved the text of group `text`, as of `on`: the first
/// of those that count. One that took the place of another which counted until then dates from that.
pub fn approval<'a>(agreement: &'a Agreement, party: &'a PartyId, text: u64, on: Date) -> Option<(&'a Entry, Date)> {
    let counted = decisions_of(agreement, party, on).into_iter().filter_map(|(entry, decision)| {
        counts_as_approval(agreement, entry, decision, text, on).ok().map(|date| (entry, date))
    });
    let (entry, date) = counted.min_by_key(|(entry, date)| (*date, entry.version))?;
    Some((entry, held_since(agreement, entry, date, text, on)))
}

/// Since when the approval of `date` at `entry` has held without a gap, through the decisions that were replaced.
fn held_since(agreement: &Agreement, entry: &Entry, date: Date, text: u64, on: Date) -> Date {
    let (mut since, mut open) = (date, vec![(entry, date)]);
    // decide lets no decision take its own place, however far around: this ends.
    while let Some((by, from)) = open.pop() {
        if by.common.occurred_on != Some(from) {
            continue;
        }
        for earlier in replaced_by(agreement, by.version) {
            let Act::DecisionRecorded(decision) = &earlier.act else { continue };
            let counted = check_decided(agreement, earlier, decision, on)
                .and_then(|()| check_position(agreement, earlier, decision, text, on));
            if let Ok(counted) = counted.map(|counted| counted.min(from)) {
                since = since.min(counted);
                open.push((earlier, counted));
            }
        }
    }
    since
}

/// The live decisions whose place the one at `version` took.
fn replaced_by(agreement: &Agreement, version: u64) -> impl Iterator<Item = &Entry> {
    agreement.about(version).filter_map(move |it| match &it.act {
        Act::DecisionReplaced(act) if act.by == version => agreement.live_at(act.decision),
        _ => None,
    })
}

/// The record by which a later decision of the same party had taken the place of the one at `entry`, as of `on`:
/// from the date of the later one, as long as that one stands itself.
pub fn replacement<'a>(agreement: &'a Agreement, entry: &Entry, on: Date) -> Option<&'a Entry> {
    let stands = |by: &Entry| match &by.act {
        Act::DecisionRecorded(decision) => {
            by.happened_by(on)
                && by.common.occurred_on >= entry.common.occurred_on
                && has_decided(agreement, by, decision, on)
        }
        _ => false,
    };
    agreement.about(entry.version).find(|it| match &it.act {
        Act::DecisionReplaced(act) => act.decision == entry.version && agreement.live_at(act.by).is_some_and(stands),
        _ => false,
    })
}

/// A later valid decision of the same party not to approve the same text, or to withdraw.
fn later_position<'a>(
    agreement: &'a Agreement,
    party: &'a PartyId,
    entry: &Entry,
    text: u64,
    on: Date,
) -> Option<(&'a Entry, WhyNot)> {
    let place = |entry: &Entry| (entry.common.occurred_on, entry.version);
    let later = decisions_of(agreement, party, on).into_iter().filter(|(later, _)| place(later) > place(entry));
    later.filter(|(later, decision)| is_position(agreement, later, decision, text, on)).find_map(|(later, decision)| {
        match decision.effect {
            Effect::Reject => Some((later, WhyNot::LaterRejected)),
            Effect::Withdraw if !is_notice(agreement, later) => Some((later, WhyNot::LaterWithdrawn)),
            _ => None,
        }
    })
}

/// Whether a decision to withdraw is one to leave an agreement in force, which a notice carries out: leaving undoes
/// no approval. It is, where a notice refers to it and where the agreement was determined to be in force by then.
fn is_notice(agreement: &Agreement, decision: &Entry) -> bool {
    let notified = agreement.about(decision.version).any(|entry| matches!(entry.act, Act::WithdrawalNotified(_)));
    let determined = agreement.of_kind("entry_into_force_determined").any(|entry| match &entry.act {
        Act::EntryIntoForceDetermined(act) => {
            let theirs = act.with_party.is_none() || act.with_party.as_ref() == decision.party();
            act.amendment.is_none() && theirs && Some(act.in_force_from) <= decision.common.occurred_on
        }
        _ => false,
    });
    notified || determined
}

/// Whether a decision binds its party's position on the text of group `text`: all layers but the effect.
fn is_position(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, text: u64, on: Date) -> bool {
    let about = decision.subject.is_none() || group_approved(agreement, entry, decision) == Some(text);
    about && has_decided(agreement, entry, decision, on)
}

/// Whether a competent organ adopted something, in minutes that say so, and it was not set aside.
fn has_decided(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, on: Date) -> bool {
    finality::has_minutes(agreement, entry, decision)
        && check_resolution(decision).is_ok()
        && decision.competent.is_some()
        && finality::finality(agreement, entry, decision, on) != Some(Finality::Annulled)
}

/// The record that took its effect from the decision at `entry`, as of `on`: an annulment, a
/// replacement, or a later position of the same party.
pub(crate) fn undone_by<'a>(agreement: &'a Agreement, entry: &'a Entry, text: u64, on: Date) -> Option<&'a Entry> {
    let later = || later_position(agreement, entry.party()?, entry, text, on).map(|(later, _)| later);
    finality::annulment(agreement, entry.version, on).or_else(|| replacement(agreement, entry, on)).or_else(later)
}

/// Whether an opinion came after the deadline: of the round that it was sent to as a comment; else of the newest
/// round before it. The deadline is contractual: it does not move to the next working day.
fn is_late(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded) -> bool {
    let mut sent = drafting::sent_as(agreement, entry.version).peekable();
    if sent.peek().is_some() {
        return sent.all(|comment| comment.late);
    }
    let given = entry.common.occurred_on;
    let group = |subject: &Subject| texts::group_of(agreement, subject);
    let rounds = agreement.of_kind("comment_round_opened").filter(|round| round.common.occurred_on <= given);
    let deadline = rounds.filter_map(|round| match &round.act {
        Act::CommentRoundOpened(act) => {
            let texts = (act.subject.as_ref().map(group), decision.subject.as_ref().map(group));
            let same = texts.0.is_none() || texts.1.is_none() || texts.0 == texts.1;
            same.then_some((round.common.occurred_on, round.version, act.deadline))
        }
        _ => None,
    });
    deadline.max().is_some_and(|(_, _, deadline)| given > Some(deadline))
}

//! How far each party has come with each annex: one state per pair, and its two moments.
//!
//! An annex of form `agreement` is in force between those who have approved and signed it, from
//! when two have. An annex of form `description` is part of the agreement for a party from when
//! both it and the county have committed. A party's own later decision takes it out of nothing:
//! it ends its part by a notice, and what it did up to the notice counts no more once that takes
//! effect. So it can come back by acts of its own after the notice.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

pub use crate::annex_states::{PartState, PartWhyNot};

use crate::acts::Act;
use crate::acts::annex_deposited::AnnexForm;
use crate::acts::decision_recorded::{DecisionRecorded, Effect};
use crate::agreement::{Agreement, Entry};
use crate::annexes::{Annex, Place, place};
use crate::approval::{self, WhyNot};
use crate::seats;
use crate::signing::{self, Signing};
use crate::spans::{self, Span};
use crate::texts;
use crate::withdrawal;

/// What one party has done about one annex, and what follows, as of a date.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// The decision that approves it, and its date.
    pub approved: Option<(&'a Entry, Date)>,
    /// Why its newest decision about the annex does not approve it.
    pub approval_why: Option<WhyNot>,
    /// The commitment that stands, and its date.
    pub committed: Option<(&'a Entry, Date)>,
    /// Since when the annex is in force, or part of the agreement, for it.
    pub joined_on: Option<Date>,
    /// The first day on which it is that no more: gone by, or the day of which notice was given.
    pub left_on: Option<Date>,
    /// Number in the roster; none for a party outside it.
    pub number: Option<u64>,
    /// Who.
    pub party: &'a PartyId,
    /// How far it has signed.
    pub signing: Signing<'a>,
    /// In one word.
    pub state: PartState,
    /// Why the annex does not hold for it.
    pub why_not: Option<PartWhyNot>,
    own: Vec<Span>,
}

/// Every party that has a seat on `on` in the order of the roster, then those outside it that take part in the annex.
pub fn parts<'a>(agreement: &'a Agreement, annex: &Annex<'_>, on: Date) -> Vec<Part<'a>> {
    let seated = seats::on(agreement, on).into_iter().map(|held| (Some(held.seat.number), &held.seat.party));
    let outside = annex.outside_parties(agreement, on).into_iter();
    let all = seated.chain(outside.map(|party| (None, party)));
    let mut parts: Vec<Part<'a>> = all.map(|(number, party)| begun(agreement, annex, number, party, on)).collect();
    for at in 0..parts.len() {
        let needed = needed(annex, &parts, at);
        parts[at].settle(agreement, annex, &needed, on);
    }
    parts
}

/// Since when the annex has been in force between any of its parties without a gap, as of `on`.
pub fn in_force_since(annex: &Annex<'_>, parts: &[Part<'_>], on: Date) -> Option<Date> {
    let held = (0..parts.len()).flat_map(|at| spans::common(&parts[at].own, &needed(annex, parts, at)));
    spans::union(held.collect()).into_iter().find(|span| span.holds(on)).map(|span| span.from)
}

/// Whether the annex holds for `party`, as of `on`.
pub(crate) fn holds_for(agreement: &Agreement, annex: &Annex<'_>, party: &PartyId, on: Date) -> bool {
    parts(agreement, annex, on).iter().any(|part| part.party == party && part.state.holds())
}

/// The record and day by which `party` has done all that joining takes by `on`, by acts after `cut` alone.
pub(crate) fn done<'a>(
    agreement: &'a Agreement,
    annex: &Annex<'_>,
    party: &'a PartyId,
    on: Date,
    cut: Option<Place>,
) -> Option<(&'a Entry, Date)> {
    match annex.act.form {
        AnnexForm::Agreement => agreed(agreement, annex, party, on, cut),
        // What is part of the agreement is so for those whom that can bind.
        AnnexForm::Description if withdrawal::left(agreement, party, on).is_some() => None,
        AnnexForm::Description => committed(agreement, annex, party, on, cut),
    }
}

/// From when the decision at `version` is about the annex and counts in all its layers, as of `on`, with one of
/// `effects`.
///
/// # Errors
///
/// Why it does not count; none where another effect alone is the reason.
pub(crate) fn decision_counts(
    agreement: &Agreement,
    annex: &Annex<'_>,
    version: u64,
    effects: &[Effect],
    on: Date,
) -> Result<Date, Option<WhyNot>> {
    let entry = agreement.live_at(version).ok_or(None)?;
    let Act::DecisionRecorded(decision) = &entry.act else { return Err(None) };
    let counts = |decision| approval::counts_as_approval(agreement, entry, decision, annex.text, on);
    match decision.effect {
        effect if !effects.contains(&effect) => Err(counts(decision).err()),
        Effect::Approve | Effect::ApproveConditionally => counts(decision).map_err(Some),
        // In all layers but the effect it is judged as an approval is.
        _ => counts(&DecisionRecorded { effect: Effect::Approve, ..decision.as_ref().clone() }).map_err(Some),
    }
}

/// What the party itself has done; what follows from the others' acts is settled later.
fn begun<'a>(
    agreement: &'a Agreement,
    annex: &Annex<'_>,
    number: Option<u64>,
    party: &'a PartyId,
    on: Date,
) -> Part<'a> {
    let cut = cut(agreement, annex, party, on);
    let of_agreement = annex.act.form == AnnexForm::Agreement;
    let approved = of_agreement.then(|| approved(agreement, annex, party, on, cut)).flatten();
    Part {
        approval_why: if approved.is_none() { approval_why(agreement, annex, party, on) } else { None },
        approved,
        committed: if of_agreement { None } else { committed(agreement, annex, party, on, cut) },
        joined_on: None,
        left_on: None,
        number,
        own: own(agreement, annex, party, on),
        party,
        signing: signing::signing_after(agreement, party, annex.text, on, cut),
        state: PartState::NotJoined,
        why_not: None,
    }
}

/// The spans in which a party has done all that joining takes.
fn own(agreement: &Agreement, annex: &Annex<'_>, party: &PartyId, on: Date) -> Vec<Span> {
    let mut acts = agreement.acts_of(party, on);
    acts.retain(|entry| is_about(agreement, annex, entry));
    let joins = |entry: &&Entry| matches!(entry.act, Act::TextSigned(_) | Act::AnnexCommitted(_));
    if !annex.is_for(agreement, party, on) || !acts.iter().any(joins) {
        return Vec::new();
    }
    let dated = acts.into_iter().flat_map(|entry| std::iter::once(entry).chain(agreement.about(entry.version)));
    let ended = annex.ends(agreement, party, on).into_iter().map(|(_, act)| act.takes_effect_on);
    let left = withdrawal::left(agreement, party, on);
    let days = dated.filter_map(|entry| entry.common.occurred_on).chain(ended).chain(left).filter(|day| *day <= on);
    spans::of_days(days.collect(), |day| {
        done(agreement, annex, party, day, cut(agreement, annex, party, day)).is_some()
    })
}

/// Whether an act of a party is about the annex, so that its state can change on that day.
fn is_about(agreement: &Agreement, annex: &Annex<'_>, entry: &Entry) -> bool {
    match &entry.act {
        Act::AnnexCommitted(act) => act.annex == annex.version(),
        Act::DecisionRecorded(act) => approval::group_approved(agreement, entry, act) == Some(annex.text),
        Act::SigningMandateRecorded(_) => true,
        Act::TextSigned(act) => {
            let group = texts::base_of(agreement, &act.text).or_else(|| texts::group_of_digest(agreement, &act.text));
            group == Some(annex.text)
        }
        _ => false,
    }
}

/// The spans in which those have done it whom the party at `at` needs for the annex to hold for it.
fn needed(annex: &Annex<'_>, parts: &[Part<'_>], at: usize) -> Vec<Span> {
    let county = parts.iter().find(|part| annex.act.county.as_ref() == Some(part.party));
    match (annex.act.form, county) {
        (AnnexForm::Description, Some(county)) if county.party != parts[at].party => county.own.clone(),
        (AnnexForm::Description, None) => Vec::new(),
        _ => {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            spans::union(others.flat_map(|(_, part)| part.own.iter().copied()).collect())
        }
    }
}

/// What a party did up to here counts no more as of `on`: its last notice that has taken effect.
fn cut(agreement: &Agreement, annex: &Annex<'_>, party: &PartyId, on: Date) -> Option<Place> {
    let ends = annex.ends(agreement, party, on).into_iter();
    ends.filter(|(_, act)| act.takes_effect_on <= on).map(|(entry, _)| place(entry)).max()
}

/// Form `agreement`: approved and signed. Once both are done, only what sets the decision aside
/// undoes them; a later decision of its own does not.
fn agreed<'a>(
    agreement: &'a Agreement,
    annex: &Annex<'_>,
    party: &'a PartyId,
    on: Date,
    cut: Option<Place>,
) -> Option<(&'a Entry, Date)> {
    let signed = signing::signing_after(agreement, party, annex.text, on, cut).complete_on?;
    let decisions = approval::decisions_of(agreement, party, on).into_iter();
    let both = decisions.filter(|(entry, _)| Some(place(entry)) > cut).filter_map(|(entry, decision)| {
        let date = entry.common.occurred_on?.max(signed);
        let stands = |day| approval::counts_as_approval(agreement, entry, decision, annex.text, day);
        (stands(date).is_ok() && is_kept(stands(on).map_err(Some))).then_some((entry, date))
    });
    both.min_by_key(|(entry, date)| (*date, place(entry)))
}

/// Form `description`: committed, and the decision that the commitment names, if any, still counts.
fn committed<'a>(
    agreement: &'a Agreement,
    annex: &Annex<'_>,
    party: &'a PartyId,
    on: Date,
    cut: Option<Place>,
) -> Option<(&'a Entry, Date)> {
    let commitments = commitments(agreement, annex, party, on, cut);
    let standing = commitments.into_iter().filter(|(_, decision)| {
        decision.is_none_or(|version| is_kept(decision_counts(agreement, annex, version, COMMITTING, on)))
    });
    standing.filter_map(|(entry, _)| Some((entry, entry.common.occurred_on?))).min_by_key(|(entry, _)| place(entry))
}

/// The effects of a decision on which a commitment can rest.
pub(crate) const COMMITTING: &[Effect] = &[Effect::Commit, Effect::Approve, Effect::ApproveConditionally];

/// The commitments of `party` after `cut`, with the decision that each names.
fn commitments<'a>(
    agreement: &'a Agreement,
    annex: &Annex<'_>,
    party: &'a PartyId,
    on: Date,
    cut: Option<Place>,
) -> Vec<(&'a Entry, Option<u64>)> {
    let commitment = |entry: &'a Entry| match &entry.act {
        Act::AnnexCommitted(act) if act.annex == annex.version() && Some(place(entry)) > cut => {
            Some((entry, act.decision))
        }
        _ => None,
    };
    agreement.acts_of(party, on).into_iter().filter_map(commitment).collect()
}

/// Whether a decision that a party has acted on still carries that: a later decision of its own does not undo it.
fn is_kept(stands: Result<Date, Option<WhyNot>>) -> bool {
    matches!(stands, Ok(_) | Err(Some(WhyNot::LaterRejected | WhyNot::LaterWithdrawn)))
}

/// The decision that approves the annex's text, by acts after `cut`.
fn approved<'a>(
    agreement: &'a Agreement,
    annex: &Annex<'_>,
    party: &'a PartyId,
    on: Date,
    cut: Option<Place>,
) -> Option<(&'a Entry, Date)> {
    let complete =
        agreed(agreement, annex, party, on, cut).and_then(|(entry, _)| Some((entry, entry.common.occurred_on?)));
    let counting = || {
        let decisions = approval::decisions_of(agreement, party, on).into_iter();
        decisions.filter(|(entry, _)| Some(place(entry)) > cut).find_map(|(entry, decision)| {
            let counted = approval::counts_as_approval(agreement, entry, decision, annex.text, on);
            counted.ok().map(|date| (entry, date))
        })
    };
    complete.or_else(counting)
}

/// Why the newest decision about the annex is no approval of it.
fn approval_why(agreement: &Agreement, annex: &Annex<'_>, party: &PartyId, on: Date) -> Option<WhyNot> {
    let decisions = approval::decisions_of(agreement, party, on).into_iter().rev();
    let about = decisions.filter(|(entry, act)| approval::group_approved(agreement, entry, act) == Some(annex.text));
    about
        .map(|(entry, decision)| approval::counts_as_approval(agreement, entry, decision, annex.text, on))
        .next()
        .and_then(Result::err)
}

impl Part<'_> {
    /// Works out the moments and the state, when the spans of those are known whom the party needs.
    fn settle(&mut self, agreement: &Agreement, annex: &Annex<'_>, needed: &[Span], on: Date) {
        let held = spans::common(&self.own, needed);
        let now = held.iter().find(|span| span.holds(on));
        self.joined_on = now.map(|span| span.from);
        self.left_on = match now {
            Some(_) => self.notice(agreement, annex, on),
            None => held.last().and_then(|span| span.to),
        };
        self.why_not = if now.is_some() { None } else { Some(self.why_not(agreement, annex, on)) };
        self.state = match self.why_not {
            None if self.left_on.is_some() => PartState::Leaving,
            None => PartState::Joined,
            Some(PartWhyNot::CountyNotCommitted | PartWhyNot::NobodyElse) => PartState::Ready,
            Some(PartWhyNot::Ended | PartWhyNot::Withdrawn) => PartState::Left,
            Some(PartWhyNot::NotEligible) => PartState::NotEligible,
            Some(_) if self.approved.is_some() || !self.signing.signatures.is_empty() => PartState::Partial,
            Some(_) => PartState::NotJoined,
        };
    }

    /// The day on which the party's notice takes effect, unless it has done all anew since.
    fn notice(&self, agreement: &Agreement, annex: &Annex<'_>, on: Date) -> Option<Date> {
        let ends = annex.ends(agreement, self.party, on);
        let (entry, act) = ends.iter().rfind(|(_, act)| act.takes_effect_on > on)?;
        let anew = done(agreement, annex, self.party, on, Some(place(entry)));
        if anew.is_none() { Some(act.takes_effect_on) } else { None }
    }

    fn why_not(&self, agreement: &Agreement, annex: &Annex<'_>, on: Date) -> PartWhyNot {
        let done = self.own.iter().any(|span| span.holds(on));
        let county = annex.act.county.as_ref() == Some(self.party);
        match annex.act.form {
            _ if !annex.is_for(agreement, self.party, on) => PartWhyNot::NotEligible,
            AnnexForm::Description if withdrawal::left(agreement, self.party, on).is_some() => PartWhyNot::Withdrawn,
            AnnexForm::Description if done && !county => PartWhyNot::CountyNotCommitted,
            _ if done => PartWhyNot::NobodyElse,
            form => self.lacks(agreement, annex, form, on),
        }
    }

    /// What the party itself has not done.
    fn lacks(&self, agreement: &Agreement, annex: &Annex<'_>, form: AnnexForm, on: Date) -> PartWhyNot {
        let cut = cut(agreement, annex, self.party, on);
        let signed = self.signing.complete_on.is_some();
        match form {
            AnnexForm::Agreement if self.approved.is_some() => PartWhyNot::SignatureMissing,
            AnnexForm::Agreement if signed => PartWhyNot::ApprovalMissing,
            AnnexForm::Agreement if cut.is_none() || !self.signing.signatures.is_empty() => {
                PartWhyNot::ApprovalAndSignatureMissing
            }
            AnnexForm::Description if !commitments(agreement, annex, self.party, on, cut).is_empty() => {
                PartWhyNot::DecisionFallen
            }
            AnnexForm::Description if cut.is_none() => PartWhyNot::NotCommitted,
            _ => PartWhyNot::Ended,
        }
    }
}

//! The annexes of an agreement: what there is, and who can join it. How far each party has come
//! is told by [`crate::annex_parts`].

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::annex_deposited::AnnexForm;
use crate::acts::text_deposited::TextRole;
use crate::acts::{Act, AnnexCommitmentEnded, AnnexDeposited};
use crate::agreement::{Agreement, Entry};
use crate::case::Case;
use crate::refusal::Refusal;
use crate::seats;
use crate::texts;

/// An annex of the agreement.
#[derive(Debug, Clone, Copy)]
pub struct Annex<'a> {
    /// The record that put it to the parties.
    pub entry: &'a Entry,
    /// What that says.
    pub act: &'a AnnexDeposited,
    /// The group of its text: the version of the text's first deposit.
    pub text: u64,
}

/// Where an act stands in legal order: its date, then its version.
pub(crate) type Place = (Option<Date>, u64);

/// All that were not retracted, in order.
pub fn annexes(agreement: &Agreement) -> impl Iterator<Item = Annex<'_>> {
    agreement.of_kind("annex_deposited").filter_map(|entry| Annex::of(agreement, entry))
}

/// The annex that the record at `version` deposited.
pub fn annex_at(agreement: &Agreement, version: u64) -> Option<Annex<'_>> {
    Annex::of(agreement, agreement.live_at(version)?)
}

/// The annex whose text is of group `text`.
pub fn of_text(agreement: &Agreement, text: u64) -> Option<Annex<'_>> {
    annexes(agreement).find(|annex| annex.text == text)
}

/// The annexes that `party`, which has no seat, takes part in.
pub fn outside_annexes_of<'a>(agreement: &'a Agreement, party: &PartyId) -> Vec<Annex<'a>> {
    let joined = |annex: &Annex<'_>| annex.outsiders(agreement).any(|entry| entry.party() == Some(party));
    annexes(agreement).filter(joined).collect()
}

impl<'a> Annex<'a> {
    /// The annex that `entry` deposits, if it deposits one.
    pub(crate) fn of(agreement: &Agreement, entry: &'a Entry) -> Option<Annex<'a>> {
        match &entry.act {
            Act::AnnexDeposited(act) => {
                let text = texts::group_of_digest(agreement, &act.text)?;
                Some(Annex { entry, act, text })
            }
            _ => None,
        }
    }

    /// Version of the record that put it to the parties.
    pub fn version(&self) -> u64 {
        self.entry.version
    }

    /// The parties that take part in it as of `on` and hold no seat then, in the order of the log.
    pub fn outside_parties<'b>(&self, agreement: &'b Agreement, on: Date) -> Vec<&'b PartyId> {
        let joined = self.outsiders(agreement).filter(|entry| entry.happened_by(on)).filter_map(Entry::party);
        let mut parties: Vec<&PartyId> = Vec::new();
        for party in joined.filter(|party| seats::held_by(agreement, party, on).is_none()) {
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
        parties
    }

    /// The records by which parties outside the roster took part.
    fn outsiders<'b>(&self, agreement: &'b Agreement) -> impl Iterator<Item = &'b Entry> + use<'b> {
        agreement.about(self.version()).filter(|entry| matches!(entry.act, Act::OutsidePartyJoined(_)))
    }

    /// Whether `party` can join as of `on`: of the roster those whom the annex is for, the county always, and their
    /// successors at that seat; and those outside it that take part.
    pub fn is_for(&self, agreement: &Agreement, party: &PartyId, on: Date) -> bool {
        let AnnexDeposited { eligible, county, .. } = self.act;
        let listed =
            |party: &PartyId| eligible.is_empty() || eligible.contains(party) || county.as_ref() == Some(party);
        let seated = seats::held_by(agreement, party, on).is_some_and(|held| listed(&held.seat.party) || listed(party));
        seated || self.outsiders(agreement).any(|entry| entry.happened_by(on) && entry.party() == Some(party))
    }

    /// The notices by which `party` ended its part, given by `on`, in legal order.
    pub fn ends<'b>(
        &self,
        agreement: &'b Agreement,
        party: &'b PartyId,
        on: Date,
    ) -> Vec<(&'b Entry, &'b AnnexCommitmentEnded)> {
        let end = |entry: &'b Entry| match &entry.act {
            Act::AnnexCommitmentEnded(act) if act.annex == self.version() => Some((entry, act)),
            _ => None,
        };
        agreement.acts_of(party, on).into_iter().filter_map(end).collect()
    }

    /// The place of the last notice of `party` by `on`: what it did up to there is done with.
    pub(crate) fn last_notice(&self, agreement: &Agreement, party: &PartyId, on: Date) -> Option<Place> {
        self.ends(agreement, party, on).last().map(|(entry, _)| place(entry))
    }
}

/// Where an act stands in legal order.
pub(crate) fn place(entry: &Entry) -> Place {
    (entry.common.occurred_on, entry.version)
}

/// The annex that an act names by the version of its deposit.
pub(crate) fn named<'a>(case: &Case<'a>, version: u64, member: &str) -> Result<Annex<'a>, Refusal> {
    let entry = case.record(version, member)?;
    Annex::of(case.agreement, entry).ok_or_else(|| {
        let reason = format!("record {version} is {}, not an annex", entry.act.kind());
        Refusal::new("record-of-another-type", member, reason, "name an annex_deposited")
    })
}

/// Who joins an annex is somebody that it is for.
pub(crate) fn check_can_join(case: &Case<'_>, annex: &Annex<'_>, party: &PartyId) -> Result<(), Refusal> {
    if annex.is_for(case.agreement, party, case.occurred_on()) {
        return Ok(());
    }
    let member = if case.actor.is_registrar() { "data.party" } else { "actor" };
    let reason = format!("the annex of record {} is not for {party}", annex.version());
    let accepted = if !case.agreement.has_seat(party) {
        "a party outside the roster records outside_party_joined first, where the annex lets such parties join".into()
    } else {
        let names: Vec<&str> = annex.act.eligible.iter().map(PartyId::as_str).collect();
        format!("it is for: {}", names.join(", "))
    };
    Err(Refusal::new("annex-not-for-party", member, reason, accepted))
}

/// What is joined in another form is joined in that form.
pub(crate) fn check_form(annex: &Annex<'_>, wanted: AnnexForm, member: &str) -> Result<(), Refusal> {
    if annex.act.form == wanted {
        return Ok(());
    }
    let (form, accepted) = match annex.act.form {
        AnnexForm::Agreement => ("agreement", "approve it with decision_recorded and sign it with text_signed"),
        AnnexForm::Description => ("description", "commit to it with annex_committed"),
    };
    let reason = format!("the annex of record {} has the form {form}", annex.version());
    Err(Refusal::new("annex-form", member, reason, accepted))
}

/// An annex's text is signed once the annex is put to the parties, in the form that is signed, by those it is for.
pub(crate) fn check_signable(case: &Case<'_>, text: u64) -> Result<(), Refusal> {
    let Some(annex) = of_text(case.agreement, text) else {
        let reason = format!("the text in record {text} has role {}", TextRole::Annex.as_str());
        return Err(Refusal::new(
            "text-not-for-signing",
            "data.text",
            reason,
            "an annex is signed once annex_deposited has put it to the parties",
        ));
    };
    check_form(&annex, AnnexForm::Agreement, "data.text")?;
    case.party().map_or(Ok(()), |party| check_can_join(case, &annex, party))
}

//! The annexes of an agreement as they are shown: each with the state of every party.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::codes::ActGrade;
use crate::acts::annex_deposited::AnnexForm;
use crate::acts::line::Words;
use crate::acts::slug::Slug;
use crate::agreement::{Agreement, Entry};
use crate::annex_parts::{self, Part, PartState, PartWhyNot};
use crate::annexes;
use crate::approval::WhyNot;
use crate::registry::Registry;
use crate::texts;

/// One annex.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Annex {
    /// The interface area.
    pub area: Slug,
    /// The county, for the form `description`.
    pub county: Option<PartyId>,
    /// When it was put to the parties.
    pub deposited_on: Option<Date>,
    /// How a party joins.
    pub form: AnnexForm,
    /// Whether it holds for anybody.
    pub in_force: bool,
    /// Since when it has held for somebody without a gap.
    pub in_force_since: Option<Date>,
    /// Whether an act that is shown was made up for a demonstration.
    pub invented: bool,
    /// For how many parties it holds, those outside the roster included.
    pub joined: u64,
    /// Whether parties outside the roster can join.
    pub outside_parties: bool,
    /// The roster in its order, then the parties outside it that take part.
    pub parties: Vec<AnnexParty>,
    /// SHA-256 of its text, in hex.
    pub text: Digest,
    /// Version of the first deposit of its text.
    pub text_group: u64,
    /// Titles of its text by language.
    pub titles: Option<Words>,
    /// Version of the record.
    pub version: u64,
}

/// How far one party has come with an annex.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnnexParty {
    /// Why its newest decision about the annex does not approve it.
    pub approval_why: Option<WhyNot>,
    /// Since when it has approved the annex's text.
    pub approved_on: Option<Date>,
    /// Since when it is committed.
    pub committed_on: Option<Date>,
    /// By whose word its approval or commitment is known.
    pub grade: Option<ActGrade>,
    /// Since when the annex holds for it.
    pub joined_on: Option<Date>,
    /// The first day on which it does so no more, gone by or to come.
    pub left_on: Option<Date>,
    /// Its names on `on`.
    pub names: Option<Words>,
    /// Number in the roster; none for a party outside it.
    pub number: Option<u64>,
    /// Its id.
    pub party: PartyId,
    /// Roles that have signed of those that must: `1/2`; none for the form `description`.
    pub signatures: Option<String>,
    /// Since when it has signed the annex's text, by all who must.
    pub signed_on: Option<Date>,
    /// In one word.
    pub state: PartState,
    /// Who continues the party, where it has ended: they join by acts of their own.
    pub successors: Vec<PartyId>,
    /// Version of the decision that approves, or of the commitment.
    pub version: Option<u64>,
    /// Why the annex does not hold for it.
    pub why_not: Option<PartWhyNot>,
}

/// All annexes that were put to the parties by `on`, in order.
pub(super) fn annexes(agreement: &Agreement, registry: &Registry, on: Date) -> Vec<Annex> {
    let by_then = annexes::annexes(agreement).filter(|annex| annex.entry.happened_by(on));
    by_then.map(|annex| shown(agreement, registry, &annex, on)).collect()
}

fn shown(agreement: &Agreement, registry: &Registry, annex: &annexes::Annex<'_>, on: Date) -> Annex {
    let parts = annex_parts::parts(agreement, annex, on);
    let since = annex_parts::in_force_since(annex, &parts, on);
    Annex {
        area: annex.act.area.clone(),
        county: annex.act.county.clone(),
        deposited_on: annex.entry.common.occurred_on,
        form: annex.act.form,
        in_force: since.is_some(),
        in_force_since: since,
        invented: is_invented(agreement, annex, on),
        joined: parts.iter().filter(|part| part.state.holds()).count() as u64,
        outside_parties: annex.act.outside_parties,
        parties: parts.iter().map(|part| party(registry, annex, part, on)).collect(),
        text: annex.act.text,
        text_group: annex.text,
        titles: texts::deposit_at(agreement, annex.text).map(|text| text.titles.clone()),
        version: annex.version(),
    }
}

fn party(registry: &Registry, annex: &annexes::Annex<'_>, part: &Part<'_>, on: Date) -> AnnexParty {
    let act = part.approved.or(part.committed).map(|(entry, _)| entry);
    let signing = (annex.act.form == AnnexForm::Agreement).then_some(&part.signing);
    AnnexParty {
        approval_why: part.approval_why,
        approved_on: part.approved.map(|(_, date)| date),
        committed_on: part.committed.map(|(_, date)| date),
        grade: act.map(|entry| entry.grade()),
        joined_on: part.joined_on,
        left_on: part.left_on,
        names: registry.names(part.party, on).cloned(),
        number: part.number,
        party: part.party.clone(),
        signatures: signing.map(|signing| format!("{}/{}", signing.have, signing.needed)),
        signed_on: signing.and_then(|signing| signing.complete_on),
        state: part.state,
        successors: match registry.ended(part.party, on) {
            Some(_) => registry.current(part.party, on),
            None => Vec::new(),
        },
        version: act.map(|entry| entry.version),
        why_not: part.why_not,
    }
}

/// Whether the annex, or an act about it or its text, was made up.
fn is_invented(agreement: &Agreement, annex: &annexes::Annex<'_>, on: Date) -> bool {
    let of_text = |entry: &&Entry| {
        let mut named = entry.act.of_type().names().into_iter();
        entry.version == annex.text || named.any(|named| texts::group_of(agreement, &named) == Some(annex.text))
    };
    let kinds = ["decision_recorded", "text_deposited", "text_signed"];
    let invented = |entry: &&Entry| entry.common.invented && entry.happened_by(on);
    let made_up = kinds.iter().flat_map(|kind| agreement.of_kind(kind)).filter(invented).any(|entry| of_text(&entry));
    made_up || std::iter::once(annex.entry).chain(agreement.about(annex.version())).any(|entry| invented(&entry))
}

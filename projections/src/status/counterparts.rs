//! Counterparts of an interface area as they are shown: both sides, and the gaps on each.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::codes::ActGrade;
use crate::acts::CounterpartAssigned;
use crate::acts::line::Line;
use crate::acts::party_registered::PartyKind;
use crate::acts::slug::Slug;
use crate::agreement::{Agreement, Entry};
use crate::counterparts;
use crate::registry::Registry;
use crate::seats::{self, Held};

/// Who works with the others, side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counterparts {
    /// The county's side.
    pub county: Side,
    /// The municipalities' side.
    pub municipalities: Side,
    /// Those of other parties, of whom none is expected.
    pub others: Vec<Counterpart>,
}

/// One side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The parties of this side that have named nobody.
    pub missing: Vec<PartyId>,
    /// The counterparts, in order.
    pub named: Vec<Counterpart>,
}

/// One counterpart: an office. The name of its holder is a disclosure of the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counterpart {
    /// By whose word it is known.
    pub grade: ActGrade,
    /// Whether the record commits to its holder's name.
    pub has_name: bool,
    /// Whether it was made up for a demonstration.
    pub invented: bool,
    /// The office.
    pub office: Line,
    /// Whose.
    pub party: PartyId,
    /// Since when.
    pub since: Option<Date>,
    /// The unit.
    pub unit: Option<Line>,
    /// Version of the record.
    pub version: u64,
}

/// Those of `area` as of `on`.
pub(super) fn counterparts(agreement: &Agreement, registry: &Registry, area: &Slug, on: Date) -> Counterparts {
    let assigned = counterparts::assigned(agreement, area, on);
    let all: Vec<Counterpart> = assigned.into_iter().filter_map(|(entry, act)| counterpart(entry, act)).collect();
    let kind = |party: &PartyId| registry.parties.get(party).map(|known| known.registered.kind);
    let roster = seats::on(agreement, on);
    let side = |wanted: PartyKind| {
        let named: Vec<Counterpart> = all.iter().filter(|it| kind(&it.party) == Some(wanted)).cloned().collect();
        let silent = |held: &&Held<'_>| {
            kind(&held.seat.party) == Some(wanted) && !named.iter().any(|it| held.is_held_by(&it.party, on))
        };
        Side { missing: roster.iter().filter(silent).map(|held| held.seat.party.clone()).collect(), named }
    };
    let sides = [PartyKind::WellbeingServicesCounty, PartyKind::Municipality];
    Counterparts {
        county: side(PartyKind::WellbeingServicesCounty),
        municipalities: side(PartyKind::Municipality),
        others: all.iter().filter(|it| kind(&it.party).is_none_or(|kind| !sides.contains(&kind))).cloned().collect(),
    }
}

/// None for one of a party that the source does not name.
fn counterpart(entry: &Entry, act: &CounterpartAssigned) -> Option<Counterpart> {
    Some(Counterpart {
        grade: entry.grade(),
        has_name: act.name.is_some(),
        invented: entry.common.invented,
        office: act.office.clone(),
        party: entry.party()?.clone(),
        since: entry.common.occurred_on,
        unit: act.unit.clone(),
        version: entry.version,
    })
}

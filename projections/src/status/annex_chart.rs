//! Annex × party: who is part of which annex, in one table.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

use super::view::Status;
use crate::acts::annex_deposited::AnnexForm;
use crate::acts::line::Words;
use crate::acts::slug::Slug;
use crate::annex_parts::PartState;

/// Rows are parties, columns are annexes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnnexChart {
    /// The annexes, in order.
    pub columns: Vec<ChartColumn>,
    /// The roster in its order, then every party outside it that takes part in an annex.
    pub rows: Vec<ChartRow>,
}

/// One annex.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartColumn {
    /// Version of the annex.
    pub annex: u64,
    /// The interface area.
    pub area: Slug,
    /// How a party joins.
    pub form: AnnexForm,
    /// Titles of its text by language.
    pub titles: Option<Words>,
}

/// One party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartRow {
    /// Its state in each annex, in the order of the columns.
    pub cells: Vec<PartState>,
    /// Its names.
    pub names: Option<Words>,
    /// Number in the roster; none for a party outside it.
    pub number: Option<u64>,
    /// Its id.
    pub party: PartyId,
}

/// The chart of a status. A party outside the roster is eligible for no annex that it takes no part in.
pub fn annex_chart(status: &Status) -> AnnexChart {
    let columns = status.annexes.iter().map(|annex| ChartColumn {
        annex: annex.version,
        area: annex.area.clone(),
        form: annex.form,
        titles: annex.titles.clone(),
    });
    let mut rows: Vec<ChartRow> = status
        .parties
        .iter()
        .map(|row| ChartRow {
            cells: Vec::new(),
            names: row.names.clone(),
            number: Some(row.number),
            party: row.party.clone(),
        })
        .collect();
    for part in status.annexes.iter().flat_map(|annex| &annex.parties) {
        if !rows.iter().any(|row| row.party == part.party) {
            rows.push(ChartRow {
                cells: Vec::new(),
                names: part.names.clone(),
                number: None,
                party: part.party.clone(),
            });
        }
    }
    for row in &mut rows {
        row.cells = status.annexes.iter().map(|annex| cell(annex, &row.party)).collect();
    }
    AnnexChart { columns: columns.collect(), rows }
}

fn cell(annex: &super::Annex, party: &PartyId) -> PartState {
    let part = annex.parties.iter().find(|part| part.party == *party);
    part.map_or(PartState::NotEligible, |part| part.state)
}

//! From a row to the act that it says.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use sinetti_events::format::payload::Seen;
use sinetti_events::primitives::ids::EventId;

use super::Import;
use super::rehearsal::Rehearsal;
use super::table::Row;
use crate::author::{Draft, Heading};
use crate::cli::failure::Failure;
use crate::cli::schema::Node;
use crate::cli::{compose, fields};

/// Versions and ids of the rows that have names.
pub(super) type Named = BTreeMap<String, (u64, EventId)>;

impl Import {
    /// The id of a row's act in this ledger: the same at each import of the row, so that it is
    /// recorded once.
    ///
    /// # Errors
    ///
    /// A reference to no earlier row.
    pub(super) fn event_id(&self, row: &Row, rehearsal: &Rehearsal, named: &Named) -> Result<EventId, Failure> {
        let mut cells: Vec<(&str, String)> = Vec::new();
        for (member, cell) in &row.cells {
            let text = match referred(cell) {
                Some(name) => find(name, named)?.1.to_string(),
                None => cell.clone(),
            };
            cells.push((member, text));
        }
        cells.sort();
        let identity = json!([rehearsal.founding, self.agreement, self.party, row.kind, cells]);
        let digest = Sha256::digest(format!("sinetti import\n{identity}"));
        let mut random = [0; 10];
        random.copy_from_slice(&digest[..10]);
        Ok(EventId::new(rehearsal.founded_at.unix_ms().unsigned_abs(), &random))
    }

    /// The payload of a row's act.
    ///
    /// # Errors
    ///
    /// No such member, a value of another kind, or members that are missing.
    pub(super) fn draft(
        &self,
        row: &Row,
        event: EventId,
        rehearsal: &Rehearsal,
        seen: Seen,
        named: &Named,
    ) -> Result<Draft, Failure> {
        let schema = (compose::type_info(&row.kind)?.schema)().to_value();
        let mut data = Value::Object(Map::new());
        for (member, cell) in &row.cells {
            let text = match referred(cell) {
                Some(name) => find(name, named)?.0.to_string(),
                None => iso(cell).unwrap_or_else(|| cell.clone()),
            };
            fields::set(&mut data, Node::root(&schema), &format!("{member}={text}")).map_err(Failure::refused)?;
        }
        if self.invented {
            data["invented"] = Value::from(true);
        }
        let missing = fields::missing(&data, Node::root(&schema));
        if !missing.is_empty() {
            return Err(Failure::Refused(format!("these columns are missing or empty: {}", missing.join(", "))));
        }
        let heading = Heading {
            ledger: rehearsal.origin.clone(),
            agreement: self.agreement.clone(),
            actor: self.party.clone(),
            event,
            seen,
            kind: row.kind.clone(),
            until: None,
        };
        compose::compose(heading, data)
    }
}

/// The name in a cell that refers to an earlier row, as `@name`.
fn referred(cell: &str) -> Option<&str> {
    cell.strip_prefix('@')
}

fn find(name: &str, named: &Named) -> Result<(u64, EventId), Failure> {
    named
        .get(name)
        .copied()
        .ok_or_else(|| Failure::Refused(format!("@{name}: no earlier row has {name:?} in the column `row`")))
}

/// A day as minutes write it, 17.4.2023, as the ledger does.
fn iso(cell: &str) -> Option<String> {
    let mut parts = cell.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = parts.next().is_none() && digits(day, 2) && digits(month, 2) && year.len() == 4 && digits(year, 4);
    is_day.then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_as_minutes_write_it_becomes_a_day_as_the_ledger_does_and_nothing_else_changes() {
        assert_eq!(iso("17.4.2023").as_deref(), Some("2023-04-17"));
        assert_eq!(iso("01.12.2023").as_deref(), Some("2023-12-01"));
        for text in ["2023-04-17", "1.2.3", "1.2.2023.4", "17.4.23", "a.4.2023", "§ 4.1.2023", "", "1..2023"] {
            assert_eq!(iso(text), None, "{text}");
        }
    }
}

//! What was found and stays true.

use serde_json::json;
use sinetti_events::log::evidence::Evidence;
use sinetti_projections::audit::Finding;
use sqlx::Row as _;

use super::{MonitorError, State};

/// A finding, and what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The finding.
    pub finding: Finding,
    /// The evidence as a file: its name and its text.
    pub evidence: Option<(String, String)>,
}

impl State {
    /// Keeps a finding, with what proves it; of one that is there already the first stays.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn find(
        &mut self,
        of_record: bool,
        finding: &Finding,
        evidence: Option<(String, &Evidence)>,
    ) -> Result<(), MonitorError> {
        let (name, evidence) = evidence.map(|(name, evidence)| (name, json!(evidence).to_string())).unzip();
        let query = sqlx::query(include_str!("sql/find.sql")).bind(i64::from(of_record));
        let query = query.bind(json!(finding).to_string()).bind(name).bind(evidence);
        let done = self.runtime.block_on(async { query.execute(&mut self.connection).await });
        done.map(drop).map_err(|error| self.failed(error))
    }

    /// All that was found.
    ///
    /// # Errors
    ///
    /// It can't be read, or is damaged.
    pub fn found(&mut self) -> Result<Vec<Found>, MonitorError> {
        let rows = self.rows(include_str!("sql/found.sql"), None)?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let text: &str = row.try_get("finding").map_err(|error| self.failed(error))?;
            let finding = serde_json::from_str(text).map_err(|error| self.damaged(format!("a finding: {error}")))?;
            let name: Option<String> = row.try_get("name").map_err(|error| self.failed(error))?;
            let evidence: Option<String> = row.try_get("evidence").map_err(|error| self.failed(error))?;
            found.push(Found { finding, evidence: name.zip(evidence) });
        }
        Ok(found)
    }

    /// How many findings there are, and how many with evidence.
    ///
    /// # Errors
    ///
    /// They can't be read.
    pub fn count_found(&mut self) -> Result<(usize, usize), MonitorError> {
        let rows = self.rows(include_str!("sql/count_found.sql"), None)?;
        let count = |column| {
            let count = rows.first().map(|row| row.try_get::<i64, _>(column));
            count.transpose().map(|count| usize::try_from(count.unwrap_or(0)).unwrap_or(usize::MAX))
        };
        match (count("findings"), count("proven")) {
            (Ok(findings), Ok(proven)) => Ok((findings, proven)),
            (Err(error), _) | (_, Err(error)) => Err(self.failed(error)),
        }
    }
}

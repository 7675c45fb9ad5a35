//! The records and the nodes of their tree.

use serde_json::{Value, json};
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::{NodeId, peak_ids};
use sqlx::Row as _;

use super::{MonitorError, State, integer};

impl State {
    /// Keeps records, the first of them at `from`.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn put_records(&mut self, from: u64, records: &[Vec<u8>]) -> Result<(), MonitorError> {
        for (place, bytes) in (from..).zip(records) {
            let query = sqlx::query(include_str!("sql/put_record.sql")).bind(integer(place)).bind(bytes);
            let done = self.runtime.block_on(async { query.execute(&mut self.connection).await });
            done.map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    /// Keeps nodes of the tree.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn put_nodes(&mut self, nodes: &[(NodeId, Hash)]) -> Result<(), MonitorError> {
        let nodes: Value = nodes.iter().map(|(id, hash)| json!([id.level, id.index, hash])).collect();
        self.put(include_str!("sql/put_nodes.sql"), nodes.to_string())
    }

    /// Records from place `from` on, `most` at most.
    ///
    /// # Errors
    ///
    /// They can't be read, or one is missing.
    pub fn records(&mut self, from: u64, most: u64) -> Result<Vec<Vec<u8>>, MonitorError> {
        let query = sqlx::query(include_str!("sql/records.sql")).bind(integer(from)).bind(integer(most));
        let rows = self.runtime.block_on(async { query.fetch_all(&mut self.connection).await });
        let mut records = Vec::new();
        for (place, row) in (from..).zip(rows.map_err(|error| self.failed(error))?) {
            if row.try_get::<i64, _>("place").map_err(|error| self.failed(error))? != integer(place) {
                return Err(self.damaged(format!("record {place} is missing in it")));
            }
            records.push(row.try_get("bytes").map_err(|error| self.failed(error))?);
        }
        Ok(records)
    }

    /// The bytes of one record, as they were when it was taken in.
    ///
    /// # Errors
    ///
    /// They can't be read, or are not those any more.
    pub fn record(&mut self, place: u64) -> Result<Vec<u8>, MonitorError> {
        let bytes = self.records(place, 1)?.pop().unwrap_or_default();
        let leaf = self.nodes(&[NodeId { level: 0, index: place }])?;
        if leaf != [Hash::leaf(&bytes)] {
            return Err(self.damaged(format!("record {place} in it has other bytes than when it was taken in")));
        }
        Ok(bytes)
    }

    /// Hashes of nodes of the tree, in the order asked for.
    ///
    /// # Errors
    ///
    /// They can't be read, or one is missing.
    pub fn nodes(&mut self, ids: &[NodeId]) -> Result<Vec<Hash>, MonitorError> {
        let asked: Value = ids.iter().map(|id| json!([id.level, id.index])).collect();
        let rows = self.rows(include_str!("sql/nodes.sql"), Some(asked.to_string()))?;
        let hashes = rows.iter().map(|row| row.try_get::<&str, _>("hash").ok()?.parse().ok()).collect::<Option<_>>();
        hashes.ok_or_else(|| self.damaged("a hash of the log's tree is missing in it, or unreadable"))
    }

    /// Root of the first `size` records.
    ///
    /// # Errors
    ///
    /// Nodes can't be read, or are missing.
    pub fn root(&mut self, size: u64) -> Result<Hash, MonitorError> {
        let peaks = self.nodes(&peak_ids(size))?;
        Ok(Frontier::from_peaks(size, peaks).map_err(|bad| self.damaged(bad))?.root())
    }
}

//! Where a replay stands, and what it asks of the past.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sinetti_events::chain::{Chain, StreamHead};
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::audit::{Asked, Past, Signed, Standing};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Kept, MonitorError, PROGRAM, Remembered, State, integer};

impl State {
    /// What the file remembers; nothing before a first look has held.
    ///
    /// # Errors
    ///
    /// It can't be read, or its parts do not belong together.
    pub fn remembered(&mut self) -> Result<Option<Remembered>, MonitorError> {
        let rows = self.rows(include_str!("sql/monitor.sql"), None)?;
        let Some(row) = rows.into_iter().next() else { return Ok(None) };
        let note: String = row.try_get("note").map_err(|error| self.failed(error))?;
        let kept = Kept::of(note.as_bytes()).map_err(|bad| self.damaged(format!("its checkpoint: {bad}")))?;
        let reread: i64 = row.try_get("reread").map_err(|error| self.failed(error))?;
        let program: String = row.try_get("program").map_err(|error| self.failed(error))?;
        let streams = self.rows(include_str!("sql/streams.sql"), None)?;
        let judged = self.rows(include_str!("sql/judged.sql"), None)?;
        let own = program == PROGRAM && row.try_get("digest").ok() == Some(digest(&row, &streams, &judged).as_str());
        let standing = if own { standing(&kept, &row, &streams, &judged) } else { None };
        let (size, root) = (kept.checkpoint.size, kept.checkpoint.root);
        if let Some(standing) = &standing
            && (standing.log.size(), standing.log.root()) != (size, root)
        {
            return Err(self.damaged(format!("its hashes do not give the root of its checkpoint of {size} records")));
        }
        Ok(Some(Remembered { kept, standing, reread: reread.unsigned_abs() }))
    }

    /// Writes where the replay of the records under `kept` stands, and the agreements in it.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn put_standing(&mut self, kept: &Kept, standing: &Standing) -> Result<(), MonitorError> {
        let peaks: Vec<Hash> = standing.log.peaks().into_iter().map(|(_, hash)| hash).collect();
        let last = standing.chain.last();
        let query = sqlx::query(include_str!("sql/put_monitor.sql")).bind(&kept.note).bind(PROGRAM);
        let query = query.bind(integer(standing.chain.size())).bind(json!(peaks).to_string());
        let query = query.bind(last.map(|(leaf, _)| leaf.to_string())).bind(last.map(|(_, at)| at.unix_ms()));
        let query = query.bind(standing.founding.map(|leaf| leaf.to_string())).bind(text(&standing.registry));
        let done = self.runtime.block_on(async { query.execute(&mut self.connection).await });
        done.map_err(|error| self.failed(error))?;
        let stream = |(number, head): (usize, &StreamHead)| json!([number, head.agreement, head.version, head.leaf]);
        let streams: Value = standing.chain.streams().iter().enumerate().map(stream).collect();
        self.put(include_str!("sql/put_streams.sql"), streams.to_string())?;
        let judged: Value = standing.judged.iter().map(|(stream, records)| json!([stream, records])).collect();
        self.put(include_str!("sql/put_judged.sql"), judged.to_string())?;
        self.seal()?;
        for (stream, agreement) in &standing.agreements {
            let query = sqlx::query(include_str!("sql/put_agreement.sql")).bind(stream.as_str()).bind(text(agreement));
            let done = self.runtime.block_on(async { query.execute(&mut self.connection).await });
            done.map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    /// Notes the digest of what was written, so that it is told when it is not that any more.
    fn seal(&mut self) -> Result<(), MonitorError> {
        let rows = self.rows(include_str!("sql/monitor.sql"), None)?;
        let streams = self.rows(include_str!("sql/streams.sql"), None)?;
        let judged = self.rows(include_str!("sql/judged.sql"), None)?;
        let digest = rows.first().map(|row| digest(row, &streams, &judged));
        self.put(include_str!("sql/put_digest.sql"), digest.unwrap_or_default())
    }

    /// The same tree with more signatures.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn put_note(&mut self, kept: &Kept) -> Result<(), MonitorError> {
        self.put(include_str!("sql/put_note.sql"), kept.note.clone())
    }

    /// Which bundle is read again next.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn put_reread(&mut self, bundle: u64) -> Result<(), MonitorError> {
        let query = sqlx::query(include_str!("sql/put_reread.sql")).bind(integer(bundle));
        let done = self.runtime.block_on(async { query.execute(&mut self.connection).await });
        done.map(drop).map_err(|error| self.failed(error))
    }

    /// Throws away what a program made of the records, to make it anew.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn forget(&mut self) -> Result<(), MonitorError> {
        self.run(include_str!("sql/forget.sql"))
    }

    /// The state of an agreement; none before its first record.
    ///
    /// # Errors
    ///
    /// It can't be read, or is damaged.
    pub fn agreement(&mut self, stream: &StreamId) -> Result<Option<Agreement>, MonitorError> {
        let rows = self.rows(include_str!("sql/agreement.sql"), Some(stream.as_str().to_owned()))?;
        let Some(row) = rows.first() else { return Ok(None) };
        let text: &str = row.try_get("state").map_err(|error| self.failed(error))?;
        serde_json::from_str(text).map(Some).map_err(|error| self.damaged(format!("the state of {stream}: {error}")))
    }

    /// What is known of what new records ask.
    ///
    /// # Errors
    ///
    /// It can't be read, or is damaged.
    pub fn recall(&mut self, asked: &[Asked]) -> Result<Past, MonitorError> {
        let seen: Value = asked.iter().filter_map(|asked| Some(json!([asked.stream.as_ref()?, asked.seen]))).collect();
        let leaves = self.rows(include_str!("sql/past.sql"), Some(seen.to_string()))?;
        let leaf = |row: &SqliteRow| {
            let place: i64 = row.try_get("place").ok()?;
            Some((parsed(row, "agreement")?, place.unsigned_abs(), parsed(row, "leaf")?))
        };
        let events: Value = asked.iter().flat_map(|asked| &asked.events).map(|event| json!(event)).collect();
        let authors = self.rows(include_str!("sql/authors.sql"), Some(events.to_string()))?;
        let author = |row: &SqliteRow| Some((parsed(row, "event")?, parsed(row, "party")?));
        let past = leaves.iter().map(leaf).collect::<Option<_>>().zip(authors.iter().map(author).collect());
        let (leaves, authors) = past.ok_or_else(|| self.damaged("what it knows of earlier records is unreadable"))?;
        Ok(Past { leaves, authors, signed: Vec::new() })
    }

    /// Keeps what later records may ask.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn put_past(&mut self, past: &Past) -> Result<(), MonitorError> {
        let leaves: Value = past.leaves.iter().map(|(stream, place, leaf)| json!([stream, place, leaf])).collect();
        self.put(include_str!("sql/put_past.sql"), leaves.to_string())?;
        let authors: Value = past.authors.iter().map(|(event, party)| json!([event, party])).collect();
        self.put(include_str!("sql/put_authors.sql"), authors.to_string())?;
        let rows = |signed: &Signed| {
            let (index, at) = (signed.index, signed.recorded_at.unix_ms());
            signed.signers.iter().map(move |key| json!([key, index, at])).collect::<Vec<_>>()
        };
        let signed: Value = past.signed.iter().flat_map(rows).collect();
        self.put(include_str!("sql/put_signed.sql"), signed.to_string())
    }

    /// What the keys `signers` signed, `most` records at most.
    ///
    /// # Errors
    ///
    /// It can't be read, or is damaged.
    pub fn signed_by(&mut self, signers: &[KeyId], most: usize) -> Result<Vec<Signed>, MonitorError> {
        let query = sqlx::query(include_str!("sql/signed.sql")).bind(json!(signers).to_string());
        let query = query.bind(integer(most as u64));
        let rows = self.runtime.block_on(async { query.fetch_all(&mut self.connection).await });
        let signed = |row: &SqliteRow| {
            let index = u64::try_from(row.try_get::<i64, _>("place").ok()?).ok()?;
            let recorded_at = Instant::from_unix_ms(row.try_get("recorded_at").ok()?).ok()?;
            Some(Signed { index, recorded_at, signers: vec![parsed(row, "signer")?] })
        };
        let read = rows.map_err(|error| self.failed(error))?.iter().map(signed).collect::<Option<_>>();
        read.ok_or_else(|| self.damaged("what it knows of signatures is unreadable"))
    }
}

/// Where the replay stands; nothing when that can't be read.
fn standing(kept: &Kept, row: &SqliteRow, streams: &[SqliteRow], judged: &[SqliteRow]) -> Option<Standing> {
    let origin = kept.checkpoint.origin.clone();
    let peaks: Vec<Hash> = serde_json::from_str(row.try_get("peaks").ok()?).ok()?;
    let log = Frontier::from_peaks(kept.checkpoint.size, peaks).ok()?;
    let chain_size = u64::try_from(row.try_get::<i64, _>("chain_size").ok()?).ok()?;
    let leaf: Option<String> = row.try_get("leaf").ok()?;
    let at: Option<i64> = row.try_get("recorded_at").ok()?;
    let last = match leaf.zip(at) {
        Some((leaf, at)) => Some((leaf.parse().ok()?, Instant::from_unix_ms(at).ok()?)),
        None => None,
    };
    let founding: Option<String> = row.try_get("founding").ok()?;
    let founding = match founding {
        Some(text) => Some(text.parse().ok()?),
        None => None,
    };
    let heads = streams.iter().enumerate().map(|(number, row)| head(number, row)).collect::<Option<Vec<_>>>()?;
    let count = |row: &SqliteRow| {
        let records: i64 = row.try_get("records").ok()?;
        Some((parsed(row, "agreement")?, records.unsigned_abs()))
    };
    Some(Standing {
        chain: Chain::resume(origin, chain_size, last, heads),
        log,
        founding,
        registry: serde_json::from_str(row.try_get("registry").ok()?).ok()?,
        judged: judged.iter().map(count).collect::<Option<_>>()?,
        agreements: BTreeMap::new(),
    })
}

/// SHA-256 of all that says where the replay stands, but the checkpoint, whose root is compared.
fn digest(row: &SqliteRow, streams: &[SqliteRow], judged: &[SqliteRow]) -> String {
    let texts = ["peaks", "leaf", "founding", "registry"].map(|column| row.try_get::<Option<String>, _>(column).ok());
    let numbers = ["chain_size", "recorded_at"].map(|column| row.try_get::<Option<i64>, _>(column).ok());
    let head = |row: &SqliteRow| {
        let numbers = ["number", "version"].map(|column| row.try_get::<i64, _>(column).ok());
        json!([numbers, row.try_get::<String, _>("agreement").ok(), row.try_get::<String, _>("leaf").ok()])
    };
    let heads: Vec<Value> = streams.iter().map(head).collect();
    let count =
        |row: &SqliteRow| json!([row.try_get::<String, _>("agreement").ok(), row.try_get::<i64, _>("records").ok()]);
    let counts: Vec<Value> = judged.iter().map(count).collect();
    Digest::of(json!([texts, numbers, heads, counts]).to_string().as_bytes()).to_string()
}

fn head(number: usize, row: &SqliteRow) -> Option<StreamHead> {
    let stored: i64 = row.try_get("number").ok()?;
    let version: i64 = row.try_get("version").ok()?;
    let in_order = usize::try_from(stored).is_ok_and(|stored| stored == number);
    let head = StreamHead {
        agreement: parsed(row, "agreement")?,
        version: version.unsigned_abs(),
        leaf: parsed(row, "leaf")?,
    };
    in_order.then_some(head)
}

fn parsed<T: std::str::FromStr>(row: &SqliteRow, column: &str) -> Option<T> {
    row.try_get::<&str, _>(column).ok()?.parse().ok()
}

/// States have string keys and no floats: they can always be written.
fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

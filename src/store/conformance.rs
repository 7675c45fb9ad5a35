//! What every store must do. Each backend runs this suite; a new one adds a function to `stores`.
#![allow(clippy::unwrap_used)]

use sinetti_events::chain::{Chain, StreamHead};
use sinetti_events::format::disclosure::{Disclosed, Disclosure, Salt};
use sinetti_events::format::envelope::{Envelope, Signature};
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_events::primitives::ids::{EventId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::NodeId;
use tempfile::TempDir;

use super::error::StoreError;
use super::rows::{Batch, CheckpointRow, CosignatureRow, DisclosureRow, RecordRow, StateRow, TimestampRow};
use super::{Store, Writer};

/// A ledger's ends, to make batches that continue each other.
struct Book {
    chain: Chain,
    tree: Frontier,
    events: u64,
}

impl Book {
    fn new() -> Book {
        Book { chain: Chain::new("localhost/sinetti".parse().unwrap()), tree: Frontier::new(), events: 0 }
    }

    /// A batch of one record in each of `streams`.
    fn batch(&mut self, streams: &[&str]) -> Batch {
        let mut batch = Batch::default();
        for stream in streams {
            let (id, entry) = self.record(stream);
            self.chain.push(&entry);
            batch.nodes.extend(self.tree.push(entry.leaf));
            let head = self.chain.head(&entry.record.agreement).unwrap().clone();
            let number = self.chain.number(&entry.record.agreement).unwrap();
            batch.heads.retain(|(known, _)| *known != number);
            batch.heads.push((number, head));
            batch.states.retain(|state: &StateRow| state.agreement != *stream);
            batch.states.push(StateRow::new(
                &entry.record.agreement,
                entry.record.version,
                0,
                format!("\"{}\"", entry.leaf),
            ));
            batch.records.push((id, entry));
        }
        batch
    }

    fn record(&mut self, stream: &str) -> (EventId, Entry) {
        self.events += 1;
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.events.to_be_bytes());
        let signature = Signature { keyid: Digest([1; 32]), sig: vec![0; 64] };
        let envelope = Envelope::of_event(self.events.to_be_bytes().to_vec(), vec![signature]);
        let now = Instant::from_unix_ms(1_700_000_000_000).unwrap();
        let entry = self.chain.seal(&id(stream), envelope, now).unwrap();
        (EventId::new(1_700_000_000_000, &random), entry)
    }
}

fn id(stream: &str) -> StreamId {
    stream.parse().unwrap()
}

fn sqlite(dir: &TempDir) -> String {
    format!("sqlite:{}", dir.path().join("x.db").display())
}

async fn opened() -> (TempDir, Store, Writer) {
    let dir = tempfile::tempdir().unwrap();
    let (store, writer) = Store::open(&sqlite(&dir)).await.unwrap();
    (dir, store, writer)
}

async fn append(writer: &mut Writer, batch: &Batch) -> Result<(), StoreError> {
    let mut turn = writer.begin().await?;
    turn.append(batch).await?;
    turn.commit().await
}

#[tokio::test]
async fn a_new_store_is_empty() {
    let (_dir, store, mut writer) = opened().await;
    assert_eq!(store.head().await.unwrap().size, 0);
    assert_eq!(store.head().await.unwrap().last, None);
    assert_eq!(store.records(0, u64::MAX, 10).await.unwrap(), []);
    assert_eq!(store.stream_heads().await.unwrap(), []);
    assert_eq!(store.newest_checkpoint().await.unwrap(), None);
    assert_eq!(writer.begin().await.unwrap().head(), store.head().await.unwrap());
}

#[tokio::test]
async fn what_is_committed_is_read_back_as_it_was() {
    let (_dir, store, mut writer) = opened().await;
    let mut book = Book::new();
    let batch = book.batch(&["registry", "a", "b", "a", "registry"]);
    append(&mut writer, &batch).await.unwrap();
    let rows = store.records(0, u64::MAX, 10).await.unwrap();
    let entries: Vec<Entry> = rows.into_iter().map(|row| row.intact().unwrap()).collect();
    assert!(entries.iter().eq(batch.records.iter().map(|(_, entry)| entry)));
    let head = store.head().await.unwrap();
    assert_eq!((head.size, head.last.unwrap().0), (5, entries[4].leaf));
    let heads: Vec<StreamHead> = store.stream_heads().await.unwrap().into_iter().map(|row| row.head).collect();
    assert_eq!(heads, book.chain.streams());
    assert_eq!(store.states().await.unwrap().len(), 3);
    assert!(store.states().await.unwrap().iter().all(StateRow::is_whole));
    assert_eq!(store.count_records().await.unwrap(), (5, 5));
    assert_eq!(store.count_nodes().await.unwrap(), 8);
}

#[tokio::test]
async fn ranges_streams_and_events_are_found() {
    let (_dir, store, mut writer) = opened().await;
    let mut book = Book::new();
    let first = book.batch(&["registry", "a", "b", "a"]);
    append(&mut writer, &first).await.unwrap();
    append(&mut writer, &book.batch(&["a", "a", "b"])).await.unwrap();
    let indexes = |rows: Vec<RecordRow>| rows.iter().map(|row| row.index).collect::<Vec<_>>();
    assert_eq!(indexes(store.records(2, 5, 10).await.unwrap()), [2, 3, 4]);
    assert_eq!(indexes(store.records(2, 7, 2).await.unwrap()), [2, 3]);
    assert_eq!(indexes(store.stream_records(&id("a"), 1, 7, 10).await.unwrap()), [3, 4, 5]);
    assert_eq!(indexes(store.stream_records(&id("a"), 0, 4, 10).await.unwrap()), [1, 3]);
    assert!(store.stream_records(&id("none"), 0, 7, 10).await.unwrap().is_empty());
    let (event, entry) = &first.records[2];
    assert_eq!(store.record_of(event).await.unwrap().unwrap().index, 2);
    let mut turn = writer.begin().await.unwrap();
    assert_eq!(turn.record_of(event).await.unwrap().unwrap().intact().unwrap(), *entry);
    assert_eq!(turn.leaf_of(&id("b"), 1).await.unwrap(), Some(entry.leaf));
    assert_eq!(turn.leaf_of(&id("b"), 9).await.unwrap(), None);
}

#[tokio::test]
async fn nodes_come_in_the_order_asked_for() {
    let (_dir, store, mut writer) = opened().await;
    let batch = Book::new().batch(&["registry", "a", "a"]);
    append(&mut writer, &batch).await.unwrap();
    let asked = [(1, 0), (0, 2), (0, 0), (0, 99), (0, 2)].map(|(level, index)| NodeId { level, index });
    let expected = asked.map(|id| batch.nodes.iter().find(|(known, _)| *known == id).map(|(_, hash)| *hash));
    assert_eq!(store.nodes(&asked).await.unwrap(), expected);
    assert_eq!(expected.iter().flatten().count(), 4);
}

#[tokio::test]
async fn a_turn_that_is_dropped_leaves_nothing() {
    let (_dir, store, mut writer) = opened().await;
    let mut book = Book::new();
    let batch = book.batch(&["registry"]);
    let mut turn = writer.begin().await.unwrap();
    turn.append(&batch).await.unwrap();
    drop(turn);
    assert_eq!(store.count_records().await.unwrap(), (0, 0));
    append(&mut writer, &batch).await.unwrap();
    assert_eq!(store.count_records().await.unwrap(), (1, 1));
}

#[tokio::test]
async fn readers_see_nothing_before_the_commit() {
    let (_dir, store, mut writer) = opened().await;
    let batch = Book::new().batch(&["registry"]);
    let mut turn = writer.begin().await.unwrap();
    turn.append(&batch).await.unwrap();
    assert_eq!(store.records(0, 9, 9).await.unwrap(), []);
    assert_eq!(store.head().await.unwrap().size, 0);
    turn.commit().await.unwrap();
    assert_eq!(store.records(0, 9, 9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn nothing_is_recorded_twice_or_out_of_order() {
    let (_dir, store, mut writer) = opened().await;
    let mut book = Book::new();
    let one = book.batch(&["registry"]);
    let two = book.batch(&["registry"]);
    let three = book.batch(&["registry"]);
    append(&mut writer, &one).await.unwrap();
    assert!(append(&mut writer, &one).await.is_err(), "the same record");
    assert!(append(&mut writer, &three).await.is_err(), "a gap");
    let mut same_event = two.clone();
    same_event.records[0].0 = one.records[0].0;
    assert!(append(&mut writer, &same_event).await.is_err(), "an event id again");
    append(&mut writer, &two).await.unwrap();
    assert_eq!(store.count_records().await.unwrap(), (2, 2));
}

#[tokio::test]
async fn checkpoints_are_found_by_what_they_cover() {
    let (_dir, store, mut writer) = opened().await;
    let row = |size: u64| CheckpointRow { size, note: format!("note {size}") };
    for size in [0, 3, 7] {
        writer.store_checkpoint(&row(size)).await.unwrap();
    }
    assert!(writer.store_checkpoint(&CheckpointRow { size: 3, note: "another".to_owned() }).await.is_err());
    assert_eq!(store.newest_checkpoint().await.unwrap(), Some(row(7)));
    for (index, size) in [(0, Some(3)), (2, Some(3)), (3, Some(7)), (6, Some(7)), (7, None)] {
        assert_eq!(store.checkpoint_covering(index).await.unwrap(), size.map(row), "{index}");
    }
    assert_eq!(store.checkpoints(1, 10).await.unwrap(), [row(3), row(7)]);
}

#[tokio::test]
async fn cosignatures_are_found_by_checkpoint_by_cover_and_by_key() {
    let (_dir, store, mut writer) = opened().await;
    let note = |size: u64| CheckpointRow { size, note: format!("note {size}") };
    for size in [3, 7, 9] {
        writer.store_checkpoint(&note(size)).await.unwrap();
    }
    let row = |size: u64, vkey: &str, time: u64| {
        let signature = [&time.to_be_bytes()[..], vkey.as_bytes()].concat();
        CosignatureRow { size, vkey: vkey.to_owned(), time, signature }
    };
    writer.store_cosignatures(&[row(7, "w1", 20), row(3, "w2", 30)]).await.unwrap();
    writer.store_cosignatures(&[row(7, "w1", 25), row(7, "w2", 31), row(7, "w1", 20)]).await.unwrap();
    let all = [row(7, "w1", 20), row(7, "w1", 25), row(7, "w2", 31)];
    assert_eq!(store.cosignatures(7).await.unwrap(), all, "each once, the earliest first");
    assert_eq!(store.cosignatures(9).await.unwrap(), []);
    assert_eq!(store.cosigned_from(1, 9).await.unwrap(), [note(3), note(7)]);
    assert_eq!(store.cosigned_from(4, 9).await.unwrap(), [note(7)]);
    assert_eq!(store.cosigned_from(8, 9).await.unwrap(), []);
    assert_eq!(store.cosigned_down(9, 1).await.unwrap(), [note(7)]);
    assert_eq!(store.cosigned_down(6, 9).await.unwrap(), [note(3)]);
    assert_eq!(store.last_cosigned("w1").await.unwrap(), Some(row(7, "w1", 25)));
    assert_eq!(store.last_cosigned("w3").await.unwrap(), None);
    assert!(writer.store_cosignatures(&[row(5, "w1", 1)]).await.is_err(), "of no stored checkpoint");
    assert_eq!(store.cosignatures(5).await.unwrap(), []);
}

#[tokio::test]
async fn a_checkpoint_keeps_its_first_timestamp_and_timestamps_are_found_by_cover() {
    let (_dir, store, mut writer) = opened().await;
    for size in [3, 7, 9] {
        writer.store_checkpoint(&CheckpointRow { size, note: format!("note {size}") }).await.unwrap();
    }
    let row = |size: u64, ms: i64| {
        let time = Instant::from_unix_ms(ms).unwrap();
        TimestampRow { size, time, authority: "CN=tsa".to_owned(), token: ms.to_be_bytes().to_vec() }
    };
    for stored in [row(7, 20), row(3, 30), row(7, 40)] {
        writer.store_timestamp(&stored).await.unwrap();
    }
    assert_eq!(store.timestamps(1, 9, 9).await.unwrap(), [row(3, 30), row(7, 20)]);
    assert_eq!(store.timestamps(4, 9, 9).await.unwrap(), [row(7, 20)]);
    assert_eq!(store.timestamps(1, 9, 1).await.unwrap(), [row(3, 30)]);
    assert_eq!(store.timestamps(4, 6, 9).await.unwrap(), []);
    assert_eq!(store.newest_timestamp(9).await.unwrap(), Some(row(7, 20)));
    assert_eq!(store.newest_timestamp(6).await.unwrap(), Some(row(3, 30)));
    assert_eq!(store.newest_timestamp(2).await.unwrap(), None);
    assert!(writer.store_timestamp(&row(5, 1)).await.is_err(), "of no stored checkpoint");
    let Writer::Sqlite(sqlite_writer) = &mut writer;
    for sql in ["UPDATE checkpoint_timestamp SET time = 1", "DELETE FROM checkpoint_timestamp"] {
        assert!(sqlite_writer.run(sql).await.is_err(), "{sql}");
    }
    let replacing = "REPLACE INTO checkpoint_timestamp SELECT * FROM checkpoint_timestamp WHERE size = 7";
    assert!(sqlite_writer.run(replacing).await.is_err());
}

#[tokio::test]
async fn disclosures_are_kept_until_they_are_erased() {
    let (_dir, store, mut writer) = opened().await;
    let mut book = Book::new();
    let mut batch = book.batch(&["registry", "a"]);
    let event = batch.records[1].0;
    let disclosure = |pointer: &str| Disclosure {
        salt: Salt([5; 16]),
        event,
        pointer: pointer.to_owned(),
        value: Disclosed::Text("Maija Esimerkki".to_owned()),
    };
    batch.disclosures = vec![(id("a"), disclosure("/x")), (id("a"), disclosure("/y"))];
    append(&mut writer, &batch).await.unwrap();
    let held = |rows: Vec<DisclosureRow>| rows.iter().map(|row| row.pointer.clone()).collect::<Vec<_>>();
    assert_eq!(held(store.disclosures(&id("a")).await.unwrap()), ["/x", "/y"]);
    let mut erasing = book.batch(&["registry"]);
    erasing.erased = vec![(event, "/x".to_owned())];
    append(&mut writer, &erasing).await.unwrap();
    assert!(writer.forget_erased().await.unwrap());
    assert_eq!(held(store.disclosures(&id("a")).await.unwrap()), ["/y"]);
    assert_eq!(store.all_disclosures().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_cache_of_states_can_be_written_anew() {
    let (_dir, store, mut writer) = opened().await;
    append(&mut writer, &Book::new().batch(&["registry", "a"])).await.unwrap();
    let anew = [StateRow::new(&id("a"), 1, 1, "{}".to_owned())];
    writer.replace_states(&anew).await.unwrap();
    assert_eq!(store.states().await.unwrap(), anew);
}

#[tokio::test]
async fn a_full_disk_is_named_and_loses_nothing() {
    let (dir, store, mut writer) = opened().await;
    let mut book = Book::new();
    append(&mut writer, &book.batch(&["registry"])).await.unwrap();
    let Writer::Sqlite(sqlite_writer) = &mut writer;
    sqlite_writer.run("PRAGMA max_page_count = 30").await.unwrap();
    let mut refused = None;
    for _ in 0..200 {
        match append(&mut writer, &book.batch(&["registry", "a", "b"])).await {
            Ok(()) => {}
            Err(error) => {
                refused = Some(error);
                break;
            }
        }
    }
    assert!(matches!(refused, Some(StoreError::Full(_))), "{refused:?}");
    let (records, beyond) = store.count_records().await.unwrap();
    assert_eq!(records, beyond);
    store.close().await;
    writer.close().await;
    let (store, _writer) = Store::open(&sqlite(&dir)).await.unwrap();
    assert_eq!(store.head().await.unwrap().size, records);
    for row in store.records(0, u64::MAX, 1000).await.unwrap() {
        row.intact().unwrap();
    }
}

#[tokio::test]
async fn a_flipped_byte_in_any_column_of_a_record_is_seen() {
    let (_dir, store, mut writer) = opened().await;
    append(&mut writer, &Book::new().batch(&["registry", "a"])).await.unwrap();
    let sound = store.records(1, 2, 1).await.unwrap().remove(0);
    assert!(sound.clone().intact().is_ok());
    for at in 0..sound.bytes.len() {
        let mut row = sound.clone();
        row.bytes[at] ^= 1;
        assert!(row.intact().is_err());
    }
    let spoils: [fn(&mut RecordRow); 6] = [
        |row| row.leaf[7] ^= 1,
        |row| row.node = None,
        |row| row.node = Some(Hash::ZERO.0.to_vec()),
        |row| row.index += 1,
        |row| row.version += 1,
        |row| row.agreement.push('x'),
    ];
    for spoil in spoils {
        let mut row = sound.clone();
        spoil(&mut row);
        assert!(row.intact().is_err());
    }
}

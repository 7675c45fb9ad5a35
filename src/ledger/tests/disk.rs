//! What a failing disk does to the files: bits flip, ends are lost. Either the ledger is whole, or
//! it opens for reading only, or not at all; it never goes on as if nothing had been there.

use std::fs;

use super::world::{World, differences};
use crate::ledger::Ledger;

/// A crashed server's directory: everything acknowledged, the newest of it in the write-ahead log.
async fn crashed() -> (World, u64) {
    let world = World::new();
    let ledger = world.founded().await;
    ledger.close().await;
    drop(ledger);
    let ledger = world.open().await;
    for _ in 0..3 {
        ledger.submit(world.text(&ledger).await).await.unwrap();
    }
    let copy = world.copy();
    ledger.close().await;
    (copy, 7)
}

/// Opens a damaged copy; true when it is whole and goes on.
async fn goes_on(world: &World, size: u64, what: &str) -> bool {
    let Ok(ledger) = Ledger::open(world.options()).await else { return false };
    let writable = ledger.health().writable;
    if writable {
        assert_eq!(ledger.health().size, size, "{what}");
    }
    ledger.close().await;
    if writable {
        assert_eq!(differences(world).await, [], "{what}");
    }
    writable
}

async fn flip_bits(file: &str, step: usize) -> (usize, usize) {
    let (template, size) = crashed().await;
    let length = fs::read(template.dir.path().join(file)).unwrap().len();
    let (mut tried, mut whole) = (0, 0);
    for at in (step / 2..length).step_by(step) {
        let world = template.copy();
        let path = world.dir.path().join(file);
        let mut bytes = fs::read(&path).unwrap();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, bytes).unwrap();
        tried += 1;
        whole += usize::from(goes_on(&world, size, &format!("{file} byte {at}")).await);
    }
    (tried, whole)
}

#[tokio::test]
async fn an_undamaged_crash_goes_on() {
    let (world, size) = crashed().await;
    assert!(fs::metadata(world.dir.path().join("sinetti.db-wal")).unwrap().len() > 0);
    assert!(goes_on(&world, size, "undamaged").await);
}

#[tokio::test]
async fn a_bit_flipped_in_the_write_ahead_log_is_never_a_shorter_ledger() {
    let (tried, whole) = flip_bits("sinetti.db-wal", 9001).await;
    // SQLite drops what follows a flipped bit without a word; the anchor knows better.
    assert!(whole < tried, "{whole} of {tried}");
}

#[tokio::test]
async fn a_bit_flipped_in_the_database_or_the_anchor_is_never_another_ledger() {
    flip_bits("sinetti.db", 4999).await;
    flip_bits("anchor.db", 997).await;
}

#[tokio::test]
async fn a_lost_end_of_a_file_is_never_a_shorter_ledger() {
    let (template, size) = crashed().await;
    for file in ["sinetti.db-wal", "sinetti.db", "anchor.db"] {
        let length = fs::metadata(template.dir.path().join(file)).unwrap().len();
        for left in [0, 1, length / 4, length / 2, length * 3 / 4, length - 1] {
            let world = template.copy();
            fs::File::options().write(true).open(world.dir.path().join(file)).unwrap().set_len(left).unwrap();
            let whole = goes_on(&world, size, &format!("{file} cut to {left}")).await;
            assert!(!whole || left == length - 1, "{file} cut to {left} of {length}");
        }
    }
}

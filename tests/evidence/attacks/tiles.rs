//! The published log as static files: each file in turn, forged in each way, for trees with many one-bits, whose right
//! edge has partial tiles at every level.

use super::onlookers::{Report, Who, replay};
use super::operator::{Files, published};
use super::sheet::Row;
use crate::builder::Builder;
use crate::world::{REGISTRAR, deposit, ledger};

/// Sizes of the small trees, and of those around the width of a tile.
const SIZES: [usize; 9] = [1, 2, 3, 7, 15, 31, 255, 511, 767];

/// All rows of this kind.
pub fn rows() -> Vec<Row> {
    vec![forge()]
}

fn forge() -> Row {
    let mut row = Row::of(
        "Forge a tile",
        "Forges each file of the published log in turn, for trees of 1, 2, 3, 7, 15, 31, 255, 511 and 767 records: changes \
         a bit of it, or puts the file of another history in its place; in logs of one tile also cuts it short, or leaves it out.",
        "Nothing. A reader of tiles must compare with the signed root in the end, as `sinetti verify --server` does; one that \
         believes the tiles can be deceived (CVE-2026-56865 is such a reader).",
    );
    let mut seen: Vec<String> = Vec::new();
    for size in SIZES {
        let files = published(&grown(size, b"text"));
        assert!(replay(files.clone()).codes.is_empty(), "{size}: the honest log");
        let other = published(&grown(size, b"another"));
        for tile in files.keys().filter(|path| *path != "checkpoint") {
            for (how, forged) in forgeries(&files, &other, tile) {
                let report = replay(forged);
                assert!(!report.codes.is_empty(), "{tile} of {size}, {how}: not noticed");
                seen.extend(report.codes);
            }
        }
    }
    for code in ["tile-mismatch", "tile-malformed", "tile-missing", "root-mismatch"] {
        let report = Report::new("`sinetti verify --server URL`", seen.clone());
        row = row.noticed(Who::Replay, report, code);
    }
    row
}

/// Every way in which one file is forged.
fn forgeries(files: &Files, other: &Files, tile: &str) -> Vec<(&'static str, Files)> {
    let with = |bytes: Vec<u8>| {
        let mut forged = files.clone();
        forged.insert(tile.to_owned(), bytes);
        forged
    };
    let bytes = &files[tile];
    let mut flipped = bytes.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let mut shorter = bytes.clone();
    shorter.truncate(bytes.len().saturating_sub(32));
    let mut missing = files.clone();
    missing.remove(tile);
    let mut all = vec![("a bit", with(flipped))];
    // A large log takes its time; what is not there at all needs no many bits to be missed.
    if files.len() < 4 {
        all.extend([("cut", with(shorter)), ("left out", missing)]);
    }
    if other[tile] != *bytes {
        all.push(("of another history", with(other[tile].clone())));
    }
    all
}

/// The honest ledger and texts in it, to `size` records; the last is of `text`.
fn grown(size: usize, text: &[u8]) -> Builder {
    let mut ledger = if size < 13 { crate::world::ledger_until(size) } else { ledger() };
    while ledger.records.len() < size {
        let number = ledger.records.len().to_be_bytes();
        ledger.act("registrar", "b", "text_deposited", &deposit(&[text, &number].concat()), &[REGISTRAR]);
    }
    ledger
}

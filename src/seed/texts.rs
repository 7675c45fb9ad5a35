//! The demonstration's invented texts: short files whose digests its decisions and signatures name.

use std::path::Path;

use axum::body::Bytes;
use sinetti_events::primitives::hash::Digest;

use super::error::SeedError;
use super::registrar_key::{file_error, make_dir};
use crate::ledger::Ledger;

/// One invented text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    /// Its file name.
    pub name: &'static str,
    /// Its bytes, UTF-8.
    pub bytes: &'static [u8],
}

/// All of them.
pub(super) const ALL: [Text; 8] = [
    Text { name: "allekirjoitettu-paperi.txt", bytes: include_bytes!("data/demo_texts/allekirjoitettu-paperi.txt") },
    Text { name: "pirkanmaa-tyollisyys.txt", bytes: include_bytes!("data/demo_texts/pirkanmaa-tyollisyys.txt") },
    Text { name: "pirkanmaa.txt", bytes: include_bytes!("data/demo_texts/pirkanmaa.txt") },
    Text {
        name: "pohjois-pohjanmaa-liikenne.txt",
        bytes: include_bytes!("data/demo_texts/pohjois-pohjanmaa-liikenne.txt"),
    },
    Text {
        name: "pohjois-pohjanmaa-muutos.txt",
        bytes: include_bytes!("data/demo_texts/pohjois-pohjanmaa-muutos.txt"),
    },
    Text { name: "pohjois-pohjanmaa.txt", bytes: include_bytes!("data/demo_texts/pohjois-pohjanmaa.txt") },
    Text {
        name: "varsinais-suomi-turvallisuus.txt",
        bytes: include_bytes!("data/demo_texts/varsinais-suomi-turvallisuus.txt"),
    },
    Text { name: "varsinais-suomi.txt", bytes: include_bytes!("data/demo_texts/varsinais-suomi.txt") },
];

/// Writes them into folder `dir`, so that anybody can compute their digests.
pub(super) fn write_all(dir: &Path) -> Result<(), SeedError> {
    make_dir(dir)?;
    ALL.iter().try_for_each(|text| {
        let path = dir.join(text.name);
        std::fs::write(&path, text.bytes).map_err(|source| file_error(&path, source))
    })
}

/// Puts those that `ledger` names where it keeps documents.
pub(super) async fn keep_all(ledger: &Ledger) -> Result<(), SeedError> {
    let Some(documents) = ledger.documents() else { return Ok(()) };
    for text in ALL.iter().filter(|text| !ledger.document(&text.digest()).namings.is_empty()) {
        documents.put(Bytes::from_static(text.bytes)).await?;
    }
    Ok(())
}

/// The text of that file name.
pub(super) fn by_name(name: &str) -> Option<&'static Text> {
    ALL.iter().find(|text| text.name == name)
}

impl Text {
    /// SHA-256 of its bytes.
    pub(super) fn digest(&self) -> Digest {
        Digest::of(self.bytes)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_invented_text_says_so_in_its_first_line() {
        for text in ALL {
            let first = std::str::from_utf8(text.bytes).unwrap().lines().next().unwrap();
            assert!(first.contains("KEKSITTY"), "{}: {first}", text.name);
        }
    }
}

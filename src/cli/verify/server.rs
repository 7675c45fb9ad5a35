//! What a server gives: its checkpoint, every entry bundle and every hash tile (C2SP tlog-tiles).

use sinetti_events::log::tile::{self, Tile, TileKind, WIDTH};
use sinetti_events::primitives::hash::Hash;
use sinetti_projections::audit::evidence::Asked;
use sinetti_projections::audit::{Finding, Report};

use super::pass::{self, Pass};
use crate::cli::failure::Failure;
use crate::client::Client;

/// Verifies the ledger that `client`'s server serves.
///
/// # Errors
///
/// Unreachable, or nothing there that looks like a log.
pub fn verify(client: &Client, wanted: Asked) -> Result<Report, Failure> {
    let note = client.bytes("/checkpoint")?.ok_or_else(|| missing(client, "/checkpoint"))?;
    let checkpoint = pass::parse(&note)
        .map_err(|error| Failure::Refused(format!("{}/checkpoint is no checkpoint: {error}", client.base())))?;
    let size = checkpoint.size;
    let mut pass = Pass::new(&note, size, wanted)?;
    // Hashes of the tree by tile level: level l holds roots of complete subtrees of 256^l leaves.
    let mut levels: Vec<Vec<Hash>> = vec![Vec::new()];
    for index in 0..size.div_ceil(WIDTH) {
        let Some(entries) = bundle(client, index, size, &mut pass)? else { break };
        for bytes in entries {
            let (_, nodes) = pass.push(bytes);
            for (id, hash) in nodes.into_iter().filter(|(id, _)| id.level % 8 == 0) {
                let level = usize::from(id.level / 8);
                levels.resize_with(levels.len().max(level + 1), Vec::new);
                levels[level].push(hash);
            }
        }
    }
    for (level, hashes) in (0..).zip(&levels) {
        compare(client, level, hashes, &mut pass)?;
    }
    Ok(pass.finish())
}

/// The records of one bundle; none, and a finding, when it is not there or damaged.
fn bundle(client: &Client, index: u64, size: u64, pass: &mut Pass) -> Result<Option<Vec<Vec<u8>>>, Failure> {
    let first = pass.size();
    let (bytes, tile) = fetch(client, TileKind::Entries, index, size)?;
    let Some(bytes) = bytes else {
        pass.find(Finding::unverifiable(Some(first), "tile", "tile-missing", format!("{tile} is not there")));
        return Ok(None);
    };
    match tile::decode_entries(&bytes, tile.width) {
        Ok(entries) => {
            let wanted = usize::try_from((size - index * WIDTH).min(WIDTH)).unwrap_or(usize::MAX);
            Ok(Some(entries.into_iter().take(wanted).map(<[u8]>::to_vec).collect()))
        }
        Err(error) => {
            pass.find(Finding::tampered(Some(first), "tile", "tile-malformed", format!("{tile}: {error}")));
            Ok(None)
        }
    }
}

/// Holds the hash tiles of one level against `hashes`, which the records gave.
fn compare(client: &Client, level: u8, hashes: &[Hash], pass: &mut Pass) -> Result<(), Failure> {
    for (index, expected) in (0..).zip(hashes.chunks(WIDTH as usize)) {
        let (bytes, tile) = fetch(client, TileKind::Hashes { level }, index, hashes.len() as u64)?;
        let Some(bytes) = bytes else {
            pass.find(Finding::unverifiable(None, "tile", "tile-missing", format!("{tile} is not there")));
            continue;
        };
        let same = bytes.get(..expected.len() * 32) == Some(&tile::encode_hashes(expected)[..]);
        if !same || bytes.len() != usize::from(tile.width) * 32 {
            let reason = format!("{tile} does not hold the hashes that the records give");
            pass.find(Finding::tampered(None, "tile", "tile-mismatch", reason));
        }
    }
    Ok(())
}

/// Tile `index` of a level of `size` hashes; a partial one that has grown meanwhile is asked for whole.
fn fetch(client: &Client, kind: TileKind, index: u64, size: u64) -> Result<(Option<Vec<u8>>, Tile), Failure> {
    let width = u16::try_from((size - index * WIDTH).min(WIDTH)).unwrap_or(u16::MAX);
    let tile = Tile { kind, index, width };
    let bytes = client.bytes(&format!("/{tile}"))?;
    if bytes.is_some() || u64::from(width) == WIDTH {
        return Ok((bytes, tile));
    }
    let whole = Tile { width: WIDTH as u16, ..tile };
    let bytes = client.bytes(&format!("/{whole}"))?;
    Ok(if bytes.is_some() { (bytes, whole) } else { (None, tile) })
}

fn missing(client: &Client, path: &str) -> Failure {
    Failure::Unavailable(format!(
        "{}{path} is not there; is it a Sinetti server, and is --server right?",
        client.base()
    ))
}

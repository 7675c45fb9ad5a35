//! `/api/v1/log`, `/checkpoint`, `/tile/…`

use sinetti_events::format::record::Entry;
use sinetti_events::log::checkpoint::{Checkpoint, verify_checkpoint};
use sinetti_events::log::proof::TlogProof;
use sinetti_events::log::tile::{decode_entries, decode_hashes};
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;

use super::world::{ORIGIN, World};

/// Checks a proof as an outsider would.
pub fn check_proof(proof: &str, entry: &Entry, keys: &[VerifierKey]) {
    let proof = TlogProof::parse(proof.as_bytes()).unwrap();
    let origin = ORIGIN.parse().unwrap();
    let checkpoint = verify_checkpoint(proof.checkpoint.as_str().as_bytes(), &origin, keys).unwrap();
    assert_eq!(proof.index, entry.record.index);
    proof.check(&entry.leaf, &checkpoint).unwrap();
}

async fn newest(world: &World) -> Checkpoint {
    let keys: Vec<VerifierKey> = world.ledger.log_keys();
    let origin = ORIGIN.parse().unwrap();
    verify_checkpoint(world.checkpoint().await.as_bytes(), &origin, &keys).unwrap().checkpoint().clone()
}

#[tokio::test]
async fn the_log_says_what_an_auditor_pins() {
    let world = World::new().await;
    let log = world.get("/api/v1/log").await.json();
    assert_eq!(log["origin"], ORIGIN);
    assert_eq!(log["demonstration"], false);
    assert_eq!(log["checkpoint"], world.checkpoint().await);
    assert_eq!(log["log_keys"].as_array().unwrap().len(), 2);
    assert_eq!(log["log_keys"][0], log["vkey"]);
    let founding = world.get("/api/v1/agreements/registry/events/1").await.json();
    assert_eq!(log["record_0"], founding["leaf"]);
    assert_eq!(log["registrar_keys"][0]["public_key"], world.public("registrar"));
    let logs = log["log_keys"].as_array().unwrap().iter().map(|key| format!("log {}\n", key.as_str().unwrap()));
    assert_eq!(log["policy"], logs.collect::<String>() + "quorum none\n");
}

#[tokio::test]
async fn the_checkpoint_is_signed_by_both_keys_and_not_kept_for_long() {
    let world = World::new().await;
    assert_eq!(newest(&world).await.size, 9);
    let answer = world.get("/checkpoint").await;
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "public, max-age=3, must-revalidate");
}

#[tokio::test]
async fn tiles_give_every_record_and_hash_under_the_checkpoint() {
    let world = World::new().await;
    let checkpoint = newest(&world).await;
    let entries = world.get("/tile/entries/000.p/9").await;
    let hashes = world.get("/tile/0/000.p/9").await;
    for answer in [&entries, &hashes] {
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
    let leaves: Vec<Hash> = decode_entries(&entries.body, 9).unwrap().into_iter().map(Hash::leaf).collect();
    assert_eq!(decode_hashes(&hashes.body, 9).unwrap(), leaves);
    assert_eq!(root(&leaves), checkpoint.root);
    let narrower = world.get("/tile/entries/000.p/3").await;
    assert_eq!(decode_entries(&narrower.body, 3).unwrap().len(), 3);
}

/// RFC 6962 § 2.1, as it stands there.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            Hash::node(&root(left), &root(right))
        }
    }
}

#[tokio::test]
async fn a_tile_has_one_path_and_no_other_leads_anywhere() {
    let world = World::new().await;
    for path in [
        "/tile/0/000",
        "/tile/0/000.p/10",
        "/tile/0/000.p/0",
        "/tile/0/000.p/256",
        "/tile/0/000.p/09",
        "/tile/0/0.p/9",
        "/tile/0/001.p/1",
        "/tile/1/000.p/1",
        "/tile/64/000.p/1",
        "/tile/00/000.p/9",
        "/tile/-1/000.p/9",
        "/tile/entries/000",
        "/tile/entries/000.p/9/",
        "/tile/entries//000.p/9",
        "/tile/entries/x000/000.p/9",
        "/tile/entries/999999999999999999999.p/9",
        "/tile/data/000.p/9",
        "/tile/../checkpoint",
        "/tile/..%2f..%2fsinetti.db",
        "/tile/%2e%2e/sinetti.db",
        "/tile/entries/%30%30%30.p/9",
        "/tile/entries/000.p/9%00",
        "/tile/x",
    ] {
        assert_eq!(world.get(path).await.problem(), (404, "tile-unknown".into()), "{path}");
    }
}

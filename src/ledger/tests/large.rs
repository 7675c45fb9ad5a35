//! A large ledger starts from its end; here small ones do, to see that they come to the same.

use serde_json::json;
use sinetti_events::primitives::ids::StreamId;

use super::restore::sql;
use super::world::World;
use crate::ledger::examine::resumes;

#[tokio::test]
async fn the_end_alone_gives_the_same_state_as_everything() {
    let world = World::new();
    let ledger = world.founded().await;
    ledger.close().await;
    drop(ledger);
    // The last record is a stream's first here, a later one below.
    assert_eq!(resumes(world.dir.path()).await, Some(true));
    let ledger = world.open().await;
    for _ in 0..5 {
        ledger.submit(world.text(&ledger).await).await.unwrap();
    }
    let data = json!({"id": "orivesi", "kind": "other", "names": {"fi": "Orivesi"}, "occurred_on": "2026-11-01"});
    ledger.submit(world.next(&ledger, &StreamId::registry(), "party_registered", data).await).await.unwrap();
    ledger.close().await;
    assert_eq!(resumes(world.dir.path()).await, Some(true));
}

#[tokio::test]
async fn an_end_that_is_not_as_it_must_be_is_not_resumed() {
    let template = World::new();
    let ledger = template.founded().await;
    ledger.submit(template.text(&ledger).await).await.unwrap();
    ledger.close().await;
    sql(&template, super::tamper::UNLOCK).await;
    for vandalism in [
        "UPDATE ledger_head SET size = 4",
        "UPDATE ledger_head SET recorded_at = 0",
        "UPDATE ledger_head SET leaf = zeroblob(32)",
        "UPDATE stream_head SET version = 1 WHERE number = 1",
        "UPDATE stream_head SET leaf = zeroblob(32) WHERE number = 0",
        "UPDATE stream_head SET number = 9 WHERE number = 1",
        "DELETE FROM stream_head WHERE number = 0",
        "UPDATE agreement_state SET state = replace(state, 'Luonnos', 'Lopullinen')",
        "UPDATE agreement_state SET version = 1",
        "DELETE FROM agreement_state WHERE agreement = 'registry'",
        "UPDATE tree_node SET hash = zeroblob(32) WHERE level = 2",
        "UPDATE checkpoint SET note = replace(note, 'A', 'B') WHERE size = 5",
        "DELETE FROM checkpoint WHERE size = 5",
        "DELETE FROM record WHERE \"index\" = 4",
        "UPDATE record SET leaf = zeroblob(32) WHERE \"index\" = 4",
    ] {
        let world = template.copy();
        sql(&world, vandalism).await;
        assert_eq!(resumes(world.dir.path()).await, None, "{vandalism}");
    }
}

//! One byte changed anywhere in the database is found, at start, by `check` and by reading.

use serde_json::json;
use sinetti_events::primitives::ids::StreamId;
use sqlx::Connection as _;

use super::restore::sql;
use super::world::{World, agreement, differences};
use crate::author::Personal;
use crate::ledger::{ReadError, rebuild};

pub(super) const UNLOCK: &str = "DROP TRIGGER record_refuses_update; DROP TRIGGER record_refuses_delete; \
    DROP TRIGGER tree_node_refuses_update; DROP TRIGGER tree_node_refuses_delete; \
    DROP TRIGGER checkpoint_refuses_update; DROP TRIGGER checkpoint_refuses_delete";

/// What a vandal does, and the table where it shows.
const VANDALISM: &[(&str, &str)] = &[
    ("UPDATE record SET bytes = CAST(replace(bytes, 'a', 'b') AS BLOB) WHERE \"index\" = 2", "record"),
    ("UPDATE record SET leaf = zeroblob(32) WHERE \"index\" = 2", "record"),
    ("UPDATE record SET version = 77 WHERE \"index\" = 2", "record"),
    ("UPDATE record SET agreement = 'x' WHERE \"index\" = 2", "record"),
    ("UPDATE record SET event_id = 'x' WHERE \"index\" = 2", "record"),
    ("UPDATE record SET \"index\" = 99 WHERE \"index\" = 2", "record"),
    ("DELETE FROM record WHERE \"index\" = 2", "record"),
    ("DELETE FROM record WHERE \"index\" = (SELECT max(\"index\") FROM record)", "ledger_head"),
    ("UPDATE tree_node SET hash = zeroblob(32) WHERE level = 0 AND idx = 1", "record"),
    ("UPDATE tree_node SET hash = zeroblob(32) WHERE level = 1 AND idx = 0", "tree_node"),
    ("UPDATE tree_node SET idx = 50 WHERE level = 1 AND idx = 0", "tree_node"),
    ("DELETE FROM tree_node WHERE level = 2", "tree_node"),
    ("INSERT INTO tree_node VALUES (9, 9, zeroblob(32))", "tree_node"),
    ("UPDATE ledger_head SET size = 3", "ledger_head"),
    ("UPDATE ledger_head SET leaf = zeroblob(32)", "ledger_head"),
    ("UPDATE ledger_head SET recorded_at = recorded_at + 1", "ledger_head"),
    ("UPDATE stream_head SET leaf = zeroblob(32) WHERE number = 1", "stream_head"),
    ("UPDATE stream_head SET version = 1 WHERE number = 1", "stream_head"),
    ("UPDATE stream_head SET agreement = 'x' WHERE number = 1", "stream_head"),
    ("UPDATE stream_head SET number = 7 WHERE number = 1", "stream_head"),
    ("DELETE FROM stream_head WHERE number = 1", "stream_head"),
    ("UPDATE checkpoint SET note = replace(note, 'A', 'B') WHERE size = 7", "checkpoint"),
    ("UPDATE checkpoint SET note = replace(note, 'localhost', 'localhosd') WHERE size = 3", "checkpoint"),
    ("UPDATE checkpoint SET size = 60 WHERE size = 7", "checkpoint"),
    ("UPDATE agreement_state SET state = replace(state, 'Luonnos', 'Lopullinen')", "agreement_state"),
    ("UPDATE agreement_state SET version = 9 WHERE agreement = 'sopimus'", "agreement_state"),
    ("UPDATE agreement_state SET registry_version = 9 WHERE agreement = 'sopimus'", "agreement_state"),
    ("UPDATE agreement_state SET digest = zeroblob(32) WHERE agreement = 'registry'", "agreement_state"),
    ("UPDATE agreement_state SET agreement = 'x' WHERE agreement = 'sopimus'", "agreement_state"),
    ("DELETE FROM agreement_state WHERE agreement = 'sopimus'", "agreement_state"),
    ("UPDATE disclosure SET disclosure = replace(disclosure, 'Maija', 'Matti')", "disclosure"),
    ("UPDATE disclosure SET pointer = '/x'", "disclosure"),
    ("UPDATE disclosure SET agreement = 'x'", "disclosure"),
    ("UPDATE disclosure SET event_id = 'x'", "disclosure"),
];

/// Seven records, one with a disclosure.
async fn written() -> World {
    let world = World::new();
    let ledger = world.founded().await;
    ledger.submit(world.text(&ledger).await).await.unwrap();
    ledger.submit(world.text(&ledger).await).await.unwrap();
    let personal = vec![Personal {
        pointer: "/reason".to_owned(),
        value: sinetti_events::format::disclosure::Disclosed::Text("Maija Esimerkki erehtyi".to_owned()),
    }];
    let seen = world.seen(&ledger, &agreement()).await;
    let data = json!({"occurred_on": "2026-11-03", "version": 2, "reason": {}});
    let event = world.personal_event(&ledger, &agreement(), "record_retracted", data, seen, personal);
    ledger.submit(event).await.unwrap();
    ledger.close().await;
    world
}

#[tokio::test]
async fn vandalism_in_any_column_is_found_and_stops_the_writing() {
    let template = written().await;
    assert_eq!(differences(&template).await, []);
    sql(&template, UNLOCK).await;
    for (statement, table) in VANDALISM {
        let world = template.copy();
        sql(&world, statement).await;
        let found = differences(&world).await;
        assert!(found.iter().any(|difference| difference.table == *table), "{statement}: {found:?}");
        let ledger = world.open().await;
        let health = ledger.health();
        assert!(!health.writable, "{statement}");
        if let Some(reason) = health.reason {
            assert!(reason.contains("backup"), "{reason}");
        }
        ledger.close().await;
    }
}

#[tokio::test]
async fn every_byte_of_a_record_counts() {
    let world = written().await;
    sql(&world, UNLOCK).await;
    let mut bytes = read_bytes(&world, 4).await;
    for at in (0..bytes.len()).step_by(7) {
        bytes[at] ^= 1;
        write_bytes(&world, 4, &bytes).await;
        let found = differences(&world).await;
        assert!(
            found.iter().any(|difference| difference.table == "record" && difference.place == "4"),
            "{at}: {found:?}"
        );
        bytes[at] ^= 1;
    }
    write_bytes(&world, 4, &bytes).await;
    assert_eq!(differences(&world).await, []);
}

/// SQLite keeps event ids and versions a second time, in indexes, and asks those alone whether an
/// event is known. A file is changed where they stand, not through SQL, which would change both.
#[tokio::test]
async fn every_copy_of_a_records_event_id_counts() {
    let template = written().await;
    let whole = std::fs::read(template.database()).unwrap();
    let query = sqlx::query_scalar("SELECT event_id FROM record WHERE \"index\" = 4");
    let mut connection = connect(&template).await;
    let id: String = query.fetch_one(&mut connection).await.unwrap();
    // Closed, not dropped: its own thread would take the write-ahead log away during the copying.
    connection.close().await.unwrap();
    let places = whole.windows(id.len()).enumerate().filter(|(_, window)| *window == id.as_bytes());
    let places: Vec<usize> = places.map(|(at, _)| at).collect();
    assert!(places.len() >= 2, "{places:?}");
    for at in places {
        for offset in [0, 14, 35] {
            let world = template.copy();
            let mut bytes = whole.clone();
            bytes[at + offset] ^= 1;
            std::fs::write(world.database(), bytes).unwrap();
            assert_ne!(differences(&world).await, [], "{at} + {offset}");
            let ledger = world.open().await;
            assert!(!ledger.health().writable, "{at} + {offset}");
            ledger.close().await;
        }
    }
}

/// Who can compute hashes changes bytes, leaf and tree together: the signed root still tells.
#[tokio::test]
async fn a_consistent_forgery_is_no_tree_that_was_signed() {
    let world = written().await;
    sql(&world, UNLOCK).await;
    let bytes = String::from_utf8(read_bytes(&world, 4).await).unwrap().replace("12:00:00.000Z", "12:00:00.001Z");
    write_bytes(&world, 4, bytes.as_bytes()).await;
    let leaf = sinetti_events::primitives::hash::Hash::leaf(bytes.as_bytes());
    let mut connection = connect(&world).await;
    for statement in [
        "UPDATE record SET leaf = ?1 WHERE \"index\" = 4",
        "UPDATE tree_node SET hash = ?1 WHERE level = 0 AND idx = 4",
    ] {
        sqlx::query(statement).bind(&leaf.0[..]).execute(&mut connection).await.unwrap();
    }
    drop(connection);
    let found = differences(&world).await;
    for table in ["tree_node", "checkpoint", "anchor", "record"] {
        assert!(found.iter().any(|difference| difference.table == table), "{table}: {found:?}");
    }
    let ledger = world.open().await;
    assert!(!ledger.health().writable);
    // Checkpoints up to record 3 still verify, and are all that is shown.
    assert_eq!(ledger.health().size, 4);
    assert!(ledger.proof(&agreement(), 1).await.unwrap().is_some());
    assert!(ledger.record(&agreement(), 2).await.unwrap().is_none());
}

/// Puts another note in the place of a checkpoint's.
pub(super) async fn note_of(world: &World, size: u64, note: &str) {
    sql(world, UNLOCK).await;
    let query = sqlx::query("UPDATE checkpoint SET note = ?1 WHERE size = ?2").bind(note);
    let done = query.bind(i64::try_from(size).unwrap()).execute(&mut connect(world).await).await.unwrap();
    assert_eq!(done.rows_affected(), 1);
}

async fn connect(world: &World) -> sqlx::SqliteConnection {
    use sqlx::ConnectOptions as _;
    sqlx::sqlite::SqliteConnectOptions::new().filename(world.database()).connect().await.unwrap()
}

async fn read_bytes(world: &World, index: i64) -> Vec<u8> {
    let query = sqlx::query_scalar("SELECT bytes FROM record WHERE \"index\" = ?1").bind(index);
    query.fetch_one(&mut connect(world).await).await.unwrap()
}

async fn write_bytes(world: &World, index: i64, bytes: &[u8]) {
    let query = sqlx::query("UPDATE record SET bytes = ?1 WHERE \"index\" = ?2").bind(bytes).bind(index);
    query.execute(&mut connect(world).await).await.unwrap();
}

#[tokio::test]
async fn a_damaged_record_is_not_shown_and_the_rest_is() {
    let world = written().await;
    sql(&world, UNLOCK).await;
    let mut bytes = read_bytes(&world, 4).await;
    bytes[100] ^= 1;
    write_bytes(&world, 4, &bytes).await;
    let ledger = world.open().await;
    assert!(matches!(ledger.view(&agreement(), None).await, Err(ReadError::Damaged { index: 4, .. })));
    assert!(matches!(ledger.record(&agreement(), 2).await, Err(ReadError::Damaged { index: 4, .. })));
    assert!(matches!(ledger.records(&agreement(), 0, 10).await, Err(ReadError::Damaged { index: 4, .. })));
    assert!(ledger.record(&agreement(), 1).await.unwrap().is_some());
    assert!(ledger.proof(&agreement(), 3).await.unwrap().is_some());
    assert!(ledger.registry(None).await.unwrap().version > 0);
    assert!(ledger.record(&StreamId::registry(), 1).await.unwrap().is_some());
}

#[tokio::test]
async fn tables_refuse_to_be_rewritten() {
    let world = written().await;
    for statement in [
        "UPDATE record SET leaf = zeroblob(32)",
        "DELETE FROM record",
        "INSERT OR REPLACE INTO record SELECT * FROM record WHERE \"index\" = 0",
        "UPDATE tree_node SET hash = zeroblob(32)",
        "DELETE FROM tree_node",
        "INSERT OR REPLACE INTO tree_node SELECT * FROM tree_node",
        "UPDATE checkpoint SET note = ''",
        "DELETE FROM checkpoint",
        "INSERT OR REPLACE INTO checkpoint SELECT * FROM checkpoint",
    ] {
        let refused = sqlx::raw_sql(statement).execute(&mut connect(&world).await).await;
        assert!(refused.unwrap_err().to_string().contains("append-only"), "{statement}");
    }
}

#[tokio::test]
async fn rebuild_finds_a_wrong_cache_and_mends_it() {
    let world = written().await;
    let url = world.options().database_url;
    let sound = rebuild(&url, true).await.unwrap();
    assert_eq!((sound.differences.as_slice(), sound.written), (&[][..], false));
    sql(&world, "UPDATE agreement_state SET state = replace(state, 'Luonnos', 'Lopullinen')").await;
    let looked = rebuild(&url, false).await.unwrap();
    assert_eq!((looked.differences.len(), looked.written), (1, false));
    let mended = rebuild(&url, true).await.unwrap();
    assert_eq!((mended.differences.len(), mended.written), (1, true));
    assert_eq!(differences(&world).await, []);
    assert!(world.open().await.health().writable);
}

#[tokio::test]
async fn rebuild_does_not_fold_damage_into_the_cache() {
    let world = written().await;
    sql(&world, UNLOCK).await;
    sql(&world, "UPDATE record SET leaf = zeroblob(32) WHERE \"index\" = 4; DELETE FROM agreement_state").await;
    let rebuilt = rebuild(&world.options().database_url, true).await.unwrap();
    assert!(!rebuilt.written);
    assert!(rebuilt.differences.iter().any(|difference| difference.table == "record"));
}

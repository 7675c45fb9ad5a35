//! Every write of a turn fails, and fails although it persisted; then the server starts again.

use super::world::{World, assert_proven, differences, slug};
use crate::ledger::faults::Step;

const STEPS: [Step; 5] = [Step::Append, Step::Commit, Step::Anchor, Step::Checkpoint, Step::Publish];

#[tokio::test]
async fn a_crash_at_any_write_loses_nothing_acknowledged_and_forks_nothing() {
    for step in STEPS {
        for persisted in [false, true] {
            crash(step, persisted).await;
        }
    }
}

async fn crash(step: Step, persisted: bool) {
    let world = World::new();
    let ledger = world.founded().await;
    let acknowledged = world.text(&ledger).await;
    let receipt = ledger.submit(acknowledged.clone()).await.unwrap().receipt;
    let shown = ledger.checkpoint().await.unwrap();

    world.faults.arm(step, persisted);
    let doubtful = world.text(&ledger).await;
    let answer = ledger.submit(doubtful.clone()).await;
    let struck = !(persisted && matches!(step, Step::Append | Step::Publish));
    if struck {
        assert_eq!(slug(&answer), "ledger-unavailable", "{step:?} {persisted}");
        assert!(!ledger.health().writable);
        let later = ledger.submit(world.text(&ledger).await).await;
        assert_eq!(slug(&later), "ledger-unavailable");
        assert_eq!(ledger.checkpoint().await.unwrap(), shown);
        assert_eq!(ledger.submit(acknowledged.clone()).await.unwrap().receipt, receipt);
    }
    ledger.close().await;
    drop(ledger);

    let ledger = world.open().await;
    assert!(ledger.health().writable, "{step:?} {persisted}: {:?}", ledger.health());
    let again = ledger.submit(acknowledged).await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.receipt, receipt, "{step:?} {persisted}");
    let retried = ledger.submit(doubtful).await.unwrap();
    assert_eq!(retried.receipt.entry.record.index, 5);
    assert_proven(&ledger, &retried.receipt);
    ledger.close().await;
    assert_eq!(differences(&world).await, [], "{step:?} {persisted}");
}

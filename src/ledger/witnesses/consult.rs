//! At a start, before anything is written: has a witness seen more than the database holds?
//!
//! Database and anchor can be put back together to an older day, and then agree with each other;
//! whoever cosigned later remembers. Nobody is asked when nothing was published yet, and a witness
//! that does not answer keeps nobody from writing.

use std::path::Path;

use sinetti_events::log::vkey::VerifierKey;
use tokio::task::JoinSet;

use super::ask::{Outcome, Subject, ask};
use super::{WitnessAddress, Witnessing};
use crate::store::Store;
use crate::store::rows::CheckpointRow;
use crate::whole_file;
use crate::witness::client::WitnessClient;

/// Shows the anchored checkpoint to all witnesses at once.
///
/// # Errors
///
/// One of them knows, or says that it knows, a tree that the database does not hold: why nothing may
/// be written, and the way out.
pub(crate) async fn consult(
    witnessing: &Witnessing,
    store: &Store,
    anchored: &CheckpointRow,
    log_keys: Vec<VerifierKey>,
    now: u64,
    dir: &Path,
) -> Result<(), String> {
    let recorded_at = recorded_at(store, anchored.size).await;
    let subject = Subject { store: store.clone(), row: anchored.clone(), log_keys, recorded_at, now };
    let mut asked = JoinSet::new();
    for witness in witnessing.witnesses.clone() {
        let (subject, patience) = (subject.clone(), witnessing.patience);
        asked.spawn(async move {
            let outcome = match WitnessClient::new(&witness.url, patience) {
                Ok(client) => ask(&witness, &client, &subject).await,
                Err(error) => Outcome::Refused(error.to_string()),
            };
            (witness, outcome)
        });
    }
    let mut verdict = Ok(());
    while let Some(answered) = asked.join_next().await {
        let Ok((witness, outcome)) = answered else { continue };
        if let Some(reason) = objection(&witness, &outcome, anchored.size, dir) {
            verdict = Err(reason);
        }
    }
    verdict
}

/// Why the outcome keeps the ledger from writing; nothing when it does not.
fn objection(witness: &WitnessAddress, outcome: &Outcome, size: u64, dir: &Path) -> Option<String> {
    let name = witness.name();
    match outcome {
        Outcome::Cosigned(..) => None,
        Outcome::Unreachable(reason) | Outcome::Refused(reason) => {
            tracing::warn!("the witness {name} did not say whether it has seen more than {size} records: {reason}");
            None
        }
        Outcome::Claims(claim) => Some(format!(
            "the witness {name} has perhaps seen more than the database holds: {claim}. If an old backup was put \
             back, put the newest one in place, then start the server again. If the witness is wrong, settle that \
             with whoever runs it, or take it out of the configuration"
        )),
        Outcome::Shows { note, size: seen, forked } => Some(shown(name, note, *seen, *forked, size, dir)),
    }
}

/// The reason, with the checkpoint kept as a file.
pub(super) fn shown(name: &str, note: &str, seen: u64, forked: bool, size: u64, dir: &Path) -> String {
    let path = dir.join(format!("witnessed-{seen}.checkpoint"));
    let kept = match whole_file::replace(&path, 0o644, note.as_bytes()) {
        Ok(()) => format!("It is kept as {}", path.display()),
        Err(error) => format!("It can't be kept as {}: {error}", path.display()),
    };
    let what = if forked {
        format!(
            "of {seen} records that is not the one that the database holds for them: the log has signed two histories"
        )
    } else {
        format!(
            "of {seen} records, but the database holds {size}: an old backup was put back, or the database was cut short"
        )
    };
    format!(
        "the witness {name} shows a checkpoint, signed by this log's keys, {what}. {kept}. Nothing is written until the \
         newest backup, with at least {seen} records that agree with it, is in place; then start the server again"
    )
}

/// When the newest of `size` records was recorded, in seconds since 1970; 0 where that can't be told.
pub(crate) async fn recorded_at(store: &Store, size: u64) -> u64 {
    let Some(index) = size.checked_sub(1) else { return 0 };
    let rows = store.records(index, size, 1).await.unwrap_or_default();
    let entry = rows.into_iter().next().and_then(|row| row.intact().ok());
    entry.map_or(0, |entry| entry.record.recorded_at.unix_ms().unsigned_abs() / 1000)
}

//! One conversation with one witness about one checkpoint.

use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::note::{Note, NoteSignature};
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::log::witness::AddCheckpoint;

use super::WitnessAddress;
use crate::ledger::cosigned::{consistency, root};
use crate::store::Store;
use crate::store::rows::{CheckpointRow, CosignatureRow};
use crate::witness::client::{Answer, AskError, WitnessClient};

/// How often a witness may say that it stands elsewhere before it is believed to be confused.
const TRIES: u32 = 3;

/// How far a witness's clock may be ahead of ours, in seconds.
const MOST_AHEAD: u64 = 300;

/// What a witness is asked about, and what its answer is held against.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) store: Store,
    pub(super) row: CheckpointRow,
    /// Every key that the log ever had.
    pub(super) log_keys: Vec<VerifierKey>,
    /// When the newest record under the checkpoint was recorded, in seconds since 1970.
    pub(super) recorded_at: u64,
    /// Now, in seconds since 1970.
    pub(super) now: u64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Cosignatures that verify; and which of its keys did not sign.
    Cosigned(Vec<CosignatureRow>, Option<String>),
    /// No answer.
    Unreachable(String),
    /// No cosignature, or one that does not verify.
    Refused(String),
    /// It says that it has seen another or a larger tree, and shows nothing.
    Claims(String),
    /// It shows a checkpoint that the log signed, and that the database does not hold.
    Shows {
        /// The note.
        note: String,
        /// Its size, and whether it is a fork of what the database holds rather than more of it.
        size: u64,
        forked: bool,
    },
}

/// Asks `witness` for its cosignatures.
pub(super) async fn ask(witness: &WitnessAddress, client: &WitnessClient, subject: &Subject) -> Outcome {
    match converse(witness, client, subject).await {
        Ok(outcome) => outcome,
        Err(AskError::Unreachable { reason, .. }) => Outcome::Unreachable(reason),
        Err(other) => Outcome::Refused(other.to_string()),
    }
}

async fn converse(witness: &WitnessAddress, client: &WitnessClient, subject: &Subject) -> Result<Outcome, AskError> {
    let size = subject.row.size;
    let mut old = known_size(witness, subject).await;
    for _ in 0..TRIES {
        let request = match request(subject, old).await {
            Ok(request) => request,
            Err(reason) => return Ok(Outcome::Refused(reason)),
        };
        match in_background(client, move |client| client.add_checkpoint(&request)).await? {
            Answer::Cosigned(lines) => return Ok(cosigned(witness, subject, &lines)),
            Answer::Stands(seen) if seen > size => {
                let claim =
                    format!("it says that it has cosigned a checkpoint of {seen} records, the ledger holds {size}");
                return Ok(evidence(client, subject, claim).await);
            }
            Answer::Stands(seen) if seen == old => {
                return Ok(Outcome::Refused(format!(
                    "it says that it stands at {seen}, and goes on from {seen} neither"
                )));
            }
            Answer::Stands(seen) => old = seen,
            Answer::Contradicts(words) => {
                let claim =
                    format!("it says that the log does not extend the checkpoint of {old} that it knows: {words}");
                return Ok(evidence(client, subject, claim).await);
            }
            Answer::Refused(status, words) => return Ok(Outcome::Refused(format!("it answers {status}: {words}"))),
        }
    }
    Ok(Outcome::Refused("it names another size each time it is asked".to_owned()))
}

/// The size that it cosigned last, as far as the database knows.
async fn known_size(witness: &WitnessAddress, subject: &Subject) -> u64 {
    let mut known = 0;
    for key in &witness.keys {
        // What can't be read is asked for: the witness says where it stands.
        if let Ok(Some(row)) = subject.store.last_cosigned(&key.to_string()).await {
            known = known.max(row.size);
        }
    }
    known.min(subject.row.size)
}

async fn request(subject: &Subject, old: u64) -> Result<AddCheckpoint, String> {
    let checkpoint = Note::parse(subject.row.note.as_bytes()).map_err(|bad| bad.to_string())?;
    let proof = consistency(&subject.store, old, subject.row.size).await.map_err(|error| error.to_string())?;
    Ok(AddCheckpoint { old, proof, checkpoint })
}

/// What of an answer verifies.
fn cosigned(witness: &WitnessAddress, subject: &Subject, lines: &[NoteSignature]) -> Outcome {
    let (mut rows, mut missing) = (Vec::new(), None);
    for key in &witness.keys {
        match verify(key, subject, lines) {
            Ok(row) => rows.push(row),
            Err(reason) => missing = Some(format!("{}+{}: {reason}", key.name(), key.id())),
        }
    }
    match (rows.is_empty(), missing) {
        (true, reason) => Outcome::Refused(reason.unwrap_or_default()),
        (false, missing) => Outcome::Cosigned(rows, missing),
    }
}

fn verify(key: &VerifierKey, subject: &Subject, lines: &[NoteSignature]) -> Result<CosignatureRow, String> {
    let own: Vec<NoteSignature> =
        lines.iter().filter(|line| line.name == *key.name() && line.id == key.id()).cloned().collect();
    if own.is_empty() {
        return Err("it did not sign with this key".to_owned());
    }
    let note = Note::parse(subject.row.note.as_bytes()).map_err(|bad| bad.to_string())?;
    let note = Note::new(note.text(), &own).map_err(|bad| bad.to_string())?;
    let signed = note.open(std::slice::from_ref(key)).map_err(|bad| bad.to_string())?;
    let time = signed.first().and_then(|signed| signed.time).ok_or("its cosignature states no time")?;
    if time < subject.recorded_at {
        return Err(format!("its clock is {} s behind the newest record's time", subject.recorded_at - time));
    }
    if time > subject.now.saturating_add(MOST_AHEAD) {
        return Err(format!("its clock is {} s ahead of this one", time - subject.now));
    }
    let signature = own.into_iter().next().map(|line| line.signature).unwrap_or_default();
    Ok(CosignatureRow { size: subject.row.size, vkey: key.to_string(), time, signature })
}

/// Whether the witness can show what it says: a checkpoint with the log's own signature.
async fn evidence(client: &WitnessClient, subject: &Subject, claim: String) -> Outcome {
    match shown(client, subject).await {
        Some(shows) => shows,
        None => Outcome::Claims(claim),
    }
}

async fn shown(client: &WitnessClient, subject: &Subject) -> Option<Outcome> {
    let own: Checkpoint = Note::parse(subject.row.note.as_bytes()).ok()?.text().parse().ok()?;
    let origin = own.origin.to_string();
    let note = in_background(client, move |client| client.newest(&origin)).await.ok()??;
    let note = Note::parse(&note).ok()?;
    note.open(&subject.log_keys).ok()?;
    let seen: Checkpoint = note.text().parse().ok()?;
    if seen.origin != own.origin {
        return None;
    }
    let (size, note) = (seen.size, note.as_str().to_owned());
    if size > own.size {
        return Some(Outcome::Shows { note, size, forked: false });
    }
    let ours = root(&subject.store, size).await.ok()?;
    (ours != seen.root).then_some(Outcome::Shows { note, size, forked: true })
}

/// The client blocks; requests wait on threads that may.
async fn in_background<T: Send + 'static>(
    client: &WitnessClient,
    request: impl FnOnce(&WitnessClient) -> Result<T, AskError> + Send + 'static,
) -> Result<T, AskError> {
    let client = client.clone();
    let answered = tokio::task::spawn_blocking(move || request(&client)).await;
    answered.unwrap_or_else(|error| Err(AskError::Unreachable { url: String::new(), reason: error.to_string() }))
}

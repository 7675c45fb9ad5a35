//! The witness as an HTTP service: `POST /add-checkpoint` with the statuses of C2SP tlog-witness
//! v1.0.0, and, as in the editor's draft, `GET /<log id>/checkpoint` for monitors.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Path, Request, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use sinetti_events::log::checkpoint::TreeHead;
use sinetti_events::log::evidence::{Claim, Evidence};
use sinetti_events::log::note::{Note, NoteError, NoteSignature};
use sinetti_events::log::signer::SignError;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::log::witness::{AddCheckpoint, MAX_REQUEST_BYTES, SIZE_TYPE};
use sinetti_events::primitives::ids::Origin;
use tokio::sync::Mutex;

use super::client::log_id;
use super::cosigner::Cosigner;
use super::follow::{FollowError, Followed};
use super::judge::{Refusal, check_growth, check_signatures, head_of};
use super::state::{Kept, State, StateError};
use crate::client::Client;
use crate::clock::Clock;
use crate::http::Config;
use crate::whole_file;

/// A log that is witnessed.
#[derive(Debug)]
pub struct Log {
    keys: Vec<VerifierKey>,
    /// Where its records are read before it is cosigned, and how far they were.
    records: Option<Client>,
    /// Held while one of its checkpoints is judged and kept: one after the other.
    followed: Mutex<Option<Followed>>,
}

/// A witness; clones share one.
#[derive(Debug, Clone)]
pub struct Witness(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    cosigner: Cosigner,
    logs: BTreeMap<String, Log>,
    state: State,
    clock: Clock,
    /// Why nothing is cosigned any more.
    broken: OnceLock<String>,
}

/// No cosignature.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// By the protocol.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// By the records.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// The clock is behind the last cosignature.
    #[error("this witness's clock is behind its last cosignature by {0} s; ask again later")]
    Clock(u64),
    /// The memory.
    #[error("this witness can't keep its state; its operator is told why")]
    State(#[from] StateError),
    /// The keys.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The note to keep.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// An earlier write failed.
    #[error("this witness has stopped; its operator is told why")]
    Broken,
}

impl Log {
    /// A log with the keys that its operator has pinned. With `records` its records are read there.
    pub fn new(keys: Vec<VerifierKey>, records: Option<Client>) -> Log {
        Log { keys, records, followed: Mutex::new(None) }
    }
}

impl Witness {
    /// A witness of `logs`, by origin.
    pub fn new(cosigner: Cosigner, logs: BTreeMap<String, Log>, state: State, clock: Clock) -> Witness {
        Witness(Arc::new(Inner { cosigner, logs, state, clock, broken: OnceLock::new() }))
    }

    /// Judges a request, remembers what it cosigns, and only then gives the signature lines.
    async fn add(&self, body: &[u8]) -> Result<Vec<NoteSignature>, Failure> {
        let request = AddCheckpoint::parse(body).map_err(Refusal::from)?;
        let head = head_of(&request)?;
        let log = self.0.logs.get(&head.origin).ok_or_else(|| Refusal::UnknownLog(head.origin.clone()))?;
        check_signatures(&request, &log.keys)?;
        let mut followed = log.followed.lock().await;
        if self.0.broken.get().is_some() {
            return Err(Failure::Broken);
        }
        let kept = self.0.state.kept(&head.origin).await?;
        if let Err(refusal) = check_growth(&request, &head, kept.as_ref().map(|kept| &kept.head)) {
            if let (Refusal::OtherRoot(_), Some(kept)) = (&refusal, &kept) {
                self.accuse(log, &head, kept, &request.checkpoint);
            }
            return Err(refusal.into());
        }
        let read = self.follow(log, followed.take(), kept.as_ref(), &head).await?;
        let lines = self.cosign(log, kept.as_ref(), &request.checkpoint, head, read.as_ref()).await?;
        *followed = read;
        Ok(lines)
    }

    /// The log's records up to `head`, read where that is wanted.
    async fn follow(
        &self,
        log: &Log,
        read: Option<Followed>,
        kept: Option<&Kept>,
        head: &TreeHead,
    ) -> Result<Option<Followed>, Failure> {
        let Some(client) = log.records.clone() else { return Ok(None) };
        // Checked when the witness was configured.
        let Ok(origin) = head.origin.parse::<Origin>() else { return Ok(None) };
        let remembered = match read {
            Some(read) => Some(read),
            None => self.0.state.followed(&origin).await?,
        };
        let (kept, head) = (kept.map(|kept| kept.head.clone()), head.clone());
        let reading = tokio::task::spawn_blocking(move || advance(origin, remembered, kept, &client, &head));
        match reading.await {
            Ok(read) => Ok(Some(read?)),
            Err(_) => Err(Failure::Broken),
        }
    }

    async fn cosign(
        &self,
        log: &Log,
        kept: Option<&Kept>,
        checkpoint: &Note,
        head: TreeHead,
        read: Option<&Followed>,
    ) -> Result<Vec<NoteSignature>, Failure> {
        let time = self.0.clock.now().unix_ms().unsigned_abs() / 1000;
        if let Some(behind) = kept.and_then(|kept| kept.time.checked_sub(time)).filter(|behind| *behind > 0) {
            return Err(Failure::Clock(behind));
        }
        let lines = self.0.cosigner.sign(checkpoint.text(), time)?;
        let by_log = |line: &&NoteSignature| log.keys.iter().any(|key| line.name == *key.name() && line.id == key.id());
        let all: Vec<NoteSignature> = checkpoint.signatures().iter().filter(by_log).chain(&lines).cloned().collect();
        let note = Note::new(checkpoint.text(), &all)?.as_str().to_owned();
        let new = Kept { head, note, time };
        if let Err(error) = self.0.state.swap(kept, &new, read).await {
            // Whether it was written nobody knows until the file is read anew.
            tracing::error!("the witness cosigns nothing more: {error}. Mend it, then start the witness again");
            let _ = self.0.broken.set(error.to_string());
            return Err(error.into());
        }
        Ok(lines)
    }

    /// Two signed roots of one size: kept as a file that a third party can check.
    fn accuse(&self, log: &Log, head: &TreeHead, kept: &Kept, newer: &Note) {
        tracing::error!("the log {} signed two different trees of {} records", head.origin, head.size);
        let Ok(ledger) = head.origin.parse::<Origin>() else { return };
        let (older, newer) = (kept.note.clone(), newer.as_str().to_owned());
        let claim = Claim::Fork { older, newer, hashes: Vec::new() };
        let evidence = Evidence { ledger, log_keys: log.keys.clone(), claim };
        let path = self.evidence(head);
        let written = serde_json::to_vec_pretty(&evidence).map_err(std::io::Error::other);
        match written.and_then(|bytes| whole_file::create(&path, 0o644, &bytes)) {
            Ok(()) => tracing::error!("the evidence is {}", path.display()),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => tracing::error!("the evidence {} can't be written: {error}", path.display()),
        }
    }

    fn evidence(&self, head: &TreeHead) -> PathBuf {
        let mut path = self.0.state.path().as_os_str().to_owned();
        let tree = hex::encode(head.root.0.get(..4).unwrap_or_default());
        path.push(format!(".fork-{:.8}-{}-{tree}.json", log_id(&head.origin), head.size));
        PathBuf::from(path)
    }

    /// The newest cosigned checkpoint of the log with this id.
    async fn newest(&self, id: &str) -> Result<Option<String>, StateError> {
        let Some(origin) = self.0.logs.keys().find(|origin| log_id(origin) == id) else { return Ok(None) };
        Ok(self.0.state.kept(origin).await?.map(|kept| kept.note))
    }

    /// What it is, for people.
    fn introduction(&self) -> String {
        let keys: String = self.0.cosigner.verifiers().iter().map(|key| format!("{key}\n")).collect();
        let logs: String =
            self.0.logs.keys().map(|origin| format!("{origin}\n{}/checkpoint\n", log_id(origin))).collect();
        format!(
            "A witness of transparency logs (C2SP tlog-witness).\n\nIts keys:\n{keys}\nIts logs, and where to read their newest cosigned checkpoints:\n{logs}"
        )
    }
}

/// From what is remembered, or from the beginning, up to the tree kept and then to the new one.
fn advance(
    origin: Origin,
    remembered: Option<Followed>,
    kept: Option<TreeHead>,
    client: &Client,
    head: &TreeHead,
) -> Result<Followed, FollowError> {
    let fits = |read: &Followed| {
        kept.as_ref().is_some_and(|kept| (read.tree.size(), read.tree.root()) == (kept.size, kept.root))
    };
    let mut read = remembered.filter(fits).unwrap_or_else(|| Followed::new(origin));
    if let Some(kept) = &kept {
        read.advance(client, kept)?;
    }
    read.advance(client, head)?;
    Ok(read)
}

/// Routes of the witness.
pub fn router(witness: Witness, config: Config) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/{log}/checkpoint", get(newest))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/", get(introduce))
        .with_state((witness, config))
}

async fn add_checkpoint(Shared((witness, config)): Shared<(Witness, Config)>, mut request: Request) -> Response {
    DefaultBodyLimit::max(MAX_REQUEST_BYTES).apply(&mut request);
    let body = match tokio::time::timeout(config.body, Bytes::from_request(request, &())).await {
        Err(_) => return (StatusCode::REQUEST_TIMEOUT, "the request did not arrive in time\n").into_response(),
        Ok(Err(rejection)) => return rejection.into_response(),
        Ok(Ok(body)) => body,
    };
    // A client that goes away interrupts nothing half done.
    let answered = tokio::spawn(async move { witness.add(&body).await });
    match answered.await {
        Ok(Ok(lines)) => {
            let text: String = lines.iter().map(NoteSignature::line).collect();
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
        }
        Ok(Err(failure)) => refused(&failure),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refused(failure: &Failure) -> Response {
    if let Failure::Refused(Refusal::Stale(size)) = failure {
        return (StatusCode::CONFLICT, [(header::CONTENT_TYPE, SIZE_TYPE)], format!("{size}\n")).into_response();
    }
    let status = status(failure);
    tracing::warn!("not cosigned ({status}): {failure}");
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (status, plain, format!("{failure}\n")).into_response()
}

/// The statuses of tlog-witness; 5xx is what it leaves open: not now.
fn status(failure: &Failure) -> StatusCode {
    match failure {
        Failure::Refused(refusal) => match refusal {
            Refusal::Malformed(_) | Refusal::NoCheckpoint(_) | Refusal::OldTooLarge { .. } => StatusCode::BAD_REQUEST,
            Refusal::UnknownLog(_) => StatusCode::NOT_FOUND,
            Refusal::NotSigned(_) => StatusCode::FORBIDDEN,
            Refusal::Stale(_) | Refusal::OtherRoot(_) => StatusCode::CONFLICT,
            Refusal::EmptyRoot | Refusal::Proof(_) => StatusCode::UNPROCESSABLE_ENTITY,
        },
        Failure::Follow(FollowError::Record { .. } | FollowError::OtherTree { .. }) => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::Follow(FollowError::Read(_)) | Failure::Clock(_) | Failure::Broken => StatusCode::SERVICE_UNAVAILABLE,
        Failure::State(_) | Failure::Sign(_) | Failure::Note(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

async fn newest(Shared((witness, _)): Shared<(Witness, Config)>, Path(id): Path<String>) -> Response {
    match witness.newest(&id).await {
        Ok(Some(note)) => {
            let headers = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                (header::CACHE_CONTROL, "no-cache"),
                // For pages that compare what the log shows with what its witnesses saw.
                (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            ];
            (headers, note).into_response()
        }
        Ok(None) => (StatusCode::NOT_FOUND, "no checkpoint of such a log was cosigned here\n").into_response(),
        Err(error) => {
            tracing::error!("{error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn introduce(Shared((witness, _)): Shared<(Witness, Config)>) -> String {
    witness.introduction()
}

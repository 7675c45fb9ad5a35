//! The ledger: takes events, records them in one order, proves and shows them.
//!
//! [`Ledger::submit`] verifies an event, has the sequencer record it, and answers with a receipt
//! once a published checkpoint contains it. Everything that reads shows what is published, and
//! checks again what it reads from the database.

mod admission;
mod answers;
mod cosigned;
mod documents;
mod errors;
mod evidence;
mod examine;
mod faults;
mod fold;
mod judge;
mod mirror;
mod notary;
mod preview;
mod published;
mod read;
mod rebuild;
mod sequencer;
mod start;
mod statement;
mod time;
mod timestamps;
mod witnesses;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use sinetti_events::log::policy::Policy;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::ids::Origin;
use sinetti_events::primitives::time::Instant;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::documents::Documents;
use crate::public_url::PublicUrl;
use crate::store::{Store, Writer};
use sequencer::{Job, Shared, Waiting};
use timestamps::Dial;
use witnesses::Board;

pub use answers::{AsOf, Health, Receipt, Submission, Submitted, View};
pub use cosigned::Cosigned;
pub use documents::Document;
pub use errors::{OpenError, PreviewError, ReadError, SLUGS, SubmitError};
pub use evidence::EvidenceFile;
pub use examine::Difference;
pub use preview::{Preview, Sides};
pub use rebuild::{Checked, Rebuilt, check, rebuild};
pub use timestamps::{Stamping, Timestamp, TimestampReport, Timestamping};
pub use witnesses::{BadWitness, Standing, WitnessAddress, WitnessReport, Witnessing};

/// A handle; clones share one ledger.
#[derive(Debug, Clone)]
pub struct Ledger(Arc<Inner>);

/// An event that was handed to the sequencer, or could not be.
enum Queued {
    /// It waits for its turn; here comes the answer.
    Waiting(oneshot::Receiver<judge::Verdict>),
    /// The ledger does not write any more.
    Closed(Box<admission::Admitted>),
}

/// How to open a ledger for writing.
#[derive(Debug, Clone)]
pub struct Options {
    /// Holds the log's keys, the anchor, and a lock against a second server.
    pub data_dir: PathBuf,
    /// `sqlite:PATH`.
    pub database_url: String,
    /// Where documents are kept, a directory or `s3://BUCKET/PREFIX`; `documents` in `data_dir` if none is given.
    pub documents: Option<String>,
    /// The ledger's name; the database must hold this ledger or nothing.
    pub origin: Origin,
    /// Where the public reaches what serves it.
    pub public_url: PublicUrl,
    /// What time it is.
    pub clock: Clock,
    /// The operator's word that a database without anchor is the newest state of the ledger.
    pub accept_missing_anchor: bool,
    /// Who is asked to cosign.
    pub witnessing: Witnessing,
    /// Who is asked for timestamps, if anybody.
    pub timestamping: Option<Timestamping>,
    /// The operator's word that the clock is right although the last record is long ago.
    pub accept_clock_leap: bool,
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "a place where tests break the engine; nothing outside can name it")]
    pub faults: faults::Faults,
}

/// Who is asked about published checkpoints: to cosign them, to timestamp them.
type Asked = (Witnessing, Option<Timestamping>);

struct Inner {
    origin: Origin,
    public_url: PublicUrl,
    clock: Clock,
    store: Store,
    shared: Arc<Shared>,
    queue: std::sync::Mutex<Option<mpsc::Sender<Job>>>,
    task: tokio::sync::Mutex<Option<JoinHandle<Writer>>>,
    documents: Option<Documents>,
    /// What asks the witnesses.
    witnessing: tokio::sync::Mutex<Option<JoinHandle<()>>>,
    board: Board,
    /// What asks for timestamps.
    timestamping: tokio::sync::Mutex<Option<JoinHandle<()>>>,
    dial: Dial,
    policy: Policy,
    log_keys: Vec<VerifierKey>,
    differences: Vec<Difference>,
    /// Keeps other servers away from the data directory until the ledger is closed.
    lock: std::sync::Mutex<Option<File>>,
}

impl Options {
    /// A ledger in `data_dir`, on SQLite there, by the machine's clock.
    pub fn new(data_dir: impl Into<PathBuf>, origin: Origin) -> Options {
        let data_dir = data_dir.into();
        Options {
            database_url: format!("sqlite:{}", data_dir.join("sinetti.db").display()),
            data_dir,
            documents: None,
            origin,
            public_url: PublicUrl::default(),
            clock: Clock::System,
            accept_missing_anchor: false,
            witnessing: Witnessing::default(),
            timestamping: None,
            accept_clock_leap: false,
            faults: faults::Faults::default(),
        }
    }
}

impl Ledger {
    /// Opens a ledger, making an empty one where there is none. A database that does not hold
    /// what the anchor has seen, or that does not agree with itself, is opened for reading what
    /// verifies; [`Ledger::health`] says why.
    ///
    /// # Errors
    ///
    /// Nothing can be served: directory or database in use, unreadable, of another ledger or a
    /// newer program; keys missing.
    pub async fn open(options: Options) -> Result<Ledger, OpenError> {
        start::open(options).await
    }

    /// Opens a database for reading only, whether or not a server writes it meanwhile.
    ///
    /// # Errors
    ///
    /// There is no such database, or no record in it.
    pub async fn read(database_url: &str) -> Result<Ledger, OpenError> {
        start::read(database_url).await
    }

    /// Records an event. When this answers `Ok`, the record is durable, proven and published.
    /// Sending the same event again is always safe: it answers with the same receipt.
    ///
    /// # Errors
    ///
    /// The event is refused and nothing is recorded; after [`SubmitError::Unavailable`] it may be
    /// recorded, and shows so when it is sent again.
    pub async fn submit(&self, submission: Submission) -> Result<Submitted, SubmitError> {
        let admitted = self.admit(submission).await?;
        match self.enqueue(admitted).await? {
            Queued::Waiting(verdict) => self.answer(verdict).await,
            Queued::Closed(admitted) => self.repeated(&admitted).await,
        }
    }

    /// Records events in the order given, each as [`Ledger::submit`] would. They are verified at the
    /// same time and wait together, so that they share commits and checkpoints. A refused one
    /// refuses alone. The answers stand in the order of the submissions.
    pub async fn submit_in_order(&self, submissions: Vec<Submission>) -> Vec<Result<Submitted, SubmitError>> {
        let admitting: Vec<_> = submissions
            .into_iter()
            .map(|submission| {
                let ledger = self.clone();
                tokio::spawn(async move { ledger.admit(submission).await })
            })
            .collect();
        let mut queued = Vec::new();
        for admitted in admitting {
            queued.push(match admitted.await.map_err(SubmitError::unavailable).flatten() {
                Ok(admitted) => self.enqueue(admitted).await,
                Err(refused) => Err(refused),
            });
        }
        let mut answers = Vec::new();
        for queued in queued {
            answers.push(match queued {
                Ok(Queued::Waiting(verdict)) => self.answer(verdict).await,
                Ok(Queued::Closed(admitted)) => self.repeated(&admitted).await,
                Err(error) => Err(error),
            });
        }
        answers
    }

    /// Whether the ledger writes, and why not.
    pub fn health(&self) -> Health {
        let running = self.queue().is_some_and(|queue| !queue.is_closed());
        let reason = if running { None } else { Some(self.why_not()) };
        let size = self.0.shared.read(|published| published.size);
        Health { writable: reason.is_none(), reason, size }
    }

    /// All places where the database was found to differ from its records when it was opened.
    pub fn differences(&self) -> &[Difference] {
        &self.0.differences
    }

    /// The ledger's origin.
    pub fn origin(&self) -> &Origin {
        &self.0.origin
    }

    /// Where the public reaches what serves it.
    pub fn public_url(&self) -> &PublicUrl {
        &self.0.public_url
    }

    /// The log's verifier keys: Ed25519, then ML-DSA-44. Before the ledger is founded, those that
    /// record 0 has to name.
    pub fn log_keys(&self) -> Vec<VerifierKey> {
        let named = self
            .0
            .shared
            .read(|published| published.states.registry().keyring.log_keys().last().map(|named| named.keys.clone()));
        let mut keys = named.unwrap_or_else(|| self.0.log_keys.clone());
        keys.sort_by_key(|key| key.key().type_byte());
        keys
    }

    /// The policy (C2SP tlog-policy) that the ledger publishes: its keys in force, its operator's
    /// witnesses and quorum. Without addresses, which nobody needs who verifies.
    pub fn policy(&self) -> Policy {
        self.0.policy.clone().with_logs(self.log_keys()).without_urls()
    }

    /// What time the ledger takes it to be.
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    /// Tells the size of each newly published checkpoint.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.0.shared.size.subscribe()
    }

    /// What is known of each configured witness, in the order of the configuration.
    pub fn witnesses(&self) -> Vec<WitnessReport> {
        let size = self.0.shared.read(|published| published.size);
        let mut reports = self.0.board.read();
        for report in &mut reports {
            if report.standing == Standing::Cosigned && report.newest.is_none_or(|(newest, _)| newest != size) {
                report.standing = Standing::Waiting;
            }
        }
        reports
    }

    /// Takes no more events, finishes those that wait, and lets go of the database and the data
    /// directory: the next server may start, whoever still holds this one.
    pub async fn close(&self) {
        for asking in [&self.0.witnessing, &self.0.timestamping] {
            if let Some(asking) = asking.lock().await.take() {
                asking.abort();
                // It ends at once; what somebody answers now is asked for again at the next start.
                let _ = asking.await;
            }
        }
        drop(self.0.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let task = self.0.task.lock().await.take();
        // It ends when its queue does; a panic in it has been logged.
        let writer = match task {
            Some(task) => task.await.ok(),
            None => None,
        };
        // The writer closes last: it folds the write-ahead log into the file, so that the file
        // alone is the whole ledger.
        self.0.store.close().await;
        if let Some(writer) = writer {
            writer.close().await;
        }
        drop(self.0.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    fn of(inner: Inner) -> Ledger {
        Ledger(Arc::new(inner))
    }

    async fn start(&self, queue: mpsc::Sender<Job>, task: JoinHandle<Writer>, asked: Asked, dir: PathBuf) {
        *self.0.queue.lock().unwrap_or_else(PoisonError::into_inner) = Some(queue);
        *self.0.task.lock().await = Some(task);
        let (witnessing, timestamping) = asked;
        if !witnessing.witnesses.is_empty() {
            *self.0.witnessing.lock().await = Some(witnesses::start(self, witnessing, dir));
        }
        if let Some(timestamping) = timestamping {
            *self.0.timestamping.lock().await = Some(timestamps::start(self, timestamping));
        }
    }

    fn shared(&self) -> &Arc<Shared> {
        &self.0.shared
    }

    fn store(&self) -> &Store {
        &self.0.store
    }

    fn queue(&self) -> Option<mpsc::Sender<Job>> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn unavailable(&self) -> SubmitError {
        SubmitError::unavailable(self.why_not())
    }

    fn why_not(&self) -> String {
        let otherwise = || "the ledger is closing; start the server again, then send the event again".to_owned();
        self.0.shared.stopped().unwrap_or_else(otherwise)
    }

    /// Verifies a submission, on the pool of blocking threads.
    async fn admit(&self, submission: Submission) -> Result<admission::Admitted, SubmitError> {
        let origin = self.0.origin.clone();
        let registry = self.0.shared.read(|published| published.states.registry().clone());
        let verify = move || admission::admit(submission, &origin, &registry);
        tokio::task::spawn_blocking(verify).await.map_err(SubmitError::unavailable)?
    }

    /// Hands an event to the sequencer.
    async fn enqueue(&self, admitted: admission::Admitted) -> Result<Queued, SubmitError> {
        let Some(queue) = self.queue() else { return Ok(Queued::Closed(Box::new(admitted))) };
        let (reply, verdict) = oneshot::channel();
        match queue.send(Job::Event(Box::new(Waiting { admitted, reply }))).await {
            Ok(()) => Ok(Queued::Waiting(verdict)),
            Err(mpsc::error::SendError(Job::Event(job))) => Ok(Queued::Closed(Box::new(job.admitted))),
            Err(_) => Err(self.unavailable()),
        }
    }

    /// The sequencer's answer, with the receipt.
    async fn answer(&self, verdict: oneshot::Receiver<judge::Verdict>) -> Result<Submitted, SubmitError> {
        let done = verdict.await.map_err(|_| self.unavailable())??;
        let receipt = self.receipt(done.index).await.map_err(SubmitError::unavailable)?;
        Ok(Submitted { receipt, repeated: done.repeated })
    }

    /// A ledger that does not write still knows what it holds.
    async fn repeated(&self, admitted: &admission::Admitted) -> Result<Submitted, SubmitError> {
        let found = self.recorded(&admitted.payload.event).await.map_err(SubmitError::unavailable)?;
        match found.filter(|entry| entry.record.envelope.payload == admitted.submission.envelope.payload) {
            Some(entry) => {
                let receipt = self.receipt(entry.record.index).await.map_err(SubmitError::unavailable)?;
                Ok(Submitted { receipt, repeated: true })
            }
            None => Err(self.unavailable()),
        }
    }
}

impl Inner {
    /// What only reads.
    fn reading(origin: Origin, store: Store, shared: Shared) -> Inner {
        Inner {
            origin,
            public_url: PublicUrl::default(),
            clock: Clock::System,
            store,
            shared: Arc::new(shared),
            queue: std::sync::Mutex::new(None),
            task: tokio::sync::Mutex::new(None),
            witnessing: tokio::sync::Mutex::new(None),
            board: Board::default(),
            timestamping: tokio::sync::Mutex::new(None),
            dial: Dial::default(),
            policy: Policy::of_logs([]),
            documents: None,
            log_keys: Vec::new(),
            differences: Vec::new(),
            lock: std::sync::Mutex::new(None),
        }
    }
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ledger({})", self.origin)
    }
}

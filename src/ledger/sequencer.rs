//! The one task that writes. It takes what is waiting as one batch, one transaction, one
//! checkpoint; receipts are answered when the checkpoint is published.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

use super::admission::Admitted;
use super::cosigned::Cosigned;
use super::errors::SubmitError;
use super::faults::{Faults, Step};
use super::judge::{Plan, Planned, Verdict};
use super::mirror::Mirror;
use super::notary::{Notary, Stop};
use super::published::Published;
use super::time::Watch;
use crate::documents::Documents;
use crate::log_keys::LogKeyPair;
use crate::store::Writer;
use crate::store::rows::{CosignatureRow, TimestampRow};

/// Most events of one transaction.
const MOST: usize = 256;

/// How long after a failed try what was erased is tried to be forgotten again.
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// What the task is asked to do.
pub(crate) enum Job {
    /// Record an event.
    Event(Box<Waiting>),
    /// Keep cosignatures of a published checkpoint, then say so.
    Cosigned(Vec<CosignatureRow>, oneshot::Sender<()>),
    /// Keep the timestamp of a published checkpoint, then say so.
    Stamped(TimestampRow, oneshot::Sender<()>),
    /// Write nothing more, for this reason.
    Halt(String),
}

/// An event waiting for its turn.
pub(crate) struct Waiting {
    /// What was sent.
    pub(crate) admitted: Admitted,
    /// Who waits.
    pub(crate) reply: oneshot::Sender<Verdict>,
}

/// What the sequencer shares with those who read.
#[derive(Debug)]
pub(crate) struct Shared {
    published: RwLock<Published>,
    /// Why nothing is written.
    stopped: RwLock<Option<String>>,
    /// The keys that sign now; none while nothing is signed.
    signer: RwLock<Option<Arc<LogKeyPair>>>,
    /// Size of the newest published checkpoint, for whoever waits for more.
    pub(crate) size: watch::Sender<u64>,
}

/// The task's own.
pub(crate) struct Sequencer {
    pub(crate) writer: Writer,
    pub(crate) notary: Notary,
    pub(crate) mirror: Mirror,
    pub(crate) watch: Watch,
    pub(crate) dir: PathBuf,
    pub(crate) documents: Documents,
    /// Something erased is still in the log of recent writes.
    pub(crate) unforgotten: bool,
    pub(crate) shared: Arc<Shared>,
    pub(crate) faults: Faults,
}

type Answers = Vec<(oneshot::Sender<Verdict>, Verdict)>;

impl Sequencer {
    /// Works until nobody can send any more, or a write has failed. Gives back the writer, whose
    /// lock keeps other servers away until the ledger is closed.
    pub(crate) async fn run(mut self, mut inbox: mpsc::Receiver<Job>) -> Writer {
        let mut taken = Vec::new();
        let mut waiting = VecDeque::new();
        while self.receive(&mut inbox, &mut taken).await > 0 {
            if let Err(Stop(reason)) = self.take(&mut taken, &mut waiting).await {
                tracing::error!("the ledger has stopped writing: {reason}");
                self.shared.stop(reason);
                refuse_all(&self.shared, waiting, inbox).await;
                break;
            }
        }
        self.notary.anchor.close().await;
        self.writer
    }

    /// Waits for events; meanwhile tries again to forget what could not be forgotten.
    async fn receive(&mut self, inbox: &mut mpsc::Receiver<Job>, taken: &mut Vec<Job>) -> usize {
        while self.unforgotten {
            match tokio::time::timeout(TRY_AGAIN, inbox.recv_many(taken, MOST)).await {
                Ok(received) => return received,
                // A database that fails shows it at the next write.
                Err(_) => self.unforgotten = !self.writer.forget_erased().await.unwrap_or(false),
            }
        }
        inbox.recv_many(taken, MOST).await
    }

    async fn take(&mut self, taken: &mut Vec<Job>, waiting: &mut VecDeque<Waiting>) -> Result<(), Stop> {
        let mut halted = None;
        let (mut cosigned, mut stamped) = (Vec::new(), Vec::new());
        for job in taken.drain(..) {
            match job {
                Job::Event(event) => waiting.push_back(*event),
                Job::Cosigned(rows, done) => cosigned.push((rows, done)),
                Job::Stamped(row, done) => stamped.push((row, done)),
                Job::Halt(reason) => halted = Some(reason),
            }
        }
        if let Some(reason) = halted {
            return Err(Stop(reason));
        }
        for (rows, done) in cosigned {
            self.writer.store_cosignatures(&rows).await?;
            // Who no longer waits finds them in the database.
            let _ = done.send(());
        }
        for (row, done) in stamped {
            self.writer.store_timestamp(&row).await?;
            let _ = done.send(());
        }
        self.work(waiting).await
    }

    async fn work(&mut self, waiting: &mut VecDeque<Waiting>) -> Result<(), Stop> {
        while !waiting.is_empty() {
            let mut answers = Answers::new();
            let turn = self.turn(waiting, &mut answers).await;
            for (reply, verdict) in answers {
                let verdict = match &turn {
                    Ok(()) => verdict,
                    Err(Stop(reason)) => Err(SubmitError::unavailable(reason)),
                };
                // Who no longer waits asks again by the event's id.
                let _ = reply.send(verdict);
            }
            turn?;
        }
        Ok(())
    }

    /// One transaction and its checkpoint.
    async fn turn(&mut self, waiting: &mut VecDeque<Waiting>, answers: &mut Answers) -> Result<(), Stop> {
        let planned = self.write(waiting, answers).await?;
        if planned.batch.records.is_empty() {
            return Ok(());
        }
        let now = self.watch.now(None).map_err(|error| Stop(error.to_string()))?;
        let new_keys = planned.rotation.as_deref();
        let (checkpoint, note) = self.notary.certify(&mut self.writer, &self.mirror, new_keys, now).await?;
        self.unforgotten |= !planned.batch.erased.is_empty();
        self.forget().await?;
        self.erase_documents(&planned).await?;
        self.faults.before(Step::Publish)?;
        self.shared.publish(|published| {
            published.advance(&planned.grown, &self.mirror.states);
            published.show(&checkpoint, &note);
        });
        // Again: whoever was sending one meanwhile did not know yet.
        self.erase_documents(&planned).await?;
        if let Some(keys) = planned.rotation {
            self.rotate(keys)?;
        }
        Ok(())
    }

    /// Clears the log of recent writes of what was erased, unless somebody reads an older state.
    async fn forget(&mut self) -> Result<(), Stop> {
        if self.unforgotten {
            self.unforgotten = !self.writer.forget_erased().await?;
            if self.unforgotten {
                tracing::warn!(
                    "another program reads an older state of the database: what was erased stays in its write-ahead log until it is done"
                );
            }
        }
        Ok(())
    }

    /// Erases the held documents that this turn's erasures name.
    async fn erase_documents(&self, planned: &Planned) -> Result<(), Stop> {
        let registry = self.mirror.states.registry();
        for (event, pointer) in &planned.batch.erased {
            let named = self.shared.read(|published| {
                let digest = published.documents.at(*event, pointer)?;
                published.documents.is_erased(&digest, registry).then_some(digest)
            });
            if let Some(digest) = named {
                self.documents.erase(&digest).await.map_err(|error| Stop(error.to_string()))?;
            }
        }
        Ok(())
    }

    async fn write(&mut self, waiting: &mut VecDeque<Waiting>, answers: &mut Answers) -> Result<Planned, Stop> {
        let mut turn = self.writer.begin().await?;
        if turn.head() != self.mirror.head() {
            let reason = "the ledger's head is not where this process left it. Another program writes this \
                          database; stop it, then start the server again";
            return Err(Stop(reason.to_owned()));
        }
        let now = self.watch.now(self.mirror.chain.last_recorded_at());
        let mut plan = Plan::new(&mut self.mirror, &self.dir, &self.notary.keys, now);
        while answers.len() < MOST
            && !plan.is_full()
            && let Some(mut job) = waiting.pop_front()
        {
            let verdict = plan.judge(&mut turn, &mut job.admitted).await;
            let failed = verdict.as_ref().err().cloned();
            answers.push((job.reply, verdict.unwrap_or_else(|error| Err(SubmitError::unavailable(error)))));
            if let Some(error) = failed {
                return Err(error.into());
            }
        }
        let planned = plan.finish();
        if !planned.batch.records.is_empty() {
            self.faults.before(Step::Append)?;
            turn.append(&planned.batch).await?;
            self.faults.before(Step::Commit)?;
            turn.commit().await?;
            self.faults.after(Step::Commit)?;
        }
        Ok(planned)
    }

    fn rotate(&mut self, keys: Arc<LogKeyPair>) -> Result<(), Stop> {
        self.shared.sign_with(keys.clone());
        self.notary.keys = keys;
        LogKeyPair::promote_next(&self.dir).map_err(|error| Stop(error.to_string()))
    }
}

impl Shared {
    pub(crate) fn new(published: Published, stopped: Option<String>) -> Shared {
        let (size, _) = watch::channel(published.size);
        Shared { published: RwLock::new(published), stopped: RwLock::new(stopped), signer: RwLock::default(), size }
    }

    /// Looks at what is published.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Published) -> T) -> T {
        look(&self.published.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets statements be signed with these keys from now on.
    pub(crate) fn sign_with(&self, keys: Arc<LogKeyPair>) {
        *self.signer.write().unwrap_or_else(PoisonError::into_inner) = Some(keys);
    }

    /// The keys that sign now.
    pub(crate) fn signer(&self) -> Option<Arc<LogKeyPair>> {
        self.signer.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Why nothing is written; none while it is.
    pub(crate) fn stopped(&self) -> Option<String> {
        self.stopped.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn publish(&self, change: impl FnOnce(&mut Published)) {
        let size = {
            let mut published = self.published.write().unwrap_or_else(PoisonError::into_inner);
            change(&mut published);
            published.size
        };
        self.size.send_replace(size);
    }

    /// Shows the newest checkpoint with its cosignatures, if it still is the newest.
    pub(crate) fn show_cosigned(&self, cosigned: Cosigned) {
        let mut published = self.published.write().unwrap_or_else(PoisonError::into_inner);
        published.cosign(cosigned);
    }

    fn stop(&self, reason: String) {
        *self.stopped.write().unwrap_or_else(PoisonError::into_inner) = Some(reason);
    }
}

/// Nobody is left waiting.
async fn refuse_all(shared: &Shared, waiting: VecDeque<Waiting>, mut inbox: mpsc::Receiver<Job>) {
    let refusal = || Err(SubmitError::unavailable(shared.stopped().unwrap_or_default()));
    inbox.close();
    for job in waiting {
        let _ = job.reply.send(refusal());
    }
    while let Some(job) = inbox.recv().await {
        if let Job::Event(job) = job {
            let _ = job.reply.send(refusal());
        }
    }
}

//! Judges new records and keeps them, a batch at a time, within one transaction of the state.

use std::collections::{BTreeMap, BTreeSet};

use sinetti_events::log::evidence::{Claim, Evidence, Gatherer, History};
use sinetti_events::log::note::Note;
use sinetti_events::log::proof::TlogProof;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::inclusion::inclusion_nodes;
use sinetti_projections::audit::{Asked, Finding, Replay, Standing, Verdict};

use super::MonitorError;
use super::accuse;
use super::state::{Kept, State};

/// Records judged at a time.
const BATCH: usize = 256;

/// Findings that are kept; a ledger with more of them is known by these.
const MOST_FINDINGS: usize = 1000;

/// Findings with evidence that are kept.
const MOST_PROVEN: usize = 32;

/// A replay on its way to a checkpoint.
pub(super) struct Advance<'a> {
    state: &'a mut State,
    newest: &'a Kept,
    replay: Replay,
    tree: Frontier,
    /// Agreements whose states are at hand.
    loaded: BTreeSet<StreamId>,
    batch: Vec<Vec<u8>>,
    /// Whether the records are new to the state, not only their judgement.
    new: bool,
    findings: Vec<Finding>,
}

impl<'a> Advance<'a> {
    /// From `standing` to `newest`, with records that the state does not have yet. Begins the transaction.
    ///
    /// # Errors
    ///
    /// The state can't be written.
    pub(super) fn begin(
        state: &'a mut State,
        standing: Standing,
        newest: &'a Kept,
    ) -> Result<Advance<'a>, MonitorError> {
        state.begin()?;
        Advance::new(state, standing, newest, true)
    }

    /// Judges all records of the state anew: another program judged them before.
    ///
    /// # Errors
    ///
    /// The state can't be written, or its records do not give the root of its checkpoint.
    pub(super) fn anew(state: &mut State, kept: &Kept, pinned: &[VerifierKey]) -> Result<Standing, MonitorError> {
        state.begin()?;
        state.forget()?;
        let standing = Standing::new(kept.checkpoint.origin.clone());
        let mut advance = Advance::new(state, standing, kept, false)?;
        loop {
            let from = advance.size();
            let records = advance.state.records(from, BATCH as u64)?;
            if records.is_empty() || from >= kept.checkpoint.size {
                break;
            }
            for record in records {
                advance.take(record)?;
            }
        }
        if !advance.is_there()? {
            let reason = format!("its records do not give the root of its checkpoint of {}", kept.checkpoint.size);
            let damaged = advance.state.damaged(reason);
            state.rollback()?;
            return Err(damaged);
        }
        let (_, standing) = advance.judge(pinned)?.keep()?;
        Ok(standing)
    }

    fn new(state: &'a mut State, standing: Standing, newest: &'a Kept, new: bool) -> Result<Advance<'a>, MonitorError> {
        let tree = standing.log.clone();
        // It was parsed before.
        let replay = Replay::resume(standing, newest.note.as_bytes()).map_err(|bad| state.damaged(bad))?;
        let (loaded, batch, findings) = (BTreeSet::new(), Vec::new(), Vec::new());
        Ok(Advance { state, newest, replay, tree, loaded, batch, new, findings })
    }

    /// Number of records taken in.
    pub(super) fn size(&self) -> u64 {
        self.tree.size() + self.batch.len() as u64
    }

    /// Takes in the next record.
    ///
    /// # Errors
    ///
    /// The state can't be written.
    pub(super) fn take(&mut self, bytes: Vec<u8>) -> Result<(), MonitorError> {
        self.batch.push(bytes);
        if self.batch.len() < BATCH { Ok(()) } else { self.flush() }
    }

    /// Whether the records taken in are exactly those of the checkpoint.
    ///
    /// # Errors
    ///
    /// The state can't be written.
    pub(super) fn is_there(&mut self) -> Result<bool, MonitorError> {
        self.flush()?;
        let checkpoint = &self.newest.checkpoint;
        Ok((self.tree.size(), self.tree.root()) == (checkpoint.size, checkpoint.root))
    }

    /// Takes back all that was written.
    ///
    /// # Errors
    ///
    /// The disk fails.
    pub(super) fn give_up(self) -> Result<(), MonitorError> {
        self.state.rollback()
    }

    /// The checks that come last.
    ///
    /// # Errors
    ///
    /// The state can't be read.
    pub(super) fn judge(self, pinned: &[VerifierKey]) -> Result<Judged<'a>, MonitorError> {
        let Advance { state, newest, replay, mut findings, .. } = self;
        let (of_checkpoint, standing) = replay.stand(pinned);
        let doubted = standing.doubted_keys();
        if !doubted.is_empty() {
            // A compromise told of now bears on what was signed before.
            let signed = state.signed_by(&doubted, MOST_FINDINGS)?;
            for finding in standing.suspects(&signed) {
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
        }
        Ok(Judged { state, newest, standing, of_records: findings, of_checkpoint })
    }

    fn flush(&mut self) -> Result<(), MonitorError> {
        let records = std::mem::take(&mut self.batch);
        let asked: Vec<Asked> = records.iter().map(|record| Asked::of(record)).collect();
        self.replay.learn(self.state.recall(&asked)?);
        for stream in asked.into_iter().filter_map(|asked| asked.stream) {
            if self.loaded.insert(stream.clone())
                && let Some(agreement) = self.state.agreement(&stream)?
            {
                self.replay.load(stream, agreement);
            }
        }
        if self.new {
            self.state.put_records(self.tree.size(), &records)?;
        }
        let mut nodes = Vec::new();
        for record in records {
            let leaf = self.replay.push(record);
            nodes.extend(self.tree.push(leaf));
        }
        self.state.put_nodes(&nodes)?;
        let (past, findings) = self.replay.settle();
        self.state.put_past(&past)?;
        let room = MOST_FINDINGS.saturating_sub(self.findings.len());
        self.findings.extend(findings.into_iter().take(room));
        Ok(())
    }
}

/// Records that give the root of a checkpoint, and what is found in them and about it.
pub(super) struct Judged<'a> {
    state: &'a mut State,
    newest: &'a Kept,
    standing: Standing,
    of_records: Vec<Finding>,
    pub(super) of_checkpoint: Vec<Finding>,
}

impl Judged<'_> {
    /// Takes back all that was written.
    ///
    /// # Errors
    ///
    /// The disk fails.
    pub(super) fn give_up(self) -> Result<Vec<Finding>, MonitorError> {
        self.state.rollback()?;
        Ok(self.of_checkpoint)
    }

    /// Keeps it all, durably: what is found about the checkpoint, and where the replay stands.
    ///
    /// # Errors
    ///
    /// The disk fails.
    pub(super) fn keep(mut self) -> Result<(Vec<Finding>, Standing), MonitorError> {
        let (count, proven) = self.state.count_found()?;
        let mut findings = std::mem::take(&mut self.of_records);
        findings.truncate(MOST_FINDINGS.saturating_sub(count));
        let provable = findings.iter().filter(|finding| finding.verdict == Verdict::Tampered);
        let places = provable.filter_map(|finding| finding.index).take(MOST_PROVEN.saturating_sub(proven)).collect();
        let histories = self.histories(&places)?;
        for finding in findings {
            let at = finding.index.filter(|at| finding.verdict == Verdict::Tampered && places.contains(at));
            let evidence = match at {
                Some(at) => self.evidence(&finding, at, histories.get(&at).cloned())?,
                None => None,
            };
            let named = evidence.as_ref().map(|evidence| (accuse::name(&evidence.claim), evidence));
            self.state.find(true, &finding, named)?;
        }
        self.state.put_standing(self.newest, &self.standing)?;
        self.state.commit()?;
        self.standing.agreements.clear();
        Ok((self.of_checkpoint, self.standing))
    }

    /// What shows to others that the records at `places` should not be there: reads the log up to the last of them.
    fn histories(&mut self, places: &BTreeSet<u64>) -> Result<BTreeMap<u64, History>, MonitorError> {
        let mut accused = Vec::with_capacity(places.len());
        for place in places {
            accused.push((*place, self.state.record(*place)?));
        }
        let mut gatherer = Gatherer::of(self.newest.checkpoint.origin.clone(), accused);
        let (mut from, size) = (0, gatherer.size());
        while from < size {
            let records = self.state.records(from, (size - from).min(BATCH as u64))?;
            if records.is_empty() {
                break;
            }
            from += records.len() as u64;
            records.into_iter().for_each(|record| gatherer.push(record));
        }
        gatherer.finish(|place| self.inclusion(place))
    }

    fn inclusion(&mut self, place: u64) -> Result<Vec<Hash>, MonitorError> {
        let plan = inclusion_nodes(place, self.newest.checkpoint.size).map_err(|bad| self.state.damaged(bad))?;
        let hashes = self.state.nodes(&plan.nodes())?;
        plan.prove(&hashes).map_err(|bad| self.state.damaged(bad))
    }

    /// The record with the proof that the log vouches for it, and what else a verdict on it takes.
    fn evidence(
        &mut self,
        finding: &Finding,
        index: u64,
        history: Option<History>,
    ) -> Result<Option<Evidence>, MonitorError> {
        let Ok(note) = Note::parse(self.newest.note.as_bytes()) else { return Ok(None) };
        let checkpoint = &self.newest.checkpoint;
        let proof = TlogProof { extra: None, index, hashes: self.inclusion(index)?, checkpoint: note }.to_string();
        let (slug, reason, record) = (finding.slug.clone(), finding.reason.clone(), self.state.record(index)?);
        let claim = Claim::Record { record, proof, slug, reason, history };
        let log_keys = self.standing.registry.keyring.log_keys_signing(checkpoint.size);
        Ok(Some(Evidence { ledger: checkpoint.origin.clone(), log_keys, claim }))
    }
}

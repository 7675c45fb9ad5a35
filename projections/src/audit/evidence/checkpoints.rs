//! The checkpoint, who signed it and when, and the earlier ones that witnesses cosigned.

use sinetti_events::bundle::Member;
use sinetti_events::log::checkpoint::{Checkpoint, verify_checkpoint};
use sinetti_events::log::earlier::EarlierCheckpoint;
use sinetti_events::log::note::{Note, NoteError, Signed};
use sinetti_events::log::policy::Policy;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::time::Instant;

use super::report::Cosignature;
use super::{Carried, Evidence};
use crate::audit::quorum::{Quorum, WhosePolicy};

/// By how many seconds a witness's clock may be behind the ledger's: a record is not later than a
/// cosignature that covers it, by more than that.
pub(super) const CLOCKS: u64 = 60;

impl Evidence<'_> {
    pub(super) fn read_checkpoint(&mut self) {
        let Some(bytes) = self.bundle.get(Member::Checkpoint) else { return };
        let note = match Note::parse(bytes) {
            Ok(note) => note,
            Err(error) => return self.tampered(Member::Checkpoint, "checkpoint", "checkpoint-malformed", &error),
        };
        match note.text().parse::<Checkpoint>() {
            Ok(checkpoint) => self.checkpoint = Some(checkpoint),
            Err(bad) => self.tampered(Member::Checkpoint, "checkpoint", "checkpoint-malformed", &bad),
        }
        self.note = Some(note);
    }

    pub(super) fn read_policy(&mut self) {
        let Some(bytes) = self.bundle.get(Member::Policy) else { return };
        match Policy::parse(bytes) {
            Ok(policy) if policy.to_bytes() == bytes => self.policy = Some(policy),
            Ok(_) => {
                let reason = "it is not in the one form in which a ledger publishes it";
                self.tampered(Member::Policy, "policy", "policy-not-canonical", reason);
            }
            Err(bad) => self.tampered(Member::Policy, "policy", "policy-malformed", &bad),
        }
    }

    /// The signatures of the log, by the keys that the registry names and the auditor pinned.
    pub(super) fn check_checkpoint(&mut self) {
        let (Some(note), Some(checkpoint)) = (self.note.clone(), self.checkpoint.clone()) else { return };
        self.check_log_signatures(Member::Checkpoint, &note, &checkpoint, self.last_recorded_at());
        self.cosignatures = self.check_cosignatures(Member::Checkpoint, &note, self.last_recorded_at());
        let logs = self.policy.as_ref().map(|policy| policy.logs().iter().map(|log| &log.key).collect::<Vec<_>>());
        let named = self.named_keys(checkpoint.size);
        if logs.is_some_and(|logs| logs.len() != named.len() || !named.iter().all(|key| logs.contains(&key))) {
            let reason = "it lists other log keys than the registry names";
            self.tampered(Member::Policy, "policy.log", "policy-of-other-keys", reason);
        }
    }

    /// Whether those who should have cosigned did: by the auditor's policy, else by the ledger's own.
    pub(super) fn check_quorum(&mut self) {
        let Some(note) = &self.note else { return };
        let (policy, whose) = match (&self.asked.policy, &self.policy) {
            (Some(policy), _) => (policy, WhosePolicy::Auditor),
            (None, Some(policy)) => (policy, WhosePolicy::Ledger),
            (None, None) => return,
        };
        let (quorum, finding) = Quorum::judge(policy, whose, note);
        self.quorum = Some(quorum);
        // A signature that fails was found before, with the key that made it.
        self.findings.extend(finding.filter(|it| it.slug != "cosignature").map(|it| it.in_file(Member::Checkpoint)));
    }

    /// The earlier checkpoints that witnesses cosigned: time, proven from outside.
    pub(super) fn check_cosigned(&mut self) {
        let bundle = self.bundle;
        for (member, bytes) in bundle.iter() {
            let Member::Cosigned(size) = member else { continue };
            match EarlierCheckpoint::parse(bytes) {
                Ok(earlier) => self.check_earlier(member, size, &earlier),
                Err(bad) => self.tampered(member, "cosigned", "checkpoint-malformed", &bad),
            }
        }
    }

    fn check_earlier(&mut self, file: Member, size: u64, earlier: &EarlierCheckpoint) {
        let checkpoint = match earlier.checkpoint.text().parse::<Checkpoint>() {
            Ok(checkpoint) => checkpoint,
            Err(bad) => return self.tampered(file, "cosigned", "checkpoint-malformed", &bad),
        };
        if checkpoint.size != size {
            let reason = format!("it holds a checkpoint of {} records", checkpoint.size);
            self.tampered(file, "cosigned", "checkpoint-of-another-size", reason);
        }
        if let Some(later) = self.checkpoint.clone()
            && let Err(error) = earlier.check(&checkpoint, &later)
        {
            self.tampered(file, "cosigned", "checkpoint-inconsistent", &error);
        }
        let last = self.recorded_below(checkpoint.size);
        self.check_log_signatures(file, &earlier.checkpoint, &checkpoint, last);
        let cosigned = !self.check_cosignatures(file, &earlier.checkpoint, last).is_empty();
        if !cosigned && self.bundle.get(Member::Timestamp(size)).is_none() {
            let reason = "no witness that the policy lists cosigned it, and no authority timestamped it";
            self.unverifiable(file, "cosigned", "cosignature-missing", reason);
        }
    }

    /// All required keys signed, not before `last` was recorded.
    fn check_log_signatures(&mut self, file: Member, note: &Note, checkpoint: &Checkpoint, last: Option<Instant>) {
        // What the auditor pinned is today's key; earlier checkpoints are signed by those of their time.
        let pinned: &[VerifierKey] = if file == Member::Checkpoint { &self.asked.log_keys } else { &[] };
        let required = self.judge.required_keys(checkpoint.size, pinned);
        self.take_judgement(file);
        let Some(origin) = self.origin() else { return };
        match verify_checkpoint(note.as_str().as_bytes(), &origin, &required) {
            Ok(verified) => {
                let times = verified.signed().iter().filter_map(|signed| signed.time);
                let last = last.map(Instant::unix_seconds);
                if let Some(time) = times.filter(|time| Some(*time) < last).min() {
                    let reason = format!("signed at {time} s, before the last record that it covers was recorded");
                    self.tampered(file, "checkpoint.signatures", "checkpoint-before-record", reason);
                }
            }
            Err(error) => self.tampered(file, "checkpoint.signatures", "checkpoint-signature", &error),
        }
    }

    /// The known witnesses' cosignatures, each by itself; findings for those that fail, are by
    /// somebody unknown, or are earlier than what they cover.
    fn check_cosignatures(&mut self, file: Member, note: &Note, last: Option<Instant>) -> Vec<Cosignature> {
        let mut cosigned = Vec::new();
        for key in self.witness_keys() {
            match note.open(std::slice::from_ref(&key)) {
                Ok(signed) => cosigned.extend(signed),
                Err(NoteError::Unknown) => {}
                Err(error) => self.tampered(file, "checkpoint.signatures", "cosignature", &error),
            }
        }
        let known: Vec<VerifierKey> = self.witness_keys().into_iter().chain(self.all_log_keys()).collect();
        for line in note.signatures() {
            if !known.iter().any(|key| *key.name() == line.name && key.id() == line.id) {
                let reason = format!("{}+{} signed it, whom neither registry nor policy names", line.name, line.id);
                self.unverifiable(file, "checkpoint.signatures", "signature-unknown", reason);
            }
        }
        self.check_times(file, &cosigned, last);
        cosigned
            .iter()
            .map(|signed| Cosignature { witness: signed.key.name().to_string(), time: signed.time })
            .collect()
    }

    fn check_times(&mut self, file: Member, cosigned: &[Signed], last: Option<Instant>) {
        let Some(last) = last.map(Instant::unix_seconds) else { return };
        for signed in cosigned {
            if let Some(time) = signed.time.filter(|time| time.saturating_add(CLOCKS) < last) {
                let reason = format!(
                    "{} cosigned at {time} s what the ledger says it recorded at {last} s: recorded_at is not true",
                    signed.key.name()
                );
                self.tampered(file, "checkpoint.signatures", "recorded-after-cosigned", reason);
            }
        }
    }

    /// The log keys in force after `size` records.
    fn named_keys(&self, size: u64) -> Vec<VerifierKey> {
        let named = self.judge.registry.keyring.log_keys_at(size);
        named.map(|keys| keys.keys.clone()).unwrap_or_default()
    }

    fn all_log_keys(&self) -> Vec<VerifierKey> {
        let pinned = self.asked.log_keys.iter();
        let named = self.judge.registry.keyring.log_keys().iter().flat_map(|keys| &keys.keys);
        named.chain(pinned).cloned().collect()
    }

    /// Witnesses of the ledger's policy and of the auditor's.
    fn witness_keys(&self) -> Vec<VerifierKey> {
        let mut keys: Vec<VerifierKey> = Vec::new();
        for policy in self.policy.iter().chain(&self.asked.policy) {
            for witness in policy.witnesses() {
                if !keys.contains(&witness.key) {
                    keys.push(witness.key.clone());
                }
            }
        }
        keys
    }

    pub(super) fn last_recorded_at(&self) -> Option<Instant> {
        self.as_of().max(self.recorded_below(u64::MAX))
    }

    /// The latest `recorded_at` among the records here below index `size`.
    pub(super) fn recorded_below(&self, size: u64) -> Option<Instant> {
        let entries = self.records.iter().filter_map(|Carried { entry, .. }| entry.as_ref());
        entries.filter(|entry| entry.record.index < size).map(|entry| entry.record.recorded_at).max()
    }
}

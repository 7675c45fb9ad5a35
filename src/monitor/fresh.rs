//! Whether the log stands still. A log that has nothing to write signs nothing: its own silence says
//! nothing. But a witness signs the same checkpoint again when it is asked to, and a ledger asks its
//! witnesses at least once a day. So a log is *frozen* when its newest checkpoint lacks cosignatures
//! that meet the auditor's policy and are younger than the auditor allows: the server shows an old
//! state, or the witnesses can't be reached, or it does not ask them. Without a policy that names
//! witnesses nobody could tell, and nothing is said.

use std::time::Duration;

use sinetti_events::log::note::{Note, NoteSignature};
use sinetti_events::log::policy::Policy;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::time::Instant;
use sinetti_projections::audit::{Finding, Quorum, Verdict, WhosePolicy};

use super::Options;
use super::state::Kept;

/// What `options.policy` finds about the checkpoint; `log_keys` are those that the log's records name.
pub(super) fn judge(options: &Options, kept: &Kept, log_keys: &[VerifierKey]) -> Option<Finding> {
    // The log's keys are proven by its records; its policy may be of before they changed.
    let policy = options.policy.as_ref()?.clone().with_logs(log_keys.iter().cloned());
    let note = Note::parse(kept.note.as_bytes()).ok()?;
    let now = options.clock.now();
    let (_, finding) = Quorum::judge(&policy, WhosePolicy::Auditor, &note);
    if let Some(finding) = finding {
        let waited = signed_at(&note, log_keys).is_none_or(|at| age(now, at) >= options.patience);
        return Some(finding).filter(|finding| waited || finding.verdict == Verdict::Tampered);
    }
    if policy.witnesses().is_empty() {
        return None;
    }
    let young = |time: Option<u64>| time.is_some_and(|time| age(now, time) <= options.max_age);
    let fresh = cosigned(&policy, &note, young);
    let held = match policy.quorum() {
        Some(_) => {
            let kept: Vec<NoteSignature> = note
                .signatures()
                .iter()
                .filter(|line| !is_witness(&policy, line) || fresh.contains(line))
                .cloned()
                .collect();
            Note::new(note.text(), &kept).is_ok_and(|note| Quorum::judge(&policy, WhosePolicy::Auditor, &note).0.met)
        }
        None => !fresh.is_empty(),
    };
    (!held).then(|| frozen(options, kept, newest(&policy, &note).map(|time| age(now, time))))
}

fn frozen(options: &Options, kept: &Kept, newest: Option<Duration>) -> Finding {
    let hours = |age: Duration| age.as_secs() / 3600;
    let newest = newest.map_or_else(|| "there is none".to_owned(), |age| format!("the newest is {} h old", hours(age)));
    let reason = format!(
        "no cosignatures of the last {} h on the checkpoint of {} records meet your policy ({newest}): the server shows an \
         old state, or the witnesses are not asked or not there. Ask them which checkpoint of this log they cosigned last",
        hours(options.max_age),
        kept.checkpoint.size
    );
    Finding::unverifiable(None, "checkpoint.signatures", "log-frozen", reason)
}

/// The lines of the policy's witnesses whose times are `wanted`.
fn cosigned(policy: &Policy, note: &Note, wanted: impl Fn(Option<u64>) -> bool) -> Vec<NoteSignature> {
    let lines = note.signatures().iter().filter(|line| is_witness(policy, line));
    lines.filter(|line| wanted(time(policy, note, line))).cloned().collect()
}

fn newest(policy: &Policy, note: &Note) -> Option<u64> {
    note.signatures().iter().filter_map(|line| time(policy, note, line)).max()
}

fn is_witness(policy: &Policy, line: &NoteSignature) -> bool {
    policy.witnesses().iter().any(|witness| line.name == *witness.key.name() && line.id == witness.key.id())
}

/// When a witness of the policy signed this line, if it did.
fn time(policy: &Policy, note: &Note, line: &NoteSignature) -> Option<u64> {
    let alone = Note::new(note.text(), std::slice::from_ref(line)).ok()?;
    let keys: Vec<VerifierKey> = policy.witnesses().iter().map(|witness| witness.key.clone()).collect();
    alone.open(&keys).ok()?.first()?.time
}

/// The latest time at which the log itself signed.
fn signed_at(note: &Note, log_keys: &[VerifierKey]) -> Option<u64> {
    note.open(log_keys).ok()?.iter().filter_map(|signed| signed.time).max()
}

fn age(now: Instant, time: u64) -> Duration {
    Duration::from_secs((now.unix_ms().unsigned_abs() / 1000).saturating_sub(time))
}

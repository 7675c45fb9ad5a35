//! `sinetti audit check`: evidence against a log, checked by a third party.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use sinetti_events::log::evidence::{Claim, Evidence, MAX_EVIDENCE_BYTES, NotProven, Proven};
use sinetti_events::log::vkey::VerifierKey;
use sinetti_projections::audit::accusation::{self, Judgement};
use sinetti_projections::audit::{Finding, Verdict};

use crate::cli::failure::{Failure, Outcome};
use crate::cli::{files, output};

/// `sinetti audit check`
#[derive(Debug, Args)]
pub struct Check {
    /// The evidence file; `-` for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A key of the log (vkey) that you have from elsewhere; without one the file proves nothing, for anybody can make keys
    #[arg(long = "log-key", value_name = "VKEY")]
    log_keys: Vec<VerifierKey>,
    /// Write the answer as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `sinetti audit check`. It never ends with 0: what is proven is a log that can't be relied on,
/// and what is not proven is no reason to rely on anything.
///
/// # Errors
///
/// The file can't be read, or is no evidence.
pub fn run(command: &Check) -> Result<Outcome, Failure> {
    let bytes = files::read_at_most(&command.file, MAX_EVIDENCE_BYTES as u64)?;
    let evidence = Evidence::parse(&bytes).map_err(Failure::refused)?;
    let pinned = !command.log_keys.is_empty();
    let keys = if pinned { &command.log_keys } else { &evidence.log_keys };
    let (verdict, reason) = judge(&evidence.check(keys), pinned);
    if command.json {
        let claim = claimed(&evidence.claim);
        output::json(&json!({
            "verdict": verdict, "ledger": evidence.ledger, "claim": claim, "reason": reason, "pinned": pinned,
        }))?;
    } else {
        output::result(&text(&evidence, verdict, &reason, pinned))?;
    }
    Ok(Outcome::Found)
}

fn text(evidence: &Evidence, verdict: Verdict, reason: &str, pinned: bool) -> String {
    let mut text = format!("ledger    {}\nclaim     {}\n", evidence.ledger, claimed(&evidence.claim));
    if pinned {
        text.push_str("log keys  those that you gave\n");
    } else {
        for key in &evidence.log_keys {
            text.push_str(&format!("log key   {key} (named by the file)\n"));
        }
    }
    let verdict = if verdict == Verdict::Tampered { "tampered" } else { "unverifiable" };
    text + &format!("\n{verdict}: {reason}\n")
}

/// What the file says.
fn claimed(claim: &Claim) -> String {
    match claim {
        Claim::Fork { .. } => "two signed checkpoints that contradict each other".to_owned(),
        Claim::Rollback { .. } => "a smaller checkpoint signed after a larger one".to_owned(),
        Claim::Record { slug, reason, .. } => format!("a record that breaks a rule ({slug}): {reason}"),
    }
}

/// The verdict on the log, and why.
fn judge(checked: &Result<Proven, NotProven>, pinned: bool) -> (Verdict, String) {
    let proven = match checked {
        Err(not_proven) => return (Verdict::Unverifiable, format!("the file proves nothing: {not_proven}")),
        Ok(proven) => words(proven),
    };
    match proven {
        _ if !pinned => {
            let reason = format!(
                "by the keys that the file itself names, {}. Anybody could have made those: compare them with the log's keys, \
                 had from elsewhere than this file, and give those with --log-key",
                proven.0
            );
            (Verdict::Unverifiable, reason)
        }
        (reason, true) => (Verdict::Tampered, reason),
        (reason, false) => (Verdict::Unverifiable, reason),
    }
}

/// What was proven in words, and whether that alone is a breach.
fn words(proven: &Proven) -> (String, bool) {
    match proven {
        Proven::Fork { size, signed, other } => (
            format!(
                "the log signed two histories: for the first {size} records the root {signed}, and a tree in which they \
                 have {other}"
            ),
            true,
        ),
        Proven::Rollback { earlier, later } => (
            format!(
                "the log signed {} records at {} s (since 1970), and only {} records later, at {} s",
                earlier.0, earlier.1, later.0, later.1
            ),
            true,
        ),
        Proven::Record { index, defect: Some(defect), .. } => {
            (format!("the log vouches for record {index}, which does not hold by itself: {defect}"), true)
        }
        Proven::Record { index, before: Some(before), .. } => judged(*index, &accusation::judge(before)),
        Proven::Record { index, defect: None, before: None } => (
            format!(
                "the log vouches for record {index}; whether the rules allowed it takes the records before it, which this file \
                 does not show: `sinetti verify --server` or `--database-url` replays them and must find the same"
            ),
            false,
        ),
    }
}

/// What the history that a file shows comes to, in words.
fn judged(index: u64, judgement: &Judgement) -> (String, bool) {
    let all = |findings: &[Finding]| {
        let words = findings.iter().map(|it| format!("{}: {} ({})", it.member, it.reason, it.slug));
        words.collect::<Vec<_>>().join("; ")
    };
    match judgement {
        Judgement::Broken(findings) => (
            format!("the log vouches for record {index}, and for all records on which it is judged: {}", all(findings)),
            true,
        ),
        Judgement::Unknown(findings) => {
            (format!("of record {index} this program does not know all: {}. Use a newer one", all(findings)), false)
        }
        Judgement::Allowed => {
            (format!("the file proves nothing: the records before record {index}, which it shows, allow it"), false)
        }
        Judgement::Incomplete(reason) => (
            format!("the file proves nothing of record {index}: {reason}, so a record may be left out that allows it"),
            false,
        ),
    }
}

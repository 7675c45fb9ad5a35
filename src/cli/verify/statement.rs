//! A signed statement, offline: whose word it is, and what that is worth.

use serde::Serialize;
use sinetti_events::format::statement::{self, BadStatement, State, Statement, Verified};
use sinetti_events::log::vkey::VerifierKey;
use sinetti_projections::audit::evidence::Asked;
use sinetti_projections::audit::{Finding, Verdict};

use super::report::Reported;
use crate::cli::submit::Pins;

const PROVES: &str = "It proves that the holder of this log key, the ledger's operator, said so of this checkpoint.";
const PROVES_NOT: &str = "It does not prove that the state is so, nor when it was said. Who has the records under the root can \
     compute the state and hold the operator to the word; `sinetti export` makes the evidence for that.";

/// What came of a statement.
#[derive(Debug, Serialize)]
pub struct StatementReport {
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<Statement>,
    /// The log's key that signed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    log_key: Option<String>,
    proves: &'static str,
    proves_not: &'static str,
    findings: Vec<Finding>,
}

/// Verifies `bytes`, if they are a statement at all.
pub fn verify(bytes: &[u8], asked: &Asked) -> Option<StatementReport> {
    if !statement::is_statement(bytes) {
        return None;
    }
    let policy = asked.policy.iter().flat_map(|policy| policy.logs()).map(|log| &log.key);
    let keys: Vec<VerifierKey> = asked.log_keys.iter().chain(policy).cloned().collect();
    Some(match statement::verify(bytes, &keys) {
        Ok(verified) => StatementReport::of(Some(verified), Vec::new()),
        Err(bad) => StatementReport::of(None, vec![finding(&bad)]),
    })
}

impl StatementReport {
    fn of(verified: Option<Verified>, findings: Vec<Finding>) -> StatementReport {
        StatementReport {
            verdict: findings.first().map_or(Verdict::Valid, |finding| finding.verdict),
            log_key: verified.as_ref().map(|verified| verified.key.to_string()),
            statement: verified.map(|verified| verified.statement),
            proves: PROVES,
            proves_not: PROVES_NOT,
            findings,
        }
    }
}

impl Reported for StatementReport {
    fn verdict(&self) -> Verdict {
        self.verdict
    }

    fn text(&self, _: &Pins) -> String {
        let (Some(statement), Some(key)) = (&self.statement, &self.log_key) else {
            let reasons: String = self.findings.iter().map(|finding| format!("{}\n", finding.reason)).collect();
            let word = if self.verdict == Verdict::Tampered { "tampered" } else { "unverifiable" };
            return format!("{reasons}NOT verified: {word}\n");
        };
        let Statement { agreement, as_of, ledger, on, state } = statement;
        format!(
            "statement   {agreement} on {on}\nledger      {ledger}\ncheckpoint  {} records, root {}\nrecord      \
             version {}, leaf {}\nstate       {}\nlog key     {key}\n\nverified: the log's key signed it\n\
             {PROVES}\n{PROVES_NOT}\n",
            as_of.checkpoint,
            as_of.root,
            as_of.version,
            as_of.leaf,
            words(state),
        )
    }
}

fn words(state: &State) -> String {
    let State { approved, bound, parties_total, signed, .. } = state;
    let mut words = match (&state.in_force_since, state.in_force) {
        (Some(since), true) => format!("in force since {since}"),
        (None, true) => "in force".to_owned(),
        (_, false) => "not in force".to_owned(),
    };
    words.push_str(&format!("; of {parties_total}: {approved} approved, {signed} signed, {bound} bound"));
    if !state.missing.is_empty() {
        let parties: Vec<&str> = state.missing.iter().map(|missing| missing.party.as_str()).collect();
        words.push_str(&format!("; missing: {}", parties.join(", ")));
    }
    for (holds, word) in [(state.contested, "contested"), (state.invented, "rests on invented acts")] {
        if holds {
            words.push_str(&format!("; {word}"));
        }
    }
    words
}

fn finding(bad: &BadStatement) -> Finding {
    match bad {
        BadStatement::Stranger(_) => Finding::unverifiable(None, "signatures", "key-not-pinned", bad),
        BadStatement::Signature(_) => Finding::tampered(None, "signatures", "signature-invalid", bad),
        BadStatement::OtherLedger { .. } => Finding::tampered(None, "payload.ledger", "other-ledger", bad),
        BadStatement::Form(_) | BadStatement::Envelope(_) => {
            Finding::tampered(None, "envelope", "envelope-malformed", bad)
        }
        BadStatement::Defect(_) | BadStatement::Payload(_) => {
            Finding::tampered(None, "payload", "statement-malformed", bad)
        }
    }
}

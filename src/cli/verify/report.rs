//! The report for people.

use sinetti_events::primitives::hash::Hash;
use sinetti_projections::audit::evidence::{EvidenceReport, Timestamp};
use sinetti_projections::audit::{Finding, Quorum, Report, StreamReport, Verdict, WhosePolicy};

use crate::cli::submit::Pins;

/// What a verification came to, of a ledger or of a bundle.
pub trait Reported {
    /// The gravest verdict.
    fn verdict(&self) -> Verdict;
    /// The whole report, in words.
    fn text(&self, pins: &Pins) -> String;
}

impl Reported for Report {
    fn verdict(&self) -> Verdict {
        self.verdict
    }

    fn text(&self, pins: &Pins) -> String {
        let mut text = format!("ledger      {}\nrecords     {}, root {}\n", self.origin, self.size, self.root);
        text.push_str(&trust(self.founding, pins));
        text.push_str(&format!("streams     {}\n\n", streams(&self.streams)));
        text + &findings(&self.findings, "ledger")
            + &verdict(self.verdict, &self.findings, "every check of every record holds")
    }
}

impl Reported for EvidenceReport {
    fn verdict(&self) -> Verdict {
        self.verdict
    }

    fn text(&self, pins: &Pins) -> String {
        let unknown = || "unknown".to_owned();
        let shown = |value: Option<String>| value.unwrap_or_else(unknown);
        let mut text = format!("evidence    {}\n", shown(self.agreement.as_ref().map(ToString::to_string)));
        text.push_str(&format!("ledger      {}\n", shown(self.origin.as_ref().map(ToString::to_string))));
        let of = |(size, root): (u64, Hash)| format!("{size} records, root {root}");
        text.push_str(&format!("checkpoint  {}\n", shown(self.size.zip(self.root).map(of))));
        text.push_str(&trust(self.founding, pins));
        text.push_str(&format!("witnesses   {}\n", witnesses(self)));
        text.push_str(&timestamps(&self.timestamps));
        text.push_str(&format!("records     {}\n\n", streams(&self.streams)));
        text + &findings(&self.findings, "bundle")
            + &verdict(self.verdict, &self.findings, "every check of the bundle holds")
    }
}

fn trust(founding: Option<Hash>, pins: &Pins) -> String {
    let mut text = String::new();
    if let Some(founding) = founding {
        text.push_str(&format!(
            "trust root  {founding} (leaf of record 0; compare it with the one published elsewhere)\n"
        ));
    }
    if pins.log_keys.is_empty() {
        text.push_str("log keys    those that record 0 names; pin what you got from elsewhere with --log-key\n");
    }
    text
}

fn witnesses(report: &EvidenceReport) -> String {
    let names: Vec<&str> = report.cosignatures.iter().map(|cosignature| cosignature.witness.as_str()).collect();
    let cosigned = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let Some(Quorum { policy, met }) = report.quorum else { return cosigned };
    let whose = if policy == WhosePolicy::Auditor { "your policy" } else { "the ledger's own policy" };
    let enough = if met { "enough" } else { "not enough" };
    format!("{cosigned}: {enough} by {whose}")
}

/// By when, on whose word, records were there.
fn timestamps(timestamps: &[Timestamp]) -> String {
    let line = |it: &Timestamp| {
        let said = it.time.map_or_else(|| "an unknown time".to_owned(), |time| time.to_string());
        let whose = match (&it.authority, it.verdict) {
            (Some(authority), Verdict::Valid) => format!("there by {said}, says {authority}"),
            _ => format!("says {said}, of which nothing is proven: {}", word(it.verdict)),
        };
        format!("timestamp   of the first {} records: {whose}\n", it.size)
    };
    timestamps.iter().map(line).collect()
}

fn streams(streams: &[StreamReport]) -> String {
    let named = |stream: &StreamReport| format!("{} {}", stream.agreement, stream.version);
    streams.iter().map(named).collect::<Vec<_>>().join(", ")
}

fn findings(findings: &[Finding], whole: &str) -> String {
    findings.iter().map(|finding| line(finding, whole)).collect()
}

fn line(finding: &Finding, whole: &str) -> String {
    let Finding { verdict, file, index, member, slug, reason } = finding;
    let place = match (index, file) {
        (Some(index), Some(file)) => format!("record {index} ({file})"),
        (Some(index), None) => format!("record {index}"),
        (None, Some(file)) => file.clone(),
        (None, None) => whole.to_owned(),
    };
    format!("{}: {place}, {member}: {reason} ({slug})\n", word(*verdict))
}

fn verdict(verdict: Verdict, findings: &[Finding], all: &str) -> String {
    let found = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    match verdict {
        Verdict::Valid => format!("verified: {all}\n"),
        gravest => {
            let verdicts = [Verdict::Tampered, Verdict::Unverifiable, Verdict::Suspect];
            let counts: Vec<String> = verdicts
                .into_iter()
                .filter(|verdict| found(*verdict) > 0)
                .map(|verdict| format!("{} {}", found(verdict), word(verdict)))
                .collect();
            format!("NOT verified: {} ({})\n", word(gravest), counts.join(", "))
        }
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "valid",
        Verdict::Suspect => "suspect",
        Verdict::Unverifiable => "unverifiable",
        Verdict::Tampered => "tampered",
    }
}

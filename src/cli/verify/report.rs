//! The report for people.

use sinetti_projections::audit::{Finding, Report, Verdict};

use crate::cli::submit::Pins;

/// The whole report.
pub fn text(report: &Report, pins: &Pins) -> String {
    let mut text = format!("ledger      {}\nrecords     {}, root {}\n", report.origin, report.size, report.root);
    if let Some(founding) = report.founding {
        text.push_str(&format!(
            "trust root  {founding} (leaf of record 0; compare it with the one published elsewhere)\n"
        ));
    }
    if pins.log_keys.is_empty() {
        text.push_str("log keys    those that record 0 names; pin what you got from elsewhere with --log-key\n");
    }
    let streams: Vec<String> = report.streams.iter().map(|s| format!("{} {}", s.agreement, s.version)).collect();
    text.push_str(&format!("streams     {}\n\n", streams.join(", ")));
    for finding in &report.findings {
        text.push_str(&line(finding));
    }
    text.push_str(&verdict(report));
    text
}

fn line(finding: &Finding) -> String {
    let place = finding.index.map_or_else(|| "ledger".to_owned(), |index| format!("record {index}"));
    let Finding { verdict, member, slug, reason, .. } = finding;
    format!("{}: {place}, {member}: {reason} ({slug})\n", word(*verdict))
}

fn verdict(report: &Report) -> String {
    let found = |verdict| report.findings.iter().filter(|finding| finding.verdict == verdict).count();
    match report.verdict {
        Verdict::Valid => "verified: every check of every record holds\n".to_owned(),
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

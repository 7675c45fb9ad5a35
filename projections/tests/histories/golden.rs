//! The state after each step, one line or two each.

use std::fmt::Write as _;
use std::path::Path;

use sinetti_projections::difference::{Difference, differences};
use sinetti_projections::helsinki;
use sinetti_projections::status::{Status, status};

use crate::script::Told;

/// So many differences of a step are told one by one.
const MOST: usize = 40;

/// Compares with the committed file, or writes it when asked to.
pub fn prove(path: &Path, fresh: &str) {
    if std::env::var_os("SINETTI_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, fresh).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let differs = committed.lines().zip(fresh.lines()).enumerate().find(|(_, (is, should))| is != should);
    assert!(committed == fresh, "{} is stale: SINETTI_WRITE_DOCS=1 writes it anew. First: {differs:?}", path.display());
}

/// Every step of the agreement, and what the state is after it.
pub fn render(told: &[Told]) -> String {
    let mut out =
        String::from("# All acts are invented. One paragraph a step: what was said, and the state after it.\n");
    let mut before: Option<Status> = None;
    for step in told.iter().filter(|step| step.agreement.version > 0 || step.refused.is_some()) {
        let on = helsinki::date_of(step.at);
        let Some(now) = status(&step.agreement, &step.registry, on) else { continue };
        let _ = writeln!(out, "\n{}", heading(step));
        for line in told_lines(&now, before.as_ref()) {
            let _ = writeln!(out, "    {line}");
        }
        before = Some(now);
    }
    out
}

fn heading(step: &Told) -> String {
    let version = match (&step.entry, &step.refused) {
        (Some(entry), _) => format!("{} {}", entry.record.agreement, entry.record.version),
        (None, slug) => format!("refused ({})", slug.as_deref().unwrap_or_default()),
    };
    let on = step.occurred_on.as_deref().unwrap_or("-");
    format!("{version} · {} · {} · of {on}, recorded {}", step.kind, step.actor, helsinki::date_of(step.at))
}

/// The counts, and whatever else is otherwise than before.
fn told_lines(now: &Status, before: Option<&Status>) -> Vec<String> {
    let force = match (now.in_force, now.in_force_since) {
        (true, Some(since)) => format!("in force since {since}"),
        _ => "not in force".to_owned(),
    };
    let counts = format!(
        "{force}; approved {}/{}, signed {}/{}, bound {}",
        now.approved, now.parties_total, now.signed, now.parties_total, now.bound
    );
    let mut lines = vec![counts];
    let differences = before.map(|before| differences(before, now)).unwrap_or_default();
    let many = differences.len().saturating_sub(MOST);
    lines.extend(differences.iter().take(MOST).map(difference));
    if many > 0 {
        lines.push(format!("and {many} more"));
    }
    lines
}

fn difference(it: &Difference) -> String {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "none".into());
    let party = it.party.as_ref().map_or(String::new(), |party| format!(" of {party}"));
    let version = it.version.map_or(String::new(), |version| format!(" [{version}]"));
    format!("{}{version}{party}: {} → {}", it.code.as_str(), side(&it.before), side(&it.after))
}

//! README.txt of a bundle: what it is, the trail in plain words, how to check it; in Finnish,
//! Swedish and English. A function of the records, so that a verifier can make it again.

use std::fmt::Write as _;

use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::agreement::Agreement;
use sinetti_projections::helsinki;
use sinetti_projections::registry::Registry;
use sinetti_projections::timeline::{Line, timeline};

use crate::i18n::{Lang, Titled, Words, date, history, instant, names};

/// Number of the words, on the first line. Once words are published they keep their number for ever, so that
/// a later program still knows a text that it would write otherwise; a change of them is a new number.
const WORDS: u64 = 1;

/// What stands before the number.
const FIRST_LINE: &str = "Sinetti: todistusaineisto · bevismaterial · evidence, ";

/// What the text is made from.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The agreement; none in the registry's own bundle.
    pub agreement: Option<&'a Agreement>,
    /// When the last record under the checkpoint was recorded.
    pub as_of: Instant,
    /// The checkpoint.
    pub checkpoint: &'a Checkpoint,
    /// Bytes of the policy member: nothing is signed in it, so it is named here by its digest.
    pub policy: &'a [u8],
    /// The registry.
    pub registry: &'a Registry,
    /// What the timestamps in the bundle say: by when the first so many records were there.
    pub timestamps: &'a [(u64, Instant)],
}

/// A text is not the one that the records give.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Difference {
    /// In this program's own words.
    #[error(
        "line {line} does not say what the records say; rely on the records (`sinetti verify` reads them), not on this text"
    )]
    Altered {
        /// One-based.
        line: usize,
    },
    /// In words of another number: of another program, or made up.
    #[error(
        "it is in words {found:?}, which this program does not have (it has {WORDS}); use the program that wrote it, and until then \
         rely on the records, not on this text"
    )]
    OtherWords {
        /// What its first line says.
        found: String,
    },
}

/// The text.
pub fn readme(facts: &Facts<'_>) -> String {
    let mut text = format!("{FIRST_LINE}{WORDS}\n");
    for lang in Lang::ALL {
        text.push_str(&section(Words(lang), facts));
    }
    text
}

/// How `found` differs from the text that the records give.
pub fn compare(found: &[u8], facts: &Facts<'_>) -> Option<Difference> {
    let expected = readme(facts);
    if found == expected.as_bytes() {
        return None;
    }
    let found = String::from_utf8_lossy(found);
    let first = found.lines().next().unwrap_or_default();
    match first.strip_prefix(FIRST_LINE) {
        Some(words) if words != WORDS.to_string() => Some(Difference::OtherWords { found: words.to_owned() }),
        _ => {
            let same = found.split('\n').zip(expected.split('\n')).take_while(|(left, right)| left == right).count();
            Some(Difference::Altered { line: same + 1 })
        }
    }
}

fn section(w: Words, facts: &Facts<'_>) -> String {
    let mut text = format!("\n\n== {} ==\n\n", w.0.endonym());
    text.push_str(&introduction(w, facts));
    text.push_str(&head(w, facts));
    text.push_str(&trail(w, facts));
    text.push_str(&instructions(w, !facts.timestamps.is_empty()));
    text
}

fn introduction(w: Words, facts: &Facts<'_>) -> String {
    let ledger = facts.checkpoint.origin.to_string();
    let what = match id(facts) {
        Some(id) => crate::i18n::t(w.0, "evidence-what", &[("ledger", ledger.into()), ("agreement", id.into())]),
        None => w.with("evidence-what-registry", "ledger", ledger),
    };
    let mut text = format!("{what}\n\n{}\n", w.get("evidence-words"));
    if facts.registry.demonstration {
        let _ = writeln!(text, "\n{}", w.get("evidence-demonstration"));
    }
    text
}

fn head(w: Words, facts: &Facts<'_>) -> String {
    let Checkpoint { origin, size, root } = facts.checkpoint;
    let size = [("size", (*size).into()), ("root", root.to_string().into())];
    let mut lines: Vec<(&str, String)> = Vec::new();
    if let Some(agreement) = facts.agreement {
        let title = agreement.opening().map(|opened| Titled::of(w.0, &opened.titles).text);
        lines.extend(title.map(|title| ("evidence-title", title)));
    }
    lines.extend(id(facts).map(|id| ("evidence-id", id)));
    lines.extend([
        ("evidence-ledger", origin.to_string()),
        ("evidence-checkpoint", crate::i18n::t(w.0, "evidence-checkpoint-of", &size)),
        ("evidence-last", w.with("evidence-recorded", "moment", instant(w.0, facts.as_of))),
        ("evidence-policy", Digest::of(facts.policy).to_string()),
    ]);
    lines.extend(facts.timestamps.iter().map(|(size, time)| ("evidence-timestamp", timestamp(w, *size, *time))));
    let line = |(label, value): (&str, String)| format!("{}: {value}\n", w.get(label));
    std::iter::once("\n".to_owned()).chain(lines.into_iter().map(line)).collect()
}

fn timestamp(w: Words, size: u64, time: Instant) -> String {
    let said = [("size", size.into()), ("moment", instant(w.0, time).into())];
    crate::i18n::t(w.0, "evidence-timestamp-of", &said)
}

/// Of an agreement its records, of the registry its parties.
fn trail(w: Words, facts: &Facts<'_>) -> String {
    let on = helsinki::date_of(facts.as_of);
    let (title, lines): (&str, Vec<String>) = match facts.agreement {
        Some(agreement) => {
            let lines = timeline(agreement, facts.registry);
            ("evidence-trail", lines.iter().map(|line| event(w, line, facts.registry, on)).collect())
        }
        None => {
            let name = |party| format!("  {party}: {}\n", names::party(w.0, facts.registry, party, on).text);
            ("evidence-parties", facts.registry.parties.keys().map(name).collect())
        }
    };
    format!("\n{}\n\n{}", w.get(title), lines.concat())
}

fn event(w: Words, line: &Line, registry: &Registry, on: Date) -> String {
    let day = line.occurred_on.map(|day| date(w.0, day)).unwrap_or_default();
    let mut text = format!("{:>4}. {day}: {}", line.version, history::sentence(w.0, line, registry, on));
    let marks = [
        (line.transcribed && line.confirmed_by.is_none(), "transcribed"),
        (line.suspect, "suspect"),
        (line.invented, "invented"),
    ];
    let mut said: Vec<String> = marks.into_iter().filter(|(is, _)| *is).map(|(_, id)| w.get(id)).collect();
    let fates = [("evidence-retracted", line.retracted_by), ("evidence-confirmed", line.confirmed_by)];
    said.extend(fates.into_iter().filter_map(|(id, by)| Some(w.with(id, "version", by?))));
    said.extend(line.corrected_by.iter().map(|version| w.with("evidence-corrected", "version", version)));
    said.push(w.with("evidence-recorded", "moment", instant(w.0, line.recorded_at)));
    text.extend(said.iter().map(|mark| format!(" [{mark}]")));
    text + "\n"
}

fn instructions(w: Words, stamped: bool) -> String {
    let steps = ["leaf", "chain", "proof", "signature", "checkpoint", "timestamp", "complete", "formats"];
    let steps = steps.iter().filter(|step| stamped || **step != "timestamp");
    let steps: String = steps.map(|step| format!("- {}\n", w.get(&format!("evidence-hand-{step}")))).collect();
    let mut command = format!("  sinetti verify {} --log-key {}", w.get("evidence-file"), w.get("evidence-key"));
    let mut pins = w.get("evidence-program-key");
    if stamped {
        let _ = write!(command, " --timestamp-ca {}", w.get("evidence-certificates"));
        let _ = write!(pins, " {}", w.get("evidence-program-authority"));
    }
    format!("\n{}\n\n{command}\n\n{pins}\n\n{}\n\n{steps}", w.get("evidence-program"), w.get("evidence-hand"))
}

fn id(facts: &Facts<'_>) -> Option<String> {
    Some(facts.agreement?.id.as_ref()?.to_string())
}

//! `sinetti history`: the trail of an agreement, one line an event.

use clap::Args;
use serde_json::{Value, json};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::helsinki;
use sinetti_projections::registry::Registry;
use sinetti_projections::timeline::{Line, timeline};

use super::failure::{Failure, Outcome};
use super::output;
use super::source::{self, Shown, Source};
use crate::clock::Clock;
use crate::i18n::{Lang, history};

/// `sinetti history`
#[derive(Debug, Args)]
pub struct History {
    /// The agreement
    agreement: StreamId,
    /// As the ledger knew it then: a date (its end in Finland) or an instant
    #[arg(long, value_name = "MOMENT", value_parser = source::moment)]
    known_at: Option<Instant>,
    /// Language
    #[arg(long, value_name = "LANG", value_enum, default_value = "fi")]
    lang: Lang,
    #[command(flatten)]
    source: Source,
    /// Write the answer as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `sinetti history`.
///
/// # Errors
///
/// Unreachable, or no such agreement.
pub fn run(command: &History) -> Result<Outcome, Failure> {
    let Shown { agreement, registry } = command.source.shown(&command.agreement, command.known_at)?;
    let on = helsinki::date_of(command.known_at.unwrap_or_else(|| Clock::System.now()));
    let lines = timeline(&agreement, &registry);
    let sentence = |line: &Line| history::sentence(command.lang, line, &registry, on);
    if command.json {
        let lines: Result<Vec<Value>, _> = lines.iter().map(|line| with_text(line, sentence(line))).collect();
        output::json(&json!({ "agreement": command.agreement, "history": lines.map_err(Failure::refused)? }))?;
    } else {
        let text: String = lines.iter().map(|line| text(line, command.lang, &registry, on)).collect();
        output::result(&text)?;
    }
    Ok(Outcome::Done)
}

fn with_text(line: &Line, text: String) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(line)?;
    value["text"] = text.into();
    Ok(value)
}

fn text(line: &Line, lang: Lang, registry: &Registry, on: Date) -> String {
    let date = line.occurred_on.map(|date| date.to_string()).unwrap_or_default();
    let mut text = format!("{:>4}  {date:<10}  {}", line.version, history::sentence(lang, line, registry, on));
    let marks = [(line.transcribed, "transcribed"), (line.invented, "invented"), (line.suspect, "SUSPECT")];
    for (_, word) in marks.iter().filter(|(holds, _)| *holds) {
        text.push_str(&format!(" [{word}]"));
    }
    for version in &line.corrected_by {
        text.push_str(&format!(" [corrected by {version}]"));
    }
    if let Some(version) = line.retracted_by {
        text.push_str(&format!(" [RETRACTED by {version}]"));
    }
    text + "\n"
}

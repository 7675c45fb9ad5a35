//! `sinetti awaits`: what a party can or must do next, in all its agreements, and by when.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::awaited::{Awaited, awaited};
use sinetti_projections::helsinki;
use sinetti_projections::status::{Status, status};

use super::failure::{Failure, Outcome};
use super::source::{self, All, Source};
use super::{files, output};
use crate::calendar::{self, Place, Whose};
use crate::clock::Clock;
use crate::i18n::{Lang, Titled, Words, awaits, names};

/// `sinetti awaits`
#[derive(Debug, Args)]
pub struct Awaits {
    /// The party
    party: PartyId,
    /// As the ledger knew it then: a date (its end in Finland) or an instant
    #[arg(long, value_name = "MOMENT", value_parser = source::moment)]
    known_at: Option<Instant>,
    /// What waits on this date [default: that of --known-at, or today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Language
    #[arg(long, value_name = "LANG", value_enum, default_value = "fi")]
    lang: Lang,
    #[command(flatten)]
    source: Source,
    /// Write a calendar (iCalendar) to a new file, - for stdout, the same bytes as the server's calendar.ics
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    ics: Option<PathBuf>,
    /// Write the answer as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `sinetti awaits`.
///
/// # Errors
///
/// Unreachable, no such party, or the calendar's file can't be written.
pub fn run(command: &Awaits) -> Result<Outcome, Failure> {
    let all = command.source.all(command.known_at)?;
    if !all.registry.parties.contains_key(&command.party) {
        return Err(unknown(&command.party));
    }
    let on = command.on.unwrap_or_else(|| helsinki::date_of(command.known_at.unwrap_or_else(|| Clock::System.now())));
    let states: Vec<Option<Status>> =
        all.agreements.iter().map(|shown| status(&shown.agreement, &shown.registry, on)).collect();
    let shown = all.agreements.iter().zip(&states);
    let places: Vec<Place<'_>> = shown
        .filter_map(|(shown, status)| Some(Place { agreement: &shown.agreement, status: status.as_ref()? }))
        .collect();
    match &command.ics {
        Some(path) => command.calendar(&all, &places, on, path)?,
        None if command.json => output::json(&command.answer(&places, on)?)?,
        None => output::result(&places.iter().map(|place| command.text(place)).collect::<String>())?,
    }
    Ok(Outcome::Done)
}

impl Awaits {
    fn waits(&self, place: &Place<'_>) -> Vec<Awaited> {
        awaited(place.agreement, place.status, &self.party)
    }

    fn calendar(&self, all: &All, places: &[Place<'_>], on: Date, path: &Path) -> Result<(), Failure> {
        let name = names::party(self.lang, &all.registry, &self.party, on).text;
        let whose = Whose { origin: &all.origin, party: &self.party, name: &name, lang: self.lang };
        let calendar = calendar::write(whose, places);
        if path.as_os_str() == "-" {
            return output::result(&calendar);
        }
        files::create(path, calendar.as_bytes())?;
        output::result(&format!("{}\n", path.display()))
    }

    fn answer(&self, places: &[Place<'_>], on: Date) -> Result<Value, Failure> {
        let mut agreements = Vec::new();
        for place in places {
            let mut waits = Vec::new();
            for one in self.waits(place) {
                let mut value = serde_json::to_value(&one).map_err(Failure::refused)?;
                value["text"] = awaits::what(self.lang, &one, place.status).into();
                waits.push(value);
            }
            if !waits.is_empty() {
                agreements.push(json!({ "agreement": place.status.agreement, "awaits": waits }));
            }
        }
        Ok(json!({ "party": self.party, "agreements": agreements, "known_at": self.known_at, "on": on }))
    }

    /// A heading and one line a thing; nothing where nothing waits.
    fn text(&self, place: &Place<'_>) -> String {
        let lines: String = self.waits(place).iter().map(|one| self.line(place.status, one)).collect();
        if lines.is_empty() {
            return lines;
        }
        let status = place.status;
        format!("{} ({})\n{lines}", Titled::of(self.lang, &status.titles).text, status.agreement)
    }

    fn line(&self, status: &Status, one: &Awaited) -> String {
        let w = Words(self.lang);
        let due = one.due_on.map(|day| day.to_string()).unwrap_or_default();
        let late = one.due_on.is_some_and(|day| day < status.on);
        let marks = [(late, "awaits-late"), (one.optional, "awaits-optional")];
        let mut line = format!("  {due:<10}  {}", awaits::what(self.lang, one, status));
        for (_, mark) in marks.iter().filter(|(holds, _)| *holds) {
            line.push_str(&format!(" [{}]", w.get(mark)));
        }
        if let Some(version) = one.version {
            line.push_str(&format!(" [{}]", w.with("history-version", "version", version)));
        }
        line + "\n"
    }
}

fn unknown(party: &PartyId) -> Failure {
    let way_out = "`sinetti status AGREEMENT --json` lists the parties of an agreement under parties";
    Failure::Refused(format!("there is no party {party} as of then; {way_out}"))
}

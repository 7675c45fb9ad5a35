//! `/{lang}/parties/{party}`: all that one party is in, what it has done there, and what awaits it.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use sinetti_events::primitives::ids::PartyId;
use sinetti_projections::awaited::{Awaited, awaited};
use sinetti_projections::registry::Registry;
use sinetti_projections::status::{Row, Status, status};

use super::chip::{Chip, Tone};
use super::domain::{self, DutyRow, Source};
use super::fact::Fact;
use super::moment::{Asked, Moment};
use super::problem::Problem;
use super::shell::{self, Shell};
use super::trail::{Trail, TrailLine};
use crate::i18n::{Lang, Titled, Words, awaits, date, names};
use crate::ledger::{Ledger, ReadError, View};

#[derive(Template)]
#[template(path = "party.html")]
struct Page {
    w: Words,
    shell: Shell,
    name: Titled,
    party: String,
    banner: Option<String>,
    facts: Vec<Fact>,
    agreements: Vec<Place>,
}

/// What the party is in one agreement.
struct Place {
    id: String,
    title: Titled,
    chips: Vec<Chip>,
    facts: Vec<Fact>,
    awaits: Vec<Wait>,
    annexes: Vec<Part>,
    duties: Vec<DutyRow>,
    /// Its acts, newest first.
    acts: Vec<TrailLine>,
}

/// Something that the party can or must do next.
struct Wait {
    what: String,
    /// By when, where a day is set.
    due: Option<String>,
    late: bool,
    optional: bool,
    version: Option<u64>,
}

/// Its part in one annex.
struct Part {
    title: Titled,
    version: u64,
    chip: Chip,
    more: Option<String>,
}

/// `GET /{lang}/parties/{party}?known_at=&on=`.
pub(super) async fn show(
    State(ledger): State<Ledger>,
    Path((lang, party)): Path<(String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let w = Words(lang.parse().unwrap_or(Lang::Fi));
    let problem = |problem: Problem| problem.page(w, &ledger);
    let (Ok(_), Ok(party)) = (lang.parse::<Lang>(), party.parse::<PartyId>()) else {
        return problem(Problem::NotFound);
    };
    let Ok(Query(asked)) = asked else { return problem(Problem::Moment) };
    let Ok(moment) = asked.moment(ledger.now()) else { return problem(Problem::Moment) };
    match Page::of(&ledger, &party, &moment, &asked.query(), w).await {
        Ok(Some(page)) => shell::respond(StatusCode::OK, w, &page),
        Ok(None) => problem(Problem::NotFound),
        Err(error) => problem(error.into()),
    }
}

impl Page {
    /// None where no such party was registered by the moment asked for.
    async fn of(
        ledger: &Ledger,
        party: &PartyId,
        moment: &Moment,
        query: &str,
        w: Words,
    ) -> Result<Option<Page>, ReadError> {
        let registry = ledger.registry(moment.known_at).await?;
        if !registry.parties.contains_key(party) {
            return Ok(None);
        }
        let mut agreements = Vec::new();
        for agreement in ledger.agreements() {
            let view = ledger.view(&agreement, moment.known_at).await?;
            agreements.extend(view.and_then(|view| place(&view, party, moment, w)));
        }
        let name = names::party(w.0, &registry, party, moment.on);
        let rest = format!("/parties/{party}{query}");
        Ok(Some(Page {
            w,
            shell: Shell::of(ledger, name.text.clone(), w.with("party-description", "party", &name.text), rest),
            name,
            party: party.to_string(),
            banner: moment.banner(w),
            facts: facts(&registry, party, moment, w),
            agreements,
        }))
    }
}

/// What it is by law, its codes, and who continues it.
fn facts(registry: &Registry, party: &PartyId, moment: &Moment, w: Words) -> Vec<Fact> {
    let Some(registered) = registry.parties.get(party).map(|party| &party.registered) else { return Vec::new() };
    let codes: Vec<String> = registered.codes.iter().map(ToString::to_string).collect();
    let successors = match registry.ended(party, moment.on) {
        Some(_) => registry.current(party, moment.on),
        None => Vec::new(),
    };
    let named = |parties: &[PartyId]| {
        let names: Vec<String> =
            parties.iter().map(|party| names::party(w.0, registry, party, moment.on).text).collect();
        names.join(", ")
    };
    let facts = [
        Some(Fact::new(w, "party-kind", w.term("kind", registered.kind.as_str()))),
        (!codes.is_empty()).then(|| Fact::new(w, "party-codes", codes.join(", "))),
        registered.business_id.as_ref().map(|id| Fact::new(w, "party-business-id", id)),
        (!registered.successor_of.is_empty()).then(|| Fact::new(w, "party-continues", named(&registered.successor_of))),
        (!successors.is_empty()).then(|| Fact::new(w, "party-successors", named(&successors))),
    ];
    facts.into_iter().flatten().collect()
}

/// None where it has neither a seat nor a part in an annex.
fn place(view: &View, party: &PartyId, moment: &Moment, w: Words) -> Option<Place> {
    let status = status(&view.agreement, &view.registry, moment.on)?;
    let source = Source { status: &status, agreement: &view.agreement, registry: &view.registry, w };
    let row = status.parties.iter().find(|row| row.party == *party);
    let annexes = domain::parts(source, party);
    if row.is_none() && annexes.is_empty() {
        return None;
    }
    Some(Place {
        id: status.agreement.to_string(),
        title: Titled::of(w.0, &status.titles),
        chips: row.map_or_else(|| vec![Chip::new(Tone::Note, w.get("chart-outside"))], |row| chips(row, w)),
        facts: row.map(|row| of_row(row, w)).unwrap_or_default(),
        awaits: awaited(&view.agreement, &status, party).iter().map(|it| wait(it, &status, w)).collect(),
        annexes: annexes.into_iter().map(|(title, version, chip, more)| Part { title, version, chip, more }).collect(),
        duties: domain::duties_of(source, party),
        acts: acts(view, &status, party, row, w),
    })
}

fn chips(row: &Row, w: Words) -> Vec<Chip> {
    let mark = |is: bool, yes: &str, no: &str| match is {
        true => Chip::new(Tone::Yes, w.get(yes)),
        false => Chip::new(Tone::Plain, w.get(no)),
    };
    let bound = row.bound.then(|| Chip::new(Tone::Yes, w.get("party-bound")));
    let invented = row.invented.then(|| Chip::invented(w));
    [mark(row.approved, "approved", "not-approved"), mark(row.signed, "signed", "not-signed")]
        .into_iter()
        .chain(bound)
        .chain(invented)
        .collect()
}

fn of_row(row: &Row, w: Words) -> Vec<Fact> {
    let facts = [
        Some(Fact::new(w, "column-number", row.number)),
        row.approved_on.map(|day| Fact::new(w, "change-approved-on", date(w.0, day))),
        row.signed_on.map(|day| Fact::new(w, "change-signed-on", date(w.0, day))),
        row.withdrawal.as_ref().map(|it| Fact::new(w, "party-leaves-on", date(w.0, it.takes_effect_on))),
    ];
    facts.into_iter().flatten().collect()
}

fn wait(awaited: &Awaited, status: &Status, w: Words) -> Wait {
    Wait {
        what: awaits::what(w.0, awaited, status),
        due: awaited.due_on.map(|day| w.with("awaits-by", "date", date(w.0, day))),
        late: awaited.due_on.is_some_and(|day| day < status.on),
        optional: awaited.optional,
        version: awaited.version,
    }
}

/// The records of its seat, and those that it said of annexes and the rest.
fn acts(view: &View, status: &Status, party: &PartyId, row: Option<&Row>, w: Words) -> Vec<TrailLine> {
    let own = |version: &u64| {
        let entry = view.agreement.entries.get(version);
        entry.is_some_and(|entry| entry.common.party.as_ref().unwrap_or(&entry.actor) == party)
    };
    let counted: Vec<u64> = row
        .and_then(|row| row.decision.as_ref())
        .filter(|decision| decision.counted)
        .map(|decision| decision.version)
        .into_iter()
        .collect();
    let trail = Trail {
        agreement: &view.agreement,
        registry: &view.registry,
        disclosures: &[],
        counted: &counted,
        on: status.on,
    };
    let of_seat = row.map(|row| row.acts.as_slice()).unwrap_or_default();
    let mut lines = trail.lines(w);
    lines.retain(|line| of_seat.contains(&line.version) || own(&line.version));
    lines
}

//! `/{lang}/{agreement}/events/{version}`: one record: what was said, by whom, and its exact bytes.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;
use sinetti_events::format::disclosure::{Disclosure, commitments};
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::documents;
use sinetti_projections::helsinki;
use sinetti_projections::registry::Registry;

use super::assets;
use super::check::Trust;
use super::documents::{Document, Documents};
use super::fact::Fact;
use super::operator::Operator;
use super::people;
use super::problem::Problem;
use super::shell::{self, Shell};
use super::trail::{self, Trail, TrailLine};
use super::verifier;
use crate::i18n::{Lang, Titled, Words, date, instant, names};
use crate::ledger::{Ledger, ReadError, View};

#[derive(Template)]
#[template(path = "event.html")]
struct Page {
    w: Words,
    shell: Shell,
    id: String,
    title: Titled,
    version: u64,
    newest: u64,
    line: TrailLine,
    facts: Vec<Fact>,
    disclosures: Vec<Shown>,
    documents: Vec<Document>,
    signatures: Vec<Signature>,
    chain: Vec<Fact>,
    payload: String,
    bytes: String,
    trust: Trust,
}

/// A member that stands in the record as a digest only.
struct Shown {
    name: String,
    paragraphs: Vec<String>,
    /// Why there is nothing to show.
    gone: Option<String>,
}

struct Signature {
    key: String,
    signature: String,
}

/// Everything that the page is made from.
struct Found {
    entry: Entry,
    view: View,
    disclosures: Vec<Disclosure>,
    trust: Trust,
    named: Vec<Digest>,
    documents: Documents,
}

/// `GET /{lang}/{agreement}/events/{version}`.
pub(super) async fn show(
    State(ledger): State<Ledger>,
    Path((lang, agreement, version)): Path<(String, String, String)>,
    operator: Option<Extension<Arc<Operator>>>,
) -> Response {
    let w = Words(lang.parse().unwrap_or(Lang::Fi));
    let (Ok(_), Ok(stream), Ok(version)) =
        (lang.parse::<Lang>(), agreement.parse::<StreamId>(), version.parse::<u64>())
    else {
        return Problem::NotFound.page(w, &ledger);
    };
    match find(&ledger, &stream, version).await {
        Ok(Some(found)) => {
            match Page::of(&ledger, found, operator.as_ref().map(|Extension(operator)| operator.as_ref()), w) {
                Some(page) => shell::respond_with_scripts(StatusCode::OK, w, &page),
                None => Problem::NotFound.page(w, &ledger),
            }
        }
        Ok(None) => Problem::NotFound.page(w, &ledger),
        Err(error) => Problem::from(error).page(w, &ledger),
    }
}

async fn find(ledger: &Ledger, stream: &StreamId, version: u64) -> Result<Option<Found>, ReadError> {
    let Some(entry) = ledger.record(stream, version).await? else { return Ok(None) };
    let Some(view) = ledger.view(stream, None).await? else { return Ok(None) };
    let disclosures = ledger.disclosures(stream).await?;
    let named = named(&entry);
    let documents = Documents::look(ledger, &named).await;
    Ok(Some(Found { entry, view, disclosures, trust: Trust::of(ledger).await?, named, documents }))
}

/// The documents that a record names, each once.
fn named(entry: &Entry) -> Vec<Digest> {
    let payload = Payload::parse(&entry.record.envelope.payload).ok();
    let data = payload.and_then(|payload| serde_json::from_str::<Value>(payload.data.get()).ok()).unwrap_or_default();
    let mut digests: Vec<Digest> = Vec::new();
    for named in documents::named(&data) {
        if !digests.contains(&named.digest) {
            digests.push(named.digest);
        }
    }
    digests
}

impl Page {
    /// None for a record that is in no agreement's history.
    fn of(ledger: &Ledger, found: Found, operator: Option<&Operator>, w: Words) -> Option<Page> {
        let Found { entry, view, disclosures, trust, named, documents } = found;
        let payload = Payload::parse(&entry.record.envelope.payload).ok()?;
        let titles = &view.agreement.opening()?.titles;
        let version = entry.record.version;
        let on = helsinki::date_of(entry.record.recorded_at);
        let trail =
            Trail { agreement: &view.agreement, registry: &view.registry, disclosures: &disclosures, counted: &[], on };
        let line = trail.lines(w).into_iter().find(|line| line.version == version)?;
        let id = payload.agreement.to_string();
        let rest = format!("/{id}/events/{version}");
        let title = w.with("event-title", "version", version);
        let today = helsinki::date_of(ledger.now());
        let names = people::shown_until(&view, version, operator, today).is_some_and(|last| today <= last);
        Some(Page {
            w,
            shell: Shell::of(ledger, title, line.words.clone(), rest).with_scripts([assets::script()]),
            title: Titled::of(w.0, titles),
            version,
            newest: view.as_of.version,
            facts: facts(&entry, &payload, &view, &line, w),
            disclosures: shown(&payload, &disclosures, &view.registry, names, w),
            documents: named.iter().map(|digest| documents.show(*digest, w)).collect(),
            signatures: signatures(&entry),
            chain: chain(&entry, w),
            payload: String::from_utf8_lossy(&entry.record.envelope.payload).into_owned(),
            bytes: String::from_utf8_lossy(&entry.bytes).into_owned(),
            trust,
            line,
            id,
        })
    }

    fn words(&self) -> String {
        verifier::words(self.w.0)
    }

    fn types(&self) -> String {
        verifier::types()
    }
}

fn facts(entry: &Entry, payload: &Payload, view: &View, line: &TrailLine, w: Words) -> Vec<Fact> {
    let on = helsinki::date_of(entry.record.recorded_at);
    let name = |party| names::party(w.0, &view.registry, party, on).text;
    let filed = view.agreement.entries.get(&entry.record.version);
    let common = filed.map(|filed| &filed.common);
    let described = common.and_then(|common| common.party_described.as_ref());
    let optional = [
        common.and_then(|common| common.party.as_ref()).map(|party| ("event-about-party", name(party))),
        described.map(|described| ("event-about-party", described.to_string())),
        common.and_then(|common| common.occurred_on).map(|day| ("event-occurred", date(w.0, day))),
        Some(("event-recorded", instant(w.0, entry.record.recorded_at))),
        common.and_then(|common| common.source.as_ref()).map(|source| ("event-source", source.to_string())),
        Some(("event-id", payload.event.to_string())),
        Some(("event-seen", payload.seen.version.to_string())),
    ];
    let kind = Fact::new(w, "event-kind", format!("{} ({})", w.term("type", line.kind), line.kind));
    let actor = Fact::new(w, "event-actor", name(&payload.actor));
    let optional = optional.into_iter().flatten().map(|(id, value)| Fact::new(w, id, value));
    [kind, actor].into_iter().chain(optional).collect()
}

fn chain(entry: &Entry, w: Words) -> Vec<Fact> {
    let record = &entry.record;
    vec![
        Fact::new(w, "event-index", record.index),
        Fact::new(w, "event-version", record.version),
        Fact::new(w, "event-leaf", entry.leaf),
        Fact::new(w, "event-chain-previous", record.previous),
        Fact::new(w, "event-chain-agreement-previous", record.agreement_previous),
        Fact::new(w, "event-heads", record.heads),
    ]
}

fn signatures(entry: &Entry) -> Vec<Signature> {
    let of = |signature: &sinetti_events::format::envelope::Signature| Signature {
        key: signature.keyid.to_string(),
        signature: base64::encode(&signature.sig),
    };
    entry.record.envelope.signatures.iter().map(of).collect()
}

/// Each member of the payload that is a commitment: its disclosure while it is held, else that it was erased or is
/// withheld. Those that name persons only while `names` are shown.
fn shown(payload: &Payload, disclosures: &[Disclosure], registry: &Registry, names: bool, w: Words) -> Vec<Shown> {
    let data = serde_json::from_str::<Value>(payload.data.get()).unwrap_or_default();
    let pointers = commitments(&data);
    let one = |pointer: String| {
        let mine = |held: &&Disclosure| held.event == payload.event && held.pointer == pointer;
        let held = disclosures.iter().find(mine);
        let erased = registry.is_erased(payload.event, &pointer, &payload.actor);
        let past = !names && people::is_name(&pointer);
        let gone = match (erased, held.is_some() && past) {
            (true, _) => "event-erased",
            (false, true) => "event-past",
            (false, false) => "event-withheld",
        };
        let held = held.filter(|_| !erased && !past);
        Shown {
            name: member_name(&pointer, w),
            paragraphs: held.map(|held| trail::paragraphs(&held.value)).unwrap_or_default(),
            gone: held.is_none().then(|| w.get(gone)),
        }
    };
    pointers.into_iter().map(one).collect()
}

/// The first member of the pointer that has a name of its own.
fn member_name(pointer: &str, w: Words) -> String {
    let first = pointer.split('/').nth(1).unwrap_or_default();
    let id = format!("member-{}", first.replace('_', "-"));
    if crate::i18n::has(w.0, &id) { w.get(&id) } else { w.get("member-other") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_member_that_may_name_a_person_has_a_name() {
        for (pointer, name) in [("/decision", "Päätös"), ("/conditions/0/text", "Ehto"), ("/x", "Muu tieto")] {
            assert_eq!(member_name(pointer, Words(Lang::Fi)), name);
        }
    }
}

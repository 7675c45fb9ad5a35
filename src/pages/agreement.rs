//! `/{lang}/{agreement}`: the answer in one sentence, and everything that it rests on.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::status::{Status, status};

use super::answer::{self, Answer};
use super::arrange::{self, Arrangement, Filter, Head, Show};
use super::assets;
use super::changes::{self, Changes, Since};
use super::chip::Chip;
use super::content::{Content, Rule};
use super::count::{self, Count};
use super::documents::Documents;
use super::domain::{Domain, Source};
use super::follow::{Follow, Seen};
use super::map::Map;
use super::moment::{Asked, Fields, Moment};
use super::parties::{self, MissingParty, PartyRow};
use super::problem::Problem;
use super::progress::Progress;
use super::shell::{self, Pictured, Shell};
use super::texts::{self, Copy, Text};
use super::trail::{Trail, TrailLine};
use crate::i18n::{Lang, Titled, Words, date, instant, t};
use crate::ledger::{Ledger, View};

/// So many lines of the history stand open; the rest is one press away.
const NEWEST: usize = 12;

#[derive(Template)]
#[template(path = "agreement.html")]
struct Page {
    w: Words,
    shell: Shell,
    id: String,
    title: Titled,
    banner: Option<String>,
    answer: Answer,
    contested: Vec<String>,
    counts: Vec<Count>,
    marks: Vec<Chip>,
    missing: Vec<MissingParty>,
    stamp: Vec<String>,
    map: Option<Map>,
    progress: Option<Progress>,
    heads: Vec<Head>,
    filters: Vec<Filter>,
    /// Where the rows are that the page links to: here, or where rows are hidden, the same page with all of them.
    all_rows: String,
    rows: Vec<PartyRow>,
    /// What a script says of the rows that it shows.
    rows_said: String,
    pairs: Vec<String>,
    unattributed: Vec<TrailLine>,
    rule: Rule,
    texts: Vec<Text>,
    /// What the script that compares a reader's own copy says.
    copy: Copy,
    domain: Domain,
    content: Option<Content>,
    changes: Changes,
    /// The newest of the history.
    history: Vec<TrailLine>,
    /// The rest of it.
    earlier: Vec<TrailLine>,
    moments: Fields,
    follow: Follow,
}

/// `GET /{lang}/{agreement}?known_at=&on=&since=`.
pub(super) async fn show(
    State(ledger): State<Ledger>,
    Path((lang, agreement)): Path<(String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    arranged: Result<Query<arrange::Asked>, QueryRejection>,
    since: Result<Query<changes::Asked>, QueryRejection>,
) -> Response {
    let w = Words(lang.parse().unwrap_or(Lang::Fi));
    let problem = |problem: Problem| problem.page(w, &ledger);
    let (Ok(_), Ok(stream)) = (lang.parse::<Lang>(), agreement.parse::<StreamId>()) else {
        return problem(Problem::NotFound);
    };
    let Ok(Query(asked)) = asked else { return problem(Problem::Moment) };
    let Ok(moment) = asked.moment(ledger.now()) else { return problem(Problem::Moment) };
    let Ok(Query(looked)) = since else { return problem(Problem::Moment) };
    let Ok(since) = looked.since(ledger.now()) else { return problem(Problem::Moment) };
    let (view, disclosures) = match (ledger.view(&stream, moment.known_at).await, ledger.disclosures(&stream).await) {
        (Ok(Some(view)), Ok(disclosures)) => (view, disclosures),
        (Ok(None), _) if moment.known_at.is_some() && is_open(&ledger, &stream).await => {
            return problem(Problem::TooEarly);
        }
        (Ok(None), _) => return problem(Problem::NotFound),
        (Err(error), _) | (_, Err(error)) => return problem(error.into()),
    };
    match status(&view.agreement, &view.registry, moment.on) {
        Some(status) => {
            let arrangement = arranged.map(|Query(asked)| asked).unwrap_or_default().arrangement();
            let before = match since {
                Some(since) => match changes::before(&ledger, &status, since).await {
                    Ok(before) => Some((since, before)),
                    Err(error) => return problem(error.into()),
                },
                None => None,
            };
            let asked =
                Wanted { moment, at: asked.query(), query: looked.added_to(&asked.query()), arrangement, before };
            let named: Vec<Digest> = status.texts.iter().filter_map(|text| text.digest).collect();
            let apart = Apart { disclosures, documents: Documents::look(&ledger, &named).await };
            let page = Page::of(&ledger, &view, &status, &apart, asked, w);
            shell::respond_with_scripts(StatusCode::OK, w, &page)
        }
        None => problem(Problem::NotFound),
    }
}

/// What the address asks for.
struct Wanted {
    moment: Moment,
    /// The moment as a query.
    at: String,
    /// The same, with since when changes are asked for.
    query: String,
    arrangement: Arrangement,
    /// The moment to compare with, and the state then.
    before: Option<(Since, Option<Status>)>,
}

/// What is kept apart from the records.
struct Apart {
    disclosures: Vec<Disclosure>,
    documents: Documents,
}

/// Whether the agreement is in the ledger now.
async fn is_open(ledger: &Ledger, stream: &StreamId) -> bool {
    matches!(ledger.view(stream, None).await, Ok(Some(_)))
}

impl Page {
    /// Whether there is a digest to compare a copy with.
    fn has_digest(&self) -> bool {
        self.texts.iter().any(|text| text.document.is_some())
    }

    fn of(
        ledger: &Ledger,
        view: &View,
        status: &Status,
        Apart { disclosures, documents }: &Apart,
        Wanted { moment, at, query, arrangement, before }: Wanted,
        w: Words,
    ) -> Page {
        let registry = &view.registry;
        let answer = Answer::of(status, registry, w);
        let title = Titled::of(w.0, &status.titles);
        let counted: Vec<u64> = status
            .parties
            .iter()
            .filter_map(|row| row.decision.as_ref())
            .filter(|decision| decision.counted)
            .map(|decision| decision.version)
            .collect();
        let trail = Trail { agreement: &view.agreement, registry, disclosures, counted: &counted, on: status.on };
        let mut history = trail.lines(w);
        let earlier = history.split_off(history.len().min(NEWEST));
        let nameless: Vec<u64> =
            status.unattributed.iter().filter(|act| act.decision.is_some()).map(|act| act.version).collect();
        let mut unattributed = trail.lines(w);
        unattributed.retain(|line| nameless.contains(&line.version));
        let id = status.agreement.to_string();
        let path = format!("/{}/{id}", w.0);
        let rest = format!("/{id}{}", arrangement.query(&query));
        let shell = Shell::of(ledger, title.text.clone(), answer.sentence.clone(), rest);
        let (feed, canonical) = (format!("/api/v1/agreements/{id}/feed.atom"), format!("/{id}{at}"));
        let pictured = pictured(&id, &title, &answer, &at, w);
        let recorded_at = view.agreement.entries.values().next_back().map(|entry| entry.recorded_at);
        let seen = Seen { id: &id, version: view.as_of.version, recorded_at, on: status.on, query: &at };
        let follow = Follow::of(w.0, &seen);
        Page {
            w,
            shell: shell
                .with_scripts([assets::table(), assets::copy(), assets::live()])
                .followed(feed, canonical)
                .pictured(pictured),
            heads: arrangement.heads(&path, &query, w),
            filters: arrangement.filters(status, &path, &query, w),
            all_rows: if arrangement.show == Show::All { String::new() } else { format!("{path}{query}") },
            id,
            title,
            banner: moment.banner(w),
            contested: answer::contested(status, registry, w),
            counts: count::all(status, w),
            marks: count::marks(status, w),
            missing: parties::missing(status, registry, w),
            stamp: stamp(view, status, w),
            map: Map::of(status, registry, w),
            progress: Progress::of(status, w),
            rows: parties::rows(status, &view.agreement, registry, arrangement, w),
            rows_said: t(w.0, "parties-shown", &["shown", "total"].map(|name| (name, format!("{{{name}}}").into()))),
            pairs: parties::pairs(status, registry, w),
            unattributed,
            rule: Rule::of(status, registry, w),
            texts: texts::texts(status, &view.agreement, documents, w),
            copy: Copy::words(w),
            domain: Domain::of(Source { status, agreement: &view.agreement, registry, w }),
            changes: Changes::of(before, status, registry, ledger.now(), w),
            content: Content::of(&status.opening, w),
            history,
            earlier,
            moments: moment.fields(),
            follow,
            answer,
        }
    }
}

/// The picture of the moment that is shown, and its words.
fn pictured(id: &str, title: &Titled, answer: &Answer, at: &str, w: Words) -> Pictured {
    let moment = at.strip_prefix('?').map(|moment| format!("&{moment}")).unwrap_or_default();
    Pictured {
        path: format!("/api/v1/agreements/{id}/picture.png?lang={}{moment}", w.0),
        words: format!("{}: {}. {}", title.text, answer.badge, answer.sentence),
    }
}

/// Where in the ledger the page stands: newest record, its time, and the checkpoint that proves it.
fn stamp(view: &View, status: &Status, w: Words) -> Vec<String> {
    let as_of = &view.as_of;
    let newest = view.agreement.entries.values().next_back();
    let recorded = newest.map(|entry| instant(w.0, entry.recorded_at)).unwrap_or_default();
    let args = [("count", as_of.version.into()), ("index", as_of.index.into()), ("moment", recorded.into())];
    vec![
        t(w.0, "as-of-record", &args),
        w.with("as-of-on", "date", date(w.0, status.on)),
        w.count("as-of-checkpoint", as_of.checkpoint),
    ]
}

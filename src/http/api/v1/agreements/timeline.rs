//! `GET /api/v1/agreements/{agreement}/timeline`: the trail in plain words.

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Instant;
use sinetti_projections::timeline::{Line, timeline};
use utoipa::IntoParams;

use crate::http::App;
use crate::http::api::v1::fresh;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::when::{When, resolve};
use crate::i18n::{Lang, history};
use crate::ledger::AsOf;

/// Of which moment, in which language.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// As the ledger knew it then: an instant or a date, as for the state.
    #[param(example = "2023-03-27", required = false)]
    known_at: Option<String>,
    /// `fi`, `sv` or `en`; Finnish when left out.
    #[param(example = "sv", required = false)]
    lang: Option<String>,
}

#[derive(Serialize)]
struct Shown {
    agreement: StreamId,
    lang: &'static str,
    lines: Vec<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_at: Option<Instant>,
    as_of: AsOf,
}

/// A line, and its words.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    line: Line,
    text: String,
}

/// The trail of one agreement in plain words, one line a record, in order.
///
/// `text` is for people; programs take `kind` and `args`.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/timeline",
    operation_id = "agreement_timeline",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Agreement id"), Asked),
    responses(
        (status = 200, description = "`lines`, each with `version`, `kind`, `args`, `text` and what became of its record", body = Object),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`time-malformed`, `known-at-in-future`, `language-unknown`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`: also when it was not known at `known_at`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let lang = language(asked.lang.as_deref())?;
    let When { known_at, on } = resolve(asked.known_at.as_deref(), None, app.ledger.now())?;
    let view = app.ledger.view(&agreement, known_at).await?.filter(|view| view.agreement.opening().is_some());
    let view = view.ok_or_else(|| no_agreement(agreement.as_str()))?;
    let lines = timeline(&view.agreement, &view.registry).into_iter();
    let told = |line: Line| Told { text: history::sentence(lang, &line, &view.registry, on), line };
    let lines = lines.map(told).collect();
    Ok(fresh(&Shown { agreement, lang: lang.code(), lines, known_at, as_of: view.as_of }))
}

/// The language that a request asks for.
///
/// # Errors
///
/// It is none of the three.
pub fn language(given: Option<&str>) -> Result<Lang, Problem> {
    let Some(text) = given else { return Ok(Lang::Fi) };
    text.parse().map_err(|_| {
        let detail = format!("lang={text:?} is none of the languages of the trail.");
        Problem::of("language-unknown", detail).at("lang").accepting("fi, sv or en")
    })
}

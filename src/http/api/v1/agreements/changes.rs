//! `GET /api/v1/agreements/{agreement}/changes`: what is otherwise than it was.

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::difference::{Difference, differences};
use sinetti_projections::status::{Status, status};
use utoipa::IntoParams;

use crate::http::App;
use crate::http::api::v1::fresh;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::when::{When, resolve};
use crate::ledger::{AsOf, View};

/// Between which two moments.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The earlier moment, as the ledger knew it then: an instant or a date, as `known_at` of the state.
    #[param(example = "2023-03-27")]
    since: Option<String>,
    /// The earlier state is that in force on this date; on the Finnish date of `since` when left out.
    #[param(example = "2023-03-27", required = false)]
    since_on: Option<String>,
    /// The later moment; now when left out.
    #[param(example = "2023-06-01", required = false)]
    known_at: Option<String>,
    /// The later state is that in force on this date; on the Finnish date of `known_at`, or today's, when left out.
    #[param(example = "2023-06-01", required = false)]
    on: Option<String>,
}

#[derive(Serialize)]
struct Shown {
    agreement: StreamId,
    before: Side,
    after: Side,
    changes: Vec<Difference>,
}

/// One of the two states.
#[derive(Serialize)]
struct Side {
    #[serde(skip_serializing_if = "Option::is_none")]
    known_at: Option<Instant>,
    on: Date,
    as_of: AsOf,
}

/// What changed in one agreement between two moments: "since I last looked", "between two dates in force", or both.
///
/// Each change has `code`, `before` and `after`, and `party` or `version` where it is about one; codes are stable.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/changes",
    operation_id = "agreement_changes",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Agreement id"), Asked),
    responses(
        (status = 200, description = "`changes`, of the whole agreement first, then seat by seat", body = Object),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`since-missing`, `time-malformed`, `known-at-in-future`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`: also when it was not known at `since`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let now = app.ledger.now();
    let Some(since) = asked.since.as_deref() else {
        let detail = "Say since when: the moment that you last looked.";
        return Err(Problem::of("since-missing", detail).at("since").accepting("a date YYYY-MM-DD or an instant"));
    };
    let before = resolve(Some(since), asked.since_on.as_deref(), now)?;
    let after = resolve(asked.known_at.as_deref(), asked.on.as_deref(), now)?;
    let (before, earlier) = side(&app, &agreement, before).await?;
    let (after, later) = side(&app, &agreement, after).await?;
    Ok(fresh(&Shown { agreement, before, after, changes: differences(&earlier, &later) }))
}

async fn side(app: &App, agreement: &StreamId, when: When) -> Result<(Side, Status), Problem> {
    let When { known_at, on } = when;
    let view = app.ledger.view(agreement, known_at).await?;
    let found = view.and_then(|view: View| {
        let status = status(&view.agreement, &view.registry, on)?;
        Some((Side { known_at, on, as_of: view.as_of }, status))
    });
    found.ok_or_else(|| no_agreement(agreement.as_str()))
}

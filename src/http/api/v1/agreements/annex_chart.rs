//! `GET /api/v1/agreements/{agreement}/annex-chart`: who is part of which annex, in one table.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::status::{AnnexChart, annex_chart, status};

use crate::http::App;
use crate::http::api::v1::fresh;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::when::{Moment, When};
use crate::ledger::AsOf;

/// The chart, and what it was read from.
#[derive(Serialize)]
struct Shown {
    agreement: StreamId,
    #[serde(flatten)]
    chart: AnnexChart,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_at: Option<Instant>,
    on: Date,
    as_of: AsOf,
}

/// Who is part of which annex: a column for each annex, a row for each party.
///
/// `cells` of a row are in the order of `columns`: `joined`, `leaving`, `left`, `not_eligible`, `not_joined`, `partial`
/// or `ready`. Parties outside the roster come last and have no `number`. Why, and since when, is in `annexes` of the
/// agreement's state.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/annex-chart",
    operation_id = "agreement_annex_chart",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Agreement id"), Moment),
    responses(
        (status = 200, description = "`columns` and `rows`", body = Object, example = json!({
            "agreement": "pirkanmaa-puitesopimus-2023",
            "columns": [{"annex": 9, "area": "tyollisyys", "form": "agreement", "titles": {"fi": "Yhdyspintaliite"}}],
            "rows": [
                {"cells": ["joined"], "names": {"fi": "Tampere"}, "number": 1, "party": "tampere"},
                {"cells": ["partial"], "names": {"fi": "Akaa"}, "number": 2, "party": "akaa"},
            ],
            "on": "2023-06-01",
            "as_of": {"index": 120, "version": 14, "leaf": "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=",
                "registry_version": 80, "checkpoint": 130},
        })),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`time-malformed`, `known-at-in-future`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`: also when it was not known at `known_at`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(moment): Query<Moment>,
) -> Result<Response, Problem> {
    let When { known_at, on } = moment.resolve(app.ledger.now())?;
    let view = app.ledger.view(&agreement, known_at).await?;
    let shown = view.and_then(|view| {
        let chart = annex_chart(&status(&view.agreement, &view.registry, on)?);
        Some(Shown { agreement: agreement.clone(), chart, known_at, on, as_of: view.as_of })
    });
    shown.map(|shown| fresh(&shown)).ok_or_else(|| no_agreement(agreement.as_str()))
}

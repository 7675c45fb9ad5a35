//! `GET /api/v1/agreements/{agreement}/events`: the trail, a page at a time.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::item::Item;
use crate::http::App;
use crate::http::api::v1::fresh;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;

/// Events on a page, unless asked otherwise.
const USUAL: u32 = 50;
/// Most events on a page.
const MOST: u32 = 200;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Cursor: events after this version. 0 is the beginning.
    #[serde(default)]
    #[param(default = 0, minimum = 0, required = false)]
    after: u64,
    /// Most events on the page.
    #[param(default = 50, minimum = 1, maximum = 200, required = false)]
    limit: Option<u32>,
}

/// One page of events in order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    /// Ascending by version, without gaps.
    events: Vec<Item>,
}

/// The events of an agreement, or of the `registry`, with their exact bytes.
///
/// When there are more, `Link` names the next page (`rel="next"`).
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/events",
    operation_id = "list_events",
    tag = "events",
    params(("agreement" = String, Path, description = "Agreement id, or `registry`"), Page),
    responses(
        (status = 200, description = "One page", body = Events, headers(
            ("ETag" = String, description = "Identifies the body"),
            ("Link" = String, description = "The next page, when there is one"))),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(page): Query<Page>,
) -> Result<Response, Problem> {
    let limit = page.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        let detail = format!("limit={limit} is not within 1 and {MOST}.");
        return Err(Problem::of("query-malformed", detail).at("limit").accepting(format!("1 to {MOST}")));
    }
    // One more than asked tells whether there is a next page.
    let mut entries = app.ledger.records(&agreement, page.after, limit + 1).await?;
    if entries.is_empty() && !app.ledger.streams().await?.iter().any(|head| head.agreement == agreement) {
        return Err(no_agreement(agreement.as_str()));
    }
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let last = entries.last().map_or(page.after, |entry| entry.record.version);
    let events = entries.iter().map(Item::of).collect::<Result<_, _>>()?;
    let mut response = fresh(&Events { events });
    let next = format!("</api/v1/agreements/{agreement}/events?after={last}&limit={limit}>; rel=\"next\"");
    if let (true, Ok(next)) = (more, HeaderValue::from_str(&next)) {
        response.headers_mut().insert(header::LINK, next);
    }
    Ok(response)
}

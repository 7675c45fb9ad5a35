//! `GET /api/v1/parties/{party}`: all that one party is in.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use sinetti_events::keys::keyring::EnrolledKey;
use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::acts::PartyRegistered;
use sinetti_projections::awaited::{Awaited, awaited};
use sinetti_projections::status::{Missing, Row, status};

use crate::http::App;
use crate::http::api::v1::fresh;
use crate::http::path::{Party, no_party};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::when::{Moment, When};
use crate::ledger::{AsOf, View};

/// A party, its keys and its seats.
#[derive(Serialize)]
struct Shown<'a> {
    party: &'a PartyId,
    registered: &'a PartyRegistered,
    keys: Vec<&'a EnrolledKey>,
    agreements: Vec<Seat>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_at: Option<Instant>,
    on: Date,
}

/// Its seat in one agreement, and what it still owes there.
#[derive(Serialize)]
struct Seat {
    agreement: StreamId,
    awaits: Vec<Awaited>,
    seat: Row,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Missing>,
    as_of: AsOf,
}

/// Everything one party is in: its registration, its keys, and its seat in each agreement with what it has done,
/// what is missing and what awaits it.
#[utoipa::path(
    get,
    path = "/api/v1/parties/{party}",
    operation_id = "show_party",
    tag = "agreements",
    params(("party" = String, Path, description = "Party id", example = "tampere"), Moment),
    responses(
        (status = 200, description = "`party`, `registered`, `keys`, `agreements` with `seat`, `missing` and `awaits`: what the party can or must do next, and by when", body = Object),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`time-malformed`, `known-at-in-future`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`party-unknown`: also when it was not known at `known_at`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Party(party): Party,
    Query(moment): Query<Moment>,
) -> Result<Response, Problem> {
    let When { known_at, on } = moment.resolve(app.ledger.now())?;
    let registry = app.ledger.registry(known_at).await?;
    let registered = registry.parties.get(&party).ok_or_else(|| no_party(party.as_str()))?;
    let mut agreements = Vec::new();
    for agreement in app.ledger.agreements() {
        let view = app.ledger.view(&agreement, known_at).await?;
        agreements.extend(view.and_then(|view| seat(&view, &party, on)));
    }
    Ok(fresh(&Shown {
        registered: &registered.registered,
        keys: registry.keyring.keys().filter(|key| key.party == party).collect(),
        party: &party,
        agreements,
        known_at,
        on,
    }))
}

fn seat(view: &View, party: &PartyId, on: Date) -> Option<Seat> {
    let status = status(&view.agreement, &view.registry, on)?;
    let awaits = awaited(&view.agreement, &status, party);
    let seat = status.parties.into_iter().find(|row| row.party == *party)?;
    let missing = status.missing.into_iter().find(|missing| missing.party == *party);
    Some(Seat { agreement: status.agreement, awaits, seat, missing, as_of: view.as_of })
}

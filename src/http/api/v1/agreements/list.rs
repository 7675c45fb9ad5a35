//! `GET /api/v1/agreements`: every agreement with its state in short.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::status::{Status, status};
use utoipa::ToSchema;

use super::state;
use crate::http::App;
use crate::http::api::v1::fresh;
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::when::{Moment, When};
use crate::ledger::{AsOf, ReadError};

/// Every agreement, in the order in which they were opened.
#[derive(Serialize, ToSchema)]
pub struct Agreements {
    agreements: Vec<Summary>,
    /// Agreements that can't be shown because a record of theirs is damaged; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    damaged: Vec<Damaged>,
    /// As known then; now, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    known_at: Option<Instant>,
    /// In force on this date.
    #[schema(value_type = String)]
    on: Date,
}

/// An agreement whose records don't hold together.
#[derive(Serialize, ToSchema)]
#[schema(as = DamagedAgreement)]
pub struct Damaged {
    /// Agreement id.
    #[schema(value_type = String)]
    agreement: StreamId,
    /// Which record, and what is wrong with it.
    reason: String,
}

/// An agreement's state in short; the agreement itself has the whole.
#[derive(Serialize, ToSchema)]
#[schema(as = AgreementSummary)]
pub struct Summary {
    /// Agreement id.
    #[schema(value_type = String, example = "pirkanmaa-puitesopimus-2023")]
    agreement: StreamId,
    /// Titles by language.
    titles: serde_json::Value,
    /// In force by its own rule.
    in_force: bool,
    /// Since when.
    #[schema(value_type = Option<String>)]
    in_force_since: Option<Date>,
    /// The registrar has determined its entry into force.
    determined: bool,
    /// What counts is contested; the agreement says by whom and why.
    contested: bool,
    /// Seats of the roster.
    parties_total: u64,
    /// Parties that have approved the current text.
    approved: u64,
    /// Parties that have signed it.
    signed: u64,
    /// Parties that are bound.
    bound: u64,
    /// The ledger is a demonstration.
    demonstration: bool,
    /// An act that is shown was made up for a demonstration.
    invented: bool,
    /// What this was read from.
    #[schema(value_type = state::AsOf)]
    as_of: AsOf,
}

/// All agreements, each with its state in short, as known at a moment and in force on a date.
#[utoipa::path(
    get,
    path = "/api/v1/agreements",
    operation_id = "list_agreements",
    tag = "agreements",
    params(Moment),
    responses(
        (status = 200, description = "All of them", body = Agreements),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`time-malformed`, `known-at-in-future`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn list(State(app): State<App>, Query(moment): Query<Moment>) -> Result<Response, Problem> {
    let When { known_at, on } = moment.resolve(app.ledger.now())?;
    let (mut agreements, mut damaged) = (Vec::new(), Vec::new());
    for agreement in app.ledger.agreements() {
        match app.ledger.view(&agreement, known_at).await {
            Ok(Some(view)) => {
                let status = status(&view.agreement, &view.registry, on);
                agreements.extend(status.map(|status| Summary::of(&status, view.as_of)));
            }
            Ok(None) => {}
            Err(error @ (ReadError::Damaged { .. } | ReadError::Unproven(_))) => {
                damaged.push(Damaged { agreement, reason: error.to_string() });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(fresh(&Agreements { agreements, damaged, known_at, on }))
}

impl Summary {
    fn of(status: &Status, as_of: AsOf) -> Summary {
        Summary {
            agreement: status.agreement.clone(),
            titles: serde_json::to_value(&status.titles).unwrap_or_default(),
            in_force: status.in_force,
            in_force_since: status.in_force_since,
            determined: status.determined,
            contested: status.contested,
            parties_total: status.parties_total,
            approved: status.approved,
            signed: status.signed,
            bound: status.bound,
            demonstration: status.demonstration,
            invented: status.invented,
            as_of,
        }
    }
}

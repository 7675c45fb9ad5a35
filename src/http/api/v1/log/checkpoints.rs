//! `GET /api/v1/log/checkpoints`: every published checkpoint, and who cosigned it.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::instant;
use crate::http::App;
use crate::http::api::v1::fresh;
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::ledger::{Cosigned, Timestamp};

/// Checkpoints on a page, unless asked otherwise.
const USUAL: u32 = 50;
/// Most checkpoints on a page.
const MOST: u32 = 100;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Cursor: checkpoints of more records than this.
    #[serde(default)]
    #[param(default = 0, minimum = 0, required = false)]
    after: u64,
    /// Most checkpoints on the page.
    #[param(default = 50, minimum = 1, maximum = 100, required = false)]
    limit: Option<u32>,
}

/// One page of checkpoints, ascending by size.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checkpoints {
    /// The checkpoints.
    checkpoints: Vec<Item>,
}

/// A published checkpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    /// Number of records under it.
    size: u64,
    /// Root of their tree, in base64.
    root: String,
    /// The signed note, with each witness's earliest cosignature.
    note: String,
    /// Who cosigned it.
    cosignatures: Vec<Cosignature>,
    /// Its timestamp, where it has one; `/api/v1/log/timestamps/{size}` gives the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<StampedAt>,
}

/// By when, on an authority's word, all records under a checkpoint were there.
#[derive(Debug, Serialize, ToSchema)]
pub struct StampedAt {
    /// Number of records under the checkpoint.
    pub size: u64,
    /// When, by the authority's clock.
    pub time: String,
    /// Name on the certificate that signed the token when the ledger verified it.
    #[schema(example = "CN=tsa.example.fi")]
    pub authority: String,
}

/// A cosignature that verifies.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cosignature {
    /// Name of the witness's key.
    #[schema(example = "witness.example.fi/w1")]
    name: String,
    /// The witness's verifier key.
    vkey: String,
    /// When, by the witness's clock.
    time: Option<String>,
}

/// The published checkpoints with their cosignatures: by when, on whose word, which records were there.
///
/// When there are more, `Link` names the next page (`rel="next"`).
#[utoipa::path(
    get,
    path = "/api/v1/log/checkpoints",
    operation_id = "list_checkpoints",
    tag = "log",
    params(Page),
    responses(
        (status = 200, description = "One page", body = Checkpoints, headers(
            ("ETag" = String, description = "Identifies the body"),
            ("Link" = String, description = "The next page, when there is one"))),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn list(State(app): State<App>, Query(page): Query<Page>) -> Result<Response, Problem> {
    let limit = page.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        let detail = format!("limit={limit} is not within 1 and {MOST}.");
        return Err(Problem::of("query-malformed", detail).at("limit").accepting(format!("1 to {MOST}")));
    }
    // One more than asked tells whether there is a next page.
    let mut found = app.ledger.checkpoints(page.after, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let sizes = found.first().map_or(1, |first| first.checkpoint.size);
    let last = found.last().map_or(page.after, |cosigned| cosigned.checkpoint.size);
    let stamps = app.ledger.timestamps(sizes, last, MOST).await?;
    let mut response = fresh(&Checkpoints { checkpoints: found.iter().map(|it| item(it, &stamps)).collect() });
    let next = format!("</api/v1/log/checkpoints?after={last}&limit={limit}>; rel=\"next\"");
    if let (true, Ok(next)) = (more, HeaderValue::from_str(&next)) {
        response.headers_mut().insert(header::LINK, next);
    }
    Ok(response)
}

fn item(cosigned: &Cosigned, stamps: &[Timestamp]) -> Item {
    let cosignature = |signed: &sinetti_events::log::note::Signed| Cosignature {
        name: signed.key.name().to_string(),
        vkey: signed.key.to_string(),
        time: signed.time.map(instant),
    };
    Item {
        size: cosigned.checkpoint.size,
        root: cosigned.checkpoint.root.to_string(),
        note: cosigned.note.as_str().to_owned(),
        cosignatures: cosigned.witnesses.iter().map(cosignature).collect(),
        timestamp: stamps.iter().find(|stamp| stamp.size == cosigned.checkpoint.size).map(stamped),
    }
}

/// What is said of a timestamp.
pub(super) fn stamped(timestamp: &Timestamp) -> StampedAt {
    let Timestamp { size, time, authority, .. } = timestamp;
    StampedAt { size: *size, time: time.to_string(), authority: authority.clone() }
}

//! `GET /api/v1/agreements/{agreement}/stream`: each new record as soon as it is published (server-sent events).

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{Stream, unfold};
use serde::Deserialize;
use serde_json::json;
use sinetti_events::primitives::ids::StreamId;
use tokio::sync::{OwnedSemaphorePermit, watch};
use utoipa::IntoParams;

use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::{App, Stopping};
use crate::ledger::Ledger;

/// So often something is sent although nothing happens, so that both sides see whether the other is there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// After so long a client comes back to a stream that ended.
const RETRY: Duration = Duration::from_secs(10);
const LAST_EVENT: HeaderName = HeaderName::from_static("last-event-id");

/// Where to begin.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The version after which to begin; the newest, when left out. `Last-Event-ID` goes before it.
    #[param(example = 12, required = false)]
    after: Option<u64>,
}

/// Each new record of an agreement, as soon as a published checkpoint holds it.
///
/// Server-sent events named `record`, whose id is the record's version; `Last-Event-ID` goes on where a connection
/// broke, so that none is missed. A comment comes every 15 seconds. The stream ends when the server stops; a client
/// then comes back by itself.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/stream",
    operation_id = "agreement_stream",
    tag = "following",
    params(
        ("agreement" = String, Path, description = "Agreement id"),
        Asked,
        ("Last-Event-ID" = Option<u64>, Header, description = "The version that was seen last"),
    ),
    responses(
        (status = 200, description = "Events, as they happen; `data` is JSON with `version`, `index`, `type` and `recorded_at`", body = String, content_type = "text/event-stream"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`streams-full`, `ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(asked): Query<Asked>,
    stopping: Option<Extension<Stopping>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let published = app.ledger.watch();
    let view = app.ledger.view(&agreement, None).await?.filter(|view| view.agreement.opening().is_some());
    let view = view.ok_or_else(|| no_agreement(agreement.as_str()))?;
    let after = last_seen(&headers)?.or(asked.after).unwrap_or(view.as_of.version);
    let place = app.streams.try_acquire_owned().map_err(|_| {
        Problem::of(
            "streams-full",
            "As many clients follow as this server lets follow at once. Ask /events now and then.",
        )
    })?;
    let following = Following {
        ledger: app.ledger,
        agreement,
        after,
        published,
        stopping: stopping.map(|Extension(Stopping(stopping))| stopping),
        _place: place,
    };
    let mut answer = Sse::new(events(following)).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response();
    // A proxy that gathers answers before it passes them on would keep the news to itself.
    answer.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(answer)
}

fn last_seen(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(given) = headers.get(LAST_EVENT) else { return Ok(None) };
    let version = given.to_str().ok().and_then(|text| text.parse().ok());
    let refused = || {
        let detail = "Last-Event-ID is no version of a record. Send the id of the last event, or leave it out.";
        Problem::of("query-malformed", detail).at("Last-Event-ID").accepting("a version, such as 12")
    };
    version.map(Some).ok_or_else(refused)
}

/// One client that follows.
struct Following {
    ledger: Ledger,
    agreement: StreamId,
    /// The version that it has.
    after: u64,
    published: watch::Receiver<u64>,
    /// Closed when the server is asked to stop.
    stopping: Option<watch::Receiver<()>>,
    /// Its place among those that follow, free again when it goes.
    _place: OwnedSemaphorePermit,
}

fn events(following: Following) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(following, |mut following| async {
        let event = following.next().await?;
        Some((Ok(event), following))
    })
}

impl Following {
    /// The next record once there is one; none when the server stops, or can't show it.
    async fn next(&mut self) -> Option<Event> {
        loop {
            self.published.borrow_and_update();
            if let Some(event) = self.newer().await.ok()? {
                return Some(event);
            }
            tokio::select! {
                changed = self.published.changed() => changed.ok()?,
                () = stopped(self.stopping.as_mut()) => return None,
            }
        }
    }

    async fn newer(&mut self) -> Result<Option<Event>, crate::ledger::ReadError> {
        let Some(view) = self.ledger.view(&self.agreement, None).await? else { return Ok(None) };
        let mut newer = view.agreement.entries.range(self.after.saturating_add(1)..);
        let Some((version, entry)) = newer.next() else { return Ok(None) };
        self.after = *version;
        let data = json!({
            "version": version, "index": entry.index, "type": entry.act.kind(), "recorded_at": entry.recorded_at,
        });
        let event = Event::default().id(version.to_string()).event("record").retry(RETRY).data(data.to_string());
        Ok(Some(event))
    }
}

/// When the server is asked to stop; never where there is no server.
async fn stopped(stopping: Option<&mut watch::Receiver<()>>) {
    match stopping {
        // Nothing is ever sent: it is the sender that goes.
        Some(stopping) => while stopping.changed().await.is_ok() {},
        None => std::future::pending().await,
    }
}

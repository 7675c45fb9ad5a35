//! `GET /tile/…`: the tree's hashes and the records themselves, immutable (C2SP tlog-tiles).

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sinetti_events::log::tile::Tile;
use tower_http::compression::CompressionLayer;

use super::App;
use super::problem::{Described, Problem};

/// Routes of the tiles. Records are text and shrink to a fraction; hashes don't shrink.
pub fn router() -> Router<App> {
    Router::new()
        .route("/tile/entries/{*path}", get(tile).layer(CompressionLayer::new()))
        .route("/tile/{*path}", get(tile))
}

/// The bytes of a tile.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes the body")]
pub struct Bytes(Vec<u8>);

/// A tile: 32-byte hashes of level `L`, or with `entries` the records, each after its length in two bytes.
///
/// A partial tile of width `W` has `.p/W` at the end. Whole tiles and partial ones never change. Bundles of records
/// come compressed to whoever sends `Accept-Encoding: gzip`.
#[utoipa::path(
    get,
    path = "/tile/{path}",
    operation_id = "tile",
    tag = "log",
    params(("path" = String, Path, description = "`<L>/<N>[.p/<W>]` or `entries/<N>[.p/<W>]`; above 999, N is written in groups of three digits such as `x001/x234/067`", example = "0/000.p/1")),
    responses(
        (status = 200, description = "The tile", body = inline(Bytes), content_type = "application/octet-stream"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 404, description = "`tile-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn tile(State(app): State<App>, OriginalUri(uri): OriginalUri) -> Result<Response, Problem> {
    // The path as sent: a tile has one path, without percent signs.
    let path = uri.path().trim_start_matches('/');
    let unknown = || {
        let detail = format!("There is no tile at /{path} yet, or ever; /checkpoint says how large the tree is.");
        Problem::of("tile-unknown", detail).at("path")
    };
    let tile: Tile = path.parse().map_err(|_| unknown())?;
    let bytes = app.ledger.tile(&tile).await?.ok_or_else(unknown)?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes).into_response())
}

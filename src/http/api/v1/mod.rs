//! `/api/v1`.

pub mod agreements;
pub mod atom;
pub mod catalog;
pub mod documents;
pub mod log;
pub mod openapi;
pub mod parties;
pub mod schemas;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;

use crate::http::App;
use crate::http::problem::Problem;

/// Routes below `/api/v1`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/openapi.json", get(openapi::openapi))
        .route("/log", get(log::log))
        .route("/log/checkpoints", get(log::checkpoints::list))
        .route("/log/timestamps/{size}", get(log::timestamps::get))
        .route("/agreements", get(agreements::list::list))
        .route("/agreements/{agreement}", get(agreements::show::show))
        .route(
            "/agreements/{agreement}/events",
            get(agreements::events::list::list).post(agreements::events::append::append),
        )
        .route("/agreements/{agreement}/events/{version}", get(agreements::events::show::show))
        .route("/agreements/{agreement}/events/{version}/proof", get(agreements::events::proof::proof))
        .route("/agreements/{agreement}/timeline", get(agreements::timeline::show))
        .route("/agreements/{agreement}/preview", post(agreements::preview::preview))
        .route("/agreements/{agreement}/annex-chart", get(agreements::annex_chart::show))
        .route("/agreements/{agreement}/changes", get(agreements::changes::show))
        .route("/agreements/{agreement}/feed.atom", get(agreements::feed::show))
        .route("/agreements/{agreement}/parties.csv", get(agreements::parties_csv::show))
        .route("/agreements/{agreement}/badge.svg", get(agreements::badge::show))
        .route("/agreements/{agreement}/picture.png", get(agreements::picture::show))
        .route("/agreements/{agreement}/stream", get(agreements::stream::show))
        .route("/catalog.jsonld", get(catalog::show))
        .route("/documents/{digest}", get(documents::get::get).put(documents::put::put))
        .route("/agreements/{agreement}/statement", get(agreements::statement::statement))
        .route("/agreements/{agreement}/evidence", get(agreements::evidence::evidence))
        .route("/parties/{party}", get(parties::show::show))
        .route("/parties/{party}/feed.atom", get(parties::feed::show))
        .route("/parties/{party}/calendar.ics", get(parties::calendar::show))
        .route("/schemas", get(schemas::list::list))
        .route("/schemas/{type}", get(schemas::show::show))
}

/// An answer that is asked again each time; its `ETag` makes that cheap.
fn fresh(answer: &impl Serialize) -> Response {
    match serde_json::to_vec(answer) {
        Ok(body) => {
            let json = HeaderValue::from_static("application/json");
            let cache = HeaderValue::from_static("no-cache");
            ([(header::CONTENT_TYPE, json), (header::CACHE_CONTROL, cache)], body).into_response()
        }
        Err(error) => Problem::of("internal", format!("The answer can't be written: {error}.")).into_response(),
    }
}

//! `/api`: programs read and submit here.

pub mod docs;
pub mod v1;

use axum::Router;
use axum::extract::OriginalUri;
use axum::routing::{any, get};

use super::App;
use super::problem::Problem;

/// Routes below `/api`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/", any(unknown_path))
        .route("/docs", get(docs::docs))
        .route("/docs/style.css", get(docs::style))
        .nest("/v1", v1::router())
        // A route and no fallback, or a page's pattern would match first.
        .route("/{*rest}", any(unknown_path))
}

/// 404 for programs.
pub async fn unknown_path(OriginalUri(uri): OriginalUri) -> Problem {
    let detail = format!("There is nothing at {}; /api/docs describes what there is.", uri.path());
    Problem::of("path-unknown", detail).at("path")
}

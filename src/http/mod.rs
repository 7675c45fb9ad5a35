//! HTTP: the API under `/api/v1`, the log's checkpoint and tiles, the pages, and the server itself.
//!
//! Modules mirror the URLs, one operation a file. Every refusal is a [`problem::Problem`] of the
//! [`catalogue`]. No handler runs SQL: the [`Ledger`] does, in tasks of its own, so a client that
//! goes away leaves nothing half done.

pub mod api;
mod body;
pub mod catalogue;
mod checkpoint;
#[cfg(test)]
mod generated;
mod headers;
mod healthz;
mod ledger_problem;
mod path;
pub mod problem;
mod problems;
mod query;
mod readyz;
mod server;
mod tile;
mod validator;
pub mod when;

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::OriginalUri;
use axum::http::Method;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::ledger::Ledger;
use problem::Problem;

pub use server::{Config, Stopping, run, signals};

/// What handlers share.
#[derive(Clone)]
pub struct App {
    /// The engine.
    pub ledger: Ledger,
    /// Limits.
    pub config: Config,
    /// Places for documents that are being put.
    pub uploads: Arc<Semaphore>,
    /// Places for evidence that is being put together.
    pub exports: Arc<Semaphore>,
    /// Places for events that are looked at before they are signed.
    pub previews: Arc<Semaphore>,
    /// Places for clients that follow an agreement.
    pub streams: Arc<Semaphore>,
}

/// Serves `ledger` on `listener` until SIGINT or SIGTERM, then lets running requests finish.
///
/// # Errors
///
/// The signal handlers can't be installed.
pub async fn serve(listener: TcpListener, ledger: Ledger, config: Config) -> io::Result<()> {
    let stop = server::signals()?;
    run(listener, router(ledger, config), config, stop).await;
    Ok(())
}

/// All routes, with the headers that every answer has.
pub fn router(ledger: Ledger, config: Config) -> Router {
    let pages = crate::pages::router(ledger.clone());
    let open = Router::new()
        .nest("/api", api::router())
        .route("/api/", any(api::unknown_path))
        .route("/checkpoint", get(checkpoint::checkpoint))
        .merge(tile::router())
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(headers::open_reads));
    let operations = Router::new()
        .route("/healthz", get(healthz::healthz))
        .route("/readyz", get(readyz::readyz))
        .route("/problems", get(problems::list::list))
        .route("/problems/{slug}", get(problems::show::show))
        .method_not_allowed_fallback(method_not_allowed);
    open.merge(operations)
        .with_state(App {
            ledger,
            config,
            uploads: Arc::new(Semaphore::new(config.uploads)),
            exports: Arc::new(Semaphore::new(config.exports)),
            previews: Arc::new(Semaphore::new(config.previews)),
            streams: Arc::new(Semaphore::new(config.streams)),
        })
        .merge(pages)
        .layer(from_fn(validator::validate))
        .layer(from_fn(headers::secure))
}

/// 405; axum adds `Allow`.
async fn method_not_allowed(method: Method, OriginalUri(uri): OriginalUri) -> Response {
    let detail = format!("{} can't be asked with {method}; the Allow header says what it can.", uri.path());
    Problem::of("method-not-allowed", detail).at("method").into_response()
}

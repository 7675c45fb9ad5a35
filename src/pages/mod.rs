//! Pages for people: server-rendered, in three languages, without JavaScript but for the verifier, which is
//! of use only when it runs in the reader's own browser.
//!
//! Each page reads one view of the ledger and computes everything that it shows from that view, so that
//! a page never mixes two states. All text is escaped by the templates.

mod about;
mod agreement;
pub(crate) mod answer;
mod arrange;
mod assets;
mod changes;
mod check;
pub(crate) mod chip;
mod clerk;
mod content;
mod count;
mod documents;
mod domain;
mod event;
mod fact;
mod follow;
mod front;
mod links;
mod map;
mod moment;
mod negotiate;
pub mod operator;
mod parties;
mod party;
mod people;
pub(crate) mod picture;
mod problem;
mod progress;
mod search;
mod shell;
mod texts;
mod trail;
mod verifier;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};

use crate::ledger::Ledger;

/// The pages and what they load. Unknown paths get a page in the language of their first segment.
pub fn router(ledger: Ledger) -> Router {
    Router::new()
        .route("/", get(negotiate::root))
        .route("/assets/{name}", get(assets::serve))
        .route("/{lang}", get(front::show))
        .route("/{lang}/", get(negotiate::without_slash))
        .route("/{lang}/about", get(about::show))
        .route("/{lang}/privacy", get(about::privacy))
        .route("/{lang}/accessibility", get(about::accessibility))
        .route("/{lang}/search", get(search::show))
        .route("/{lang}/clerk", get(clerk::show))
        .route("/{lang}/verify", get(check::show))
        .route("/{lang}/verify/offline", get(check::offline))
        .route("/{lang}/parties/{party}", get(party::show))
        .route("/{lang}/{agreement}", get(agreement::show))
        .route("/{lang}/{agreement}/events/{version}", get(event::show))
        .route_layer(from_fn_with_state(ledger.clone(), problem::not_utf8))
        .fallback(problem::not_found)
        .layer(
            CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::const_new("font/"))),
        )
        .with_state(ledger)
}

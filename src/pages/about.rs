//! `/{lang}/about`: what this is and what it does not prove.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::problem::Problem;
use super::shell::{self, Shell};
use crate::i18n::{Lang, Words};
use crate::ledger::Ledger;

#[derive(Template)]
#[template(path = "about.html")]
struct Page {
    w: Words,
    shell: Shell,
    size: u64,
}

/// `GET /{lang}/about`.
pub(super) async fn show(State(ledger): State<Ledger>, Path(lang): Path<String>) -> Response {
    let Ok(lang) = lang.parse::<Lang>() else { return Problem::NotFound.page(Words(Lang::Fi), &ledger) };
    let w = Words(lang);
    let shell = Shell::of(&ledger, w.get("menu-about"), w.get("about-lead"), "/about".to_owned());
    shell::respond(StatusCode::OK, w, &Page { w, shell, size: ledger.health().size })
}

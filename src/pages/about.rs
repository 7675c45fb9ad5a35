//! `/{lang}/about`, `/{lang}/privacy`, `/{lang}/accessibility`: what this is and what it does not prove, how personal
//! data are handled, and the accessibility statement in the form of the act 306/2019.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::operator::Operator;
use super::problem::Problem;
use super::shell::{self, Shell};
use crate::i18n::{Lang, Words, date};
use crate::ledger::Ledger;

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    w: Words,
    shell: Shell,
    size: u64,
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct Privacy {
    w: Words,
    shell: Shell,
    operator: Option<Arc<Operator>>,
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    w: Words,
    shell: Shell,
    operator: Option<Arc<Operator>>,
    reviewed: Option<String>,
}

/// `GET /{lang}/about`.
pub(super) async fn show(State(ledger): State<Ledger>, Path(lang): Path<String>) -> Response {
    let Ok(w) = words(&lang) else { return Problem::NotFound.page(Words(Lang::Fi), &ledger) };
    let shell = Shell::of(&ledger, w.get("menu-about"), w.get("about-lead"), "/about".to_owned());
    shell::respond(StatusCode::OK, w, &About { w, shell, size: ledger.health().size })
}

/// `GET /{lang}/privacy`.
pub(super) async fn privacy(
    State(ledger): State<Ledger>,
    Path(lang): Path<String>,
    operator: Option<Extension<Arc<Operator>>>,
) -> Response {
    let Ok(w) = words(&lang) else { return Problem::NotFound.page(Words(Lang::Fi), &ledger) };
    let shell = Shell::of(&ledger, w.get("privacy-title"), w.get("privacy-lead"), "/privacy".to_owned());
    shell::respond(StatusCode::OK, w, &Privacy { w, shell, operator: operator.map(|Extension(operator)| operator) })
}

/// `GET /{lang}/accessibility`.
pub(super) async fn accessibility(
    State(ledger): State<Ledger>,
    Path(lang): Path<String>,
    operator: Option<Extension<Arc<Operator>>>,
) -> Response {
    let Ok(w) = words(&lang) else { return Problem::NotFound.page(Words(Lang::Fi), &ledger) };
    let shell = Shell::of(&ledger, w.get("access-title"), w.get("access-lead"), "/accessibility".to_owned());
    let operator = operator.map(|Extension(operator)| operator);
    let reviewed = operator.as_ref().and_then(|operator| operator.accessibility_reviewed_on);
    let reviewed = reviewed.map(|day| w.with("access-reviewed", "date", date(w.0, day)));
    shell::respond(StatusCode::OK, w, &Accessibility { w, shell, operator, reviewed })
}

fn words(lang: &str) -> Result<Words, crate::i18n::UnknownLang> {
    Ok(Words(lang.parse()?))
}

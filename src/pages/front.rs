//! `/{lang}`: every agreement with its one sentence.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use sinetti_projections::helsinki;
use sinetti_projections::status::status;

use super::answer::Answer;
use super::chip::Chip;
use super::count::{self, Count};
use super::problem::Problem;
use super::shell::{self, Shell};
use crate::i18n::{Lang, Titled, Words};
use crate::ledger::{Ledger, ReadError};

#[derive(Template)]
#[template(path = "front.html")]
struct Page {
    w: Words,
    shell: Shell,
    cards: Vec<Card>,
    /// Ids of agreements whose records are damaged: the others are shown none the less.
    damaged: Vec<String>,
}

/// One agreement.
struct Card {
    id: String,
    title: Titled,
    answer: Answer,
    chips: Vec<Chip>,
    counts: Vec<Count>,
}

/// `GET /{lang}`.
pub(super) async fn show(State(ledger): State<Ledger>, Path(lang): Path<String>) -> Response {
    let Ok(lang) = lang.parse::<Lang>() else { return Problem::NotFound.page(Words(Lang::Fi), &ledger) };
    let w = Words(lang);
    let (cards, damaged) = match cards(&ledger, w).await {
        Ok(cards) => cards,
        Err(error) => return Problem::from(error).page(w, &ledger),
    };
    let shell = Shell::of(&ledger, w.get("front-title"), w.get("front-lead"), String::new());
    shell::respond(StatusCode::OK, w, &Page { w, shell, cards, damaged })
}

/// By id, so that the order never depends on which agreement was opened first; and the ids of those
/// that can't be shown.
async fn cards(ledger: &Ledger, w: Words) -> Result<(Vec<Card>, Vec<String>), ReadError> {
    let on = helsinki::date_of(ledger.now());
    let (mut cards, mut damaged) = (Vec::new(), Vec::new());
    for agreement in ledger.agreements() {
        let view = match ledger.view(&agreement, None).await {
            Ok(Some(view)) => view,
            Ok(None) => continue,
            Err(ReadError::Damaged { .. } | ReadError::Unproven(_)) => {
                damaged.push(agreement.to_string());
                continue;
            }
            Err(error) => return Err(error),
        };
        let Some(status) = status(&view.agreement, &view.registry, on) else { continue };
        cards.push(Card {
            id: agreement.to_string(),
            title: Titled::of(w.0, &status.titles),
            answer: Answer::of(&status, &view.registry, w),
            chips: count::marks(&status, w),
            counts: count::acts(&status, w),
        });
    }
    cards.sort_by(|one, other| one.id.cmp(&other.id));
    damaged.sort();
    Ok((cards, damaged))
}

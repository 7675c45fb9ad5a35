//! `GET /api/v1/agreements/{agreement}/badge.svg`: the state in one small picture, for other sites.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sinetti_projections::force::asks_signatures;
use sinetti_projections::helsinki::date_of;
use sinetti_projections::status::{Status, status};

use super::timeline::language;
use crate::http::App;
use crate::http::api::v1::atom::{InLanguage, writable};
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::i18n::{Lang, Titled, Words};
use crate::ledger::View;
use crate::pages::answer::Answer;
use crate::pages::chip::Tone;

/// About the mean width of a letter of 13 px, in pixels: the text is fitted to what is counted with it.
const LETTER: usize = 7;

#[derive(Template)]
#[template(path = "api/badge.svg")]
struct Badge {
    lang: Lang,
    /// What a screen reader says.
    sentence: String,
    state: String,
    counts: String,
    /// Widths of the two texts.
    left: usize,
    right: usize,
    ink: &'static str,
    ground: &'static str,
}

/// The state of one agreement as a small picture (SVG): in force or not, and how many have done what its rule asks for.
///
/// It names the agreement and says its state in words, for readers who do not see it. Colours have a contrast of at
/// least 7 to 1, and are never the only sign.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/badge.svg",
    operation_id = "agreement_badge",
    tag = "following",
    params(("agreement" = String, Path, description = "Agreement id"), InLanguage),
    responses(
        (status = 200, description = "The picture, 24 pixels high", body = String, content_type = "image/svg+xml"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`language-unknown`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(asked): Query<InLanguage>,
) -> Result<Response, Problem> {
    let lang = language(asked.lang.as_deref())?;
    let view = app.ledger.view(&agreement, None).await?;
    let on = date_of(app.ledger.now());
    let badge = view.and_then(|view| Some(Badge::of(&status(&view.agreement, &view.registry, on)?, &view, lang)));
    let badge = badge.ok_or_else(|| no_agreement(agreement.as_str()))?;
    let body = badge.render().map_err(|error| Problem::of("internal", format!("The badge: {error}.")))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        // Other sites show it again and again: five minutes are current enough for a council.
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code())),
    ];
    Ok((headers, body).into_response())
}

impl Badge {
    fn of(status: &Status, view: &View, lang: Lang) -> Badge {
        let w = Words(lang);
        let Answer { tone, badge, sentence, .. } = Answer::of(status, &view.registry, w);
        let title = Titled::of(lang, &status.titles).text;
        let done = if asks_signatures(&status.rule.entry_into_force) { status.signed } else { status.approved };
        let counts = format!("{done}/{}", status.parties_total);
        // An invented act is marked wherever it counts.
        let state = if status.invented { format!("{badge} ({})", w.get("invented")) } else { badge };
        let (ink, ground) = colours(tone);
        let width = |text: &str| text.chars().count() * LETTER;
        let sentence = writable(&format!("{title}: {sentence}"));
        Badge { lang, sentence, left: width(&state), right: width(&counts), state, counts, ink, ground }
    }

    fn width(&self) -> usize {
        self.left + self.right + 24
    }
}

/// Ink and ground.
fn colours(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Yes => ("#0a4f2c", "#e6f4ec"),
        Tone::No => ("#7a1414", "#fdeaea"),
        Tone::Wait | Tone::Note | Tone::Plain | Tone::MadeUp => ("#4a3600", "#fff6db"),
    }
}

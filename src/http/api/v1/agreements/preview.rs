//! `POST /api/v1/agreements/{agreement}/preview`: what an event would do, before anybody signs it.

use axum::extract::{Request, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Date;
use sinetti_projections::approval::WhyNot;
use sinetti_projections::difference::{Difference, differences};
use sinetti_projections::helsinki;
use sinetti_projections::status::{DecisionRow, Status, status};
use utoipa::{IntoParams, ToSchema};

use super::timeline::language;
use crate::http::App;
use crate::http::path::Agreement;
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::{api::v1::fresh, body};
use crate::i18n::{Lang, foreseen};
use crate::ledger::{Preview, Sides};

/// What the body is.
const SHAPE: &str = r#"{"payload": base64, "disclosures": […]}"#;

/// An event that nobody has signed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Unsigned)]
pub struct Unsigned {
    /// The canonical bytes of the payload, in base64: those that would be signed.
    payload: String,
    /// For every personal datum `[salt, event, pointer, value]`, as in a submission.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    disclosures: Vec<Disclosure>,
}

/// In which language.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `fi`, `sv` or `en`; Finnish when left out.
    #[param(example = "sv", required = false)]
    lang: Option<String>,
}

/// What the ledger would understand, and what would follow.
#[derive(Serialize, ToSchema)]
#[schema(as = Foreseen)]
pub struct Foreseen {
    /// The stream.
    #[schema(value_type = String)]
    agreement: StreamId,
    /// The version that the record would get; the one that it has, when `recorded`.
    version: u64,
    /// Whether this very act is recorded already.
    recorded: bool,
    /// The event type.
    kind: String,
    /// The language of the words.
    lang: &'static str,
    /// What the ledger understands, in one sentence, as its trail would tell it.
    text: String,
    /// What follows from it, in sentences for people.
    effects: Vec<String>,
    /// Of a decision by a party of the roster on the agreement itself: whether it counts as an approval.
    counted: Option<bool>,
    /// Why it does not count, as a stable code.
    #[schema(value_type = Option<String>)]
    why_not: Option<WhyNot>,
    /// How far a party's joint signature would be, such as `1/2`.
    signatures: Option<String>,
    /// What would be otherwise, as in `changes`.
    #[schema(value_type = Vec<Object>)]
    changes: Vec<Difference>,
}

/// Says what an unsigned event would do, or why it would be refused: the rules of a submission, and no record.
///
/// Nothing is kept. Signatures, and log keys that must lie on the server, are judged at the submission only.
#[utoipa::path(
    post,
    path = "/api/v1/agreements/{agreement}/preview",
    operation_id = "preview_event",
    tag = "events",
    params(("agreement" = String, Path, description = "Agreement id, or `registry`"), Asked),
    request_body(content = Unsigned, content_type = "application/json", description = "At most 512 KiB, uncompressed"),
    responses(
        (status = 200, description = "It would be recorded", body = Foreseen),
        (status = 400, description = "Malformed: `body-malformed`, `not-canonical`, `payload-malformed`, `data-malformed`, `language-unknown` …", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`: the path holds no id", body = Described, content_type = "application/problem+json"),
        (status = 408, description = "`body-too-slow`", body = Described, content_type = "application/problem+json"),
        (status = 409, description = "In conflict with the record: `event-id-reused`, `seen-not-in-history` …", body = Described, content_type = "application/problem+json"),
        (status = 413, description = "`body-too-large`, `payload-too-long`", body = Described, content_type = "application/problem+json"),
        (status = 415, description = "`content-type-unsupported`, `content-encoding-unsupported`", body = Described, content_type = "application/problem+json"),
        (status = 422, description = "A rule is broken: `slug`, `member`, and what would be `accepted`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`previews-busy`, `ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn preview(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(asked): Query<Asked>,
    request: Request,
) -> Result<Response, Problem> {
    let lang = language(asked.lang.as_deref())?;
    let Unsigned { payload, disclosures } = body::json(request, &app.config, SHAPE).await?;
    let Ok(payload) = base64::decode(&payload) else {
        let detail = "The payload is not in canonical padded base64.";
        return Err(Problem::of("body-malformed", detail).at("payload").accepting(SHAPE));
    };
    let Ok(_slot) = app.previews.try_acquire() else {
        return Err(Problem::of(
            "previews-busy",
            "Too many events are being looked at at once. Try again in a moment.",
        ));
    };
    let preview = app.ledger.preview(&agreement, &payload, &disclosures).await?;
    let on = helsinki::date_of(app.ledger.now());
    Ok(fresh(&foresee(agreement, &preview, lang, on)))
}

fn foresee(agreement: StreamId, preview: &Preview, lang: Lang, on: Date) -> Foreseen {
    let of = |sides: &Sides| status(&sides.agreement, &sides.registry, on);
    let (before, after) = (of(&preview.before), of(&preview.after));
    let changes = match (&before, &after) {
        (Some(before), Some(after)) => differences(before, after),
        _ => Vec::new(),
    };
    let decision = after.as_ref().and_then(|after| decision(after, preview.version));
    let (counted, why_not) = (decision.map(|row| row.counted), decision.and_then(|row| row.why_not));
    let signatures = after.as_ref().filter(|_| preview.payload.kind.as_str() == "text_signed").and_then(|after| {
        let row = after.parties.iter().find(|row| row.party == preview.payload.actor)?;
        Some(row.signatures.clone())
    });
    Foreseen {
        agreement,
        version: preview.version,
        recorded: preview.recorded,
        kind: preview.payload.kind.to_string(),
        lang: lang.code(),
        text: foreseen::sentence(lang, preview, on),
        effects: foreseen::effects(lang, preview, decision, signatures.as_deref(), &changes),
        counted,
        why_not,
        signatures,
        changes,
    }
}

/// The decision at `version`, of a seat and on the agreement itself.
fn decision(after: &Status, version: u64) -> Option<&DecisionRow> {
    after.parties.iter().flat_map(|row| &row.decisions).find(|row| row.version == version)
}

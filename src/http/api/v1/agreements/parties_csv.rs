//! `GET /api/v1/agreements/{agreement}/parties.csv`: the table of parties, for spreadsheets and programs.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sinetti_events::primitives::time::Date;
use sinetti_projections::status::{Row, Status, status};
use utoipa::IntoParams;

use super::timeline::language;
use crate::http::App;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::when::{When, resolve};
use crate::i18n::{Lang, Titled};

/// Of which moment, with names in which language.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// As the ledger knew it then: an instant or a date, as for the state.
    #[param(example = "2023-03-27", required = false)]
    known_at: Option<String>,
    /// In force on this date, as for the state.
    #[param(example = "2023-06-01", required = false)]
    on: Option<String>,
    /// The language of names: `fi`, `sv` or `en`; Finnish when left out.
    #[param(example = "sv", required = false)]
    lang: Option<String>,
}

/// The header; columns are only ever added at the end.
const COLUMNS: [&str; 19] = [
    "agreement",
    "on",
    "number",
    "party",
    "name",
    "codes",
    "approved",
    "approved_on",
    "decided_on",
    "organ",
    "section",
    "case_number",
    "resolution",
    "effect",
    "finality",
    "signed",
    "signed_on",
    "bound",
    "invented",
];

/// One line a seat, in the roster's order, as known at a moment and in force on a date.
///
/// RFC 4180 with a header, in UTF-8 without a mark. A cell that a spreadsheet would take for a formula begins with
/// an apostrophe. Codes are those of the JSON; yes and no are `true` and `false`; what is not known is empty.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/parties.csv",
    operation_id = "agreement_parties_csv",
    tag = "following",
    params(("agreement" = String, Path, description = "Agreement id"), Asked),
    responses(
        (status = 200, description = "The table", body = String, content_type = "text/csv"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`time-malformed`, `known-at-in-future`, `language-unknown`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`: also when it was not known at `known_at`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let lang = language(asked.lang.as_deref())?;
    let When { known_at, on } = resolve(asked.known_at.as_deref(), asked.on.as_deref(), app.ledger.now())?;
    let view = app.ledger.view(&agreement, known_at).await?;
    let status = view.and_then(|view| status(&view.agreement, &view.registry, on));
    let status = status.ok_or_else(|| no_agreement(agreement.as_str()))?;
    let body = table(&status, lang).map_err(|reason| Problem::of("internal", reason))?;
    let name = format!("attachment; filename=\"{agreement}-parties.csv\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code())),
        // An agreement's id has no character that would need quoting.
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    Ok((headers, body).into_response())
}

fn table(status: &Status, lang: Lang) -> Result<Vec<u8>, String> {
    let failed = |reason: String| format!("The table can't be written: {reason}.");
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|error| failed(error.to_string()))?;
    for row in &status.parties {
        let cells = line(row, status, lang).map(|cell| harmless(&cell));
        writer.write_record(cells).map_err(|error| failed(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| failed(error.to_string()))
}

fn line(row: &Row, status: &Status, lang: Lang) -> [String; 19] {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let text = |text: Option<String>| text.unwrap_or_default();
    let decision = row.decision.as_ref();
    let codes: Vec<String> = row.codes.iter().map(ToString::to_string).collect();
    [
        status.agreement.to_string(),
        status.on.to_string(),
        row.number.to_string(),
        row.party.to_string(),
        row.names.as_ref().map_or_else(|| row.party.to_string(), |names| Titled::of(lang, names).text),
        codes.join(" "),
        row.approved.to_string(),
        day(row.approved_on),
        day(decision.and_then(|it| it.date)),
        text(decision.map(|it| it.organ.name.to_string())),
        text(decision.and_then(|it| it.section.as_ref()).map(|section| section.as_str().to_owned())),
        text(decision.and_then(|it| it.case_number.as_ref()).map(ToString::to_string)),
        text(decision.map(|it| it.resolution.as_str().to_owned())),
        text(decision.map(|it| it.effect.as_str().to_owned())),
        text(decision.and_then(|it| it.finality).map(|finality| finality.as_str().to_owned())),
        row.signed.to_string(),
        day(row.signed_on),
        row.bound.to_string(),
        row.invented.to_string(),
    ]
}

/// A spreadsheet runs what begins like a formula; with an apostrophe before it, it is text.
fn harmless(cell: &str) -> String {
    let starts = cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
    if starts { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for bad in ["=1+1", "+358", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n-"] {
            assert!(harmless(bad).starts_with('\''), "{bad:?}");
        }
        for good in ["", "§ 12", "kaupunginvaltuusto", "2023-03-27", "a=b", "Åbo"] {
            assert_eq!(harmless(good), good);
        }
    }
}

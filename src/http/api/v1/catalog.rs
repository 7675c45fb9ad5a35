//! `GET /api/v1/catalog.jsonld`: the ledger's data described for open-data portals (DCAT-AP, schema.org).

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::agreement::Agreement;

use super::fresh;
use crate::http::App;
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};
use crate::i18n::{Lang, Words};
use crate::ledger::{ReadError, View};

/// File types as the EU's vocabulary and IANA name them: below `/api/v1/agreements/{agreement}`, what it is, and both names.
const DISTRIBUTIONS: [(&str, &str, &str, &str); 6] = [
    ("", "catalog-state", "JSON", "application/json"),
    ("/parties.csv", "catalog-parties", "CSV", "text/csv"),
    ("/timeline", "catalog-timeline", "JSON", "application/json"),
    ("/events", "catalog-events", "JSON", "application/json"),
    ("/feed.atom", "catalog-feed", "ATOM", "application/atom+xml"),
    ("/evidence", "catalog-evidence", "ZIP", "application/zip"),
];

/// The ledger as a data catalogue: one dataset an agreement, with everything that can be had of it.
///
/// JSON-LD in the terms of DCAT-AP 3 and schema.org, for harvesting. Where the operator has said where the public
/// reaches the server, addresses are in full; else they are relative to this document's own.
/// A licence is not named: that is for the publisher to say where it registers the catalogue.
#[utoipa::path(
    get,
    path = "/api/v1/catalog.jsonld",
    operation_id = "catalog",
    tag = "following",
    responses(
        (status = 200, description = "The catalogue", body = Object, content_type = "application/ld+json"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(State(app): State<App>, Query(Nothing {}): Query<Nothing>) -> Result<Response, Problem> {
    let full = |path: &str| app.ledger.public_url().of(path);
    let mut datasets = Vec::new();
    for agreement in app.ledger.agreements() {
        match app.ledger.view(&agreement, None).await {
            Ok(view) => datasets.extend(view.and_then(|view| dataset(&agreement, &view, &full))),
            // The others can still be had; the list of agreements says which is damaged.
            Err(ReadError::Damaged { .. } | ReadError::Unproven(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let origin = app.ledger.origin();
    let catalog = json!({
        "@context": context(),
        "@id": full("/api/v1/catalog.jsonld"),
        "@type": ["Catalog", "schema:DataCatalog"],
        "title": in_all(|w| w.with("catalog-title", "origin", origin)),
        "description": in_all(|w| w.get("catalog-description")),
        "publisher": {"@type": "foaf:Agent", "foaf:name": origin},
        "language": languages(),
        "homepage": {"@id": full("/")},
        "dataset": datasets,
    });
    let mut answer = fresh(&catalog);
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/ld+json"));
    Ok(answer.into_response())
}

fn dataset(id: &StreamId, view: &View, full: &impl Fn(&str) -> String) -> Option<Value> {
    let opening = view.agreement.opening()?;
    let titles: Vec<Value> =
        opening.titles.iter().map(|(language, text)| json!({"@language": language.as_str(), "@value": text})).collect();
    let base = full(&format!("/api/v1/agreements/{id}"));
    let distribution = |(path, what, file_type, media_type): (&str, &str, &str, &str)| {
        json!({
            "@id": format!("{base}{path}#distribution"),
            "@type": ["Distribution", "schema:DataDownload"],
            "title": in_all(|w| w.get(what)),
            "accessURL": {"@id": format!("{base}{path}")},
            "downloadURL": {"@id": format!("{base}{path}")},
            "schema:contentUrl": {"@id": format!("{base}{path}")},
            "schema:encodingFormat": media_type,
            "format": {"@id": format!("http://publications.europa.eu/resource/authority/file-type/{file_type}")},
            "mediaType": {"@id": format!("https://www.iana.org/assignments/media-types/{media_type}")},
        })
    };
    Some(json!({
        "@id": format!("{base}#dataset"),
        "@type": ["Dataset", "schema:Dataset"],
        "identifier": id,
        "title": titles,
        "description": in_all(|w| w.get("catalog-dataset")),
        "landingPage": Lang::ALL.map(|lang| json!({"@id": full(&format!("/{lang}/{id}"))})),
        "language": languages(),
        "issued": instant(&view.agreement, 0),
        "modified": instant(&view.agreement, usize::MAX),
        "accessRights": {"@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"},
        "theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE"},
        "schema:isAccessibleForFree": true,
        "distribution": DISTRIBUTIONS.map(distribution),
    }))
}

/// When the record at `place` was recorded, or the last one.
fn instant(agreement: &Agreement, place: usize) -> Option<Value> {
    let times: Vec<_> = agreement.entries.values().map(|entry| entry.recorded_at).collect();
    let time = times.get(place).or(times.last())?;
    Some(json!({"@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": time}))
}

fn in_all(text: impl Fn(Words) -> String) -> [Value; 3] {
    Lang::ALL.map(|lang| json!({"@language": lang.code(), "@value": text(Words(lang))}))
}

/// The three languages of the pages, as the EU's vocabulary names them.
fn languages() -> [Value; 3] {
    ["FIN", "SWE", "ENG"]
        .map(|code| json!({"@id": format!("http://publications.europa.eu/resource/authority/language/{code}")}))
}

fn context() -> Value {
    let dcat = "http://www.w3.org/ns/dcat#";
    let terms = "http://purl.org/dc/terms/";
    json!({
        "dcat": dcat,
        "dct": terms,
        "foaf": "http://xmlns.com/foaf/0.1/",
        "schema": "https://schema.org/",
        "Catalog": "dcat:Catalog",
        "Dataset": "dcat:Dataset",
        "Distribution": "dcat:Distribution",
        "accessRights": "dct:accessRights",
        "accessURL": "dcat:accessURL",
        "dataset": "dcat:dataset",
        "description": "dct:description",
        "distribution": "dcat:distribution",
        "downloadURL": "dcat:downloadURL",
        "format": "dct:format",
        "homepage": "foaf:homepage",
        "identifier": "dct:identifier",
        "issued": "dct:issued",
        "landingPage": "dcat:landingPage",
        "language": "dct:language",
        "mediaType": "dcat:mediaType",
        "modified": "dct:modified",
        "publisher": "dct:publisher",
        "theme": "dcat:theme",
        "title": "dct:title",
    })
}

//! `GET /api/v1/openapi.json`: this API described (OpenAPI 3.1).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::response::Response;
use serde_json::Value;
use sinetti_projections::acts::TypeInfo;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::{OpenApi as Described, RefOr};
use utoipa::{Modify, OpenApi};

use super::agreements::events;
use super::{agreements, catalog, documents, fresh, log, parties, schemas};
use crate::http::{checkpoint, healthz, readyz, tile};

/// The document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sinetti",
        description = "The ledger that public bodies use to prove what they decided about an agreement between them.\n\n\
Reads are open to every site. Every read has an `ETag`; send it back in `If-None-Match` and get 304 while nothing has \
changed. Dates are `YYYY-MM-DD`, instants RFC 3339 in UTC with milliseconds. A refusal is a problem (RFC 9457) whose \
`slug` is stable; /problems lists them all.",
    ),
    modifiers(&Examples),
    paths(
        agreements::list::list,
        agreements::show::show,
        agreements::timeline::show,
        agreements::changes::show,
        agreements::feed::show,
        agreements::parties_csv::show,
        agreements::badge::show,
        agreements::picture::show,
        agreements::annex_chart::show,
        agreements::stream::show,
        agreements::evidence::evidence,
        agreements::statement::statement,
        events::append::append,
        agreements::preview::preview,
        events::list::list,
        events::show::show,
        events::proof::proof,
        documents::get::get,
        documents::put::put,
        parties::show::show,
        parties::feed::show,
        parties::calendar::show,
        catalog::show,
        log::log,
        log::checkpoints::list,
        log::timestamps::get,
        schemas::list::list,
        schemas::show::show,
        openapi,
        checkpoint::checkpoint,
        tile::tile,
        healthz::healthz,
        readyz::readyz,
    ),
    tags(
        (name = "agreements", description = "The state of agreements: in force, approved, signed, missing."),
        (name = "events", description = "What parties have said: exact bytes, order, proofs; and how to say something."),
        (name = "following", description = "The same for feed readers, spreadsheets, other sites and open-data portals."),
        (name = "documents", description = "Texts, annexes and minutes by the digest that signed events name."),
        (name = "log", description = "The Merkle tree over all records, for auditors and monitors (C2SP tlog-tiles)."),
        (name = "schemas", description = "The members of every event type, and this document."),
        (name = "operations", description = "For whoever runs the server."),
    )
)]
pub struct Document;

/// This document.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "openapi",
    tag = "schemas",
    responses(
        (status = 200, description = "OpenAPI 3.1", body = Object),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
    )
)]
pub async fn openapi() -> Response {
    static DOCUMENT: LazyLock<Described> = LazyLock::new(Document::openapi);
    fresh(&*DOCUMENT)
}

/// One event of every type, signed for a ledger that is not this one: signatures, disclosures and hashes of all of
/// them verify.
const EXAMPLES: &str = include_str!("../../../../docs/examples/events.json");

/// Puts the examples into the operation that takes events.
struct Examples;

impl Modify for Examples {
    fn modify(&self, document: &mut Described) {
        let examples: BTreeMap<String, Value> = serde_json::from_str(EXAMPLES).unwrap_or_default();
        let path = document.paths.paths.get_mut("/api/v1/agreements/{agreement}/events");
        let body = path.and_then(|path| path.post.as_mut()).and_then(|post| post.request_body.as_mut());
        let Some(RefOr::T(body)) = body else { return };
        let Some(RefOr::T(content)) = body.content.get_mut("application/json") else { return };
        for (kind, mut example) in examples {
            let summary = TypeInfo::named(&kind).map_or("", |info| info.summary);
            let built = ExampleBuilder::new().summary(summary).value(Some(example["body"].take())).build();
            content.examples.insert(kind, built.into());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn docs_openapi_json_is_fresh() {
        let mut document = serde_json::to_string_pretty(&Document::openapi()).unwrap();
        document.push('\n');
        crate::http::generated::assert_fresh("docs/openapi.json", &document);
    }

    #[test]
    fn every_event_type_has_an_example() {
        let document = serde_json::to_value(Document::openapi()).unwrap();
        let post = &document["paths"]["/api/v1/agreements/{agreement}/events"]["post"];
        let examples = post["requestBody"]["content"]["application/json"]["examples"].as_object().unwrap();
        let named: Vec<&str> = examples.keys().map(String::as_str).collect();
        let types: Vec<&str> = sinetti_projections::acts::TYPES.iter().map(|info| info.name).collect();
        assert_eq!(named, types);
    }

    #[test]
    fn operations_have_unique_ids_summaries_and_a_tag_that_is_described() {
        let document = serde_json::to_value(Document::openapi()).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        let tags: Vec<_> = document["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
        let mut ids = std::collections::BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
                assert!(tags.contains(&&operation["tags"][0]), "{method} {path}");
                assert!(operation["summary"].as_str().unwrap().ends_with('.'), "{method} {path}");
            }
        }
    }
}

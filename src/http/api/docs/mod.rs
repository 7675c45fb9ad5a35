//! `GET /api/docs`: the API for people, rendered here from the OpenAPI document.

mod model;
pub mod words;

use std::sync::OnceLock;

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;

use self::model::{Group, Shape};
use self::words::Paragraphs;
use super::v1::openapi::Document;
use crate::http::problem::Problem;

/// One stylesheet of our own, nothing else: no script, no image, no other site.
pub const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Template)]
#[template(path = "api/docs.html")]
struct Page {
    title: String,
    version: String,
    description: Paragraphs,
    groups: Vec<Group>,
    shapes: Vec<Shape>,
}

/// The page.
pub async fn docs() -> Response {
    static PAGE: OnceLock<Option<String>> = OnceLock::new();
    let page = PAGE.get_or_init(|| Page::of(&Document::openapi())?.render().ok());
    page.as_deref().map_or_else(unrendered, html)
}

/// Its stylesheet, which the pages about problems share.
pub async fn style() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("style.css")).into_response()
}

/// A page under [`POLICY`].
pub fn html(page: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, page.to_owned()).into_response()
}

/// When a template can't be rendered.
pub fn unrendered() -> Response {
    Problem::of("internal", "The page can't be rendered; /api/v1/openapi.json holds the same.").into_response()
}

impl Page {
    fn of(document: &utoipa::openapi::OpenApi) -> Option<Page> {
        let document = serde_json::to_value(document).ok()?;
        Some(Page {
            title: document["info"]["title"].as_str()?.to_owned(),
            version: document["info"]["version"].as_str()?.to_owned(),
            description: Paragraphs::of(document["info"]["description"].as_str().unwrap_or("")),
            groups: model::groups(&document),
            shapes: model::shapes(&document),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    #[tokio::test]
    async fn every_operation_stands_on_the_page_and_nothing_is_fetched_from_elsewhere() {
        let response = docs().await;
        assert_eq!(response.headers()["content-security-policy"], POLICY);
        let page = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        for (path, item) in Document::openapi().paths.paths {
            assert!(page.contains(&format!("<code class=\"path\">{path}</code>")), "{path}");
            let operations = [item.get, item.post];
            for operation in operations.into_iter().flatten() {
                let id = operation.operation_id.unwrap();
                assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
                assert!(page.contains(&format!("href=\"#{id}\"")), "{id}");
            }
        }
        for foreign in ["http://", "https://", "<script", "style=", "//cdn"] {
            assert!(!page.contains(foreign), "{foreign}");
        }
    }
}

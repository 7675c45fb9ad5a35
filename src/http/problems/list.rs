//! `GET /problems`: all of them.

use askama::Template;
use axum::response::Response;

use super::Row;
use crate::http::api::docs::{html, unrendered};
use crate::http::catalogue;

#[derive(Template)]
#[template(path = "api/problems.html")]
struct Page {
    problems: Vec<Row>,
}

/// The table.
pub async fn list() -> Response {
    let page = Page { problems: catalogue::all().iter().map(Row::of).collect() };
    page.render().map_or_else(|_| unrendered(), |page| html(&page))
}

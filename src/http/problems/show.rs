//! `GET /problems/{slug}`: one of them.

use askama::Template;
use axum::extract::RawPathParams;
use axum::extract::rejection::RawPathParamsRejection;
use axum::response::{IntoResponse, Response};

use super::Row;
use crate::http::api::docs::{html, unrendered};
use crate::http::catalogue;
use crate::http::problem::Problem;

#[derive(Template)]
#[template(path = "api/problem.html")]
struct Page {
    problem: Row,
}

/// What it means and the way out.
pub async fn show(params: Result<RawPathParams, RawPathParamsRejection>) -> Response {
    let slug = params.as_ref().ok().and_then(|params| params.iter().next()).map_or("", |(_, slug)| slug);
    let Some(known) = catalogue::find(slug) else {
        let detail = "There is no problem of this name; /problems lists them all.";
        return Problem::of("path-unknown", detail).at("slug").into_response();
    };
    Page { problem: Row::of(&known) }.render().map_or_else(|_| unrendered(), |page| html(&page))
}

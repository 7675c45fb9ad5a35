//! `/{lang}/verify`: files are checked in the browser; and the same as one file, to be kept.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::StreamId;

use super::problem::Problem;
use super::shell::{self, Shell};
use super::{assets, verifier};
use crate::i18n::{Lang, Words};
use crate::ledger::{Ledger, ReadError};

#[derive(Template)]
#[template(path = "check/page.html")]
struct Page {
    w: Words,
    shell: Shell,
    trust: Trust,
}

#[derive(Template)]
#[template(path = "check/offline.html")]
struct Offline {
    w: Words,
    origin: String,
    trust: Trust,
    policy: String,
    style: String,
}

/// What the verifier on a page is given to trust: the ledger's own word, for people to compare.
pub(super) struct Trust {
    /// Every verifier key that the log ever had, one a line.
    pub keys: String,
    /// Leaf hash of record 0.
    pub founding: String,
}

impl Trust {
    /// As `ledger` has it.
    pub async fn of(ledger: &Ledger) -> Result<Trust, ReadError> {
        let registry = ledger.registry(None).await?;
        let keys = registry.keyring.log_keys().iter().flat_map(|named| &named.keys);
        let keys = keys.map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let founding = ledger.record(&StreamId::registry(), 1).await?;
        Ok(Trust { keys, founding: founding.map(|entry| entry.leaf.to_string()).unwrap_or_default() })
    }
}

impl Page {
    fn words(&self) -> String {
        verifier::words(self.w.0)
    }

    fn types(&self) -> String {
        verifier::types()
    }
}

impl Offline {
    fn words(&self) -> String {
        verifier::words(self.w.0)
    }

    fn types(&self) -> String {
        verifier::types()
    }

    fn script(&self) -> &'static str {
        verifier::script()
    }
}

/// `GET /{lang}/verify`.
pub(super) async fn show(State(ledger): State<Ledger>, Path(lang): Path<String>) -> Response {
    let Ok(lang) = lang.parse::<Lang>() else { return Problem::NotFound.page(Words(Lang::Fi), &ledger) };
    let w = Words(lang);
    let trust = match Trust::of(&ledger).await {
        Ok(trust) => trust,
        Err(error) => return Problem::from(error).page(w, &ledger),
    };
    let shell = Shell::of(&ledger, w.get("check-title"), w.get("check-lead"), "/verify".to_owned());
    shell::respond_with_scripts(StatusCode::OK, w, &Page { w, shell: shell.with_scripts([assets::script()]), trust })
}

/// `GET /{lang}/verify/offline`: one file that needs no server, to be saved.
pub(super) async fn offline(State(ledger): State<Ledger>, Path(lang): Path<String>) -> Response {
    let Ok(lang) = lang.parse::<Lang>() else { return Problem::NotFound.page(Words(Lang::Fi), &ledger) };
    let w = Words(lang);
    let trust = match Trust::of(&ledger).await {
        Ok(trust) => trust,
        Err(error) => return Problem::from(error).page(w, &ledger),
    };
    let style = assets::style_without_font();
    let policy = policy(&style, verifier::script());
    let page = Offline { w, origin: ledger.origin().to_string(), trust, policy, style };
    let Ok(html) = page.render() else { return Problem::Unavailable.page(w, &ledger) };
    let name = format!("attachment; filename=\"sinetti-verify-{lang}.html\"");
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// The file's own policy: nothing is loaded, and nothing runs but what it was saved with.
fn policy(style: &str, script: &str) -> String {
    let source = |text: &str| format!("'sha256-{}'", base64::encode(Digest::of(text.as_bytes()).0));
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'",
        source(style),
        source(script)
    )
}

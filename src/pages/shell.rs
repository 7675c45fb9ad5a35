//! What every page has around its content, and the headers that every page is sent with.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{assets, picture};
use crate::i18n::{Lang, Words};
use crate::ledger::Ledger;
use crate::public_url::PublicUrl;

/// Nothing runs, nothing is fetched from elsewhere, nothing is framed; styles, font and icon are our own files.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page with scripts runs our own, which read from our own server and make no markup of text.
const POLICY_WITH_SCRIPT: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; \
     script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A reader's browser asks each time and gets 304 while nothing has changed; what stands between may answer all its
/// readers with one copy for a few seconds, so that many readers at once cost no more than one.
const CACHING: &str = "public, max-age=0, s-maxage=5, must-revalidate";

/// The frame of a page.
pub(super) struct Shell {
    /// The page's title, in its language.
    pub title: String,
    /// One sentence for search engines and previews.
    pub description: String,
    /// The path after the language, with its query: `/pirkanmaa-puitesopimus-2023?on=2023-06-01`.
    pub rest: String,
    /// The ledger's origin.
    pub origin: String,
    /// Whether the ledger holds invented acts.
    pub demonstration: bool,
    /// Path of the feed of what the page shows.
    pub feed: Option<String>,
    /// The path, after the language, of what this page is a view of, when it is another.
    pub canonical: Option<String>,
    /// Paths of the page's scripts.
    pub scripts: Vec<&'static str>,
    /// What was searched for, on the page that answers.
    pub searched: String,
    /// What other sites show beside a link to the page.
    pub picture: Option<Pictured>,
    pub public_url: PublicUrl,
}

/// A picture of what the page shows.
pub(super) struct Pictured {
    /// Where it is, below this server.
    pub path: String,
    /// The same in words.
    pub words: String,
}

impl Shell {
    /// The frame of a page of `ledger`.
    pub fn of(ledger: &Ledger, title: String, description: String, rest: String) -> Shell {
        let origin = ledger.origin();
        let (demonstration, origin) = (origin.is_demonstration(), origin.to_string());
        Shell {
            title,
            description,
            rest,
            demonstration,
            origin,
            scripts: Vec::new(),
            feed: None,
            canonical: None,
            searched: String::new(),
            picture: None,
            public_url: ledger.public_url().clone(),
        }
    }

    /// The same with scripts, to be answered by [`respond_with_scripts`].
    pub fn with_scripts(self, scripts: impl IntoIterator<Item = &'static str>) -> Shell {
        Shell { scripts: scripts.into_iter().collect(), ..self }
    }

    /// The same with the feed of what it shows, and its one address among those that arrange it otherwise.
    pub fn followed(self, feed: String, canonical: String) -> Shell {
        Shell { feed: Some(feed), canonical: Some(canonical), ..self }
    }

    /// The same with the picture of what it shows.
    pub fn pictured(self, picture: Pictured) -> Shell {
        Shell { picture: Some(picture), ..self }
    }

    /// A path as other sites need it: in full, where the operator has said where the public reaches the server.
    pub fn full(&self, path: &str) -> String {
        self.public_url.of(path)
    }

    /// The one address of this page in a language, where it is known in full.
    pub fn address(&self, lang: &Lang) -> Option<String> {
        let path = self.canonical.as_ref().unwrap_or(&self.rest);
        self.public_url.is_known().then(|| self.full(&format!("/{lang}{path}")))
    }

    pub fn picture_size(&self) -> (usize, usize) {
        (picture::WIDTH, picture::HEIGHT)
    }

    pub fn style(&self) -> &'static str {
        assets::style()
    }

    pub fn icon(&self) -> &'static str {
        assets::icon()
    }

    pub fn font(&self) -> &'static str {
        assets::font()
    }

    pub fn languages(&self) -> &'static [Lang; 3] {
        &Lang::ALL
    }

    /// This page's path in another language.
    pub fn in_language(&self, lang: &Lang) -> String {
        format!("/{lang}{}", self.rest)
    }
}

/// Renders a page. Its validator is set, and a repeated request answered, by the layer around all answers.
pub(super) fn respond(status: StatusCode, words: Words, page: &impl Template) -> Response {
    render(status, words, page, CONTENT_SECURITY_POLICY)
}

/// Renders a page whose shell has scripts.
pub(super) fn respond_with_scripts(status: StatusCode, words: Words, page: &impl Template) -> Response {
    render(status, words, page, POLICY_WITH_SCRIPT)
}

fn render(status: StatusCode, words: Words, page: &impl Template, policy: &'static str) -> Response {
    let Ok(html) = page.render() else {
        return (StatusCode::INTERNAL_SERVER_ERROR, words.get("problem-internal")).into_response();
    };
    let mut response = (status, html).into_response();
    headers(response.headers_mut(), words.0, policy);
    response
}

fn headers(headers: &mut HeaderMap, lang: Lang, policy: &'static str) {
    let fixed = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_LANGUAGE, lang.code()),
        (header::CACHE_CONTROL, CACHING),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

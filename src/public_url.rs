//! Where the public reaches the server: what feeds, catalogues and previews on other sites need to name a page in full.

use std::str::FromStr;

use axum::http::Uri;
use thiserror::Error;

/// Scheme, host and port; nothing, where the operator has not said it. It is never taken from a request: whoever
/// asks could name any host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicUrl(Option<String>);

/// Not such an address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not scheme, host and port alone. Write it as https://sinetti.example.fi")]
pub struct BadPublicUrl(String);

impl PublicUrl {
    /// The full address of a path on this server; the path itself, where it is not known where that is.
    ///
    /// ```
    /// use sinetti::public_url::PublicUrl;
    /// let known: PublicUrl = "https://sinetti.example.fi/".parse().unwrap();
    /// assert_eq!(known.of("/fi"), "https://sinetti.example.fi/fi");
    /// assert_eq!(PublicUrl::default().of("/fi"), "/fi");
    /// ```
    pub fn of(&self, path: &str) -> String {
        format!("{}{path}", self.0.as_deref().unwrap_or_default())
    }

    /// Whether the operator has said it.
    pub fn is_known(&self) -> bool {
        self.0.is_some()
    }
}

impl FromStr for PublicUrl {
    type Err = BadPublicUrl;

    fn from_str(text: &str) -> Result<PublicUrl, BadPublicUrl> {
        let bad = || BadPublicUrl(text.to_owned());
        let bare = text.strip_suffix('/').unwrap_or(text);
        let uri: Uri = bare.parse().map_err(|_| bad())?;
        let (Some(scheme @ ("http" | "https")), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(bad());
        };
        let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        let whole = format!("{scheme}://{authority}");
        let plain = authority.as_str().chars().all(is_host) && authority.host().contains(char::is_alphanumeric);
        if plain && whole.eq_ignore_ascii_case(bare) {
            Ok(PublicUrl(Some(bare.to_ascii_lowercase())))
        } else {
            Err(bad())
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_scheme_host_and_port() {
        for (given, page) in [
            ("https://sinetti.example.fi", "https://sinetti.example.fi/fi"),
            ("https://Sinetti.Example.fi/", "https://sinetti.example.fi/fi"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/fi"),
            ("http://[::1]:8080", "http://[::1]:8080/fi"),
        ] {
            assert_eq!(given.parse::<PublicUrl>().unwrap().of("/fi"), page);
        }
    }

    #[test]
    fn what_is_more_or_less_than_that_is_refused() {
        for bad in [
            "",
            "/",
            "sinetti.example.fi",
            "//sinetti.example.fi",
            "https://",
            "https:///",
            "ftp://sinetti.example.fi",
            "javascript:alert(1)",
            "https://sinetti.example.fi/ledger",
            "https://sinetti.example.fi//",
            "https://sinetti.example.fi?x",
            "https://sinetti.example.fi/?x",
            "https://sinetti.example.fi#x",
            "https://user:word@sinetti.example.fi",
            "https://sinetti.example.fi\"><script>",
            "https://sinetti.example.fi x",
        ] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }
}

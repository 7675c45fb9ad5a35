//! `/`: to the language that the visitor's browser asks for, Finnish where it asks for none of ours.

use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::i18n::Lang;

/// Quality values have three decimals (RFC 9110 § 12.4.2).
const FULL_QUALITY: u16 = 1000;

/// `GET /`.
pub(super) async fn root(headers: HeaderMap) -> Response {
    let wish = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let lang = wish.and_then(preferred).unwrap_or(Lang::Fi);
    let headers = [(header::VARY, "Accept-Language"), (header::CACHE_CONTROL, "no-cache")];
    (headers, Redirect::to(&format!("/{lang}"))).into_response()
}

/// `GET /{lang}/`: the front page has one address.
pub(super) async fn without_slash(Path(lang): Path<String>) -> Response {
    match lang.parse::<Lang>() {
        Ok(lang) => Redirect::permanent(&format!("/{lang}")).into_response(),
        Err(_) => Redirect::to("/").into_response(),
    }
}

/// The language of ours with the highest quality in an `Accept-Language` value; the first named of equals.
fn preferred(wish: &str) -> Option<Lang> {
    let mut best: Option<(u16, Lang)> = None;
    for range in wish.split(',') {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = parts.find_map(|part| part.trim().strip_prefix("q=").map(quality)).unwrap_or(FULL_QUALITY);
        let primary = tag.split('-').next().unwrap_or_default();
        if let Ok(lang) = primary.parse::<Lang>()
            && quality > best.map_or(0, |(quality, _)| quality)
        {
            best = Some((quality, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// `0.8` as 800; what is no quality counts as none.
fn quality(text: &str) -> u16 {
    let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = format!("{whole}{decimals:0<3}");
    match digits.parse::<u16>() {
        Ok(quality) if whole.len() == 1 && decimals.len() <= 3 => quality.min(FULL_QUALITY),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_quality_of_ours_wins() {
        assert_eq!(preferred("de, sv;q=0.8, en;q=0.9"), Some(Lang::En));
        assert_eq!(preferred("sv-FI,sv;q=0.9,fi;q=0.8"), Some(Lang::Sv));
        assert_eq!(preferred("en-GB;q=0.7, fi;q=0.7"), Some(Lang::En));
        assert_eq!(preferred("FI"), Some(Lang::Fi));
    }

    #[test]
    fn none_of_ours_or_nonsense_is_no_wish() {
        for wish in ["", "de", "*", "sv;q=0", "sv;q=0.000", "sv;q=x", ";;;,,,", "sv;q=-1", "sv;q=10"] {
            assert_eq!(preferred(wish), None, "{wish:?}");
        }
    }
}

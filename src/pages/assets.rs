//! Stylesheet, icon, font and the verifier's script: compiled in, named by their content, cacheable for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sinetti_events::primitives::hash::Digest;

use super::verifier;

const STYLE: &str = include_str!("../../assets/style.css");
const ICON: &[u8] = include_bytes!("../../assets/icon.svg");
const FONT: &[u8] = include_bytes!("../../assets/fonts/source-sans-3-latin.woff2");
const TABLE: &str = include_str!("../../assets/pages/table.js");
const COPY: &str = include_str!("../../assets/pages/copy.js");
const LIVE: &str = include_str!("../../assets/pages/live.js");
const FONT_NAME: &str = "source-sans-3-latin.woff2";

/// The content of a name never changes, since its hash is part of the name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::build);

/// All assets in their served form.
struct Assets {
    style: Asset,
    icon: Asset,
    font: Asset,
    script: Asset,
    table: Asset,
    live: Asset,
    copy: Asset,
    desk: Asset,
}

struct Asset {
    path: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// Path of the stylesheet.
pub(super) fn style() -> &'static str {
    &ASSETS.style.path
}

/// Path of the icon.
pub(super) fn icon() -> &'static str {
    &ASSETS.icon.path
}

/// Path of the font, to be fetched together with the stylesheet.
pub(super) fn font() -> &'static str {
    &ASSETS.font.path
}

/// Path of the verifier's script.
pub(super) fn script() -> &'static str {
    &ASSETS.script.path
}

/// Path of the script that says that there is news.
pub(super) fn live() -> &'static str {
    &ASSETS.live.path
}

/// Path of the script that arranges the table of parties.
pub(super) fn table() -> &'static str {
    &ASSETS.table.path
}

/// Path of the script that compares a reader's own copy of a text.
pub(super) fn copy() -> &'static str {
    &ASSETS.copy.path
}

/// Path of the desk's script.
pub(super) fn desk() -> &'static str {
    &ASSETS.desk.path
}

/// The stylesheet for a page that can load no font.
pub(super) fn style_without_font() -> String {
    let (before, rest) = STYLE.split_once("@font-face").unwrap_or((STYLE, ""));
    format!("{before}{}", rest.split_once('}').map_or("", |(_, after)| after))
}

/// `GET /assets/{name}`.
pub(super) async fn serve(Path(name): Path<String>) -> Response {
    let wanted = format!("/assets/{name}");
    let Assets { style, icon, font, script, table, live, copy, desk } = &*ASSETS;
    let all = [style, icon, font, script, table, live, copy, desk];
    match all.into_iter().find(|asset| asset.path == wanted) {
        Some(asset) => {
            let headers = [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, FOR_EVER)];
            (headers, asset.bytes.as_slice()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Assets {
    fn build() -> Assets {
        let font = Asset::named(FONT_NAME, "font/woff2", FONT.to_vec());
        let style = STYLE.replace(FONT_NAME, &font.path);
        let script = |name, text: &str| Asset::named(name, "text/javascript; charset=utf-8", text.into());
        Assets {
            style: Asset::named("style.css", "text/css; charset=utf-8", style.into_bytes()),
            icon: Asset::named("icon.svg", "image/svg+xml", ICON.to_vec()),
            font,
            script: script("verify.js", verifier::script()),
            table: script("table.js", TABLE),
            live: script("live.js", LIVE),
            copy: script("copy.js", COPY),
            desk: script("desk.js", verifier::desk()),
        }
    }
}

impl Asset {
    /// `style.css` becomes `/assets/style.<16 hex digits of SHA-256>.css`.
    fn named(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Asset {
        let digest = Digest::of(&bytes).to_string();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        Asset { path: format!("/assets/{stem}.{}.{extension}", &digest[..16]), media_type, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        let one = Asset::named("a.css", "text/css", b"1".to_vec());
        let two = Asset::named("a.css", "text/css", b"2".to_vec());
        assert_ne!(one.path, two.path);
        assert!(one.path.starts_with("/assets/a.") && one.path.ends_with(".css"));
    }

    #[test]
    fn the_stylesheet_loads_the_font_by_its_served_name_and_nothing_from_elsewhere() {
        let style = String::from_utf8_lossy(&ASSETS.style.bytes);
        assert!(style.contains(&format!("url(\"{}\")", font())));
        assert!(!style.contains("http:") && !style.contains("https:") && !style.contains("@import"));
    }

    #[test]
    fn the_stylesheet_of_a_saved_page_asks_for_no_font_and_keeps_the_rest() {
        let style = style_without_font();
        assert!(!style.contains("url(") && !style.contains("@font-face"));
        assert!(style.contains(":root") && style.contains("@media print"));
    }

    #[test]
    fn all_that_a_first_page_loads_is_small() {
        let bytes = [&ASSETS.style, &ASSETS.icon, &ASSETS.font].map(|asset| asset.bytes.len());
        assert!(bytes.iter().sum::<usize>() < 60_000, "{bytes:?}");
    }
}

//! The messages of one language, compiled into the program.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::lang::Lang;

/// The names of the files of every language, in the order of [`sources`].
#[cfg(test)]
pub(super) const FILES: [&str; 13] = [
    "common", "terms", "history", "notes", "evidence", "pages", "site", "check", "clerk", "desk", "follow", "state",
    "sections",
];

static FI: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| build(Lang::Fi));
static SV: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| build(Lang::Sv));
static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| build(Lang::En));

/// The text of message `id`; the id itself where there is no such message, so that a gap shows.
pub(super) fn format(lang: Lang, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    let bundle = bundle(lang);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    let args: FluentArgs<'_> = args.iter().cloned().collect();
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
}

/// The ids of messages that begin with `prefix`, in the order of the files.
pub(super) fn ids(prefix: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = sources(Lang::Fi).into_iter().flat_map(str::lines);
    lines.filter_map(|line| line.split_once(" =")).map(|(id, _)| id).filter(move |id| id.starts_with(prefix))
}

/// Whether message `id` exists in this language.
pub(super) fn has(lang: Lang, id: &str) -> bool {
    bundle(lang).has_message(id)
}

/// The files of a language, as text.
pub(super) fn sources(lang: Lang) -> [&'static str; 13] {
    macro_rules! files {
        ($code:literal) => {
            [
                include_str!(concat!("../../locales/", $code, "/common.ftl")),
                include_str!(concat!("../../locales/", $code, "/terms.ftl")),
                include_str!(concat!("../../locales/", $code, "/history.ftl")),
                include_str!(concat!("../../locales/", $code, "/notes.ftl")),
                include_str!(concat!("../../locales/", $code, "/evidence.ftl")),
                include_str!(concat!("../../locales/", $code, "/pages.ftl")),
                include_str!(concat!("../../locales/", $code, "/site.ftl")),
                include_str!(concat!("../../locales/", $code, "/check.ftl")),
                include_str!(concat!("../../locales/", $code, "/clerk.ftl")),
                include_str!(concat!("../../locales/", $code, "/desk.ftl")),
                include_str!(concat!("../../locales/", $code, "/follow.ftl")),
                include_str!(concat!("../../locales/", $code, "/state.ftl")),
                include_str!(concat!("../../locales/", $code, "/sections.ftl")),
            ]
        };
    }
    match lang {
        Lang::Fi => files!("fi"),
        Lang::Sv => files!("sv"),
        Lang::En => files!("en"),
    }
}

fn bundle(lang: Lang) -> &'static FluentBundle<FluentResource> {
    match lang {
        Lang::Fi => &FI,
        Lang::Sv => &SV,
        Lang::En => &EN,
    }
}

fn build(lang: Lang) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![identifier(lang)]);
    // Isolating marks U+2068 and U+2069 would get into titles, CSV and terminals.
    bundle.set_use_isolating(false);
    for source in sources(lang) {
        // A broken message is left out and the rest used; a test proves that none is broken.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Decides the plural rules; the codes are constants that always parse.
fn identifier(lang: Lang) -> LanguageIdentifier {
    lang.code().parse().unwrap_or_default()
}

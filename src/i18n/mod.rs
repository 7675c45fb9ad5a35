//! Texts in Finnish, Swedish and English (Project Fluent), for the pages and the command line.
//!
//! Messages live in `locales/<language>/*.ftl`. All languages have the same messages with the same
//! variables; [`parity`] is the test that holds them to it.

pub mod awaits;
mod bundle;
#[cfg(test)]
mod coverage;
mod dates;
pub mod foreseen;
pub mod history;
mod lang;
pub mod names;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod parity;
mod words;

pub use dates::{date, instant};
pub use fluent_bundle::FluentValue as Value;
pub use lang::{Lang, UnknownLang};
pub use names::Titled;
pub use words::Words;

/// The text of message `id` in `lang`, with its variables filled in; the id itself where there is no such message.
///
/// ```
/// use sinetti::i18n::{Lang, t};
/// assert_eq!(t(Lang::Fi, "approved", &[]), "Hyväksynyt");
/// assert_eq!(t(Lang::En, "count-records", &[("count", 1.into())]), "1 record");
/// ```
pub fn t(lang: Lang, id: &str, args: &[(&str, Value<'_>)]) -> String {
    bundle::format(lang, id, args)
}

/// The messages whose ids begin with `prefix`, by the rest of the id, for a script that fills them in: each
/// variable stands as its name in braces, as in `{count}`.
pub fn starting_with(lang: Lang, prefix: &'static str) -> Vec<(String, String)> {
    let named = ["count", "index", "value"].map(|name| (name, Value::from(format!("{{{name}}}"))));
    bundle::ids(prefix).map(|id| (id[prefix.len()..].to_owned(), t(lang, id, &named))).collect()
}

/// Whether message `id` exists in `lang`.
pub fn has(lang: Lang, id: &str) -> bool {
    bundle::has(lang, id)
}

//! Names and other words that the ledger holds by language, with the language that they are in.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;
use sinetti_projections::acts::line::{Language, Words as ByLanguage};
use sinetti_projections::registry::Registry;

use super::{Lang, t};

/// Words, and the tag of the language that they are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titled {
    /// BCP 47 tag.
    pub lang: &'static str,
    /// The words.
    pub text: String,
}

impl Titled {
    /// The words in `lang`, else in the language that comes nearest.
    pub fn of(lang: Lang, words: &ByLanguage) -> Titled {
        let wanted = lang.preference().into_iter().map(language);
        let any = words.iter().map(|(language, _)| language);
        let found = wanted.chain(any).find_map(|language| Some((language, words.get(language)?)));
        let (language, text) = found.unwrap_or((self::language(lang), ""));
        Titled { lang: language.as_str(), text: text.to_owned() }
    }

    /// Words of the page's own language.
    pub fn own(lang: Lang, text: impl Into<String>) -> Titled {
        Titled { lang: lang.code(), text: text.into() }
    }

    /// ` lang="sv"` for the tag, where the words are in another language than the page; made of a
    /// fixed set of tags, so safe in HTML as it is.
    pub fn lang_attribute(&self, page: &Lang) -> String {
        if self.lang == page.code() { String::new() } else { format!(" lang=\"{}\"", self.lang) }
    }
}

/// The name of a party as of `on`: the registrar by its role, who is not registered by its id.
pub fn party(lang: Lang, registry: &Registry, party: &PartyId, on: Date) -> Titled {
    if party.is_registrar() {
        return Titled::own(lang, t(lang, "registrar", &[]));
    }
    match registry.names(party, on) {
        Some(names) => Titled::of(lang, names),
        None => Titled::own(lang, party.as_str()),
    }
}

fn language(lang: Lang) -> Language {
    match lang {
        Lang::Fi => Language::Fi,
        Lang::Sv => Language::Sv,
        Lang::En => Language::En,
    }
}

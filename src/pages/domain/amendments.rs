//! Amendments: by which rule, who has approved and signed, whom each binds since when, and with which text.

use sinetti_events::primitives::ids::PartyId;
use sinetti_projections::status::{Amendment, TextGroup};

use super::{Item, Section, Source};
use crate::i18n::{Titled, date};
use crate::pages::answer;
use crate::pages::chip::{Chip, Tone};
use crate::pages::fact::Fact;

pub(super) fn section(source: Source<'_>) -> Section {
    let amendments = source.status.amendments.iter().map(|amendment| item(source, amendment));
    let groups = &source.status.text_groups;
    // One text for all needs no telling.
    let groups = groups.iter().filter(|_| groups.len() > 1).map(|group| text_group(source, group));
    Section::new(source.w, "amendments", amendments.chain(groups).collect())
}

fn item(source: Source<'_>, amendment: &Amendment) -> Item {
    let w = source.w;
    let state = match amendment.in_force {
        true => Chip::new(Tone::Yes, w.get("in-force")),
        false => Chip::new(Tone::Wait, w.get("not-in-force")),
    };
    let articles: Vec<&str> = amendment.articles.iter().map(|line| line.as_str()).collect();
    let of = |count: u64| format!("{count}{}", w.with("of-total", "total", amendment.asked));
    let bound: Vec<&PartyId> = amendment.bound.iter().map(|bound| &bound.party).collect();
    let facts = [
        Some(Fact::new(w, "amendment-rule", w.term("amendment-rule", amendment.rule.as_str()))),
        (!articles.is_empty()).then(|| Fact::new(w, "amendment-articles", articles.join(", "))),
        Some(Fact::new(w, "amendment-approved", of(amendment.approved))),
        Some(Fact::new(w, "amendment-signed", of(amendment.signed))),
        Some(Fact::new(w, "amendment-accepted", of(amendment.accepted))),
        missing(source, amendment),
        amendment.in_force_since.map(|since| Fact::new(w, "fact-in-force-since", date(w.0, since))),
        source.named("amendment-binds", bound),
    ];
    let determined = amendment.determined.then(|| Chip::new(Tone::Note, w.get("amendment-determined")));
    Item {
        title: title(source, amendment),
        version: Some(amendment.version),
        chips: [state].into_iter().chain(determined).chain(source.invented(amendment.version)).collect(),
        facts: facts.into_iter().flatten().collect(),
    }
}

fn title(source: Source<'_>, amendment: &Amendment) -> Titled {
    let own = || Titled::own(source.w.0, source.w.get("amendment-untitled"));
    amendment.titles.as_ref().map_or_else(own, |titles| Titled::of(source.w.0, titles))
}

/// Who has not accepted it, and what each has left to do.
fn missing(source: Source<'_>, amendment: &Amendment) -> Option<Fact> {
    let one = |missing: &sinetti_projections::status::Missing| {
        format!("{} ({})", source.name(&missing.party).text, answer::what(missing, source.w))
    };
    let missing: Vec<String> = amendment.missing.iter().map(one).collect();
    (!missing.is_empty()).then(|| Fact::new(source.w, "amendment-missing", missing.join(", ")))
}

/// The parties that the same amendments bind, and the text that holds for them.
fn text_group(source: Source<'_>, group: &TextGroup) -> Item {
    let w = source.w;
    let text = group.consolidated.and_then(|version| source.status.texts.iter().find(|text| text.version == version));
    let bound = source.status.amendments.iter().filter(|amendment| group.amendments.contains(&amendment.version));
    let bound: Vec<String> = bound.map(|amendment| title(source, amendment).text).collect();
    let text = text.map_or_else(|| w.get("group-text-none"), |text| Titled::of(w.0, &text.titles).text);
    let words =
        if bound.is_empty() { w.get("group-unamended") } else { w.with("group-amended", "titles", bound.join(", ")) };
    Item {
        title: Titled::own(w.0, words),
        version: group.consolidated,
        chips: Vec::new(),
        facts: source
            .named("group-parties", &group.parties)
            .into_iter()
            .chain([Fact::new(w, "group-text", text)])
            .collect(),
    }
}

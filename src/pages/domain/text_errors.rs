//! Errors in texts: proposed, objected to, put right (VCLT 79).

use sinetti_projections::status::{TextErrorRow, TextErrorState};

use super::{Item, Section, Source};
use crate::i18n::{Titled, date};
use crate::pages::chip::{Chip, Tone};
use crate::pages::fact::Fact;

pub(super) fn section(source: Source<'_>) -> Section {
    let errors = source.status.text_errors.iter().map(|error| item(source, error));
    Section::new(source.w, "text-errors", errors.collect())
}

fn item(source: Source<'_>, error: &TextErrorRow) -> Item {
    let w = source.w;
    let tone = match error.state {
        TextErrorState::Objected => Tone::No,
        TextErrorState::Open | TextErrorState::Unopposed => Tone::Wait,
        TextErrorState::Rectified => Tone::Yes,
    };
    let text = source.status.texts.iter().find(|text| text.digest == Some(error.text));
    let proposed_by = error.proposed_by.as_ref().map_or_else(|| w.get("registrar"), |party| source.name(party).text);
    let corrections =
        error.corrections.iter().map(|it| Fact {
            name: it.place.to_string(),
            value: format!("{} → {}", it.wrong.as_str(), it.right.as_str()),
        });
    let facts = [
        Some(Fact::new(w, "text-error-proposed-by", proposed_by)),
        Some(Fact::new(w, "text-error-by", date(w.0, error.objections_by))),
        source.named("text-error-objections", &error.objections),
        error.rectified_on.map(|day| Fact::new(w, "text-error-rectified-on", date(w.0, day))),
    ];
    Item {
        title: text.map_or_else(|| Titled::own(w.0, w.get("unknown")), |text| Titled::of(w.0, &text.titles)),
        version: Some(error.version),
        chips: [Chip::new(tone, w.term("text-error", error.state.as_str()))]
            .into_iter()
            .chain(source.invented(error.version))
            .collect(),
        facts: corrections.chain(facts.into_iter().flatten()).collect(),
    }
}

//! Disputes and contested validity, with the views of all who gave one.

use sinetti_projections::status::{Dispute, View};

use super::{Item, Section, Source};
use crate::i18n::{Titled, date};
use crate::pages::chip::{Chip, Tone};
use crate::pages::fact::Fact;

pub(super) fn section(source: Source<'_>) -> Section {
    let disputes = source.status.disputes.iter().map(|dispute| item(source, dispute));
    Section::new(source.w, "disputes", disputes.collect())
}

fn item(source: Source<'_>, dispute: &Dispute) -> Item {
    let w = source.w;
    let state = match dispute.open {
        true => Chip::new(Tone::No, w.get("dispute-open")),
        false => Chip::new(Tone::Plain, w.get("dispute-over")),
    };
    let answers = dispute.answers.iter().map(|answer| Fact::new(w, "dispute-answer", view(source, answer)));
    let resolved = dispute.resolved.iter().map(|resolved| {
        let on = resolved.occurred_on.map(|day| format!(" {}", date(w.0, day))).unwrap_or_default();
        let outcome = w.term("dispute-outcome", resolved.outcome.as_str());
        Fact::new(w, "dispute-resolved", format!("{outcome}: {}{on}", resolved.by.as_str()))
    });
    let about =
        dispute.about.map(|version| Fact::new(w, "dispute-about", w.with("history-version", "version", version)));
    let raised = Fact::new(w, "dispute-raised", view(source, &dispute.view));
    Item {
        title: Titled::own(w.0, w.term("matter", dispute.matter.as_str())),
        version: Some(dispute.view.version),
        chips: [state].into_iter().chain(source.invented(dispute.view.version)).collect(),
        facts: about.into_iter().chain([raised]).chain(answers).chain(resolved).collect(),
    }
}

/// Whose view, and since when.
fn view(source: Source<'_>, view: &View) -> String {
    let who = view.party.as_ref().map_or_else(|| source.w.get("unknown"), |party| source.name(party).text);
    let day = view.occurred_on.map(|day| format!(" {}", date(source.w.0, day))).unwrap_or_default();
    format!("{who}{day}")
}

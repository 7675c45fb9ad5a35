//! What awaits a party, in words.

use sinetti_projections::awaited::Awaited;
use sinetti_projections::status::Status;

use super::{Lang, Titled, Words};

/// What it is, with the duty or the interface area that it is about.
pub fn what(lang: Lang, awaited: &Awaited, status: &Status) -> String {
    let w = Words(lang);
    let duty = awaited.duty.map(|duty| w.term("duty", duty.as_str()));
    let area = awaited.area.as_ref().and_then(|id| status.areas.iter().find(|area| area.id == *id));
    let area = area.map(|area| Titled::of(lang, &area.names).text);
    let what = w.term("awaits", awaited.code.as_str());
    [Some(what), duty, area].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

//! `/problems`: what each problem's `type` leads to.

pub mod list;
pub mod show;

use super::api::docs::words::Paragraphs;
use super::catalogue::Known;

/// A problem as the pages show it.
struct Row {
    slug: &'static str,
    status: u16,
    meaning: Paragraphs,
    way_out: Paragraphs,
}

impl Row {
    fn of(known: &Known) -> Row {
        Row {
            slug: known.slug,
            status: known.status,
            meaning: Paragraphs::of(&known.meaning),
            way_out: Paragraphs::of(known.way_out),
        }
    }
}

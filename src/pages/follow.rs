//! How to follow an agreement: feed, table, badge, an address of what is shown, and news while the page is open.

use sinetti_events::primitives::time::{Date, Instant};

use crate::i18n::{Lang, t};

/// What the page of an agreement says of following it.
pub(super) struct Follow {
    /// Query of the table of parties as of the moment that is shown.
    pub table: String,
    /// The page as it is now, for ever.
    pub permalink: String,
    /// Where a script hears of new records, when the page shows the present.
    pub live: Option<Live>,
}

/// What the script needs.
pub(super) struct Live {
    pub stream: String,
    /// The version that is shown.
    pub after: u64,
    /// Words with `{count}` in the place of the number.
    pub news: String,
}

/// What is shown of an agreement.
pub(super) struct Seen<'a> {
    pub id: &'a str,
    pub version: u64,
    /// When its newest record was recorded.
    pub recorded_at: Option<Instant>,
    pub on: Date,
    /// The moment as the address has it; empty for the present.
    pub query: &'a str,
}

impl Follow {
    /// Of an agreement as it is shown.
    pub fn of(lang: Lang, seen: &Seen<'_>) -> Follow {
        let Seen { id, version, recorded_at, on, query } = seen;
        let known = recorded_at.map(|at| format!("known_at={at}&")).unwrap_or_default();
        let moment = query.strip_prefix('?').map_or_else(String::new, |moment| format!("{moment}&"));
        let live = Live {
            stream: format!("/api/v1/agreements/{id}/stream"),
            after: *version,
            news: t(lang, "follow-news", &[("count", "{count}".into())]),
        };
        Follow {
            table: format!("?{moment}lang={lang}"),
            permalink: if query.is_empty() {
                format!("/{lang}/{id}?{known}on={on}")
            } else {
                format!("/{lang}/{id}{query}")
            },
            live: query.is_empty().then_some(live),
        }
    }
}

//! How the table of parties is arranged: by which column, and which rows. Both stand in the address, so that
//! the table works without scripts and an arranged table can be passed on.

use serde::Deserialize;
use sinetti_projections::status::{Row, Status};

use crate::i18n::Words;

/// `?sort=&show=` as sent; what is not known counts as not given.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    sort: String,
    #[serde(default)]
    show: String,
}

/// The column that orders the rows. Its place here is its place in [`Ranks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Number,
    Party,
    Approval,
    Signature,
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    All,
    Missing,
    Approved,
    NotApproved,
    Signed,
    NotSigned,
    Bound,
}

/// The place of a row in each order.
pub(super) type Ranks = [usize; 4];

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrangement {
    pub by: By,
    pub descending: bool,
    pub show: Show,
}

/// The head of a column that can order the rows.
pub(super) struct Head {
    pub by: &'static str,
    pub name: String,
    pub href: String,
    /// Value of `aria-sort`, where the rows stand in this order.
    pub order: Option<&'static str>,
    pub class: &'static str,
}

/// A choice of rows.
pub(super) struct Filter {
    pub show: &'static str,
    pub name: String,
    pub count: usize,
    pub href: String,
    pub is_chosen: bool,
}

impl By {
    const ALL: [By; 4] = [By::Number, By::Party, By::Approval, By::Signature];

    fn as_str(self) -> &'static str {
        ["number", "party", "approval", "signature"][self as usize]
    }
}

impl Show {
    const ALL: [Show; 7] =
        [Show::All, Show::Missing, Show::Approved, Show::NotApproved, Show::Signed, Show::NotSigned, Show::Bound];

    pub fn as_str(self) -> &'static str {
        ["", "missing", "approved", "not-approved", "signed", "not-signed", "bound"][self as usize]
    }

    fn message(self) -> &'static str {
        match self {
            Show::All => "filter-all",
            Show::Missing => "filter-missing",
            Show::Approved => "filter-approved",
            Show::NotApproved => "filter-not-approved",
            Show::Signed => "filter-signed",
            Show::NotSigned => "filter-not-signed",
            Show::Bound => "filter-bound",
        }
    }

    fn has(self, row: &Row, status: &Status) -> bool {
        match self {
            Show::All => true,
            Show::Missing => status.missing.iter().any(|missing| missing.number == row.number),
            Show::Approved => row.approved,
            Show::NotApproved => !row.approved,
            Show::Signed => row.signed,
            Show::NotSigned => !row.signed,
            Show::Bound => row.bound,
        }
    }
}

impl Asked {
    /// Unknown orders and choices are the agreement's own order and all rows.
    pub fn arrangement(&self) -> Arrangement {
        let descending = self.sort.starts_with('-');
        let by = By::ALL.into_iter().find(|by| by.as_str() == self.sort.trim_start_matches('-'));
        let show = Show::ALL.into_iter().find(|show| show.as_str() == self.show);
        Arrangement {
            by: by.unwrap_or(By::Number),
            descending: by.is_some() && descending,
            show: show.unwrap_or(Show::All),
        }
    }
}

impl Arrangement {
    /// As pairs of a query, after those of the moment in `query`: empty, or beginning with `?`.
    pub fn query(self, moment: &str) -> String {
        let sign = if self.descending { "-" } else { "" };
        let sort = match (self.by, self.descending) {
            (By::Number, false) => None,
            (by, _) => Some(format!("sort={sign}{}", by.as_str())),
        };
        let show = (self.show != Show::All).then(|| format!("show={}", self.show.as_str()));
        let moment = moment.strip_prefix('?').map(str::to_owned);
        let pairs: Vec<String> = moment.into_iter().chain(sort).chain(show).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// The heads of the columns that order; a second use turns the order round. `path` is the page's.
    pub fn heads(self, path: &str, moment: &str, w: Words) -> Vec<Head> {
        let head = |by: By| {
            let is_here = by == self.by;
            let next = Arrangement { by, descending: is_here && !self.descending, ..self };
            let order = if self.descending { "descending" } else { "ascending" };
            Head {
                by: by.as_str(),
                name: w.get(["column-number", "column-party", "column-approval", "column-signature"][by as usize]),
                href: format!("{path}{}#parties", next.query(moment)),
                order: is_here.then_some(order),
                class: if by == By::Number { "num" } else { "" },
            }
        };
        By::ALL.map(head).into()
    }

    /// The choices of rows that are of use: those that show some rows and not all, and the one that is shown.
    pub fn filters(self, status: &Status, path: &str, moment: &str, w: Words) -> Vec<Filter> {
        let filter = |show: Show| Filter {
            show: show.as_str(),
            name: w.get(show.message()),
            count: status.parties.iter().filter(|row| show.has(row, status)).count(),
            href: format!("{path}{}#parties", Arrangement { show, ..self }.query(moment)),
            is_chosen: show == self.show,
        };
        let all = status.parties.len();
        let is_of_use = |it: &Filter| it.show.is_empty() || it.is_chosen || (0 < it.count && it.count < all);
        let filters: Vec<Filter> = Show::ALL.map(filter).into_iter().filter(is_of_use).collect();
        if filters.len() > 1 { filters } else { Vec::new() }
    }

    /// Whether a row is shown.
    pub fn shows(self, row: &Row, status: &Status) -> bool {
        self.show.has(row, status)
    }

    /// Puts rows into the order asked for, by their ranks.
    pub fn sort<T>(self, rows: &mut [T], ranks: impl Fn(&T) -> &Ranks) {
        rows.sort_by_key(|row| ranks(row)[self.by as usize]);
        if self.descending {
            rows.reverse();
        }
    }
}

/// The choices that show a row, for a script that chooses without asking again.
pub(super) fn choices(row: &Row, status: &Status) -> String {
    let choices = Show::ALL.into_iter().skip(1).filter(|show| show.has(row, status));
    choices.map(Show::as_str).collect::<Vec<_>>().join(" ")
}

/// The place of each row in each order, in the roster's order; `names` are those shown. Who has not acted comes after
/// all who have; equals stand in the roster's order.
pub(super) fn ranks(status: &Status, names: &[String]) -> Vec<Ranks> {
    let rows = || status.parties.iter();
    let numbers = order(rows().map(|row| row.number));
    let names = order(names.iter().map(|name| collated(name)));
    let approvals = order(rows().map(|row| (!row.approved, row.approved_on)));
    let signatures = order(rows().map(|row| {
        let newest = row.signature.as_ref().and_then(|signature| signature.date);
        (!row.signed, newest.is_none(), row.signed_on.or(newest))
    }));
    let all = numbers.into_iter().zip(names).zip(approvals).zip(signatures);
    all.map(|(((number, name), approval), signature)| [number, name, approval, signature]).collect()
}

/// The rank of each key among all of them, in the order in which they were given.
fn order<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<usize> {
    let mut places: Vec<(K, usize)> = keys.enumerate().map(|(place, key)| (key, place)).collect();
    places.sort();
    let mut ranks: Vec<(usize, usize)> = places.iter().enumerate().map(|(rank, (_, place))| (*place, rank)).collect();
    ranks.sort_unstable();
    ranks.into_iter().map(|(_, rank)| rank).collect()
}

/// A name as Finnish and Swedish order it: å, ä and ö after z.
fn collated(name: &str) -> String {
    let letter = |letter: char| match letter {
        'å' => '{',
        'ä' => '|',
        'ö' => '}',
        other => other,
    };
    name.to_lowercase().chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(sort: &str, show: &str) -> Arrangement {
        Asked { sort: sort.to_owned(), show: show.to_owned() }.arrangement()
    }

    #[test]
    fn what_is_not_known_is_the_agreements_own_order_and_all_rows() {
        for (sort, show) in [("", ""), ("colour", "x"), ("-", "all"), ("\"><script>", "-missing")] {
            assert_eq!(asked(sort, show), Arrangement { by: By::Number, descending: false, show: Show::All }, "{sort}");
        }
    }

    #[test]
    fn an_arrangement_asks_for_itself_and_keeps_the_moment() {
        for (sort, show) in [("party", ""), ("-party", "missing"), ("-number", ""), ("signature", "not-signed")] {
            let one = asked(sort, show);
            let query = one.query("?on=2023-06-01");
            assert!(query.starts_with("?on=2023-06-01&"), "{query}");
            let pairs: Vec<(&str, &str)> = query[1..].split('&').filter_map(|pair| pair.split_once('=')).collect();
            let value = |name: &str| pairs.iter().find(|(it, _)| *it == name).map_or("", |(_, value)| *value);
            assert_eq!(asked(value("sort"), value("show")), one);
        }
        assert_eq!(asked("", "").query(""), "");
    }

    #[test]
    fn the_column_in_use_turns_round_and_another_starts_from_the_first() {
        let heads = asked("party", "signed").heads("/fi/a", "", Words(crate::i18n::Lang::Fi));
        let hrefs: Vec<&str> = heads.iter().map(|head| head.href.as_str()).collect();
        assert_eq!(hrefs[0], "/fi/a?show=signed#parties");
        assert_eq!(hrefs[1], "/fi/a?sort=-party&show=signed#parties");
        assert_eq!(heads.iter().filter_map(|head| head.order).collect::<Vec<_>>(), ["ascending"]);
    }

    #[test]
    fn names_stand_as_finnish_and_swedish_order_them() {
        let mut names = ["Ähtäri", "Åbo", "Öja", "Zeta", "Aura", "aakko"];
        names.sort_by_key(|name| collated(name));
        assert_eq!(names, ["aakko", "Aura", "Zeta", "Åbo", "Ähtäri", "Öja"]);
    }

    #[test]
    fn ranks_are_places_and_equals_keep_their_order() {
        assert_eq!(order([3, 1, 3, 2].into_iter()), [2, 0, 3, 1]);
    }
}

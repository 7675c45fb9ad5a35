//! The map: one equal square a party, since each counts once. A municipality's square stands about where it lies; who is
//! no municipality, or on no map, has a square below. State is told in pattern, sign and words, never by colour alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sinetti_projections::acts::party_registered::PartyKind;
use sinetti_projections::force;
use sinetti_projections::registry::Registry;
use sinetti_projections::status::{Row, Status};

use crate::i18n::{Lang, Titled, Words, names};

/// Places by municipality code, one map a region.
static MAPS: LazyLock<Vec<Places>> = LazyLock::new(|| {
    [
        include_str!("../../assets/map/pirkanmaa.csv"),
        include_str!("../../assets/map/pohjois-pohjanmaa.csv"),
        include_str!("../../assets/map/varsinais-suomi.csv"),
    ]
    .map(|csv| csv.lines().skip(1).filter_map(place).collect())
    .into()
});

type Places = BTreeMap<&'static str, Place>;

/// Where one municipality lies, and its short name.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// A bar stands where the word may be parted.
    name: &'static str,
    column: u8,
    row: u8,
}

/// How far a party has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// All that the rule asks for.
    Done,
    Approved,
    Signed,
    Waiting,
    /// A decision against it, or withdrawn.
    Against,
}

/// The squares of an agreement.
pub(super) struct Map {
    /// How many columns it has.
    pub columns: u8,
    /// Row by row.
    pub placed: Vec<Tile>,
    /// In the roster's order.
    pub apart: Vec<Tile>,
    pub key: Vec<Key>,
}

/// One square.
pub(super) struct Tile {
    pub number: u64,
    pub name: Titled,
    pub column: u8,
    pub row: u8,
    pub class: &'static str,
    pub sign: &'static str,
    pub words: String,
}

/// What a pattern means, and how many squares have it.
pub(super) struct Key {
    pub class: &'static str,
    pub sign: &'static str,
    pub words: String,
    pub count: usize,
}

impl Map {
    /// On the map that has most of its municipalities; none where no map has any.
    pub fn of(status: &Status, registry: &Registry, w: Words) -> Option<Map> {
        let has = |places: &Places| status.parties.iter().filter(|row| find(places, row).is_some()).count();
        let places = MAPS.iter().max_by_key(|places| has(places)).filter(|places| has(places) > 0)?;
        let signatures = force::asks_signatures(&status.rule.entry_into_force);
        let tile = |row: &Row| {
            let place = find(places, row);
            let standing = Standing::of(row, signatures);
            Tile {
                number: row.number,
                name: name(row, place, status, registry, w),
                column: place.map_or(0, |place| place.column),
                row: place.map_or(u8::MAX, |place| place.row),
                class: standing.class(),
                sign: standing.sign(),
                words: standing.words(signatures, w),
            }
        };
        let (mut placed, apart): (Vec<Tile>, Vec<Tile>) =
            status.parties.iter().map(tile).partition(|tile| tile.row != u8::MAX);
        placed.sort_by_key(|tile| (tile.row, tile.column));
        let columns = placed.iter().map(|tile| tile.column + 1).max().unwrap_or(1);
        Some(Map { columns, placed, apart, key: key(status, signatures, w) })
    }
}

impl Standing {
    const ALL: [Standing; 5] =
        [Standing::Done, Standing::Approved, Standing::Signed, Standing::Waiting, Standing::Against];

    fn of(row: &Row, signatures: bool) -> Standing {
        let is_against = row.withdrawal.as_ref().is_some_and(|withdrawal| withdrawal.in_effect)
            || row.decision.as_ref().and_then(|decision| decision.why_not).is_some_and(super::parties::is_against);
        match (row.approved, row.signed || !signatures) {
            _ if is_against => Standing::Against,
            (true, true) => Standing::Done,
            (true, false) => Standing::Approved,
            (false, true) if signatures => Standing::Signed,
            (false, _) => Standing::Waiting,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Standing::Done => "done",
            Standing::Approved => "approved",
            Standing::Signed => "signed",
            Standing::Waiting => "waiting",
            Standing::Against => "against",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Standing::Done => "✓✓",
            Standing::Approved => "✓",
            Standing::Signed => "✎",
            Standing::Waiting => "–",
            Standing::Against => "✕",
        }
    }

    fn words(self, signatures: bool, w: Words) -> String {
        w.get(match self {
            Standing::Done if signatures => "map-done",
            Standing::Done => "map-done-approval",
            Standing::Approved => "map-approved",
            Standing::Signed => "map-signed",
            Standing::Waiting if signatures => "map-waiting",
            Standing::Waiting => "map-waiting-approval",
            Standing::Against => "map-against",
        })
    }
}

fn key(status: &Status, signatures: bool, w: Words) -> Vec<Key> {
    let key = |standing: Standing| Key {
        class: standing.class(),
        sign: standing.sign(),
        words: standing.words(signatures, w),
        count: status.parties.iter().filter(|row| Standing::of(row, signatures) == standing).count(),
    };
    Standing::ALL.map(key).into_iter().filter(|key| key.count > 0).collect()
}

/// A municipality by the short name that the map has, which is Finnish; else as the register has it.
fn name(row: &Row, place: Option<Place>, status: &Status, registry: &Registry, w: Words) -> Titled {
    match place {
        Some(place) if w.0 != Lang::Sv => Titled { lang: "fi", text: place.name.replace('|', "\u{ad}") },
        None if row.kind == Some(PartyKind::WellbeingServicesCounty) => Titled::own(w.0, w.get("map-county")),
        None if row.kind == Some(PartyKind::RegionalCouncil) => Titled::own(w.0, w.get("map-region")),
        _ => names::party(w.0, registry, &row.party, status.on),
    }
}

fn find(places: &Places, row: &Row) -> Option<Place> {
    let codes = row.codes.iter().filter_map(|code| code.as_str().strip_prefix("kunta:"));
    codes.filter_map(|code| places.get(code)).next().copied()
}

/// `020,Akaa,2,6`
fn place(line: &'static str) -> Option<(&'static str, Place)> {
    let mut cells = line.split(',');
    let (code, name) = (cells.next()?, cells.next()?);
    let (column, row) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    Some((code, Place { name, column, row }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_maps_is_read_and_no_two_squares_lie_on_each_other() {
        let counts: Vec<usize> = MAPS.iter().map(BTreeMap::len).collect();
        assert_eq!(counts, [23, 30, 27]);
        for places in MAPS.iter() {
            let mut squares: Vec<(u8, u8)> = places.values().map(|place| (place.row, place.column)).collect();
            squares.sort_unstable();
            squares.dedup();
            assert_eq!(squares.len(), places.len());
        }
    }

    #[test]
    fn the_stylesheet_has_a_place_for_every_square() {
        let style = include_str!("../../assets/style.css");
        for place in MAPS.iter().flat_map(BTreeMap::values) {
            assert!(style.contains(&format!(".x{} {{", place.column)), "column {}", place.column);
            assert!(style.contains(&format!(".y{} {{", place.row)), "row {}", place.row);
            assert!(style.contains(&format!(".w{} {{", place.column + 1)), "width {}", place.column + 1);
        }
    }
}

//! Test support: a county and its municipalities with interface areas and annexes.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use crate::given::{World, digest, opening, text_a, with};
use crate::status::AnnexParty;

impl World {
    /// An agreement of the county `p1` and the municipalities `p2` …, with two interface areas, resting on
    /// both acts; opened on 14.2.2023, with text A up for approval in version 2.
    pub fn with_areas(count: u64) -> World {
        World::opened_with_areas(count, |_| ())
    }

    /// The same with the regional council `liitto` in the last seat.
    pub fn with_council(count: u64) -> World {
        World::opened_with_areas(count, |opened| {
            let roster = opened["roster"].as_array_mut().unwrap();
            roster.push(json!({"number": count + 1, "party": "liitto"}));
        })
    }

    fn opened_with_areas(count: u64, change: impl Fn(&mut Value)) -> World {
        let mut world = World::founded("2023-02-14");
        world.register_as("liitto", "regional_council");
        world.register_as("p1", "wellbeing_services_county");
        for number in 2..=count {
            world.register(&format!("p{number}"));
        }
        let area = |number: u64, id: &str| json!({"id": id, "names": {"fi": id}, "number": number});
        let more = json!({
            "forums": [{"id": "top", "kind": "joint", "names": {"fi": "Ylimmän johdon foorumi"}}],
            "interface_areas": [area(1, "health-promotion"), area(2, "employment")],
            "legal_bases": ["611/2021 § 14", "612/2021 §§ 6, 7, 10, 32, 50"],
        });
        let mut opened = with(opening(count, json!({"kind": "all_approved_and_signed"})), more);
        change(&mut opened);
        world.given("registrar", "agreement_opened", opened);
        world.deposit(&text_a(), "2023-02-14");
        world
    }

    pub fn register_as(&mut self, id: &str, kind: &str) -> u64 {
        let data = json!({"id": id, "kind": kind, "names": {"fi": id}, "occurred_on": "2023-01-01"});
        self.given("registrar", "party_registered", data)
    }

    /// Deposits `text` with the role annex.
    pub fn annex_text(&mut self, text: &str) -> u64 {
        let data = json!({"digest": digest(text), "language": "fi", "role": "annex",
            "titles": {"fi": "Yhdyspintaliite"}, "occurred_on": "2023-02-14"});
        self.given("registrar", "text_deposited", data)
    }

    /// Deposits the text `annex` and puts it to all as an annex of `form`.
    pub fn annex(&mut self, form: &str) -> u64 {
        self.annex_with(
            "annex",
            json!({"county": if form == "description" { json!("p1") } else { Value::Null }, "form": form}),
        )
    }

    /// Deposits `text` and puts it to the parties as a description with these changes.
    pub fn annex_with(&mut self, text: &str, changes: Value) -> u64 {
        self.annex_text(text);
        let data = with(annex("description"), json!({"text": digest(text)}));
        self.given("registrar", "annex_deposited", with(data, changes))
    }

    /// How far `party` has come with `annex`, as of the day of the clock.
    pub fn part(&self, annex: u64, party: &str) -> AnnexParty {
        let shown = self.now().annexes.into_iter().find(|shown| shown.version == annex).unwrap();
        shown.parties.into_iter().find(|part| part.party.as_str() == party).unwrap()
    }
}

/// An annex of the text `annex` to the first area, for all, with the county `p1`.
pub fn annex(form: &str) -> Value {
    json!({"area": "health-promotion", "county": "p1", "form": form, "occurred_on": "2023-02-14",
        "text": digest("annex")})
}

/// A goal of the first area with one indicator.
pub fn goal() -> Value {
    json!({"area": "health-promotion", "id": "less-loneliness", "names": {"fi": "Yksinäisyys vähenee"},
        "indicators": [{"better": "lower", "id": "loneliness", "names": {"fi": "Yksinäiset"}, "unit": "%"}],
        "occurred_on": "2023-05-08"})
}

//! What the page of an agreement shows besides approvals and signatures, and the page of a party.

use serde_json::{Value, json};

use super::world::{AGREEMENT, World};
use crate::i18n::Lang;

const ANNEX: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const AMENDMENT: &str = "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";

/// An agreement with an annex, a comment round and a forum, named `name`, and a text for an amendment.
async fn full(name: &str) -> World {
    let mut world = World::with_agreement(name).await;
    let text = |role: &str, digest: &str| json!({"role": role, "language": "fi", "digest": digest, "titles": {"fi": name}, "occurred_on": "2023-02-02"});
    let acts: Vec<(&str, Value)> = vec![
        (
            "area_defined",
            json!({"area": {"id": "tyollisyys", "names": {"fi": name}, "number": 2}, "basis": name,
            "occurred_on": "2023-02-01"}),
        ),
        ("text_deposited", text("annex", ANNEX)),
        (
            "annex_deposited",
            json!({"area": "tyollisyys", "form": "agreement", "text": ANNEX,
            "occurred_on": "2023-02-03"}),
        ),
        ("text_deposited", text("amendment", AMENDMENT)),
        ("comment_round_opened", json!({"deadline": "2023-03-05", "occurred_on": "2023-02-05"})),
        (
            "forum_established",
            json!({"basis": name, "forum": {"id": "ryhma", "kind": "professional",
            "names": {"fi": name}, "composition": {"fi": name}}, "occurred_on": "2023-02-06"}),
        ),
    ];
    for (kind, data) in acts {
        world.say(AGREEMENT, kind, data, Vec::new()).await;
    }
    world
}

#[tokio::test]
async fn a_party_and_its_part_in_an_annex_stand_in_a_table_in_words() {
    let world = full("Kunta").await;
    for (lang, word, title) in
        [(Lang::Fi, "ei mukana", "Liitteet"), (Lang::Sv, "är inte med", "Bilagor"), (Lang::En, "not joined", "Annexes")]
    {
        let body = world.get(&format!("/{lang}/{AGREEMENT}")).await.body;
        let chart = section(&body, "annexes");
        assert!(chart.contains(&format!("<h2>{title}</h2>")), "{lang}");
        assert_eq!(chart.matches(&format!("</span>{word}</span>")).count(), 2, "{lang}");
        assert!(chart.contains("<th scope=\"row\"") && chart.contains("tabindex=\"0\""), "{lang}");
        assert!(chart.contains(&format!("href=\"/{lang}/parties/yksi\"")), "{lang}");
        assert!(section(&body, "drafting").contains("5.3.2023") || lang == Lang::En, "{lang}");
    }
}

#[tokio::test]
async fn a_section_with_nothing_to_show_is_absent() {
    let body = World::with_agreement("Kunta").await.get(&format!("/fi/{AGREEMENT}")).await.body;
    for id in ["annexes", "amendments", "disputes", "text-errors", "drafting", "force"] {
        assert!(!body.contains(&format!("id=\"{id}\"")), "{id}");
        assert!(!body.contains(&format!("href=\"#{id}\"")), "{id}");
    }
}

#[tokio::test]
async fn what_changed_since_a_day_is_told_without_a_script() {
    let mut world = World::with_agreement("Kunta").await;
    let today = sinetti_projections::helsinki::date_of(world.ledger.now());
    world.decide("valtuusto", "adopted", "approve").await;
    let plain = world.get(&format!("/fi/{AGREEMENT}")).await.body;
    let form = section(&plain, "changes");
    assert!(form.contains("name=\"since\" value=\"\"") && !form.contains("<table"));
    // At the end of today all is known that is known now.
    let same = world.get(&format!("/fi/{AGREEMENT}?since={today}")).await.body;
    assert!(section(&same, "changes").contains("Mikään ei ole muuttunut."));
    assert!(same.contains(&format!("hreflang=\"sv\" href=\"/sv/{AGREEMENT}?since={today}\"")));
    let early = world.get(&format!("/fi/{AGREEMENT}?since=2020-01-01")).await.body;
    assert!(section(&early, "changes").contains("ei ollut silloin vielä rekisterissä"));
    for wrong in ["x", "2999-01-01", "%22%3E%3Cscript%3E"] {
        let answer = world.get(&format!("/fi/{AGREEMENT}?since={wrong}")).await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn what_changed_between_two_records_is_told_in_three_languages() {
    let mut world = World::with_agreement("Kunta").await;
    let before = world.ledger.now();
    // The clock of a ledger never runs backwards, and its records are a millisecond apart at least.
    while world.ledger.now() <= before {
        tokio::task::yield_now().await;
    }
    world.decide("valtuusto", "adopted", "approve").await;
    for (lang, words) in [
        (Lang::Fi, ["Hyväksyneitä osapuolia", "lasketaan hyväksynnäksi", "koko sopimus"]),
        (Lang::Sv, ["Parter som har godkänt", "räknas som godkännande", "hela avtalet"]),
        (Lang::En, ["Parties that have approved", "counts as approval", "the whole agreement"]),
    ] {
        let body = world.get(&format!("/{lang}/{AGREEMENT}?since={before}")).await.body;
        let told = section(&body, "changes");
        for word in words {
            assert!(told.contains(word), "{lang}: {word}");
        }
        assert!(told.contains(&format!("/changes?since={before}")), "{lang}");
    }
}

#[tokio::test]
async fn a_party_has_a_page_of_what_it_is_in_and_what_awaits_it() {
    let mut world = full("Kunta").await;
    world.decide("valtuusto", "adopted", "approve").await;
    for (lang, words) in [
        (Lang::Fi, ["Sopimuksen allekirjoittaminen", "Liitteeseen liittyminen", "ei mukana", "ehdotus hyväksyttiin"]),
        (Lang::Sv, ["Underteckna avtalet", "Ansluta sig till bilagan", "är inte med", "förslaget godkändes"]),
        (Lang::En, ["Sign the agreement", "Join the annex", "not joined", "proposal adopted"]),
    ] {
        let answer = world.get(&format!("/{lang}/parties/yksi")).await;
        assert_eq!(answer.status, 200, "{lang}");
        for word in words {
            assert!(answer.body.to_lowercase().contains(&word.to_lowercase()), "{lang}: {word}");
        }
        assert!(answer.body.contains(&format!("href=\"/{lang}/{AGREEMENT}\"")), "{lang}");
    }
    let agreement = world.get(&format!("/fi/{AGREEMENT}")).await.body;
    assert!(agreement.contains("href=\"/fi/parties/yksi\""), "the table of parties leads there");
    for nobody in ["kolme", "%3Cscript%3E", "registrar", "YKSI"] {
        let answer = world.get(&format!("/sv/parties/{nobody}")).await;
        assert_eq!(answer.status, 404, "{nobody}");
        assert!(answer.body.contains("<html lang=\"sv\">"), "{nobody}");
    }
    assert_eq!(world.get("/fi/parties/yksi?on=x").await.status, 400);
}

#[tokio::test]
async fn hostile_names_are_text_in_every_section() {
    let hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";
    let world = full(hostile).await;
    for lang in Lang::ALL {
        for path in [format!("/{lang}/{AGREEMENT}"), format!("/{lang}/parties/yksi")] {
            let body = world.get(&path).await.body;
            assert!(body.contains("&#60;script&#62;"), "{path}");
            for bad in ["<script>", "<img", "\"'>"] {
                assert!(!body.contains(bad), "{path}: {bad}");
            }
        }
    }
}

/// One section of a page, to its end.
fn section<'a>(body: &'a str, id: &str) -> &'a str {
    let from = body.find(&format!("<section class=\"block\" id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    let to = body[from..].find("</section>").unwrap();
    &body[from..from + to]
}

//! `/api/v1/agreements/{agreement}/annex-chart`

use serde_json::{Value, json};

use super::world::{AGREEMENT, World};

const ANNEX: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

/// The agreement with an interface area and an annex to it for two of the three parties.
async fn with_annex() -> (World, Value) {
    let world = World::new().await;
    let area = json!({"area": {"id": "tyollisyys", "names": {"fi": "Työllisyys"}, "number": 1}, "basis": "§ 4",
        "occurred_on": "2023-02-01"});
    world.say("registrar", AGREEMENT, "area_defined", area).await;
    let text = json!({"role": "annex", "language": "fi", "digest": ANNEX, "titles": {"fi": "Yhdyspintaliite"},
        "occurred_on": "2023-02-02"});
    world.say("registrar", AGREEMENT, "text_deposited", text).await;
    let annex = json!({"area": "tyollisyys", "form": "agreement", "text": ANNEX, "eligible": ["tampere", "orivesi"],
        "occurred_on": "2023-02-03"});
    let put = world.say("registrar", AGREEMENT, "annex_deposited", annex).await.json();
    (world, put["version"].clone())
}

#[tokio::test]
async fn each_party_has_a_cell_for_each_annex() {
    let (world, annex) = with_annex().await;
    let signed = json!({"text": ANNEX, "role": "kaupunginjohtaja", "grade": "ledger_key", "occurred_on": "2023-04-01"});
    world.say("orivesi", AGREEMENT, "text_signed", signed).await;
    let chart = world.get("/api/v1/agreements/sopimus/annex-chart").await.json();
    let column =
        json!({"annex": annex, "area": "tyollisyys", "form": "agreement", "titles": {"fi": "Yhdyspintaliite"}});
    assert_eq!(chart["columns"], json!([column]));
    let rows: Vec<(&Value, &Value)> =
        chart["rows"].as_array().unwrap().iter().map(|row| (&row["party"], &row["cells"])).collect();
    assert_eq!(
        rows,
        [
            (&json!("tampere"), &json!(["not_joined"])),
            (&json!("orivesi"), &json!(["partial"])),
            (&json!("pirkanmaan-liitto"), &json!(["not_eligible"])),
        ]
    );
    assert_eq!((&chart["as_of"]["version"], &chart["on"]), (&json!(6), &json!("2026-11-22")));
    // Before the annex was put to anybody there is no column.
    let early = world.get("/api/v1/agreements/sopimus/annex-chart?on=2023-02-02").await.json();
    assert_eq!((&early["columns"], &early["rows"][1]["cells"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn a_chart_that_the_client_has_is_not_sent_again() {
    let (world, _) = with_annex().await;
    let path = "/api/v1/agreements/sopimus/annex-chart";
    let first = world.get(path).await;
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("cache-control"), "no-cache");
    assert_eq!(world.ask("GET", path, &[("if-none-match", &tag)], "").await.status, 304);
}

#[tokio::test]
async fn what_names_no_moment_or_no_agreement_is_refused() {
    let (world, _) = with_annex().await;
    for (path, problem) in [
        ("sopimus/annex-chart?on=x", (400, "time-malformed")),
        ("sopimus/annex-chart?known_at=2027-01-01", (400, "known-at-in-future")),
        ("sopimus/annex-chart?x=1", (400, "query-malformed")),
        ("sopimus/annex-chart?known_at=2026-11-21", (404, "agreement-unknown")),
        ("muu/annex-chart", (404, "agreement-unknown")),
        ("registry/annex-chart", (404, "agreement-unknown")),
    ] {
        let answer = world.get(&format!("/api/v1/agreements/{path}")).await;
        assert_eq!(answer.problem(), (problem.0, problem.1.into()), "{path}");
    }
}

//! `/api/v1/parties/{party}/calendar.ics`

use std::sync::atomic::Ordering;

use serde_json::json;
use sinetti::clock::Clock;

use super::world::{AGREEMENT, TEXT, World};

const PATH: &str = "/api/v1/parties/tampere/calendar.ics";

/// The content lines, unfolded; fails on a line that is longer than RFC 5545 § 3.1 allows.
fn lines(calendar: &str) -> Vec<String> {
    assert!(calendar.ends_with("\r\n") && calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
    calendar.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

fn values<'a>(lines: &'a [String], name: &str) -> Vec<&'a str> {
    let of = |line: &'a String| line.strip_prefix(name)?.strip_prefix(':');
    lines.iter().filter_map(of).collect()
}

/// The text is up for approval, to be answered by a day.
async fn opened(world: &World, answer_by: &str) {
    let opened = json!({"answer_by": answer_by, "occurred_on": "2026-11-01", "text": {"digest": TEXT}});
    world.say("registrar", AGREEMENT, "text_opened_for_approval", opened).await;
}

#[tokio::test]
async fn a_deadline_is_a_whole_day_and_what_has_no_day_a_task() {
    let world = World::new().await;
    let undated = lines(&world.get(PATH).await.text());
    assert_eq!(values(&undated, "BEGIN"), ["VCALENDAR", "VTODO"]);
    assert_eq!(values(&undated, "DTSTART;VALUE=DATE"), [""; 0]);
    opened(&world, "2026-12-31").await;
    let answer = world.get(&format!("{PATH}?lang=sv")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert_eq!(answer.header("content-language"), "sv");
    let dated = lines(&answer.text());
    assert_eq!(values(&dated, "BEGIN"), ["VCALENDAR", "VEVENT"]);
    assert_eq!(values(&dated, "DTSTART;VALUE=DATE"), ["20261231"]);
    assert_eq!(values(&dated, "DESCRIPTION"), ["Puitesopimus (sopimus\\, post 2)"]);
    assert_eq!(values(&dated, "UID"), ["sinetti/sopimus/tampere/approve/2@localhost"]);
    assert_eq!(values(&dated, "UID"), values(&undated, "UID"), "the same thing, with a day now");
    assert_eq!(values(&dated, "SUMMARY").len(), 1);
    assert_eq!(values(&dated, "CATEGORIES"), [""; 0]);
}

#[tokio::test]
async fn the_same_state_gives_the_same_bytes_whenever_it_is_asked_for() {
    let world = World::new().await;
    opened(&world, "2026-12-31").await;
    let first = world.get(PATH).await;
    let Clock::Fixed(ms) = &world.clock else { unreachable!() };
    ms.fetch_add(60_000, Ordering::SeqCst);
    let later = world.ask("GET", PATH, &[("if-none-match", first.header("etag"))], "").await;
    assert_eq!(later.status, 304);
    assert_eq!(values(&lines(&first.text()), "DTSTAMP"), ["20261122T120000Z"]);
    let changes = json!([{"field": "/answer_by", "old": "2026-12-31", "new": "2027-01-31"}]);
    let corrected = json!({"version": 3, "occurred_on": "2026-11-22", "changes": changes});
    world.say("registrar", AGREEMENT, "record_corrected", corrected).await;
    let moved = world.get(PATH).await;
    assert_eq!(values(&lines(&moved.text()), "DTSTAMP"), ["20261122T120100Z"], "when it was recorded");
    assert_eq!(values(&lines(&moved.text()), "DTSTART;VALUE=DATE"), ["20270131"]);
    assert_eq!(values(&lines(&moved.text()), "UID"), values(&lines(&first.text()), "UID"));
}

#[tokio::test]
async fn words_of_the_ledger_are_no_lines_of_the_calendar() {
    let world = World::new().await;
    let hostile = "a b,c;d\\n\\\\END:VEVENT <script>".repeat(30);
    let names = json!({"fi": hostile});
    let party = json!({"id": "paha", "kind": "municipality", "names": names, "occurred_on": "2023-01-01"});
    world.say("registrar", "registry", "party_registered", party).await;
    let opened = json!({"languages": ["fi"], "roster": [{"number": 1, "party": "paha"}, {"number": 2, "party": "tampere"}],
        "titles": names, "term": {"kind": "until_further_notice"}, "occurred_on": "2023-01-02",
        "rules": {"basis": "stated", "source": "§ 9", "entry_into_force": {"kind": "all_approved_and_signed"}}});
    world.say("registrar", "paha", "agreement_opened", opened).await;
    let deposited = json!({"role": "approval", "language": "fi", "digest": TEXT, "titles": names,
        "occurred_on": "2023-01-03"});
    world.say("registrar", "paha", "text_deposited", deposited).await;
    let shown = lines(&world.get("/api/v1/parties/paha/calendar.ics").await.text());
    assert_eq!(values(&shown, "BEGIN"), ["VCALENDAR", "VTODO"]);
    assert_eq!(values(&shown, "END"), ["VTODO", "VCALENDAR"]);
    assert!(values(&shown, "NAME")[0].starts_with("a b\\,c\\;d\\\\n\\\\\\\\END:VEVENT"), "{shown:?}");
    assert!(shown.iter().all(|line| line.chars().count() < 500), "{shown:?}");
}

#[tokio::test]
async fn who_is_no_party_is_404_and_what_is_no_language_400() {
    let world = World::new().await;
    for (path, status, slug) in [
        ("/api/v1/parties/muu/calendar.ics", 404, "party-unknown"),
        ("/api/v1/parties/registrar/calendar.ics", 404, "party-unknown"),
        ("/api/v1/parties/tampere/calendar.ics?lang=de", 400, "language-unknown"),
        ("/api/v1/parties/tampere/calendar.ics?x=1", 400, "query-malformed"),
    ] {
        assert_eq!(world.get(path).await.problem(), (status, slug.into()), "{path}");
    }
}

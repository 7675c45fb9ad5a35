//! Feeds, the table of parties, the badge and the catalogue.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::json;

use super::world::{AGREEMENT, Answer, World, approval, signature};

/// Words that somebody may try in every field that takes any.
const HOSTILE: &str = "=HYPERLINK(\"http://evil.example\")</title><script>alert(1)</script>&amp;'--> ]]>";

/// A second agreement, in which every name and text is hostile.
async fn hostile() -> World {
    let world = World::new().await;
    let names = json!({"fi": HOSTILE});
    let party = json!({"id": "paha", "kind": "municipality", "names": names, "occurred_on": "2023-01-01"});
    world.say("registrar", "registry", "party_registered", party).await;
    let roster = json!([{"number": 1, "party": "paha"}, {"number": 2, "party": "tampere"}]);
    let opened = json!({"languages": ["fi"], "roster": roster, "titles": names,
        "rules": {"basis": "stated", "source": HOSTILE, "entry_into_force": {"kind": "all_approved_and_signed"}},
        "term": {"kind": "until_further_notice"}, "occurred_on": "2023-01-02"});
    world.say("registrar", "paha", "agreement_opened", opened).await;
    let deposited = json!({"role": "approval", "language": "fi", "digest": super::world::TEXT, "titles": names,
        "occurred_on": "2023-01-03"});
    world.say("registrar", "paha", "text_deposited", deposited).await;
    let mut decided = approval();
    decided["organ"]["name"] = HOSTILE.into();
    decided["case_number"] = "=1+1".into();
    world.say("tampere", "paha", "decision_recorded", decided).await;
    world
}

/// The names of elements, each in the form of its start; fails on what is not well-formed.
fn elements(answer: &Answer) -> Vec<String> {
    let text = answer.text();
    let (mut reader, mut names, mut open) = (Reader::from_str(&text), Vec::new(), 0);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open += 1;
                start.attributes().for_each(|attribute| drop(attribute.unwrap()));
                names.push(String::from_utf8(start.name().as_ref().to_vec()).unwrap());
            }
            Event::Empty(empty) => {
                empty.attributes().for_each(|attribute| drop(attribute.unwrap()));
                names.push(String::from_utf8(empty.name().as_ref().to_vec()).unwrap());
            }
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{text}");
    names
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

#[tokio::test]
async fn a_feed_tells_the_trail_newest_first_in_the_language_asked_for() {
    let world = World::new().await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let feed = world.get("/api/v1/agreements/sopimus/feed.atom?lang=sv").await;
    assert_eq!(feed.status, 200, "{}", feed.text());
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    assert_eq!(feed.header("content-language"), "sv");
    assert_eq!(elements(&feed).iter().filter(|name| *name == "entry").count(), 3);
    let text = feed.text();
    let titles = between(&text, "<title>", "</title>");
    assert_eq!(titles[0], "Puitesopimus: nya anteckningar");
    assert!(titles[1].contains("förslaget godkändes"), "{titles:?}");
    assert!(text.contains("hreflang=\"fi\" href=\"/api/v1/agreements/sopimus/feed.atom?lang=fi\""));
    assert!(text.contains("href=\"/sv/sopimus/events/3\""));
    assert_eq!(between(&text, "<id>", "</id>")[0], "tag:localhost,2026:sinetti/api/v1/agreements/sopimus/feed.atom/sv");
    let other = world.get("/api/v1/agreements/sopimus/feed.atom").await.text();
    let (one, two) = (between(&text, "<id>urn", "</id>"), between(&other, "<id>urn", "</id>"));
    assert_eq!(one, two, "an entry is the same in every language");
}

#[tokio::test]
async fn a_retraction_moves_the_entry_that_it_takes_back() {
    let world = World::new().await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let before = world.get("/api/v1/agreements/sopimus/feed.atom?lang=en").await.text();
    let sinetti::clock::Clock::Fixed(ms) = &world.clock else { unreachable!() };
    ms.fetch_add(60_000, std::sync::atomic::Ordering::SeqCst);
    let retraction = json!({"occurred_on": "2023-04-01", "version": 3});
    world.say("tampere", AGREEMENT, "record_retracted", retraction).await;
    let after = world.get("/api/v1/agreements/sopimus/feed.atom?lang=en").await.text();
    let entry = |text: &str| {
        between(text, "<entry>", "</entry>").iter().find(|it| it.contains("events/3\"")).map(|it| (*it).to_owned())
    };
    let (before, after) = (entry(&before).unwrap(), entry(&after).unwrap());
    assert!(
        after.contains("term=\"retracted\" label=\"retracted\"") && after.contains("(retracted)</title>"),
        "{after}"
    );
    assert_eq!(between(&before, "<published>", "<"), between(&after, "<published>", "<"));
    assert!(between(&before, "<updated>", "<")[0] < between(&after, "<updated>", "<")[0]);
}

#[tokio::test]
async fn a_partys_feed_has_its_acts_in_all_agreements_and_nobody_elses() {
    let world = hostile().await;
    world.say("orivesi", AGREEMENT, "decision_recorded", approval()).await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let feed = world.get("/api/v1/parties/tampere/feed.atom?lang=en").await;
    let text = feed.text();
    assert_eq!(elements(&feed).iter().filter(|name| *name == "entry").count(), 2);
    assert!(text.contains("/en/paha/events/3") && text.contains("/en/sopimus/events/4"), "{text}");
    let nothing = world.get("/api/v1/parties/paha/feed.atom").await;
    assert_eq!((nothing.status, elements(&nothing).iter().filter(|name| *name == "entry").count()), (200, 0));
    for (path, status, slug) in [
        ("/api/v1/parties/muu/feed.atom", 404, "party-unknown"),
        ("/api/v1/agreements/muu/feed.atom", 404, "agreement-unknown"),
        ("/api/v1/agreements/registry/feed.atom", 404, "agreement-unknown"),
        ("/api/v1/agreements/sopimus/feed.atom?lang=de", 400, "language-unknown"),
        ("/api/v1/agreements/sopimus/feed.atom?x=1", 400, "query-malformed"),
        ("/api/v1/agreements/muu/parties.csv", 404, "agreement-unknown"),
        ("/api/v1/agreements/sopimus/parties.csv?on=x", 400, "time-malformed"),
        ("/api/v1/agreements/muu/badge.svg", 404, "agreement-unknown"),
        ("/api/v1/agreements/sopimus/badge.svg?lang=de", 400, "language-unknown"),
        ("/api/v1/catalog.jsonld?x=1", 400, "query-malformed"),
    ] {
        assert_eq!(world.get(path).await.problem(), (status, slug.into()), "{path}");
    }
}

#[tokio::test]
async fn hostile_words_are_words_in_every_form() {
    let world = hostile().await;
    let names = ["feed", "id", "title", "updated", "author", "name", "link", "entry", "published", "category"];
    for path in ["/api/v1/agreements/paha/feed.atom", "/api/v1/parties/tampere/feed.atom"] {
        let feed = world.get(path).await;
        let unknown: Vec<String> = elements(&feed).into_iter().filter(|it| !names.contains(&it.as_str())).collect();
        assert_eq!(unknown, Vec::<String>::new(), "{path}");
        assert!(feed.text().contains("HYPERLINK"), "{path}");
    }
    let badge = world.get("/api/v1/agreements/paha/badge.svg").await;
    let shapes = ["svg", "title", "rect", "g", "text"];
    assert!(elements(&badge).iter().all(|name| shapes.contains(&name.as_str())), "{}", badge.text());
    let table = world.get("/api/v1/agreements/paha/parties.csv").await.text();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    for cell in reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell}");
    }
    assert!(table.contains("'=HYPERLINK(\"\"http") && table.contains("'=1+1"), "{table}");
    let catalog = world.get("/api/v1/catalog.jsonld").await.json();
    assert_eq!(catalog["dataset"][1]["title"][0]["@value"], HOSTILE);
}

#[tokio::test]
async fn the_table_of_parties_is_that_of_the_state_at_any_moment() {
    let world = World::new().await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    world.say("tampere", AGREEMENT, "text_signed", signature()).await;
    let answer = world.get("/api/v1/agreements/sopimus/parties.csv").await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"sopimus-parties.csv\"");
    let text = answer.text();
    assert!(text.ends_with("\r\n") && text.lines().count() == 4, "{text}");
    let row = |text: &str, column: &str| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
        reader.records().next().unwrap().unwrap()[at].to_owned()
    };
    for (column, value) in [
        ("agreement", "sopimus"),
        ("number", "1"),
        ("party", "tampere"),
        ("name", "tampere"),
        ("codes", "kunta:100"),
        ("approved", "true"),
        ("approved_on", "2023-03-27"),
        ("organ", "kaupunginvaltuusto"),
        ("section", "43"),
        ("resolution", "adopted"),
        ("effect", "approve"),
        ("signed", "true"),
        ("signed_on", "2023-04-01"),
        ("bound", "false"),
        ("invented", "false"),
    ] {
        assert_eq!(row(&text, column), value, "{column}");
    }
    let then = world.get("/api/v1/agreements/sopimus/parties.csv?on=2023-03-26").await.text();
    assert_eq!((row(&then, "approved"), row(&then, "on")), ("false".into(), "2023-03-26".into()));
}

#[tokio::test]
async fn the_badge_says_the_state_in_words_and_numbers() {
    let world = World::new().await;
    let badge = world.get("/api/v1/agreements/sopimus/badge.svg?lang=en").await;
    assert_eq!(badge.header("content-type"), "image/svg+xml");
    assert_eq!(badge.header("cache-control"), "public, max-age=300");
    assert!(badge.text().len() < 1500, "{}", badge.text().len());
    assert!(badge.text().contains("Not in force</text>") && badge.text().contains("0/3</text>"), "{}", badge.text());
    assert!(badge.text().contains("<title id=\"t\">Puitesopimus: "));
    for party in super::world::PARTIES {
        world.say(party, AGREEMENT, "decision_recorded", approval()).await;
        world.say(party, AGREEMENT, "text_signed", signature()).await;
    }
    let badge = world.get("/api/v1/agreements/sopimus/badge.svg?lang=fi").await.text();
    assert!(badge.contains(">Voimassa</text>") && badge.contains("3/3</text>"), "{badge}");
}

#[tokio::test]
async fn the_catalogue_names_what_can_be_had_and_each_of_it_is_there() {
    let world = World::new().await;
    let answer = world.get("/api/v1/catalog.jsonld").await;
    assert_eq!(answer.header("content-type"), "application/ld+json");
    let catalog = answer.json();
    let dataset = &catalog["dataset"][0];
    assert_eq!((&dataset["identifier"], &dataset["@type"][0]), (&json!("sopimus"), &json!("Dataset")));
    assert_eq!(catalog["context"], serde_json::Value::Null);
    assert_eq!(catalog["title"].as_array().unwrap().len(), 3);
    for distribution in dataset["distribution"].as_array().unwrap() {
        let address = distribution["downloadURL"]["@id"].as_str().unwrap();
        let media_type = distribution["schema:encodingFormat"].as_str().unwrap();
        let answer = world.get(address).await;
        assert_eq!(answer.status, 200, "{address}");
        assert!(answer.header("content-type").starts_with(media_type), "{address}");
    }
    for page in dataset["landingPage"].as_array().unwrap() {
        assert_eq!(world.get(page["@id"].as_str().unwrap()).await.status, 200);
    }
}

/// The next event of a stream, or the end of it.
async fn next(body: &mut axum::body::Body) -> Option<String> {
    use http_body_util::BodyExt as _;
    let frame = body.frame().await?.unwrap().into_data().unwrap();
    Some(String::from_utf8(frame.to_vec()).unwrap())
}

async fn stream(world: &World, query: &str, last: Option<&str>) -> axum::response::Response {
    use tower::ServiceExt as _;
    let mut request = axum::http::Request::get(format!("/api/v1/agreements/sopimus/stream{query}"));
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    world.router.clone().oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_stream_tells_each_new_record_and_goes_on_where_it_broke() {
    let world = World::new().await;
    let answer = stream(&world, "", None).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-cache");
    assert!(answer.headers().get("etag").is_none());
    let mut body = answer.into_body();
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let event = next(&mut body).await.unwrap();
    assert!(event.contains("event: record\n") && event.contains("id: 3\n"), "{event}");
    let data: serde_json::Value = serde_json::from_str(between(&event, "data: ", "\n")[0]).unwrap();
    assert_eq!((&data["version"], &data["type"]), (&json!(3), &json!("decision_recorded")));
    world.say("orivesi", AGREEMENT, "decision_recorded", approval()).await;
    world.say("tampere", AGREEMENT, "text_signed", signature()).await;
    for (query, last) in [("?after=3", None), ("?after=1", Some("3"))] {
        let mut again = stream(&world, query, last).await.into_body();
        for id in ["id: 4\n", "id: 5\n"] {
            let event = next(&mut again).await.unwrap();
            assert!(event.contains(id), "{event}");
        }
    }
    for (path, status, slug) in [
        ("/api/v1/agreements/muu/stream", 404, "agreement-unknown"),
        ("/api/v1/agreements/registry/stream", 404, "agreement-unknown"),
        ("/api/v1/agreements/sopimus/stream?after=x", 400, "query-malformed"),
    ] {
        assert_eq!(world.get(path).await.problem(), (status, slug.into()), "{path}");
    }
    assert_eq!(stream(&world, "", Some("x")).await.status(), 400);
}

#[tokio::test]
async fn as_many_follow_as_there_are_places() {
    let world = World::with(sinetti::http::Config { streams: 1, ..sinetti::http::Config::default() }).await;
    let first = stream(&world, "", None).await;
    let refused = world.get("/api/v1/agreements/sopimus/stream").await;
    assert_eq!(refused.problem(), (503, "streams-full".into()));
    drop(first);
    assert_eq!(stream(&world, "", None).await.status(), 200, "a place is free again when its client goes");
}

/// The grace is longer than any test: what does not end by itself hangs here.
#[tokio::test]
async fn a_stream_ends_when_the_server_is_asked_to_stop() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let world = World::new().await;
    let config = sinetti::http::Config {
        grace: std::time::Duration::from_secs(3600),
        stall: std::time::Duration::from_secs(3600),
        ..sinetti::http::Config::default()
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = sinetti::http::run(listener, world.router.clone(), config, async { drop(stopped.await) });
    let client = async {
        let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
        let request = "GET /api/v1/agreements/sopimus/stream?after=1 HTTP/1.1\r\nHost: x\r\n\r\n";
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut read = String::new();
        while !read.contains("id: 2\n") {
            let mut some = [0; 512];
            let length = connection.read(&mut some).await.unwrap();
            assert_ne!(length, 0, "{read}");
            read.push_str(std::str::from_utf8(&some[..length]).unwrap());
        }
        stop.send(()).unwrap();
        connection.read_to_string(&mut read).await.unwrap();
        assert!(read.ends_with("0\r\n\r\n"), "the answer is complete: {read}");
    };
    tokio::join!(server, client);
}

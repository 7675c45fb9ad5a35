//! What other sites take from ours: full addresses, and the picture of a state beside a link.

use sinetti::http::Config;

use super::world::{AGREEMENT, World, approval, signature};

/// Where a page is told to other sites.
const PLACES: [&str; 4] = [
    "/sv/sopimus?on=2023-06-01",
    "/api/v1/agreements/sopimus/feed.atom?lang=sv",
    "/api/v1/parties/tampere/feed.atom?lang=sv",
    "/api/v1/catalog.jsonld",
];

async fn public() -> World {
    let world = World::reached_at("https://sinetti.example.fi/".parse().unwrap(), Config::default()).await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    world
}

#[tokio::test]
async fn with_a_public_address_pages_feeds_and_catalogue_name_themselves_in_full() {
    let world = public().await;
    let [page, feed, party, catalog] = PLACES;
    let page = world.get(page).await.text();
    for expected in [
        "<link rel=\"alternate\" hreflang=\"fi\" href=\"https://sinetti.example.fi/fi/sopimus?on=2023-06-01\">",
        "<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://sinetti.example.fi/fi/sopimus?on=2023-06-01\">",
        "<link rel=\"canonical\" href=\"https://sinetti.example.fi/sv/sopimus?on=2023-06-01\">",
        "<meta property=\"og:url\" content=\"https://sinetti.example.fi/sv/sopimus?on=2023-06-01\">",
        "<meta property=\"og:image\" content=\"https://sinetti.example.fi/api/v1/agreements/sopimus/picture.png?lang=sv&#38;on=2023-06-01\">",
        "<meta property=\"og:locale\" content=\"sv_FI\">",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    let feed = world.get(feed).await.text();
    for expected in [
        "rel=\"self\" type=\"application/atom+xml\" href=\"https://sinetti.example.fi/api/v1/agreements/sopimus/feed.atom?lang=sv\"",
        "href=\"https://sinetti.example.fi/sv/sopimus\"",
        "href=\"https://sinetti.example.fi/sv/sopimus/events/3\"",
    ] {
        assert!(feed.contains(expected), "{expected} in {feed}");
    }
    let party = world.get(party).await.text();
    assert!(party.contains("href=\"https://sinetti.example.fi/sv/sopimus/events/3\""), "{party}");
    let catalog = world.get(catalog).await.json();
    assert_eq!(catalog["@id"], "https://sinetti.example.fi/api/v1/catalog.jsonld");
    assert_eq!(catalog["dataset"][0]["landingPage"][0]["@id"], "https://sinetti.example.fi/fi/sopimus");
    let csv = &catalog["dataset"][0]["distribution"][1]["downloadURL"]["@id"];
    assert_eq!(csv, "https://sinetti.example.fi/api/v1/agreements/sopimus/parties.csv");
}

#[tokio::test]
async fn a_request_can_not_say_where_the_server_is() {
    for world in [public().await, World::new().await] {
        for path in PLACES {
            let forged =
                [("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example")];
            let (asked, forged) = (world.get(path).await, world.ask("GET", path, &forged, "").await);
            assert!(!forged.text().contains("evil.example"), "{path}");
            assert_eq!(forged.text(), asked.text(), "{path}");
        }
    }
}

#[tokio::test]
async fn the_picture_is_that_of_the_page_at_each_moment_and_in_each_language() {
    let world = public().await;
    let picture = async |query: &str| {
        let answer = world.get(&format!("/api/v1/agreements/sopimus/picture.png{query}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"), "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "public, max-age=300");
        assert!(answer.body.starts_with(b"\x89PNG\r\n\x1a\n") && answer.body.len() < 100_000, "{}", answer.body.len());
        // Width and height stand at the same place in every file.
        assert_eq!(answer.body[16..24], [0, 0, 4, 176, 0, 0, 2, 118]);
        answer.body
    };
    let one = picture("?lang=fi").await;
    assert_eq!(picture("").await, one, "Finnish when no language is asked for");
    assert_ne!(picture("?lang=sv").await, one);
    let before = picture("?on=2023-03-26").await;
    assert_ne!(before, one, "the approval is of the day after");
    world.say("tampere", AGREEMENT, "text_signed", signature()).await;
    assert_ne!(picture("?lang=fi").await, one, "a signature shows");
    assert_eq!(picture("?on=2023-03-26").await, before, "and not on the days before it");
    let page = world.get("/fi/sopimus").await.text();
    let tag = |name: &str| {
        let (_, rest) = page.split_once(&format!("<meta property=\"{name}\" content=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    assert_eq!((tag("og:image:width"), tag("og:image:height")), ("1200".to_owned(), "630".to_owned()));
    assert_eq!(tag("og:title"), "Puitesopimus");
    assert!(tag("og:image:alt").starts_with("Puitesopimus: Ei voimassa. "), "{}", tag("og:image:alt"));
    let address = tag("og:image").replace("&#38;", "&").replace("https://sinetti.example.fi", "");
    assert_eq!(world.get(&address).await.body, picture("?lang=fi").await);
}

#[tokio::test]
async fn a_picture_of_nothing_is_a_problem() {
    let world = World::new().await;
    for (path, status, slug) in [
        ("muu/picture.png", 404, "agreement-unknown"),
        ("registry/picture.png", 404, "agreement-unknown"),
        ("sopimus/picture.png?lang=de", 400, "language-unknown"),
        ("sopimus/picture.png?on=x", 400, "time-malformed"),
        ("sopimus/picture.png?known_at=2020-01-01", 404, "agreement-unknown"),
        ("sopimus/picture.png?x=1", 400, "query-malformed"),
    ] {
        let answer = world.get(&format!("/api/v1/agreements/{path}")).await;
        assert_eq!(answer.problem(), (status, slug.into()), "{path}");
    }
}

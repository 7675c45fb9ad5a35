//! What the pages say, and the headers that they are sent with.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, header};
use serde_json::json;
use sinetti_events::primitives::hash::Digest;
use tower::ServiceExt as _;

use super::world::{AGREEMENT, World};
use crate::i18n::Lang;
use crate::pages::assets;

fn accept_language(value: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(value))])
}

#[tokio::test]
async fn the_root_leads_to_the_visitors_language() {
    let world = World::founded().await;
    for (wish, place) in [("sv-FI", "/sv"), ("de", "/fi"), ("en;q=0.5, fi;q=0.4", "/en")] {
        let answer = world.get_with("/", accept_language(wish)).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.headers[header::LOCATION], place);
        assert_eq!(answer.headers[header::VARY], "Accept-Language");
    }
    assert_eq!(world.get("/").await.headers[header::LOCATION], "/fi");
}

#[tokio::test]
async fn only_our_own_scripts_run_where_they_are_of_use_and_nothing_is_fetched_from_elsewhere() {
    let world = World::with_agreement("Esimerkki").await;
    let (verify, event, agreement) = ("/sv/verify", "/fi/esimerkki-2023/events/1", "/en/esimerkki-2023");
    let scripts = |path: &str| match path {
        path if [verify, event].contains(&path) => vec![assets::script()],
        path if path == agreement => vec![assets::table(), assets::copy(), assets::live()],
        _ => Vec::new(),
    };
    for path in ["/fi", "/sv/about", agreement, event, verify, "/fi/nowhere/at/all"] {
        let answer = world.get(path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let runs = policy.contains("script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'");
        assert_eq!(runs, !scripts(path).is_empty(), "{path}: {policy}");
        let mut rest = answer.body.clone();
        for script in scripts(path) {
            let tag = format!("<script type=\"module\" src=\"{script}\"></script>");
            assert!(rest.contains(&tag), "{path}: {script}");
            rest = rest.replace(&tag, "");
        }
        for elsewhere in ["src=\"http", "href=\"http", "style=\"", "<script", " onclick"] {
            assert!(!rest.contains(elsewhere), "{path}: {elsewhere}");
        }
    }
}

#[tokio::test]
async fn an_agreement_can_be_followed_and_an_older_moment_brings_no_news() {
    let world = World::with_agreement("Esimerkki").await;
    let page = world.get("/en/esimerkki-2023?sort=party").await.body;
    for part in [
        "<link rel=\"canonical\" href=\"/en/esimerkki-2023\">",
        "type=\"application/atom+xml\" title=\"Esimerkki\" href=\"/api/v1/agreements/esimerkki-2023/feed.atom?lang=en\"",
        "href=\"/api/v1/agreements/esimerkki-2023/parties.csv?lang=en\"",
        "<div role=\"status\" data-live=\"/api/v1/agreements/esimerkki-2023/stream\" data-after=\"",
        "data-news=\"New entries: {count}.",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let (_, rest) = page.split_once("<a href=\"/en/esimerkki-2023?known_at=").unwrap();
    let permalink = format!("/en/esimerkki-2023?known_at={}", rest.split('"').next().unwrap().replace("&#38;", "&"));
    let then = world.get(&permalink).await;
    assert_eq!(then.status, 200, "{permalink}");
    assert!(!then.body.contains("data-live"), "what was known then does not change");
    assert!(then.body.contains(&format!("<link rel=\"canonical\" href=\"{}\">", permalink.replace('&', "&#38;"))));
}

#[tokio::test]
async fn the_verifier_is_served_as_one_script_and_as_one_file() {
    let world = World::founded().await;
    let script = world.get(assets::script()).await;
    assert_eq!(script.headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    let saved = world.get("/en/verify/offline").await;
    assert_eq!(saved.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"sinetti-verify-en.html\"");
    assert!(saved.body.contains(&script.body), "the file carries the whole script");
    assert!(saved.body.contains(&world.ledger.log_keys()[0].to_string()), "and the log's keys");
    for loaded in [" src=", " href=", "url(", "@import"] {
        assert!(!saved.body.contains(loaded), "{loaded}");
    }
    assert_eq!(world.get("/xx/verify/offline").await.status, 404);
}

#[tokio::test]
async fn every_page_names_its_language_and_links_to_the_others() {
    let world = World::with_agreement("Esimerkki").await;
    for lang in Lang::ALL {
        let answer = world.get(&format!("/{lang}/{AGREEMENT}?on=2023-06-01")).await;
        assert_eq!(answer.headers[header::CONTENT_LANGUAGE], lang.code());
        assert!(answer.body.contains(&format!("<html lang=\"{lang}\">")));
        for other in Lang::ALL {
            let link = format!("hreflang=\"{other}\" href=\"/{other}/{AGREEMENT}?on=2023-06-01\"");
            assert!(answer.body.contains(&link), "{lang}: {link}");
        }
    }
}

#[tokio::test]
async fn the_sentence_counts_approvals_and_names_who_is_missing() {
    let mut world = World::with_agreement("Kunta").await;
    let before = world.get(&format!("/fi/{AGREEMENT}")).await.body;
    assert!(before.contains("Ei vielä voimassa: 2 osapuolesta yksikään ei ole hyväksynyt eikä allekirjoittanut."));
    world.decide("valtuusto", "adopted", "approve").await;
    let after = world.get(&format!("/fi/{AGREEMENT}")).await.body;
    assert!(after.contains("2 osapuolesta 1 on hyväksynyt, eikä yksikään ole allekirjoittanut."));
    assert!(after.contains("Puuttuu: Kunta 0 (allekirjoitus), Kunta 1 (hyväksyntä ja allekirjoitus)."));
    let swedish = world.get(&format!("/sv/{AGREEMENT}")).await.body;
    assert!(swedish.contains("av 2 parter har 1 godkänt, men ingen har undertecknat."));
    let english = world.get(&format!("/en/{AGREEMENT}")).await.body;
    assert!(english.contains("of 2 parties, 1 has approved and none has signed."));
}

/// The names of the rows that a page shows, in their order.
fn rows(body: &str) -> Vec<&str> {
    let rows = body
        .split("<tr role=\"row\" id=\"party-")
        .skip(1)
        .filter(|row| !row[..row.find('>').unwrap()].contains(" hidden"));
    rows.map(|row| row.split("/parties/").nth(1).unwrap().split(['>', '<']).nth(1).unwrap()).collect()
}

#[tokio::test]
async fn the_parties_are_ordered_and_chosen_by_the_address_alone() {
    let mut world = World::with_agreement("Kunta").await;
    world.decide("valtuusto", "adopted", "approve").await;
    for (query, shown) in [
        ("", vec!["Kunta 0", "Kunta 1"]),
        ("?sort=-party", vec!["Kunta 1", "Kunta 0"]),
        ("?sort=approval", vec!["Kunta 0", "Kunta 1"]),
        ("?sort=-approval", vec!["Kunta 1", "Kunta 0"]),
        ("?show=approved", vec!["Kunta 0"]),
        ("?show=not-approved&sort=-number", vec!["Kunta 1"]),
        ("?show=signed", vec![]),
        ("?show=missing&on=2023-03-26", vec!["Kunta 0", "Kunta 1"]),
        ("?show=approved&on=2023-03-26", vec![]),
        ("?show=%3Cscript%3E&sort=%22", vec!["Kunta 0", "Kunta 1"]),
    ] {
        let body = world.get(&format!("/fi/{AGREEMENT}{query}")).await.body;
        assert_eq!(rows(&body), shown, "{query}");
    }
    let body = world.get(&format!("/fi/{AGREEMENT}?sort=party&show=approved&on=2023-04-01")).await.body;
    assert!(body.contains("aria-sort=\"ascending\"><a class=\"sort\""));
    assert!(
        body.contains(&format!(
            "hreflang=\"sv\" href=\"/sv/{AGREEMENT}?on=2023-04-01&#38;sort=party&#38;show=approved\""
        ))
    );
    assert!(
        body.contains(&format!("<a href=\"/fi/{AGREEMENT}?on=2023-04-01#party-2\"")),
        "a hidden row is linked where it is shown"
    );
}

#[tokio::test]
async fn a_search_finds_what_the_records_say_and_not_what_is_kept_apart() {
    let mut world = World::with_agreement("Kunta").await;
    world.decide("Valtuusto Meikäläinen", "adopted", "approve").await;
    let found = world.get("/fi/search?q=kunta+1").await.body;
    assert!(found.contains(&format!("<a href=\"/fi/{AGREEMENT}#party-2\">Kunta 1</a>")));
    assert!(
        world.get("/fi/search?q=ESIMERKKI-2023").await.body.contains(&format!("<a href=\"/fi/{AGREEMENT}\">Kunta</a>"))
    );
    let act = world.get("/sv/search?q=%C2%A7%2043").await.body;
    assert!(act.contains(&format!("<a href=\"/sv/{AGREEMENT}/events/3\"")), "{act}");
    let data = json!({"party": "yksi", "occurred_on": "2023-05-02", "source": "s", "organ": {"kind": "board", "name": "hallitus"},
        "minutes": "reported", "resolution": "adopted", "effect": "note", "subject": {"deposit": 2}});
    world.say(AGREEMENT, "decision_recorded", data, vec![("/presenter", "Zakarias Salanimi")]).await;
    for nothing in ["Salanimi", "%FF", "zakarias", "%3Cscript%3E", "a%20b%20c%20d%20e%20f%20g%20zzz"] {
        let answer = world.get(&format!("/fi/search?q={nothing}")).await;
        assert!(answer.status == 200 && !answer.body.contains("class=\"found\""), "{nothing}");
    }
    for strange in ["", "?q=", "?q=a&q=b", "?q=%20%20"] {
        let answer = world.get(&format!("/fi/search{strange}")).await;
        assert!(answer.status == 200 && !answer.body.contains("role=\"status\""), "{strange}");
    }
    let long = world.get(&format!("/fi/search?q={}", "ä".repeat(101))).await.body;
    assert!(long.contains("Haku on liian pitkä"));
}

#[tokio::test]
async fn who_runs_the_ledger_is_told_where_known_and_said_to_be_missing_where_not() {
    let world = World::founded().await;
    for page in ["privacy", "accessibility"] {
        let body = world.get(&format!("/fi/{page}")).await.body;
        assert!(body.contains("ei ole ilmoittanut yhteystietojaan"), "{page}");
    }
    let text = br#"{"name": "Esimerkin <kunta>", "email": "kirjaamo@esimerkki.example",
        "accessibility_reviewed_on": "2026-11-25"}"#;
    let operator = std::sync::Arc::new(crate::pages::operator::Operator::parse(text).unwrap());
    for page in ["privacy", "accessibility"] {
        let router = crate::http::router(world.ledger.clone(), crate::http::Config::default());
        let router = router.layer(axum::Extension(operator.clone()));
        let request = Request::get(format!("/sv/{page}")).body(Body::empty()).unwrap();
        let body = router.oneshot(request).await.unwrap().into_body();
        let body = String::from_utf8(axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        assert!(
            body.contains("Esimerkin &#60;kunta&#62;") && body.contains("mailto:kirjaamo@esimerkki.example"),
            "{page}"
        );
        assert_eq!(body.contains("har gjorts eller setts över 25.11.2026"), page == "accessibility");
    }
}

#[tokio::test]
async fn names_leave_the_pages_when_the_time_for_appeal_is_over() {
    let mut world = World::with_agreement("Kunta").await;
    let today = sinetti_projections::helsinki::date_of(world.ledger.now()).to_string();
    let data = |day: &str| {
        json!({"party": "yksi", "occurred_on": day, "source": "s", "organ": {"kind": "board", "name": "hallitus"},
            "minutes": "reported", "resolution": "adopted", "effect": "note", "subject": {"deposit": 2}})
    };
    let said = || vec![("/presenter", "Erkki Esittelijä"), ("/decision", "Merkittiin tiedoksi.")];
    let old = world.say(AGREEMENT, "decision_recorded", data("2023-03-27"), said()).await;
    let new = world.say(AGREEMENT, "decision_recorded", data(&today), said()).await;
    let past = world.get(&format!("/fi/{AGREEMENT}/events/{old}")).await.body;
    assert!(!past.contains("Erkki") && past.contains("ei enää näytetä: muutoksenhakuaika on päättynyt"));
    assert!(past.contains("Merkittiin tiedoksi."), "verbatim texts stay");
    assert!(world.get(&format!("/fi/{AGREEMENT}/events/{new}")).await.body.contains("Erkki Esittelijä"));
    let set = |days: u16| {
        let text = json!({"name": "K", "email": "k@k.example", "names_shown_days": {AGREEMENT: days}}).to_string();
        std::sync::Arc::new(crate::pages::operator::Operator::parse(text.as_bytes()).unwrap())
    };
    for (days, shown) in [(u16::MAX, true), (1, false)] {
        let router = crate::http::router(world.ledger.clone(), crate::http::Config::default());
        let router = router.layer(axum::Extension(set(days)));
        let request = Request::get(format!("/fi/{AGREEMENT}/events/{old}")).body(Body::empty()).unwrap();
        let body = axum::body::to_bytes(router.oneshot(request).await.unwrap().into_body(), usize::MAX).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&body).contains("Erkki"), shown, "{days}");
    }
}

#[tokio::test]
async fn approvals_over_time_are_drawn_and_told() {
    let mut world = World::with_agreement("Kunta").await;
    assert!(!world.get(&format!("/fi/{AGREEMENT}")).await.body.contains("class=\"progress\""));
    world.decide("valtuusto", "adopted", "approve").await;
    let body = world.get(&format!("/fi/{AGREEMENT}?on=2024-03-27")).await.body;
    assert!(body.contains("27.3.2023–27.3.2024: 2 osapuolesta 1 on hyväksynyt ja 0 allekirjoittanut."));
    assert!(body.contains("<path class=\"approved\" d=\"M0 100H0V50H1000\"/>"));
    assert!(body.contains("<th scope=\"row\">27.3.2023</th><td>1</td><td>0</td>"));
}

#[tokio::test]
async fn an_adopted_note_is_shown_as_a_note() {
    let mut world = World::with_agreement("Kunta").await;
    world.decide("kunnanhallitus", "adopted", "note").await;
    let page = world.get(&format!("/fi/{AGREEMENT}")).await.body;
    assert!(page.contains("yksikään ei ole hyväksynyt"));
    assert!(page.contains("Merkittiin tiedoksi. Se ei ole hyväksyntä."));
    assert!(page.contains("jäljennetty"));
}

#[tokio::test]
async fn dates_are_written_as_each_language_does() {
    let mut world = World::with_agreement("Kunta").await;
    world.decide("valtuusto", "adopted", "approve").await;
    assert!(world.get(&format!("/sv/{AGREEMENT}")).await.body.contains("27.3.2023"));
    assert!(world.get(&format!("/en/{AGREEMENT}")).await.body.contains("27 March 2023"));
}

#[tokio::test]
async fn the_minutes_own_finnish_stands_beside_the_translated_term() {
    let mut world = World::with_agreement("Kunta").await;
    world.decide("Hyväksyttiin.", "adopted", "note").await;
    let english = world.get(&format!("/en/{AGREEMENT}")).await.body;
    assert!(english.contains("proposal adopted (noting for information)"));
    assert!(english.contains("<span lang=\"fi\">ehdotus hyväksyttiin (merkitseminen tiedoksi)</span>"));
    assert!(english.contains("<q lang=\"fi\">Hyväksyttiin.</q>"));
}

#[tokio::test]
async fn another_moment_is_shown_under_a_banner() {
    let mut world = World::with_agreement("Kunta").await;
    world.decide("valtuusto", "adopted", "approve").await;
    let before = world.get(&format!("/en/{AGREEMENT}?on=2023-03-26")).await.body;
    assert!(
        before.contains("You see what was in force on 26 March 2023") && before.contains("none has approved or signed")
    );
    let on = world.get(&format!("/en/{AGREEMENT}?on=2023-03-27")).await.body;
    assert!(on.contains("1 has approved"));
    let unknown = world.get(&format!("/en/{AGREEMENT}?known_at=2023-04-01")).await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.body.contains("The agreement was not yet in the ledger"));
    let present = world.get(&format!("/en/{AGREEMENT}?known_at=&on=")).await;
    assert_eq!(present.status, 200);
    assert!(!present.body.contains("class=\"banner\""));
}

#[tokio::test]
async fn the_event_page_shows_the_exact_bytes_and_what_is_kept_apart() {
    let mut world = World::with_agreement("Kunta").await;
    let version = world.decide("Hyväksyttiin.", "adopted", "approve").await;
    let answer = world.get(&format!("/fi/{AGREEMENT}/events/{version}")).await;
    let entry = world.ledger.record(&AGREEMENT.parse().unwrap(), version).await.unwrap().unwrap();
    let bytes = String::from_utf8(entry.bytes.clone()).unwrap();
    let escaped = bytes.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;");
    assert!(answer.body.contains(&escaped));
    assert!(answer.body.contains(&entry.leaf.to_string()));
    assert!(answer.body.contains(&entry.record.envelope.signatures[0].keyid.to_string()));
    assert!(answer.body.contains("Esittelijä"));
    assert!(answer.body.contains(&format!("/api/v1/agreements/{AGREEMENT}/events/{version}/proof")));
}

#[tokio::test]
async fn an_unchanged_page_is_not_sent_twice() {
    let world = World::with_agreement("Kunta").await;
    let path = format!("/fi/{AGREEMENT}");
    let etag = world.get(&path).await.headers[header::ETAG].clone();
    let again = world.get_with(&path, HeaderMap::from_iter([(header::IF_NONE_MATCH, etag.clone())])).await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
    assert_eq!(again.headers[header::ETAG], etag);
}

#[tokio::test]
async fn assets_are_served_for_ever_under_the_name_of_their_content() {
    let world = World::founded().await;
    let page = world.get("/fi").await.body;
    let style = page.split('"').find(|part| part.starts_with("/assets/style.")).unwrap();
    let answer = world.get(style).await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
    assert!(answer.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    assert_eq!(world.get("/assets/style.css").await.status, 404);
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_language_of_the_path() {
    let world = World::founded().await;
    for (path, words) in [
        ("/sv/finns-inte", "Sidan finns inte"),
        ("/en/registry", "Page not found"),
        ("/fi/x/events/1", "Sivua ei löydy"),
        ("/xx", "Sivua ei löydy"),
        ("/sv/%FF", "Sidan finns inte"),
        ("/en/esimerkki-2023/events/%C3", "Page not found"),
    ] {
        let answer = world.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains(words), "{path}");
    }
}

#[tokio::test]
async fn pages_are_compressed_for_who_takes_it() {
    let world = World::with_agreement("Kunta").await;
    let request = Request::get(format!("/fi/{AGREEMENT}")).header(header::ACCEPT_ENCODING, "gzip");
    let router = crate::http::router(world.ledger.clone(), crate::http::Config::default());
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
    assert!(response.headers()[header::VARY].to_str().unwrap().contains("accept-encoding"));
    let zipped = response.headers()[header::ETAG].clone();
    assert_ne!(zipped, world.get(&format!("/fi/{AGREEMENT}")).await.headers[header::ETAG]);
}

#[tokio::test]
async fn a_slash_too_many_leads_home() {
    let world = World::founded().await;
    assert_eq!(world.get("/sv/").await.headers[header::LOCATION], "/sv");
    assert_eq!(world.get("/xx/").await.headers[header::LOCATION], "/");
}

#[tokio::test]
async fn a_text_can_be_fetched_while_it_is_held_and_says_why_not() {
    let mut world = World::with_agreement("Kunta").await;
    let digest = Digest::of(b"the text");
    let deposit = json!({"role": "draft", "digest": digest, "language": "fi", "titles": {"fi": "Luonnos"},
        "occurred_on": "2023-02-15"});
    let version = world.say(AGREEMENT, "text_deposited", deposit, Vec::new()).await;
    let pages = [format!("/fi/{AGREEMENT}"), format!("/fi/{AGREEMENT}/events/{version}")];
    let link = format!("<a href=\"/api/v1/documents/{digest}\" download>Lataa asiakirja</a>");
    for page in &pages {
        let body = world.get(page).await.body;
        assert!(body.contains("Asiakirjaa ei ole tallennettu") && !body.contains(&link), "{page}");
    }
    world.ledger.documents().unwrap().put("the text".into()).await.unwrap();
    for page in &pages {
        assert!(world.get(page).await.body.contains(&link), "{page}");
    }
    let event = world.ledger.document(&digest).namings[0].event;
    let erase = json!({"event": event, "pointer": "/digest", "occurred_on": "2023-02-16"});
    world.say("registry", "personal_data_erased", erase, Vec::new()).await;
    for page in &pages {
        let body = world.get(page).await.body;
        assert!(body.contains("Asiakirja on poistettu; tiiviste") && !body.contains(&link), "{page}");
    }
}

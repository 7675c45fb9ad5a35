//! Whatever stands in a text field is shown as text.

use serde_json::json;

use super::world::{AGREEMENT, World};
use crate::i18n::Lang;
use crate::pages::assets;

/// Closes attributes and elements, opens scripts, and says so.
const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 }}</q>";

/// What a browser would read as markup of ours that isn't.
fn assert_harmless(path: &str, html: &str) {
    // Our own script is loaded, never written into the page.
    let own = |script: &str| format!("<script type=\"module\" src=\"{script}\"></script>");
    let ours = [assets::script(), assets::table(), assets::copy(), assets::live()];
    let html = &ours.iter().fold(html.to_owned(), |html, script| html.replace(&own(script), ""));
    for bad in ["<script", "<img", "onerror=alert(2)>", "</q>{{", "\"'>"] {
        assert!(!html.contains(bad), "{path}: {bad} stands unescaped");
    }
    assert!(!html.contains("javascript:"), "{path}");
}

async fn hostile() -> World {
    let mut world = World::with_agreement(HOSTILE).await;
    world.decide(HOSTILE, "adopted", "approve").await;
    let data = json!({"to": {"kind": "forum", "name": HOSTILE}, "party_described": HOSTILE, "source": HOSTILE,
                      "occurred_on": "2023-02-14"});
    world.say(AGREEMENT, "draft_presented", data, Vec::new()).await;
    let data = json!({"roles": [HOSTILE], "required": {"kind": "all"}, "minor_technical_changes": false,
                      "party": "yksi", "source": HOSTILE, "occurred_on": "2023-04-01"});
    world.say(AGREEMENT, "signing_mandate_recorded", data, Vec::new()).await;
    let data =
        json!({"decision": 3, "kind": "appeal", "party": "yksi", "source": HOSTILE, "occurred_on": "2023-04-02"});
    let challenge = world.say(AGREEMENT, "decision_challenged", data, Vec::new()).await;
    let data = json!({"decision": 3, "challenge": challenge, "by": HOSTILE, "outcome": "annulled", "party": "yksi",
                      "source": HOSTILE, "occurred_on": "2023-05-02"});
    world.say(AGREEMENT, "challenge_resolved", data, Vec::new()).await;
    world
}

#[tokio::test]
async fn hostile_text_in_every_field_is_escaped_on_every_page() {
    let world = hostile().await;
    let newest = world.ledger.view(&AGREEMENT.parse().unwrap(), None).await.unwrap().unwrap().as_of.version;
    for lang in Lang::ALL {
        let search = format!("/{lang}/search?q=script");
        let mut paths = vec![search, format!("/{lang}"), format!("/{lang}/about"), format!("/{lang}/{AGREEMENT}")];
        paths.extend((1..=newest).map(|version| format!("/{lang}/{AGREEMENT}/events/{version}")));
        for path in paths {
            let answer = world.get(&path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_harmless(&path, &answer.body);
            let shows_it = !path.ends_with("/about");
            assert_eq!(answer.body.contains("&#60;script&#62;"), shows_it, "{path}");
        }
    }
}

#[tokio::test]
async fn hostile_paths_and_queries_are_not_echoed() {
    let world = World::with_agreement("Esimerkki").await;
    for path in [
        "/%3Cscript%3E",
        "/fi/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/fi/esimerkki-2023?on=%22%3E%3Cscript%3E",
        "/fi/esimerkki-2023?known_at=2023-01-01&on=%22%3E%3Cscript%3E",
        "/fi/esimerkki-2023?on=2023-01-01&on=2023-01-02",
        "/fi/esimerkki-2023?on=%FF",
        "/fi/esimerkki-2023/events/%3Cscript%3E",
        "/fi/esimerkki-2023/events/99999999999999999999",
        "/fi/esimerkki-2023/events/-1",
        "/fi/../../etc/passwd",
        "/assets/..%2F..%2Fetc%2Fpasswd",
        "/fi//",
    ] {
        let answer = world.get(path).await;
        assert!([400, 404].contains(&answer.status.as_u16()), "{path}: {}", answer.status);
        assert_harmless(path, &answer.body);
    }
}

//! Tokens made by openssl: the honest one is believed, and each that is bent in one way is not.

use std::fs;
use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::routing::post;
use sinetti_events::primitives::time::Instant;

use super::tsa::Tsa;
use super::{AskError, Asking, Authority, BadAnswer, BadAuthority, BadToken, Query};
use crate::http;

const PATIENCE: Duration = Duration::from_secs(30);

const MESSAGE: &[u8] = b"localhost/sinetti\n1\nroot\n\n-- log signature\n";

/// One authority for all tests of a process; they don't change it.
static TSA: LazyLock<Tsa> = LazyLock::new(Tsa::new);

/// The certificates of these names, pinned.
fn pin(tsa: &Tsa, names: &[&str]) -> Authority {
    Authority::parse(&tsa.pem(names)).unwrap()
}

/// Serves until the test's runtime ends; gives the address.
async fn listen(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(http::run(listener, router, http::Config::default(), std::future::pending()));
    url
}

fn verified(authority: &Authority, token: &[u8]) -> Result<Instant, BadToken> {
    authority.verify(token, MESSAGE).map(|stamp| stamp.said.time)
}

#[test]
fn an_honest_token_says_when_its_message_was_there() {
    let authority = pin(&TSA, &["root", "middle", "tsa"]);
    let before = crate::clock::Clock::System.now().unix_ms() / 1000 * 1000;
    for section in ["settings", "fine"] {
        let token = TSA.token(MESSAGE, "tsa", section);
        let stamp = authority.verify(&token, MESSAGE).unwrap();
        let after = crate::clock::Clock::System.now().unix_ms();
        assert!((before..=after).contains(&stamp.said.time.unix_ms()), "{}", stamp.said.time);
        assert_eq!((stamp.said.policy.as_str(), &stamp.said.nonce), ("1.2.3.4.1", &None));
        assert_eq!((stamp.authority.as_str(), authority.name().as_str()), ("CN=tsa", "CN=tsa"));
        assert_eq!(super::read(&token, MESSAGE), Ok(stamp.said));
        assert_eq!(super::read(&token, b"other"), Err(BadToken::Imprint));
        // Nothing but the message is vouched for.
        assert_eq!(authority.verify(&token, b"other"), Err(BadToken::Imprint));
        // The order in the file does not matter, nor what stands beside.
        let pem = [&TSA.pem(&["tsa", "root"])[..], b"a note\n", &TSA.pem(&["middle"])].concat();
        assert!(verified(&Authority::parse(&pem).unwrap(), &token).is_ok());
    }
}

#[test]
fn openssl_says_the_same_of_a_token() {
    let token = TSA.token(MESSAGE, "tsa", "settings");
    fs::write(TSA.path("given.tst"), token).unwrap();
    fs::write(TSA.path("given"), MESSAGE).unwrap();
    fs::write(TSA.path("chain.pem"), TSA.pem(&["tsa", "middle"])).unwrap();
    let verify = ["ts", "-verify", "-token_in", "-in", "given.tst", "-data", "given", "-CAfile", "root.pem"];
    TSA.run(&[&verify[..], &["-untrusted", "chain.pem"]].concat());
}

#[test]
fn every_flipped_bit_is_noticed() {
    let authority = pin(&TSA, &["root", "middle", "tsa"]);
    let token = TSA.token(MESSAGE, "tsa", "settings");
    assert!(authority.verify(&token, MESSAGE).is_ok());
    for at in 0..token.len() * 8 {
        let mut bent = token.clone();
        bent[at / 8] ^= 1 << (at % 8);
        assert!(authority.verify(&bent, MESSAGE).is_err(), "byte {} of {}", at / 8, hex::encode(&token));
    }
    for end in 0..token.len() {
        assert!(authority.verify(&token[..end], MESSAGE).is_err());
    }
    assert!(authority.verify(&[&token[..], b"x"].concat(), MESSAGE).is_err());
    assert!(matches!(authority.verify(&vec![0x30; 65_537], MESSAGE), Err(BadToken::Form(_))));
}

#[test]
fn a_stranger_is_not_believed_though_its_names_are_the_same() {
    let token = TSA.token(MESSAGE, "tsa", "settings");
    let other = Tsa::new();
    let authority = pin(&other, &["root", "middle", "tsa"]);
    assert_eq!(verified(&authority, &token), Err(BadToken::Stranger));
    // Their own signer is pinned, but the chain is another's.
    let pem = [&TSA.pem(&["tsa"])[..], &other.pem(&["root", "middle"])].concat();
    assert!(matches!(verified(&Authority::parse(&pem).unwrap(), &token), Err(BadToken::Chain(_))));
    let lacking = pin(&TSA, &["root", "tsa"]);
    assert!(matches!(verified(&lacking, &token), Err(BadToken::Chain(name)) if name.contains("tsa")));
}

#[test]
fn a_certificate_that_is_not_for_timestamps_or_not_valid_then_is_not_believed() {
    // openssl makes no token with these: they are not taken for an authority's own in the first place.
    for section in ["lax", "wide", "web", "nocert"] {
        TSA.issue(section, "middle", section, "ec", 3650);
        let parsed = Authority::parse(&TSA.pem(&["root", "middle", section]));
        assert!(matches!(parsed, Err(BadAuthority::NoSigner)), "{section}");
    }
    TSA.issue("odd", "middle", "odd", "p384", 3650);
    let token = TSA.token(MESSAGE, "odd", "settings");
    let odd = verified(&pin(&TSA, &["root", "middle", "odd"]), &token);
    assert!(matches!(odd, Err(BadToken::Extension { extension, .. }) if extension == "1.2.3.4.5"));
    // Valid for no time at all: it ended before it began.
    TSA.issue("expired", "middle", "tsa", "ec", -1);
    let token = TSA.token(MESSAGE, "expired", "settings");
    let expired = verified(&pin(&TSA, &["root", "middle", "expired"]), &token);
    assert!(matches!(expired, Err(BadToken::Validity { .. })), "{expired:?}");
}

#[test]
fn a_timestamp_certificate_can_issue_none_and_a_path_has_its_length() {
    TSA.issue("below-tsa", "tsa", "tsa", "ec", 3650);
    let token = TSA.token(MESSAGE, "below-tsa", "settings");
    let chain = verified(&pin(&TSA, &["root", "middle", "tsa", "below-tsa"]), &token);
    assert!(matches!(chain, Err(BadToken::Chain(_))), "{chain:?}");
    // `middle` may issue authorities' certificates only (pathlen 0).
    TSA.issue("lower", "middle", "middle", "ec", 3650);
    TSA.issue("below-lower", "lower", "tsa", "ec", 3650);
    let token = TSA.token(MESSAGE, "below-lower", "settings");
    let chain = verified(&pin(&TSA, &["root", "middle", "lower", "below-lower"]), &token);
    assert!(matches!(chain, Err(BadToken::Chain(_))), "{chain:?}");
}

#[test]
fn what_this_program_does_not_verify_it_says_so() {
    let token = TSA.token(MESSAGE, "tsa", "sha1");
    assert_eq!(verified(&pin(&TSA, &["root", "middle", "tsa"]), &token), Err(BadToken::Unnamed));
    TSA.issue("short", "middle", "tsa", "short", 3650);
    let token = TSA.token(MESSAGE, "short", "settings");
    let short = verified(&pin(&TSA, &["root", "middle", "short"]), &token);
    assert!(matches!(short, Err(BadToken::Signature(_))), "{short:?}");
}

#[test]
fn an_answer_fits_its_question_only() {
    let authority = pin(&TSA, &["root", "middle", "tsa"]);
    let query = Query::new(MESSAGE, None, [0; 8]).unwrap();
    let answer = TSA.answer(&query.to_der().unwrap(), "tsa", "settings");
    let (token, stamp) = query.accept(&answer, &authority).unwrap();
    assert_eq!(authority.verify(&token, MESSAGE).unwrap(), stamp);
    assert_eq!(stamp.said.nonce.as_deref().unwrap(), "4000000000000000");
    let other = Query::new(MESSAGE, None, [1; 8]).unwrap();
    assert_eq!(other.accept(&answer, &authority), Err(BadAnswer::OtherQuestion));
    let of_another = Query::new(b"another message", None, [0; 8]).unwrap();
    assert_eq!(of_another.accept(&answer, &authority), Err(BadAnswer::Token(BadToken::Imprint)));
    // A question that openssl does not take is answered with a refusal.
    let refusal = TSA.answer(b"nonsense", "tsa", "settings");
    assert!(matches!(query.accept(&refusal, &authority), Err(BadAnswer::Refused(_))));
    assert!(matches!(query.accept(b"nonsense", &authority), Err(BadAnswer::Form(_))));
}

#[test]
fn a_file_of_certificates_says_what_is_missing() {
    let parse = |pem: &[u8]| Authority::parse(pem).map(|_| ());
    assert_eq!(parse(b""), Err(BadAuthority::Empty));
    assert_eq!(parse(b"\n"), Err(BadAuthority::Empty));
    assert_eq!(parse(&TSA.pem(&["tsa", "middle"])), Err(BadAuthority::NoRoot));
    assert_eq!(parse(&TSA.pem(&["root", "middle"])), Err(BadAuthority::NoSigner));
    let cut = TSA.pem(&["root"]);
    assert!(matches!(parse(&cut[..cut.len() / 2]), Err(BadAuthority::Certificate(1, _))));
    let nonsense = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(matches!(parse(nonsense), Err(BadAuthority::Certificate(1, _))));
    assert_eq!(parse(&vec![b'-'; (1 << 20) + 1]), Err(BadAuthority::TooLong));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_is_asked_over_http() {
    let url = TSA.serve("tsa");
    let asking = Asking::new(&url, pin(&TSA, &["root", "middle", "tsa"]), PATIENCE).unwrap();
    let asked = asking.clone().under("1.2.3.4.1").unwrap();
    let done = tokio::task::spawn_blocking(move || asked.stamp(MESSAGE, [7; 8])).await.unwrap();
    let (token, stamp) = done.unwrap();
    assert_eq!(asking.authority().verify(&token, MESSAGE).unwrap(), stamp);
    // An authority that has no such policy says no, and why.
    let other = asking.clone().under("1.2.3.4.99").unwrap();
    let refused = tokio::task::spawn_blocking(move || other.stamp(MESSAGE, [7; 8])).await.unwrap();
    assert!(matches!(refused, Err(AskError::Answer(BadAnswer::Refused(_)))), "{refused:?}");
    let nobody = Asking::new("http://127.0.0.1:1/tsa?key=secret", asking.authority().clone(), PATIENCE).unwrap();
    assert!(!format!("{nobody:?}").contains("secret"));
    let failed = tokio::task::spawn_blocking(move || nobody.stamp(MESSAGE, [7; 8])).await.unwrap();
    assert!(matches!(&failed, Err(AskError::Unreachable(reason)) if !reason.contains("secret")), "{failed:?}");
    for bad in ["", "localhost/tsa", "ftp://a/b", "file:///etc/passwd", "http://", "http://me:secret@127.0.0.1/tsa"] {
        assert!(matches!(Asking::new(bad, asking.authority().clone(), PATIENCE), Err(AskError::Address)), "{bad}");
    }
    assert!(matches!(asking.under("one.two"), Err(AskError::Policy(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_answers_otherwise_is_refused() {
    let kind = |kind: &'static str| [(header::CONTENT_TYPE, kind)];
    let huge = move |_: Bytes| async move { (kind("application/timestamp-reply"), vec![0x30; 200 << 10]) };
    let page = move |_: Bytes| async move { (kind("text/html"), "<p>sign in</p>") };
    let moved = |_: Bytes| async { (StatusCode::FOUND, [(header::LOCATION, "/huge")], "") };
    let slow = |_: Bytes| std::future::pending::<&'static str>();
    let routes = Router::new().route("/huge", post(huge)).route("/page", post(page)).route("/moved", post(moved));
    let url = listen(routes.route("/slow", post(slow))).await;
    for (path, said) in
        [("huge", "large"), ("page", "text/html"), ("moved", "302"), ("slow", "timeout"), ("none", "404")]
    {
        let authority = pin(&TSA, &["root", "middle", "tsa"]);
        let patience = if path == "slow" { Duration::from_millis(200) } else { PATIENCE };
        let asking = Asking::new(&format!("{url}/{path}"), authority, patience).unwrap();
        let failed = tokio::task::spawn_blocking(move || asking.stamp(MESSAGE, [7; 8])).await.unwrap();
        let reason = failed.unwrap_err().to_string();
        assert!(reason.contains(said), "{path}: {reason}");
    }
}

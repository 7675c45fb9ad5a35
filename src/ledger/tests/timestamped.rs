//! A ledger and its timestamp authority on loopback, made with openssl: honest, down, slow, lying.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use sinetti_events::bundle::{Bundle, Member};
use sinetti_events::log::note::Note;
use sinetti_projections::audit::Verdict;
use sinetti_projections::audit::evidence::Asked;

use super::restore::sql;
use super::world::{World, agreement, assert_proven, differences};
use crate::clock::Clock;
use crate::evidence::{self, Authorities};
use crate::http;
use crate::ledger::{Ledger, Options, Stamping, Timestamp, Timestamping};
use crate::timestamp::tsa::Tsa;
use crate::timestamp::{Asking, Authority};

/// One authority for all tests of a process; they don't change it.
static TSA: LazyLock<Tsa> = LazyLock::new(|| {
    let tsa = Tsa::new();
    // Valid for no time at all: it ended before it began.
    tsa.issue("expired", "middle", "tsa", "ec", -1);
    tsa
});

const CHAIN: [&str; 3] = ["root", "middle", "tsa"];

const SLOW: Duration = Duration::from_secs(3600);

fn pinned(names: &[&str]) -> Authority {
    Authority::parse(&TSA.pem(names)).unwrap()
}

fn timestamping(url: &str, names: &[&str]) -> Timestamping {
    let asking = Asking::new(url, pinned(names), Duration::from_secs(10)).unwrap();
    let quick = Duration::from_millis(20);
    Timestamping { every: SLOW, retry: quick, longest: quick, ..Timestamping::new(asking) }
}

/// openssl stamps with the machine's clock, so the ledger goes by the same.
fn world() -> World {
    let world = World::new();
    world.ms.store(Clock::System.now().unix_ms(), Ordering::SeqCst);
    world
}

async fn open(world: &World, timestamping: Timestamping) -> Ledger {
    Ledger::open(Options { timestamping: Some(timestamping), ..world.options() }).await.unwrap()
}

async fn founded(world: &World) {
    world.founded().await.close().await;
}

/// Until the authority stands so; what hangs here is stopped by the test runner.
async fn until(ledger: &Ledger, standing: Stamping) {
    while ledger.timestamping().unwrap().standing != standing {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn newest(ledger: &Ledger) -> Timestamp {
    ledger.newest_timestamp().await.unwrap().unwrap()
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(http::run(listener, router, http::Config::default(), std::future::pending()));
    url
}

/// A server that counts who asks, and answers as `reply` says.
async fn counting<R, F>(reply: F) -> (String, Arc<AtomicUsize>)
where
    R: IntoResponse + Send + 'static,
    F: Fn(usize, Bytes) -> R + Clone + Send + Sync + 'static,
{
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let answer = move |query: Bytes| {
        let turn = count.fetch_add(1, Ordering::SeqCst);
        let reply = reply.clone();
        async move { tokio::task::spawn_blocking(move || reply(turn, query)).await.unwrap() }
    };
    (serve(Router::new().route("/", post(answer))).await, asked)
}

fn answered(answer: Vec<u8>) -> axum::response::Response {
    ([(header::CONTENT_TYPE, "application/timestamp-reply")], answer).into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_checkpoint_is_timestamped_and_openssl_agrees() {
    let world = world();
    founded(&world).await;
    let ledger = open(&world, timestamping(&TSA.serve("tsa"), &CHAIN)).await;
    until(&ledger, Stamping::Stamped).await;
    let stamp = newest(&ledger).await;
    assert_eq!((stamp.size, stamp.authority.as_str()), (4, "CN=tsa"));
    assert_eq!(ledger.timestamp(4).await.unwrap().as_ref(), Some(&stamp));
    assert_eq!(ledger.timestamp(3).await.unwrap(), None);
    // What it is over is what the ledger published before any witness signed.
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    fs::write(path("stamped"), ledger.checkpoint().await.unwrap()).unwrap();
    fs::write(path("token"), &stamp.token).unwrap();
    fs::write(path("chain"), TSA.pem(&["tsa", "middle"])).unwrap();
    let verify = ["ts", "-verify", "-token_in", "-in", &path("token"), "-data", &path("stamped")];
    TSA.run(&[&verify[..], &["-CAfile", "root.pem", "-untrusted", &path("chain")]].concat());
    ledger.close().await;
    drop(ledger);
    assert_eq!(differences(&world).await, []);
    // Whoever opens it without an authority shows the same.
    let ledger = world.open().await;
    assert_eq!((newest(&ledger).await, ledger.timestamping()), (stamp, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_carries_the_earliest_timestamp_of_each_record_and_proves_it() {
    let world = world();
    founded(&world).await;
    let url = TSA.serve("tsa");
    let ledger = open(&world, timestamping(&url, &CHAIN)).await;
    until(&ledger, Stamping::Stamped).await;
    ledger.submit(world.text(&ledger).await).await.unwrap();
    ledger.close().await;
    drop(ledger);
    // The next one at once: the ledger is opened as if an hour had passed.
    let at_once = Timestamping { every: Duration::ZERO, ..timestamping(&url, &CHAIN) };
    let ledger = open(&world, at_once).await;
    until(&ledger, Stamping::Stamped).await;
    ledger.submit(world.text(&ledger).await).await.unwrap();
    ledger.submit(world.text(&ledger).await).await.unwrap();
    while newest(&ledger).await.size < 7 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let file = ledger.evidence(&agreement(), None, 0).await.unwrap().unwrap();
    let (bundle, _) = Bundle::read(&file.bytes);
    let stamps: Vec<u64> = bundle
        .iter()
        .filter_map(|(member, _)| if let Member::Timestamp(size) = member { Some(size) } else { None })
        .collect();
    assert!(stamps.starts_with(&[4, 5]) && stamps.ends_with(&[7]), "{stamps:?}");
    assert!(bundle.get(Member::Cosigned(4)).is_some() && bundle.get(Member::Cosigned(7)).is_none());
    let verify = |authorities| evidence::verify(&file.bytes, &Asked::default(), &authorities, |_| (), || ());
    let report = verify(Authorities::Pinned(pinned(&CHAIN)));
    assert_eq!((report.verdict, report.findings), (Verdict::Valid, vec![]));
    assert!(report.timestamps.iter().all(|it| it.verdict == Verdict::Valid && it.authority.is_some()));
    assert_eq!(verify(Authorities::LeftOut).verdict, Verdict::Valid);
    let unsaid = verify(Authorities::Unsaid);
    assert_eq!(unsaid.verdict, Verdict::Unverifiable);
    assert!(unsaid.findings.iter().all(|finding| finding.slug == "timestamp-unpinned"), "{:?}", unsaid.findings);
    let words = String::from_utf8(bundle.get(Member::Readme).unwrap().to_vec()).unwrap();
    assert!(
        words.contains("timestamps/4.tsr") && words.contains("aikaleimapalvelu") && words.contains("--timestamp-ca")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_is_asked_once_in_its_time_across_restarts_and_not_while_nothing_is_new() {
    let world = world();
    founded(&world).await;
    let (url, asked) = counting(|_, query: Bytes| answered(TSA.answer(&query, "tsa", "settings"))).await;
    let ledger = open(&world, timestamping(&url, &CHAIN)).await;
    until(&ledger, Stamping::Stamped).await;
    for _ in 0..3 {
        ledger.submit(world.text(&ledger).await).await.unwrap();
    }
    ledger.close().await;
    drop(ledger);
    let ledger = open(&world, timestamping(&url, &CHAIN)).await;
    ledger.submit(world.text(&ledger).await).await.unwrap();
    assert_eq!(ledger.timestamping().unwrap().standing, Stamping::Waiting);
    ledger.close().await;
    drop(ledger);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // An hour later by the ledger's clock, and the authority still lives in the old hour.
    world.pass(3_600_000);
    let ledger = open(&world, timestamping(&url, &CHAIN)).await;
    until(&ledger, Stamping::Stamped).await;
    assert_eq!((newest(&ledger).await.size, asked.load(Ordering::SeqCst)), (8, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_is_down_or_hangs_delays_no_event_and_is_asked_again() {
    let world = world();
    founded(&world).await;
    // Not there, then busy, then honest.
    let (url, _) = counting(|turn, query: Bytes| match turn {
        0..3 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ => answered(TSA.answer(&query, "tsa", "settings")),
    })
    .await;
    let hangs = serve(Router::new().route("/", post(|_: Bytes| std::future::pending::<&'static str>()))).await;
    for url in ["http://127.0.0.1:1/", &hangs] {
        let ledger = open(&world, timestamping(url, &CHAIN)).await;
        let receipt = ledger.submit(world.text(&ledger).await).await.unwrap().receipt;
        assert_proven(&ledger, &receipt);
        if url != hangs {
            until(&ledger, Stamping::Unreachable).await;
            assert!(ledger.timestamping().unwrap().reason.unwrap().contains("can't be asked"));
        }
        assert!(ledger.health().writable);
        assert_eq!(ledger.newest_timestamp().await.unwrap(), None);
        // While it still hangs.
        ledger.close().await;
    }
    let ledger = open(&world, timestamping(&url, &CHAIN)).await;
    until(&ledger, Stamping::Stamped).await;
    assert_eq!((newest(&ledger).await.size, ledger.timestamping().unwrap().reason), (6, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_lies_is_named_and_nothing_of_it_is_kept() {
    let world = world();
    founded(&world).await;
    let other = Tsa::new();
    // Of another question.
    let (stale, _) = counting(|_, _| {
        let query = crate::timestamp::Query::new(b"another message", None, [1; 8]).unwrap();
        answered(TSA.answer(&query.to_der().unwrap(), "tsa", "settings"))
    })
    .await;
    // Of this checkpoint, but not of this question.
    let (replayed, _) = counting(|_, query: Bytes| {
        let mut query = query.to_vec();
        let at = query.windows(2).rposition(|two| two == [0x02, 0x08]).unwrap();
        query[at + 9] ^= 1;
        answered(TSA.answer(&query, "tsa", "settings"))
    })
    .await;
    let (bent, _) = counting(|_, query: Bytes| {
        let mut answer = TSA.answer(&query, "tsa", "settings");
        *answer.last_mut().unwrap() ^= 1;
        answered(answer)
    })
    .await;
    let (refusing, _) = counting(|_, _| answered(TSA.answer(b"nonsense", "tsa", "settings"))).await;
    let expired = ["root", "middle", "expired"];
    let stranger = other.serve("tsa");
    let cases: [(&str, &[&str], &str); 7] = [
        (&stale, &CHAIN, "something else"),
        (&replayed, &CHAIN, "another question"),
        (&bent, &CHAIN, "its signature does not hold"),
        (&refusing, &CHAIN, "refuses"),
        (&stranger, &CHAIN, "none of the pinned certificates"),
        (&TSA.serve("expired"), &expired, "was not valid at"),
        (&TSA.serve("tsa"), &expired, "none of the pinned certificates"),
    ];
    for (url, names, said) in cases {
        let ledger = open(&world, timestamping(url, names)).await;
        until(&ledger, Stamping::Refuses).await;
        let reason = ledger.timestamping().unwrap().reason.unwrap();
        assert!(reason.contains(said), "{said}: {reason}");
        assert!(ledger.health().writable);
        assert_eq!(ledger.newest_timestamp().await.unwrap(), None);
        ledger.close().await;
    }
    // It names its certificate by SHA-1 alone.
    let (weak, _) = counting(|_, query: Bytes| answered(TSA.answer(&query, "tsa", "sha1"))).await;
    let ledger = open(&world, timestamping(&weak, &CHAIN)).await;
    until(&ledger, Stamping::Refuses).await;
    let reason = ledger.timestamping().unwrap().reason.unwrap();
    assert!(reason.contains("RFC 5816"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_wrong_proves_nothing() {
    for (ms, said) in [(-3_600_000, "ahead of this one"), (3_600_000, "behind the newest record's time")] {
        let world = world();
        world.pass(ms);
        founded(&world).await;
        let ledger = open(&world, timestamping(&TSA.serve("tsa"), &CHAIN)).await;
        until(&ledger, Stamping::Refuses).await;
        let reason = ledger.timestamping().unwrap().reason.unwrap();
        assert!(reason.contains(said), "{reason}");
        assert_eq!(ledger.newest_timestamp().await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_timestamp_is_named_and_not_shown_and_an_older_one_stands_in() {
    let world = world();
    founded(&world).await;
    let url = TSA.serve("tsa");
    for _ in 0..2 {
        let at_once = Timestamping { every: Duration::ZERO, ..timestamping(&url, &CHAIN) };
        let ledger = open(&world, at_once).await;
        until(&ledger, Stamping::Stamped).await;
        ledger.close().await;
        drop(ledger);
        let ledger = world.open().await;
        ledger.submit(world.text(&ledger).await).await.unwrap();
        ledger.close().await;
    }
    sql(
        &world,
        "DROP TRIGGER checkpoint_timestamp_refuses_update; \
         UPDATE checkpoint_timestamp SET time = time - 1000 WHERE size = 5",
    )
    .await;
    let found = differences(&world).await;
    assert_eq!((found.len(), found[0].table, found[0].place.as_str()), (1, "checkpoint_timestamp", "5"), "{found:?}");
    let ledger = world.open().await;
    assert!(ledger.health().writable, "the ledger itself is whole");
    assert_eq!(newest(&ledger).await.size, 4);
    assert!(ledger.timestamp(5).await.is_err());
    let file = ledger.evidence(&agreement(), None, 0).await.unwrap().unwrap();
    let (bundle, _) = Bundle::read(&file.bytes);
    assert!(bundle.get(Member::Timestamp(4)).is_some() && bundle.get(Member::Timestamp(5)).is_none());
    let asked = Authorities::Pinned(pinned(&CHAIN));
    assert_eq!(evidence::verify(&file.bytes, &Asked::default(), &asked, |_| (), || ()).verdict, Verdict::Valid);
    // A token over another checkpoint: the hash tells.
    ledger.close().await;
    drop(ledger);
    sql(
        &world,
        "UPDATE checkpoint_timestamp SET token = (SELECT token FROM checkpoint_timestamp WHERE size = 5) WHERE size = 4",
    )
    .await;
    let found = differences(&world).await;
    assert_eq!(found.iter().map(|it| it.place.as_str()).collect::<Vec<_>>(), ["4", "5"], "{found:?}");
    assert!(found[0].reason.contains("something else"), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn cosignatures_that_come_later_change_nothing_of_what_was_timestamped() {
    let world = world();
    founded(&world).await;
    let ledger = open(&world, timestamping(&TSA.serve("tsa"), &CHAIN)).await;
    until(&ledger, Stamping::Stamped).await;
    let note = Note::parse(ledger.checkpoint().await.unwrap().as_bytes()).unwrap();
    let mut line = note.signatures()[0].clone();
    line.name = "witness.example/w".parse().unwrap();
    let cosigned = note.with_signature(&line).unwrap();
    assert_ne!(cosigned, note);
    assert_eq!(cosigned.signed_as(&ledger.origin().into()).unwrap(), note);
    pinned(&CHAIN).verify(&newest(&ledger).await.token, note.as_str().as_bytes()).unwrap();
}

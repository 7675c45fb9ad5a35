//! The server on loopback: bodies that drip, and a client that goes away.

use std::time::Duration;

use sinetti::http::{Config, run};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::world::{AGREEMENT, World, approval};

const SHORT: Duration = Duration::from_millis(400);
const NEVER: Duration = Duration::from_secs(10);

async fn serve(world: &World, config: Config) -> TcpStream {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(run(listener, world.router.clone(), config, std::future::pending()));
    TcpStream::connect(address).await.unwrap()
}

async fn until_closed(mut stream: TcpStream) -> String {
    let mut got = Vec::new();
    tokio::time::timeout(NEVER, stream.read_to_end(&mut got)).await.unwrap().unwrap();
    String::from_utf8_lossy(&got).into_owned()
}

fn head(length: usize) -> String {
    format!(
        "POST /api/v1/agreements/{AGREEMENT}/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n"
    )
}

#[tokio::test]
async fn a_body_that_does_not_come_is_408_and_the_connection_closed() {
    let config = Config { body: SHORT, ..Config::default() };
    let world = World::with(config).await;
    for sent in ["", "{\"envelope\":"] {
        let mut stream = serve(&world, config).await;
        stream.write_all(format!("{}{sent}", head(1000)).as_bytes()).await.unwrap();
        let answer = until_closed(stream).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("body-too-slow"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_drips_is_408_too() {
    let config = Config { body: SHORT, ..Config::default() };
    let world = World::with(config).await;
    let mut stream = serve(&world, config).await;
    stream.write_all(head(1000).as_bytes()).await.unwrap();
    let (mut read, mut write) = stream.into_split();
    let drip = tokio::spawn(async move {
        while write.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut got = Vec::new();
    let _ = tokio::time::timeout(NEVER, read.read_to_end(&mut got)).await.unwrap();
    assert!(String::from_utf8_lossy(&got).starts_with("HTTP/1.1 408"));
    drip.abort();
}

#[tokio::test]
async fn a_large_body_is_413_before_it_is_sent() {
    let world = World::new().await;
    let mut stream = serve(&world, Config::default()).await;
    let head = head(50_000_000).replace("Host: x", "Host: x\r\nExpect: 100-continue");
    stream.write_all(head.as_bytes()).await.unwrap();
    let answer = until_closed(stream).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

/// The client goes away while the event is on its way; the event is recorded once, and asking again says so.
#[tokio::test]
async fn a_client_that_goes_away_leaves_nothing_half_done() {
    let world = World::new().await;
    let saying = world.saying("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let envelope = saying.sign(&[&world.keys["tampere"]]);
    let body = serde_json::json!({"envelope": envelope}).to_string();
    let mut stream = serve(&world, Config::default()).await;
    stream.write_all(format!("{}{body}", head(body.len())).as_bytes()).await.unwrap();
    drop(stream);
    let again = world.post(AGREEMENT, &envelope).await;
    assert!([200, 201].contains(&again.status), "{}", again.text());
    assert_eq!(again.json()["version"], 3);
    let third = world.post(AGREEMENT, &envelope).await;
    assert_eq!((third.status, third.json()), (200, again.json()));
}

//! Clients that misbehave, on loopback: each gets closed, and others are served meanwhile.
#![allow(clippy::unwrap_used)]

use std::net::SocketAddr;
use std::time::Instant;

use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::*;

const SHORT: Duration = Duration::from_millis(300);
/// Well above any limit set here: a connection that lives this long is never closed.
const NEVER: Duration = Duration::from_secs(10);

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<()>,
}

fn config() -> Config {
    Config {
        connections: 8,
        first_byte: SHORT,
        header: SHORT,
        body: SHORT,
        stall: SHORT,
        grace: SHORT,
        ..Config::default()
    }
}

async fn start(config: Config) -> Server {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let slow = || async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        "slow"
    };
    let router = Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/slow", get(slow))
        .route("/hang", get(std::future::pending::<&str>))
        .route("/big", get(|| async { vec![0_u8; 64 << 20] }))
        .route("/echo", post(|body: String| async { body }));
    let done = tokio::spawn(run(listener, router, config, async {
        let _ = stopped.await;
    }));
    Server { address, stop, done }
}

async fn connect(server: &Server, sent: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    stream
}

/// Everything until the server closes, or nothing if it doesn't.
async fn until_closed(mut stream: TcpStream) -> Option<String> {
    let mut got = Vec::new();
    let closed = tokio::time::timeout(NEVER, stream.read_to_end(&mut got)).await;
    closed.ok().map(|_| String::from_utf8_lossy(&got).into_owned())
}

async fn hello(server: &Server) -> String {
    let stream = connect(server, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    until_closed(stream).await.unwrap()
}

#[tokio::test]
async fn silent_and_slow_connections_are_closed_and_others_served() {
    let server = start(config()).await;
    let mut held = Vec::new();
    for sent in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", "", "G"] {
        held.push(connect(&server, sent).await);
    }
    assert!(hello(&server).await.ends_with("hello"));
    for stream in held {
        assert!(until_closed(stream).await.is_some(), "still open");
    }
}

#[tokio::test]
async fn headers_that_drip_are_closed() {
    let server = start(config()).await;
    let mut stream = connect(&server, "GET / HTTP/1.1\r\n").await;
    let began = Instant::now();
    while stream.write_all(b"X: y\r\n").await.is_ok() && began.elapsed() < NEVER {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(began.elapsed() < NEVER);
}

#[tokio::test]
async fn an_idle_kept_connection_is_closed() {
    let server = start(config()).await;
    let stream = connect(&server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(until_closed(stream).await.unwrap().ends_with("hello"));
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_closed() {
    let server = start(Config { connections: 1, ..config() }).await;
    let _deaf = connect(&server, "GET /big HTTP/1.1\r\nHost: x\r\n\r\n").await;
    // The only place is free again for this one.
    let served = tokio::time::timeout(NEVER, hello(&server)).await;
    assert!(served.unwrap().ends_with("hello"));
}

#[tokio::test]
async fn beyond_the_cap_clients_wait_and_are_served_later() {
    let server = start(Config { connections: 2, ..config() }).await;
    let mut held = Vec::new();
    for _ in 0..8 {
        held.push(connect(&server, "").await);
    }
    assert!(hello(&server).await.ends_with("hello"));
}

#[tokio::test]
async fn too_many_headers_are_refused() {
    let server = start(config()).await;
    let many = "X: y\r\n".repeat(100);
    let stream = connect(&server, &format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n")).await;
    assert!(until_closed(stream).await.unwrap().starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn running_requests_finish_after_the_signal_and_new_ones_are_not_taken() {
    let server = start(config()).await;
    let _silent = connect(&server, "").await;
    let running = connect(&server, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    server.stop.send(()).unwrap();
    assert!(until_closed(running).await.unwrap().ends_with("slow"));
    server.done.await.unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn a_request_that_hangs_is_cut_off_after_the_grace() {
    let server = start(config()).await;
    let running = connect(&server, "GET /hang HTTP/1.1\r\nHost: x\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    server.stop.send(()).unwrap();
    tokio::time::timeout(NEVER, server.done).await.unwrap().unwrap();
    assert_eq!(until_closed(running).await.unwrap(), "");
}

//! The accept loop: connections that are slow, silent or too many don't keep others out.
//!
//! `axum::serve` sets no time limits, so a few hundred clients that never finish their headers
//! would hold it for ever; here every state of a connection has a limit.

mod stall;
#[cfg(test)]
mod tests;

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use stall::StallGuard;

/// Limits of the server.
#[derive(Debug, Clone, Copy)]
pub struct Config {
    /// Most connections at once; more wait in the kernel's queue.
    pub connections: usize,
    /// How long a new connection may stay silent.
    pub first_byte: Duration,
    /// How long the head of a request may take, and how long a kept connection may idle.
    pub header: Duration,
    /// How long the body of a request may take.
    pub body: Duration,
    /// How long a document that is put may take.
    pub document: Duration,
    /// How long a client may take no byte of an answer.
    pub stall: Duration,
    /// How long running requests may go on after the signal to stop.
    pub grace: Duration,
    /// Largest body of a submission, in bytes.
    pub body_bytes: usize,
    /// Most documents that are put at once.
    pub uploads: usize,
    /// Evidence bundles being put together at once.
    pub exports: usize,
    /// Events looked at before they are signed, at once.
    pub previews: usize,
    /// Clients that follow an agreement at once, each of which holds a connection.
    pub streams: usize,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            connections: 1024,
            first_byte: Duration::from_secs(10),
            header: Duration::from_secs(15),
            body: Duration::from_secs(30),
            document: Duration::from_secs(300),
            stall: Duration::from_secs(30),
            grace: Duration::from_secs(10),
            body_bytes: 512 * 1024,
            uploads: 16,
            exports: 4,
            previews: 8,
            streams: 256,
        }
    }
}

/// For answers that go on for as long as there is news: its sender goes when the server is asked to stop.
#[derive(Clone)]
pub struct Stopping(pub watch::Receiver<()>);

/// Answers connections with `router` until `stop` is ready, then lets running requests finish
/// within `config.grace`.
pub async fn run(listener: TcpListener, router: Router, config: Config, stop: impl Future<Output = ()>) {
    let slots = Arc::new(Semaphore::new(config.connections));
    let graceful = GracefulShutdown::new();
    let (stopping, silent) = watch::channel(());
    let router = router.layer(Extension(Stopping(silent.clone())));
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => continue,
            accepted = accept(&listener, &slots) => accepted,
        };
        match accepted {
            Ok((stream, slot)) => {
                let connection = Connection { stream, router: router.clone(), config, slot };
                connections.spawn(connection.hold(graceful.watcher(), silent.clone()));
            }
            Err(error) => wait_after(&error).await,
        }
    }
    drop(listener);
    drop(stopping);
    // Whoever is not done in time is cut off when the set is dropped.
    let _ = tokio::time::timeout(config.grace, graceful.shutdown()).await;
}

/// Ready when the process is asked to stop: SIGINT or SIGTERM.
///
/// # Errors
///
/// The handlers can't be installed.
pub fn signals() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Takes a place first, so that clients beyond the cap wait in the kernel and not in our memory.
async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    Ok((stream, slot))
}

/// A connection that died in the queue is nobody's fault; out of file descriptors, only waiting helps.
async fn wait_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::warn!(%error, "can't accept a connection; trying again in a second");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

struct Connection {
    stream: TcpStream,
    router: Router,
    config: Config,
    slot: OwnedSemaphorePermit,
}

impl Connection {
    async fn hold(self, watcher: Watcher, mut stopping: watch::Receiver<()>) {
        let mut first = [0];
        let spoken = tokio::select! {
            spoken = tokio::time::timeout(self.config.first_byte, self.stream.peek(&mut first)) => spoken,
            _ = stopping.changed() => return,
        };
        if !matches!(spoken, Ok(Ok(1..))) {
            return;
        }
        let _ = self.stream.set_nodelay(true);
        let io = TokioIo::new(StallGuard::new(self.stream, self.config.stall));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.config.header)
            .max_headers(64)
            .max_buf_size(64 * 1024)
            .serve_connection(io, TowerToHyperService::new(self.router));
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(%error, "connection ended");
        }
        drop(self.slot);
    }
}

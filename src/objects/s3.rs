//! S3-compatible storage, spoken to through the HTTP client that the program has anyway.

use std::error::Error as StdError;
use std::io::{Error as IoError, ErrorKind};
use std::time::Duration;

use async_trait::async_trait;
use axum::body::Bytes;
use http_body_util::{BodyExt as _, Full};
use object_store::aws::AmazonS3Builder;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpResponseBody, HttpService,
};
use object_store::{ClientOptions, RetryConfig};
use ureq::Agent;
use ureq::http::Request;

use super::{Folder, FolderError};

/// Largest answer that is read, in bytes: a full tile of the largest records, a document.
const MAX_ANSWER: u64 = 32 << 20;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long all tries of one request may take.
const ALL_TRIES: Duration = Duration::from_secs(180);

/// `BUCKET/PREFIX`; everything else comes from the usual `AWS_…` variables, or from the machine's own role.
pub(super) fn open(place: &str, rest: &str) -> Result<Folder, FolderError> {
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let bad = |reason: &str| FolderError::Place { place: place.to_owned(), reason: reason.to_owned() };
    if bucket.is_empty() {
        return Err(bad("it names no bucket"));
    }
    folder(AmazonS3Builder::from_env(), place, bucket, prefix).map_err(|error| bad(&error.to_string()))
}

pub(super) fn folder(
    builder: AmazonS3Builder,
    place: &str,
    bucket: &str,
    prefix: &str,
) -> object_store::Result<Folder> {
    let retry = RetryConfig { retry_timeout: ALL_TRIES, ..RetryConfig::default() };
    let builder = builder.with_bucket_name(bucket).with_retry(retry).with_http_connector(Connector);
    Ok(Folder::s3(place, builder.build()?, prefix))
}

#[derive(Debug)]
struct Connector;

#[derive(Debug)]
struct Service(Agent);

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let config = Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false);
        // A redirect would take the signature elsewhere.
        let config = config.max_redirects(0).build();
        Ok(HttpClient::new(Service(config.into())))
    }
}

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let agent = self.0.clone();
        let asked = tokio::task::spawn_blocking(move || ask(&agent, Request::from_parts(parts, body)));
        asked.await.map_err(|error| failed(HttpErrorKind::Unknown, IoError::other(error)))?
    }
}

fn ask(agent: &Agent, request: Request<Bytes>) -> Result<HttpResponse, HttpError> {
    let answer = agent.run(request.map(|body| body.to_vec())).map_err(unanswered)?;
    let (parts, mut body) = answer.into_parts();
    let bytes = body.with_config().limit(MAX_ANSWER).read_to_vec().map_err(unanswered)?;
    let body = Full::new(Bytes::from(bytes)).map_err(|never| match never {});
    Ok(HttpResponse::from_parts(parts, HttpResponseBody::new(body)))
}

/// What may be tried again, in the terms of whoever tries.
fn unanswered(error: ureq::Error) -> HttpError {
    use ureq::Error;
    let kind = match &error {
        Error::Timeout(_) => HttpErrorKind::Timeout,
        Error::ConnectionFailed | Error::HostNotFound => HttpErrorKind::Connect,
        Error::Io(io) if io.kind() == ErrorKind::ConnectionRefused => HttpErrorKind::Connect,
        Error::Io(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    failed(kind, error)
}

fn failed(kind: HttpErrorKind, error: impl StdError + Send + Sync + 'static) -> HttpError {
    HttpError::new(kind, error)
}

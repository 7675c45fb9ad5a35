//! Storage for tests: as much of S3 as the program asks for, in memory, on loopback.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use object_store::aws::AmazonS3Builder;
use sinetti_events::primitives::hash::Digest;

use super::{Folder, s3};
use crate::http;

/// Key, and bytes with the headers that they were put with.
type Objects = Arc<Mutex<BTreeMap<String, (Bytes, HeaderMap)>>>;

/// A running server; it ends with the test's runtime.
pub(crate) struct S3Server {
    address: String,
    objects: Objects,
}

impl S3Server {
    pub(crate) async fn start() -> S3Server {
        let objects = Objects::default();
        let router = Router::new()
            .route("/bucket", any(bucket))
            .route("/bucket/{*key}", any(object))
            .layer(axum::extract::DefaultBodyLimit::disable())
            .with_state(objects.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(http::run(listener, router, http::Config::default(), std::future::pending()));
        S3Server { address, objects }
    }

    /// A prefix in it.
    pub(crate) fn folder(&self, prefix: &str) -> Folder {
        self.as_whom("us", prefix)
    }

    /// Whom it does not know.
    pub(crate) fn stranger(&self) -> Folder {
        self.as_whom("stranger", "")
    }

    /// Media type and cache headers of an object.
    pub(crate) fn headers(&self, key: &str) -> (String, String) {
        let objects = self.objects.lock().unwrap();
        let header = |name| objects[key].1[name].to_str().unwrap().to_owned();
        (header(header::CONTENT_TYPE), header(header::CACHE_CONTROL))
    }

    /// Everything below `prefix`, by the rest of its key.
    pub(crate) fn files(&self, prefix: &str) -> BTreeMap<String, Vec<u8>> {
        let objects = self.objects.lock().unwrap();
        let rest = |key: &String| key.strip_prefix(prefix).map(str::to_owned);
        objects.iter().filter_map(|(key, (bytes, _))| Some((rest(key)?, bytes.to_vec()))).collect()
    }

    fn as_whom(&self, whom: &str, prefix: &str) -> Folder {
        let builder = AmazonS3Builder::new().with_endpoint(&self.address).with_allow_http(true).with_region("eu");
        let builder = builder.with_access_key_id(whom).with_secret_access_key(format!("{whom}'s secret"));
        s3::folder(builder, &format!("s3://bucket/{prefix}"), "bucket", prefix).unwrap()
    }
}

async fn object(
    State(objects): State<Objects>,
    method: Method,
    Path(key): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_signed(&headers) {
        return refusal();
    }
    let mut objects = objects.lock().unwrap();
    if query.contains_key("uploads") || query.contains_key("uploadId") {
        return multipart(&mut objects, &method, &key, &query, headers, body);
    }
    let there = objects.get(&key).map(|(bytes, _)| tag(bytes));
    match method {
        Method::PUT => {
            let expected = headers.get(header::IF_MATCH).map(|value| value.to_str().unwrap().to_owned());
            let free = headers.get(header::IF_NONE_MATCH).is_none_or(|_| there.is_none());
            if !free || expected.is_some_and(|expected| there != Some(expected)) {
                return StatusCode::PRECONDITION_FAILED.into_response();
            }
            let tag = tag(&body);
            objects.insert(key, (body, headers));
            ([(header::ETAG, tag)], ()).into_response()
        }
        Method::GET | Method::HEAD => match objects.get(&key) {
            Some((bytes, _)) => {
                let modified = "Sun, 22 Nov 2026 12:00:00 GMT".to_owned();
                ([(header::ETAG, tag(bytes)), (header::LAST_MODIFIED, modified)], bytes.clone()).into_response()
            }
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Method::DELETE => {
            objects.remove(&key);
            StatusCode::NO_CONTENT.into_response()
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

/// CreateMultipartUpload, UploadPart, CompleteMultipartUpload, AbortMultipartUpload. A part lies under a key that no
/// list shows.
fn multipart(
    objects: &mut BTreeMap<String, (Bytes, HeaderMap)>,
    method: &Method,
    key: &str,
    query: &BTreeMap<String, String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let part = |number: usize| format!("parts of {key}/{number:05}");
    match (method, query.get("partNumber")) {
        (&Method::POST, _) if query.contains_key("uploads") => {
            objects.insert(part(0), (Bytes::new(), headers));
            "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>".into_response()
        }
        (&Method::PUT, Some(number)) => {
            let tag = tag(&body);
            objects.insert(part(number.parse().unwrap()), (body, headers));
            ([(header::ETAG, tag)], ()).into_response()
        }
        (&Method::POST, None) => {
            let mut parts = Vec::new();
            while let Some((bytes, headers)) = objects.remove(&part(parts.len())) {
                parts.push((bytes, headers));
            }
            let whole: Vec<u8> = parts.iter().flat_map(|(bytes, _)| bytes.to_vec()).collect();
            let tag = tag(&whole);
            objects.insert(key.to_owned(), (whole.into(), parts.swap_remove(0).1));
            format!("<CompleteMultipartUploadResult><ETag>{tag}</ETag></CompleteMultipartUploadResult>").into_response()
        }
        _ => {
            objects.retain(|name, _| !name.starts_with(&format!("parts of {key}/")));
            StatusCode::NO_CONTENT.into_response()
        }
    }
}

/// ListObjectsV2 and DeleteObjects.
async fn bucket(
    State(objects): State<Objects>,
    method: Method,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
    body: String,
) -> Response {
    if !is_signed(&headers) {
        return refusal();
    }
    let mut objects = objects.lock().unwrap();
    if method == Method::POST {
        let keys = body.split("<Key>").skip(1).map(|rest| rest.split_once("</Key>").unwrap().0);
        let deleted: String = keys.map(|key| format!("<Deleted><Key>{key}</Key></Deleted>")).collect();
        objects.retain(|key, _| !body.contains(&format!("<Key>{key}</Key>")));
        return format!("<DeleteResult>{deleted}</DeleteResult>").into_response();
    }
    let prefix = query.get("prefix").map_or("", String::as_str);
    let mut answer = String::from("<ListBucketResult><IsTruncated>false</IsTruncated>");
    let direct = |key: &&String| key.strip_prefix(prefix).is_some_and(|rest| !rest.contains('/'));
    for key in objects.keys().filter(direct) {
        let (bytes, modified) = (&objects[key].0, "2026-11-22T12:00:00.000Z");
        answer.push_str(&format!(
            "<Contents><Key>{key}</Key><LastModified>{modified}</LastModified><ETag>{}</ETag><Size>{}</Size></Contents>",
            tag(bytes),
            bytes.len()
        ));
    }
    (answer + "</ListBucketResult>").into_response()
}

fn tag(bytes: &[u8]) -> String {
    format!("\"{}\"", Digest::of(bytes))
}

/// It knows one user by name; what a signature is worth, the real ones know.
fn is_signed(headers: &HeaderMap) -> bool {
    let whom = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    whom.is_some_and(|whom| whom.contains("Credential=us/") && whom.contains("Signature="))
}

fn refusal() -> Response {
    (StatusCode::FORBIDDEN, "<Error><Code>AccessDenied</Code></Error>").into_response()
}

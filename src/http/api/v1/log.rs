//! `GET /api/v1/log`: what an auditor pins, and where the log stands.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use sinetti_events::keys::keyring::EnrolledKey;
use sinetti_events::keys::purpose::Purpose;
use sinetti_events::primitives::ids::{PartyId, StreamId};
use utoipa::ToSchema;

use super::fresh;
use crate::http::App;
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};

/// The log's identity, keys and newest checkpoint.
#[derive(Serialize, ToSchema)]
pub struct Log {
    /// The ledger's origin: first line of every checkpoint, and `ledger` of every record.
    #[schema(example = "localhost/sinetti")]
    origin: String,
    /// Invented acts may stand here.
    demonstration: bool,
    /// The Ed25519 verifier key (C2SP signed-note vkey), with which any tlog client can verify.
    vkey: Option<String>,
    /// All verifier keys in force: Ed25519 and ML-DSA-44.
    log_keys: Vec<String>,
    /// Leaf hash of record 0, in base64: with the vkey, the trust root to pin.
    record_0: Option<String>,
    /// Every key that the registrar ever had.
    registrar_keys: Vec<RegistrarKey>,
    /// Witnesses that cosign the checkpoints, and their state.
    witnesses: Vec<String>,
    /// Newest published checkpoint, a signed note.
    checkpoint: String,
    /// C2SP tlog-policy as the ledger publishes it; bring your own copy.
    policy: String,
}

/// A key of the registrar.
#[derive(Serialize, ToSchema)]
pub struct RegistrarKey {
    /// SHA-256 of the public key, in hex.
    keyid: String,
    /// Ed25519, in base64.
    public_key: String,
    /// Of `manage`, `record`, `sign`.
    purposes: Vec<&'static str>,
    /// Index of the record that enrolled it.
    enrolled: u64,
    /// Index of the record that revoked it.
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked: Option<u64>,
}

/// The log's identity, its keys and the registrar's, its newest checkpoint and its policy.
#[utoipa::path(
    get,
    path = "/api/v1/log",
    operation_id = "show_log",
    tag = "log",
    responses(
        (status = 200, description = "The log", body = Log),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn log(State(app): State<App>, Query(Nothing {}): Query<Nothing>) -> Result<Response, Problem> {
    let registry = app.ledger.registry(None).await?;
    let founding = app.ledger.record(&StreamId::registry(), 1).await?;
    let keys = app.ledger.log_keys();
    let vkey = keys.iter().find(|key| key.is_ed25519_note()).map(ToString::to_string);
    let registrar = PartyId::registrar();
    Ok(fresh(&Log {
        origin: app.ledger.origin().to_string(),
        demonstration: registry.demonstration,
        policy: String::from_utf8_lossy(&app.ledger.policy().to_bytes()).into_owned(),
        vkey,
        log_keys: keys.iter().map(ToString::to_string).collect(),
        record_0: founding.map(|entry| entry.leaf.to_string()),
        registrar_keys: registry.keyring.keys().filter(|key| key.party == registrar).map(registrar_key).collect(),
        witnesses: Vec::new(),
        checkpoint: app.ledger.checkpoint().await?,
    }))
}

fn registrar_key(key: &EnrolledKey) -> RegistrarKey {
    RegistrarKey {
        keyid: key.public_key.id().to_string(),
        public_key: key.public_key.to_string(),
        purposes: key.purposes.iter().copied().map(Purpose::as_str).collect(),
        enrolled: key.enrolled.index,
        revoked: key.revoked.as_ref().map(|place| place.index),
    }
}

//! `GET /api/v1/log`: what an auditor pins, and where the log stands.

pub mod checkpoints;
pub mod timestamps;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use sinetti_events::keys::keyring::EnrolledKey;
use sinetti_events::keys::purpose::Purpose;
use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::Instant;
use utoipa::ToSchema;

use super::fresh;
use crate::http::App;
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};
use crate::ledger::{Ledger, WitnessReport};
use checkpoints::{StampedAt, stamped};

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
    /// Witnesses that are asked to cosign the checkpoints, and their state.
    witnesses: Vec<Witness>,
    /// Timestamps of checkpoints; absent when there are none and no authority is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamps: Option<Timestamps>,
    /// Newest published checkpoint, a signed note, with the cosignatures that it has so far.
    checkpoint: String,
    /// Newest checkpoint whose cosignatures meet the policy; absent while there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    cosigned: Option<String>,
    /// C2SP tlog-policy as the ledger publishes it; bring your own copy.
    policy: String,
}

/// A witness as the ledger knows it.
#[derive(Serialize, ToSchema)]
pub struct Witness {
    /// Name of its keys.
    #[schema(example = "witness.example.fi/w1")]
    name: String,
    /// Its verifier keys: Ed25519, ML-DSA-44, or both.
    vkeys: Vec<String>,
    /// How it stands to the newest checkpoint: `waiting`, `cosigned`, `unreachable`, `refuses` or `contradicts`.
    state: &'static str,
    /// What stands in the way, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The newest checkpoint that it cosigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    newest: Option<WitnessedAt>,
}

/// A cosigned checkpoint.
#[derive(Serialize, ToSchema)]
pub struct WitnessedAt {
    /// Number of records under it.
    size: u64,
    /// When, by the witness's clock.
    time: String,
}

/// Timestamps of checkpoints by an authority (RFC 3161), and how it stands.
#[derive(Serialize, ToSchema)]
pub struct Timestamps {
    /// Name on the certificate of the authority that is asked; absent when none is asked any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "CN=tsa.example.fi")]
    authority: Option<String>,
    /// What came of asking it last: `waiting`, `stamped`, `unreachable` or `refuses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    /// What stands in the way, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The newest checkpoint with a timestamp; `/api/v1/log/timestamps/{size}` gives the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    newest: Option<StampedAt>,
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
        witnesses: app.ledger.witnesses().into_iter().map(witness).collect(),
        timestamps: timestamps(&app.ledger).await?,
        checkpoint: app.ledger.checkpoint().await?,
        cosigned: app.ledger.newest_cosigned().await?.map(|cosigned| cosigned.note.as_str().to_owned()),
    }))
}

fn witness(report: WitnessReport) -> Witness {
    Witness {
        name: report.name,
        vkeys: report.keys.iter().map(ToString::to_string).collect(),
        state: report.standing.as_str(),
        reason: report.reason,
        newest: report.newest.map(|(size, time)| WitnessedAt { size, time: instant(time) }),
    }
}

async fn timestamps(ledger: &Ledger) -> Result<Option<Timestamps>, Problem> {
    let (report, newest) = (ledger.timestamping(), ledger.newest_timestamp().await?);
    if report.is_none() && newest.is_none() {
        return Ok(None);
    }
    Ok(Some(Timestamps {
        state: report.as_ref().map(|report| report.standing.as_str()),
        reason: report.as_ref().and_then(|report| report.reason.clone()),
        authority: report.map(|report| report.authority),
        newest: newest.as_ref().map(stamped),
    }))
}

/// Seconds since 1970 as RFC 3339; a cosignature's time may lie beyond what that can write.
pub(super) fn instant(seconds: u64) -> String {
    let ms = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000);
    Instant::saturating_from_unix_ms(ms).to_string()
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

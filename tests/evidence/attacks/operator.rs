//! What an operator does: serves files, changes records and signs again, changes its own database, starts the server.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use sinetti::clock::Clock;
use sinetti::ledger::{Ledger, Options, Submission, Witnessing};
use sinetti_events::chain::Chain;
use sinetti_events::format::record::{Entry, Record};
use sinetti_events::log::tiling::Tiling;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::{Frontier, consistency_nodes};
use sqlx::{ConnectOptions as _, Connection as _};
use tempfile::TempDir;

use super::onlookers::Report;
use crate::builder::{Builder, key, moment};
use crate::world::ledger;

/// A published log: bytes by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The static files of a log, as `sinetti export-tiles` lays them out.
pub fn published(ledger: &Builder) -> Files {
    with_checkpoint(&ledger.records, ledger.checkpoint())
}

/// The same with a checkpoint of the operator's choice.
pub fn with_checkpoint(records: &[Vec<u8>], note: String) -> Files {
    let mut tiling = Tiling::new();
    let mut cuts = Vec::new();
    for record in records {
        cuts.extend(tiling.push(record).unwrap());
    }
    cuts.extend(tiling.edge());
    let mut files: Files = cuts.into_iter().map(|(tile, bytes)| (tile.to_string(), bytes)).collect();
    files.insert("checkpoint".to_owned(), note.into_bytes());
    files
}

/// A web server with these files; it ends with the value.
pub struct Site {
    /// Where it is.
    pub url: String,
    _runtime: tokio::runtime::Runtime,
}

impl Site {
    pub fn of(files: Files) -> Site {
        let files = Arc::new(files);
        let serve = move |request: Request| {
            let found = files.get(request.uri().path().trim_start_matches('/')).cloned();
            std::future::ready(found.map_or_else(|| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response))
        };
        Site::running(Router::new().fallback(serve))
    }

    pub fn running(router: Router) -> Site {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(sinetti::http::run(listener, router, sinetti::http::Config::default(), std::future::pending()));
        Site { url, _runtime: runtime }
    }
}

/// How many records it has.
pub fn tree_size(ledger: &Builder) -> u64 {
    ledger.records.len() as u64
}

/// The proof that the tree of `ledger` extends its own first `old` records.
pub fn consistency(ledger: &Builder, old: u64) -> Vec<Hash> {
    let mut tree = Frontier::new();
    let nodes: HashMap<_, _> = ledger.records.iter().flat_map(|record| tree.push(Hash::leaf(record))).collect();
    let plan = consistency_nodes(old, tree.size()).unwrap();
    let hashes: Vec<Hash> = plan.nodes().iter().map(|id| nodes[id]).collect();
    plan.prove(&hashes).unwrap()
}

/// The honest ledger's acts at these places, in this order, placed and chained anew; the operator has no key to sign
/// them anew with. `change` may bend each record last.
pub fn rechained(order: &[usize], change: impl Fn(usize, &mut Record)) -> Builder {
    let honest = ledger();
    let mut forged = Builder::new("localhost/sinetti");
    forged.chain = Chain::new("localhost/sinetti".parse().unwrap());
    for place in order {
        let record = Entry::parse(honest.records[*place].clone()).unwrap().record;
        let at = moment(tree_size(&forged));
        let mut entry = forged.chain.seal(&record.agreement, record.envelope, at).unwrap();
        change(*place, &mut entry.record);
        forged.push(&Entry::seal(entry.record).unwrap());
    }
    forged
}

/// A second after record `place` was recorded.
pub fn a_second_later(place: u64) -> Instant {
    Instant::from_unix_ms(moment(place).unix_ms() + 1000).unwrap()
}

/// A ledger as the program keeps it: database, anchor and the log's keys, those of the builder.
pub struct House {
    dir: TempDir,
    ms: Arc<AtomicI64>,
}

impl House {
    /// The program is given these records' acts, at the times that they say.
    pub fn of(records: &[Vec<u8>]) -> House {
        let house = House { dir: tempfile::tempdir().unwrap(), ms: Arc::new(AtomicI64::new(0)) };
        house.write_keys();
        house.go_on(records);
        house
    }

    /// More acts, after those that it has.
    pub fn go_on(&self, records: &[Vec<u8>]) {
        self.run(async |house| {
            let ledger = Ledger::open(house.options()).await.unwrap();
            for bytes in records {
                let record = Entry::parse(bytes.clone()).unwrap().record;
                house.ms.store(record.recorded_at.unix_ms(), Ordering::SeqCst);
                let (agreement, envelope) = (record.agreement, record.envelope);
                let submission = Submission { agreement, envelope, disclosures: Vec::new(), if_match: None };
                let receipt = ledger.submit(submission).await.unwrap().receipt;
                assert_eq!(receipt.entry.bytes, *bytes, "the program writes the very bytes");
            }
            ledger.close().await;
        });
    }

    /// Its database is replaced by another's, its anchor stays.
    pub fn database_from(self, other: &House) -> House {
        fs::copy(other.dir.path().join("sinetti.db"), self.dir.path().join("sinetti.db")).unwrap();
        self
    }

    /// Its anchor, too.
    pub fn anchor_from(self, other: &House) -> House {
        fs::copy(other.dir.path().join("anchor.db"), self.dir.path().join("anchor.db")).unwrap();
        self
    }

    /// Runs SQL on its database, once the triggers against that are gone.
    pub fn sql(self, statements: &'static str) -> House {
        self.run(async |house| {
            let path = house.dir.path().join("sinetti.db");
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut connection = options.connect().await.unwrap();
            let unlock = "DROP TRIGGER record_refuses_update; DROP TRIGGER record_refuses_delete";
            sqlx::raw_sql(unlock).execute(&mut connection).await.unwrap();
            sqlx::raw_sql(statements).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        });
        self
    }

    /// Starts the server: why it does not write, as a word of the reason.
    pub fn start(&self, sign: &str) -> Report {
        self.start_with(sign, Witnessing::default())
    }

    /// The same with witnesses to ask.
    pub fn start_with(&self, sign: &str, witnessing: Witnessing) -> Report {
        let reason = self.run(async |house| {
            let ledger = Ledger::open(Options { witnessing, ..house.options() }).await.unwrap();
            let health = ledger.health();
            ledger.close().await;
            assert_eq!(health.writable, health.reason.is_none());
            health.reason
        });
        let code = reason.map(|reason| {
            assert!(reason.contains(sign), "{sign}: {reason}");
            "writes nothing".to_owned()
        });
        Report::new("`sinetti serve` on the operator's files", code)
    }

    /// What reading the record at `version` of `agreement` gives, as the server answers it.
    pub fn reads(&self, agreement: &'static str, version: u64) -> Report {
        let path = format!("/api/v1/agreements/{agreement}/events/{version}");
        let problem = self.run(async |house| {
            let ledger = Ledger::open(house.options()).await.unwrap();
            let router = sinetti::http::router(ledger.clone(), sinetti::http::Config::default());
            let request = Request::get(&path).body(axum::body::Body::empty()).unwrap();
            let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
            let ok = answer.status().is_success();
            let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
            ledger.close().await;
            (!ok).then(|| serde_json::from_slice::<serde_json::Value>(&body).unwrap())
        });
        let slug = problem.map(|problem| problem["type"].as_str().unwrap().rsplit('/').next().unwrap().to_owned());
        Report::new(format!("`GET {path}`"), slug)
    }

    fn write_keys(&self) {
        use std::os::unix::fs::PermissionsExt as _;
        let ed25519 = key(200).to_pkcs8_pem(LineEnding::LF).unwrap();
        let ml_dsa = ml_dsa::SigningKey::<ml_dsa::MlDsa44>::from_seed(&[200; 32].into());
        let ml_dsa = ml_dsa.to_pkcs8_pem(LineEnding::LF).unwrap();
        for (file, pem) in [("log-ed25519.pem", ed25519), ("log-ml-dsa-44.pem", ml_dsa)] {
            let path = self.dir.path().join(file);
            fs::write(&path, pem.as_bytes()).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    fn options(&self) -> Options {
        let origin = "localhost/sinetti".parse().unwrap();
        Options { clock: Clock::Fixed(self.ms.clone()), ..Options::new(self.dir.path(), origin) }
    }

    fn run<T>(&self, work: impl AsyncFnOnce(&House) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(work(self))
    }
}

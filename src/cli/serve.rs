//! `sinetti serve`: the server. A first start founds the ledger; any later one proves its stored
//! state first.

use std::fs::DirBuilder;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use clap::{Args, ValueEnum};
use sinetti_events::log::policy::Policy;
use sinetti_events::log::vkey::{BadVerifierKey, VerifierKey};
use sinetti_events::primitives::ids::{Origin, StreamId};
use tokio::net::TcpListener;

use super::failure::{Failure, Outcome};
use super::{files, output};
use crate::http;
use crate::ledger::{Ledger, Options, Timestamping, Witnessing};
use crate::pages::operator::Operator;
use crate::public_url::PublicUrl;
use crate::seed::{self, Founding, Kind, Notice};
use crate::store::Store;
use crate::timestamp::{AskError, Asking};

/// How long a timestamp authority may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// `sinetti serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Where the ledger is kept [default: sqlite:DIR/sinetti.db, DIR being the data directory]
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Address and port to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Directory of the database, the log's keys and the anchor; made when it is not there
    #[arg(long, value_name = "DIR", default_value = "sinetti-data")]
    data_dir: PathBuf,
    /// Where documents are kept: a directory, or s3://BUCKET/PREFIX [default: DIR/documents]
    #[arg(long, value_name = "PLACE")]
    documents: Option<String>,
    /// The ledger's name for ever, such as sinetti.example.fi/pirkanmaa; must be given to listen
    /// beyond this machine [default: what the database says, or localhost/sinetti]
    #[arg(long, value_name = "ORIGIN")]
    origin: Option<Origin>,
    /// Where the public reaches this server, such as https://sinetti.example.fi: feeds, the catalogue of
    /// open data and previews on other sites then name pages in full
    #[arg(long, value_name = "URL", env = "SINETTI_PUBLIC_URL", hide_env_values = true)]
    public_url: Option<PublicUrl>,
    /// File with the passphrase of the registrar's key, which the first start makes
    #[arg(long, value_name = "FILE")]
    registrar_passphrase_file: Option<PathBuf>,
    /// Serve a demonstration ledger in DIR/demo instead, with invented acts, each marked as
    /// invented; `--demo=empty` with agreements and keys but no acts
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "full")]
    demo: Option<Demo>,
    /// A witness to be asked for cosignatures, as it prints itself when it starts: its verifier key and
    /// its address, in one argument; again for each key and witness
    #[arg(long, value_name = "VKEY URL", conflicts_with = "witness_policy")]
    witness: Vec<String>,
    /// The same as a C2SP tlog-policy with addresses, groups and a quorum, which the ledger publishes
    #[arg(long, value_name = "FILE")]
    witness_policy: Option<PathBuf>,
    /// A timestamp authority (RFC 3161) to be asked for timestamps of checkpoints
    #[arg(long, value_name = "URL", requires = "timestamp_ca")]
    timestamp_authority: Option<String>,
    /// Its certificates (PEM): its own and all above, with the root; nothing else that it sends is believed
    #[arg(long, value_name = "FILE", requires = "timestamp_authority")]
    timestamp_ca: Option<PathBuf>,
    /// How often at most it is asked, in minutes: then the newest checkpoint is timestamped, if it is new
    #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=10_080), requires = "timestamp_authority")]
    timestamp_every: u64,
    /// The authority's policy that timestamps must be under, as an object identifier [default: any]
    #[arg(long, value_name = "OID", requires = "timestamp_authority")]
    timestamp_policy: Option<String>,
    /// JSON file that says who runs the ledger: name and email, and address, telephone, data_protection,
    /// accessibility_reviewed_on and names_shown_days where they apply
    #[arg(long, value_name = "FILE")]
    operator: Option<PathBuf>,
    /// Write although the anchor is missing: your word that this database is the newest state
    #[arg(long)]
    accept_missing_anchor: bool,
    /// Write although the last record is long ago: your word that this machine's clock is right
    #[arg(long)]
    accept_clock_leap: bool,
}

/// What a demonstration ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Demo {
    /// Agreements, keys and invented acts
    Full,
    /// Agreements and keys
    Empty,
}

/// Runs the server until SIGINT or SIGTERM.
///
/// # Errors
///
/// The address, directory, database or keys can't be used.
pub fn run(command: &Serve) -> Result<Outcome, Failure> {
    output::log();
    super::runtime()?.block_on(command.serve())
}

impl Serve {
    async fn serve(&self) -> Result<Outcome, Failure> {
        self.check()?;
        let operator = self.operator()?;
        // Before anything is written: a server that can't listen founds nothing.
        let listener = TcpListener::bind(self.listen).await.map_err(|error| unbound(self.listen, &error))?;
        let dir = self.directory()?;
        let ledger = Ledger::open(self.options(&dir).await?).await?;
        let served = self.found_and_serve(&ledger, listener, &dir, operator).await;
        ledger.close().await;
        served
    }

    async fn found_and_serve(
        &self,
        ledger: &Ledger,
        listener: TcpListener,
        dir: &Path,
        operator: Option<Operator>,
    ) -> Result<Outcome, Failure> {
        let founding = Founding {
            dir,
            kind: self.kind(),
            passphrase_file: self.registrar_passphrase_file.as_deref(),
            terminal: output::is_interactive(),
        };
        let founded =
            seed::ensure(ledger, founding, &mut |notice| tell(&notice)).await.map_err(Failure::unavailable)?;
        if founded.is_some() {
            output::note(
                "Founded a new ledger. Publish its log keys and the leaf of record 0 where others can find them.",
            );
        }
        if let Some(reason) = ledger.health().reason {
            output::warn(&format!("the ledger takes no writes, and serves what verifies: {reason}"));
        }
        let address = listener.local_addr().map_err(Failure::unavailable)?;
        // Before the banner: whoever reads it may stop the server at once.
        let stop = http::signals().map_err(Failure::unavailable)?;
        output::result(&self.banner(ledger, address, dir).await?)?;
        let config = http::Config::default();
        let router = http::router(ledger.clone(), config);
        let router = match operator {
            Some(operator) => router.layer(Extension(Arc::new(operator))),
            None => router,
        };
        http::run(listener, router, config, stop).await;
        Ok(Outcome::Done)
    }

    /// What the operator says of itself.
    fn operator(&self) -> Result<Option<Operator>, Failure> {
        let Some(path) = &self.operator else { return Ok(None) };
        let bad = |error| Failure::Usage(format!("--operator {}: {error}", path.display()));
        Operator::parse(&files::read(path)?).map(Some).map_err(bad)
    }

    /// What options mean together.
    fn check(&self) -> Result<(), Failure> {
        if !self.listen.ip().is_loopback() && self.origin.is_none() {
            return Err(Failure::Usage(format!(
                "{} can be reached from other machines; a ledger that others rely on needs a name of its own. \
                 Give --origin, such as --origin sinetti.example.fi/pirkanmaa, or listen at 127.0.0.1",
                self.listen
            )));
        }
        match &self.origin {
            Some(origin) if origin.is_demonstration() && self.demo.is_none() => Err(Failure::Usage(format!(
                "the origin {origin} ends in -demo, which marks a demonstration; add --demo, or choose another"
            ))),
            Some(origin) if !origin.is_demonstration() && self.demo.is_some() => Err(Failure::Usage(format!(
                "the origin of a demonstration ends in -demo, so that nobody takes it for a real ledger; write --origin {origin}-demo"
            ))),
            _ => Ok(()),
        }
    }

    fn kind(&self) -> Kind {
        match self.demo {
            None => Kind::Real,
            Some(Demo::Full) => Kind::Demo,
            Some(Demo::Empty) => Kind::DemoEmpty,
        }
    }

    fn directory(&self) -> Result<PathBuf, Failure> {
        let dir = if self.demo.is_some() { self.data_dir.join("demo") } else { self.data_dir.clone() };
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&dir);
        made.map_err(|error| {
            Failure::Unavailable(format!(
                "the data directory {} can't be made: {error}. Give another with --data-dir, or make it writable for this user",
                dir.display()
            ))
        })?;
        Ok(dir)
    }

    async fn options(&self, dir: &Path) -> Result<Options, Failure> {
        let default = if self.demo.is_some() { "localhost/sinetti-demo" } else { "localhost/sinetti" };
        let database_url = match &self.database_url {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", dir.join("sinetti.db").display()),
        };
        let origin = match &self.origin {
            Some(origin) => origin.clone(),
            None => match stored_origin(&database_url).await {
                Some(origin) => self.of_its_kind(origin, &database_url)?,
                None => default.parse().map_err(Failure::refused)?,
            },
        };
        Ok(Options {
            database_url,
            documents: self.documents.clone(),
            public_url: self.public_url.clone().unwrap_or_default(),
            witnessing: self.witnessing()?,
            timestamping: self.timestamping()?,
            accept_missing_anchor: self.accept_missing_anchor,
            accept_clock_leap: self.accept_clock_leap,
            ..Options::new(dir, origin)
        })
    }

    /// A real ledger is never served as a demonstration, nor a demonstration as a real one.
    fn of_its_kind(&self, origin: Origin, url: &str) -> Result<Origin, Failure> {
        match (origin.is_demonstration(), self.demo.is_some()) {
            (true, false) => Err(Failure::Unavailable(format!(
                "{url} holds a demonstration, {origin}. Add --demo, or give another --database-url"
            ))),
            (false, true) => Err(Failure::Unavailable(format!(
                "{url} holds {origin}, which is no demonstration. Leave --demo out, or give another --database-url"
            ))),
            _ => Ok(origin),
        }
    }

    fn witnessing(&self) -> Result<Witnessing, Failure> {
        let usage = |option: &str, error: &dyn std::fmt::Display| Failure::Usage(format!("{option}: {error}"));
        if let Some(file) = &self.witness_policy {
            let bad = |error: &dyn std::fmt::Display| usage(&format!("--witness-policy {}", file.display()), error);
            let policy = Policy::parse(&files::read(file)?).map_err(|error| bad(&error))?;
            return Witnessing::of_policy(policy).map_err(|error| bad(&error));
        }
        let named = self.witness.iter().map(|text| witness(text)).collect::<Result<Vec<_>, _>>()?;
        Witnessing::new(&named).map_err(|error| usage("--witness", &error))
    }

    fn timestamping(&self) -> Result<Option<Timestamping>, Failure> {
        let (Some(url), Some(file)) = (&self.timestamp_authority, &self.timestamp_ca) else { return Ok(None) };
        let usage = |option: &str, error: AskError| Failure::Usage(format!("{option}: {error}"));
        let authority = files::authority("--timestamp-ca", file)?;
        let asking = Asking::new(url, authority, PATIENCE).map_err(|error| usage("--timestamp-authority", error))?;
        let asking = match &self.timestamp_policy {
            Some(policy) => asking.under(policy).map_err(|error| usage("--timestamp-policy", error))?,
            None => asking,
        };
        let every = Duration::from_secs(self.timestamp_every.saturating_mul(60));
        Ok(Some(Timestamping { every, ..Timestamping::new(asking) }))
    }

    async fn banner(&self, ledger: &Ledger, address: SocketAddr, dir: &Path) -> Result<String, Failure> {
        let founding = ledger.record(&StreamId::registry(), 1).await.map_err(Failure::unavailable)?;
        let leaf = founding.map_or_else(|| "(none)".to_owned(), |entry| entry.leaf.to_string());
        let mut text = format!("Sinetti serves {} at http://{address}\n", ledger.origin());
        // The first is the Ed25519 key, which fits a line; the second has 1312 bytes.
        if let Some(key) = ledger.log_keys().first() {
            text.push_str(&format!("log key    {key}\n"));
        }
        text.push_str(&format!("record 0   {leaf}\ndata       {}\n", dir.display()));
        let keys = if self.demo.is_some() { dir.join("keys") } else { dir.join("registrar.pem") };
        if keys.exists() {
            text.push_str(&format!("keys       {}\n", keys.display()));
        }
        Ok(text)
    }
}

/// The origin of the ledger that lies at `url` already.
async fn stored_origin(url: &str) -> Option<Origin> {
    let store = Store::open_reader(url).await.ok()?;
    let rows = store.records(0, 1, 1).await.ok()?;
    store.close().await;
    let entry = rows.into_iter().next()?.intact().ok()?;
    Some(entry.record.ledger)
}

/// `VKEY URL`.
fn witness(text: &str) -> Result<(VerifierKey, String), Failure> {
    let bad = |reason: String| {
        Failure::Usage(format!(
            "--witness {text:?}: {reason}. Give key and address in one argument, as --witness 'VKEY https://witness.example.fi'"
        ))
    };
    let (key, url) = text.trim().split_once(' ').ok_or_else(|| bad("there is no address after the key".to_owned()))?;
    let key = key.parse().map_err(|error: BadVerifierKey| bad(error.to_string()))?;
    Ok((key, url.trim().to_owned()))
}

fn tell(notice: &Notice) {
    match notice {
        Notice::KeyMade(path) => output::note(&format!(
            "The registrar's key is {}: move it off this server, and keep a second one with purpose manage offline.",
            path.display()
        )),
        Notice::Passphrase(passphrase) => output::note(&format!(
            "The passphrase of the registrar's key, shown this once and kept nowhere:\n\n    {passphrase}\n"
        )),
        Notice::PassphraseWritten(path) => output::warn(&format!(
            "the passphrase of the registrar's key lies beside it in {}; move both off this server, apart from each other",
            path.display()
        )),
    }
}

pub(super) fn unbound(address: SocketAddr, error: &io::Error) -> Failure {
    let way_out = match error.kind() {
        io::ErrorKind::AddrInUse => "another program listens there; stop it, or give another --listen",
        io::ErrorKind::PermissionDenied => {
            "ports below 1024 are for privileged programs; give another --listen and a proxy before it"
        }
        io::ErrorKind::AddrNotAvailable => "this machine has no such address; give another --listen",
        _ => "give another --listen",
    };
    Failure::Unavailable(format!("can't listen at {address}: {error}: {way_out}"))
}

//! `sinetti witness`: a C2SP tlog-witness that any party can run.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use sinetti_events::log::vkey::{KeyName, VerifierKey};
use sinetti_events::primitives::ids::Origin;
use tokio::net::TcpListener;

use super::failure::{Failure, Outcome};
use super::serve::unbound;
use super::{output, unlock};
use crate::client::Client;
use crate::clock::Clock;
use crate::http;
use crate::witness::{Cosigner, Log, State, Witness, router};

/// `sinetti witness`
#[derive(Debug, Args)]
pub struct WitnessCommand {
    /// Address and port to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// The witness's own Ed25519 key (`sinetti key new`), used for nothing else
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// A second key, ML-DSA-44 (`sinetti key new --type ml-dsa-44`)
    #[arg(long, value_name = "FILE")]
    ml_dsa_key: Option<PathBuf>,
    /// File with the keys' passphrase; once for each key, or one for both; asked on a terminal otherwise
    #[arg(long, value_name = "FILE")]
    passphrase_file: Vec<PathBuf>,
    /// The witness's name in its cosignatures, such as witness.example.fi/w1 [default: made from the key]
    #[arg(long, value_name = "NAME")]
    name: Option<KeyName>,
    /// A log's verifier key, from its operator's publication and not from its server; again for
    /// each key and log
    #[arg(long = "log", value_name = "VKEY", required = true)]
    logs: Vec<VerifierKey>,
    /// Where a Sinetti ledger is served, to read its new records and recompute both chains, heads
    /// and the tree before cosigning; ORIGIN=URL where there are several logs
    #[arg(long = "log-url", value_name = "URL")]
    log_urls: Vec<String>,
    /// File that remembers what was cosigned; never to be lost while the key is in use
    #[arg(long, value_name = "FILE", default_value = "sinetti-witness.db")]
    state: PathBuf,
}

/// Runs the witness until SIGINT or SIGTERM.
///
/// # Errors
///
/// The address, the keys or the state can't be used.
pub fn run(command: &WitnessCommand) -> Result<Outcome, Failure> {
    output::log();
    let cosigner = command.cosigner()?;
    if cosigner.shares_key_with(&command.logs) {
        return Err(Failure::Usage(
            "the witness's key is one of the log's: a log can't witness itself. Make another with `sinetti key new`"
                .to_owned(),
        ));
    }
    let logs = command.logs()?;
    super::runtime()?.block_on(command.serve(cosigner, logs))
}

impl WitnessCommand {
    async fn serve(&self, cosigner: Cosigner, logs: BTreeMap<String, Log>) -> Result<Outcome, Failure> {
        let state = State::open(&self.state).await?;
        let listener = TcpListener::bind(self.listen).await.map_err(|error| unbound(self.listen, &error))?;
        for origin in logs.keys() {
            // A memory that is damaged shows here, not at the first request.
            state.kept(origin).await?;
        }
        let address = listener.local_addr().map_err(Failure::unavailable)?;
        // Before the banner: whoever reads it may stop the witness at once.
        let stop = http::signals().map_err(Failure::unavailable)?;
        let config = http::Config::default();
        let banner = self.banner(&cosigner, address, &logs);
        let router = router(Witness::new(cosigner, logs, state, Clock::System), config);
        output::result(&banner)?;
        http::run(listener, router, config, stop).await;
        Ok(Outcome::Done)
    }

    fn cosigner(&self) -> Result<Cosigner, Failure> {
        let files = &self.passphrase_file;
        if files.len() > 2 {
            return Err(Failure::Usage("give at most one --passphrase-file for each key".to_owned()));
        }
        let key = unlock::key(&self.key, files.first().map(PathBuf::as_path))?;
        let second = files.get(1).or(files.first()).map(PathBuf::as_path);
        let ml_dsa = self.ml_dsa_key.as_deref().map(|file| unlock::ml_dsa_key(file, second)).transpose()?;
        Cosigner::new(self.name.clone(), key, ml_dsa).map_err(Failure::refused)
    }

    /// Logs by origin, each with its keys and, where given, its address.
    fn logs(&self) -> Result<BTreeMap<String, Log>, Failure> {
        let mut keys: BTreeMap<String, Vec<VerifierKey>> = BTreeMap::new();
        for key in &self.logs {
            let known = keys.entry(key.name().to_string()).or_default();
            if !known.contains(key) {
                known.push(key.clone());
            }
        }
        let mut urls = BTreeMap::new();
        for text in &self.log_urls {
            let (origin, client) = read_from(text, &keys)?;
            urls.insert(origin, client);
        }
        Ok(keys.into_iter().map(|(origin, keys)| (origin.clone(), Log::new(keys, urls.remove(&origin)))).collect())
    }

    fn banner(&self, cosigner: &Cosigner, address: SocketAddr, logs: &BTreeMap<String, Log>) -> String {
        let mut text =
            format!("Sinetti witnesses {} at http://{address}\n", logs.keys().cloned().collect::<Vec<_>>().join(", "));
        for key in cosigner.verifiers() {
            text.push_str(&format!("witness key  {key}\n"));
        }
        text.push_str(&format!("state        {}\n", self.state.display()));
        text
    }
}

/// `ORIGIN=URL`, or `URL` alone for the only log.
fn read_from(text: &str, logs: &BTreeMap<String, Vec<VerifierKey>>) -> Result<(String, Client), Failure> {
    let named = text.split_once('=').filter(|(origin, _)| logs.contains_key(*origin));
    let (origin, url) = match (named, logs.keys().next()) {
        (Some((origin, url)), _) => (origin.to_owned(), url),
        (None, Some(only)) if logs.len() == 1 => (only.clone(), text),
        _ => {
            return Err(Failure::Usage(format!(
                "--log-url {text}: name one of the logs, as --log-url ORIGIN=URL, with the origin as --log has it"
            )));
        }
    };
    if origin.parse::<Origin>().is_err() {
        return Err(Failure::Usage(format!(
            "--log-url {text}: {origin} is no Sinetti ledger, whose records could be read"
        )));
    }
    Ok((origin, Client::new(url)?))
}

//! The witnesses that the operator has configured: asked in the background for cosignatures on what
//! is published, and before anything is written whether they have seen more than the database holds.
//!
//! A witness is not believed. What it signs is verified; that it has seen another tree counts, while
//! the ledger runs, only when it shows a checkpoint that the log itself signed: else any of them
//! could stop the ledger by a word. A start, which an operator attends, is more careful.

mod ask;
mod consult;
mod task;

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use sinetti_events::log::policy::{BadPolicy, Policy};
use sinetti_events::log::vkey::VerifierKey;

use crate::witness::client::{AskError, WitnessClient};

pub(super) use consult::{consult, recorded_at};
pub(super) use task::start;

/// Most keys of all witnesses together: with the log's own, a note of 64 signatures holds them.
pub const MOST_KEYS: usize = 56;

/// Whom the ledger asks, and how patiently.
#[derive(Debug, Clone)]
pub struct Witnessing {
    /// Whom.
    pub witnesses: Vec<WitnessAddress>,
    /// The operator's policy; what the ledger publishes of it has the log's own keys and no addresses.
    pub policy: Policy,
    /// How long one request may take.
    pub patience: Duration,
    /// How long to wait after a first failure; each further one doubles it.
    pub retry: Duration,
    /// How long to wait at most after failures.
    pub longest: Duration,
    /// After how long a checkpoint is shown to a witness again although nothing was recorded: its new
    /// cosignature says that the log still stands there.
    pub refresh: Duration,
}

/// One witness, from the operator's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessAddress {
    /// Its verifier keys: Ed25519, ML-DSA-44, or both.
    pub keys: Vec<VerifierKey>,
    /// Its submission prefix.
    pub url: String,
}

/// The configuration names something that can't be a witness.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWitness {
    /// A key that cosigns nothing.
    #[error("{0} is no cosignature key (type 0x04 or 0x06); a witness prints its own when it starts")]
    Kind(String),
    /// The same key for two witnesses.
    #[error("the witness key {0} is named twice")]
    Twice(String),
    /// Too many.
    #[error("there are more than {MOST_KEYS} witness keys; a checkpoint has room for {MOST_KEYS} cosignatures")]
    TooMany,
    /// No address.
    #[error(transparent)]
    Address(#[from] AskError),
    /// No policy.
    #[error(transparent)]
    Policy(#[from] BadPolicy),
}

/// What is known of one witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessReport {
    /// Its keys' name.
    pub name: String,
    /// Its keys.
    pub keys: Vec<VerifierKey>,
    /// How it stands to the newest checkpoint.
    pub standing: Standing,
    /// What stands in the way, in words.
    pub reason: Option<String>,
    /// Size of the newest checkpoint that it cosigned, and when (seconds since 1970).
    pub newest: Option<(u64, u64)>,
}

/// How a witness stands to the newest checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has not answered yet.
    Waiting,
    /// It has cosigned it.
    Cosigned,
    /// It could not be reached.
    Unreachable,
    /// It does not cosign, or answers what does not verify.
    Refuses,
    /// It says that it has seen another or a larger tree, and does not show one that the log signed.
    Contradicts,
}

impl Standing {
    /// Stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Cosigned => "cosigned",
            Standing::Unreachable => "unreachable",
            Standing::Refuses => "refuses",
            Standing::Contradicts => "contradicts",
        }
    }
}

/// What is known of all witnesses, for whoever reads.
#[derive(Debug, Default)]
pub(crate) struct Board(RwLock<Vec<WitnessReport>>);

impl Witnessing {
    /// The witnesses, each key with its address. What is published names them and asks for none: an
    /// operator who promises more writes a policy.
    ///
    /// # Errors
    ///
    /// A key of another kind, one named twice, too many, or no address.
    pub fn new(named: &[(VerifierKey, String)]) -> Result<Witnessing, BadWitness> {
        if let Some((key, _)) = named.iter().find(|(key, _)| !matches!(key.key().type_byte(), 0x04 | 0x06)) {
            return Err(BadWitness::Kind(key.to_string()));
        }
        let twice = |at: &usize| named[..*at].iter().any(|(earlier, _)| earlier.key() == named[*at].0.key());
        if let Some(at) = (0..named.len()).find(twice) {
            return Err(BadWitness::Twice(named[at].0.to_string()));
        }
        let line = |(key, url): &(VerifierKey, String)| {
            let second = if key.is_ml_dsa_cosignature() { "/ml-dsa-44" } else { "" };
            format!("witness {}{second} {key} {url}\n", key.name())
        };
        let lines: String = named.iter().map(line).collect();
        Witnessing::of_policy(Policy::parse(format!("{lines}quorum none\n").as_bytes())?)
    }

    /// The witnesses of a policy that have an address; the keys of one address belong to one witness.
    ///
    /// # Errors
    ///
    /// Too many, or no address.
    pub fn of_policy(policy: Policy) -> Result<Witnessing, BadWitness> {
        if policy.witnesses().len() > MOST_KEYS {
            return Err(BadWitness::TooMany);
        }
        let mut witnesses: Vec<WitnessAddress> = Vec::new();
        for witness in policy.witnesses() {
            let Some(url) = &witness.url else { continue };
            let url = url.to_string().trim_end_matches('/').to_owned();
            WitnessClient::new(&url, Duration::from_secs(1))?;
            match witnesses.iter_mut().find(|known| known.url == url) {
                Some(known) => known.keys.push(witness.key.clone()),
                None => witnesses.push(WitnessAddress { keys: vec![witness.key.clone()], url }),
            }
        }
        Ok(Witnessing { witnesses, policy, ..Witnessing::default() })
    }
}

impl Default for Witnessing {
    fn default() -> Witnessing {
        Witnessing {
            witnesses: Vec::new(),
            policy: Policy::of_logs([]),
            patience: Duration::from_secs(10),
            retry: Duration::from_secs(5),
            longest: Duration::from_secs(300),
            refresh: Duration::from_secs(24 * 3600),
        }
    }
}

impl WitnessAddress {
    /// What its keys are called: a witness has one name.
    pub fn name(&self) -> &str {
        self.keys.first().map_or("", |key| key.name().as_str())
    }
}

impl Board {
    pub(super) fn new(witnessing: &Witnessing) -> Board {
        let report = |witness: &WitnessAddress| WitnessReport {
            name: witness.name().to_owned(),
            keys: witness.keys.clone(),
            standing: Standing::Waiting,
            reason: None,
            newest: None,
        };
        Board(RwLock::new(witnessing.witnesses.iter().map(report).collect()))
    }

    pub(super) fn read(&self) -> Vec<WitnessReport> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn write(&self, at: usize, change: impl FnOnce(&mut WitnessReport)) {
        let mut reports = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(report) = reports.get_mut(at) {
            change(report);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use ed25519_dalek::SigningKey;
    use sinetti_events::log::ml_dsa::MlDsaSigningKey;

    use super::*;
    use crate::witness::Cosigner;

    fn keys(seed: u8) -> Vec<VerifierKey> {
        let ml_dsa = MlDsaSigningKey::from_seed(&[seed; 32]);
        let cosigner = Cosigner::new(None, SigningKey::from_bytes(&[seed; 32]), Some(ml_dsa)).unwrap();
        cosigner.verifiers().to_vec()
    }

    #[test]
    fn the_keys_of_one_address_are_one_witness() {
        let [a, b] = [keys(1), keys(2)];
        let url = |n: u8| format!("http://127.0.0.1:{n}");
        let named = [(a[0].clone(), url(1)), (b[0].clone(), url(2)), (a[1].clone(), format!("{}/", url(1)))];
        let witnessing = Witnessing::new(&named).unwrap();
        assert_eq!(witnessing.policy.witnesses().len(), 3);
        assert_eq!(witnessing.policy.quorum(), None);
        let witnesses = witnessing.witnesses;
        assert_eq!(witnesses[0], WitnessAddress { keys: a, url: url(1) });
        assert_eq!(witnesses[1].keys, [b[0].clone()]);
    }

    #[test]
    fn witnesses_without_an_address_are_named_and_not_asked() {
        let [a, b] = [keys(1), keys(2)];
        let text = format!("witness a {} http://127.0.0.1:1\nwitness b {}\ngroup g any a b\nquorum g\n", a[0], b[0]);
        let witnessing = Witnessing::of_policy(Policy::parse(text.as_bytes()).unwrap()).unwrap();
        assert_eq!((witnessing.witnesses.len(), witnessing.policy.witnesses().len()), (1, 2));
    }

    #[test]
    fn what_can_not_be_a_witness_is_refused() {
        let url = || "http://127.0.0.1:1".to_owned();
        let key = keys(1).remove(0);
        let log: VerifierKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse().unwrap();
        let refused = |named: &[(VerifierKey, String)]| Witnessing::new(named).unwrap_err();
        assert!(matches!(refused(&[(log, url())]), BadWitness::Kind(_)));
        assert!(matches!(refused(&[(key.clone(), url()), (key.clone(), url())]), BadWitness::Twice(_)));
        assert!(matches!(refused(&[(key.clone(), "nowhere".to_owned())]), BadWitness::Address(_)));
        assert!(matches!(refused(&[(key, "http://a b".to_owned())]), BadWitness::Policy(_)));
        let many = |seed: u8| (keys(seed).remove(0), url());
        assert!(matches!(refused(&(1..=57).map(many).collect::<Vec<_>>()), BadWitness::TooMany));
    }
}

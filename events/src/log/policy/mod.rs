//! Policies: C2SP tlog-policy, which logs and which witnesses make a checkpoint count.
//!
//! "Two thirds of the parties' witnesses and the auditor's" is one file:
//!
//! ```text
//! log localhost/sinetti+…
//! witness tampere localhost/tampere+…
//! witness nokia localhost/nokia+…
//! witness orivesi localhost/orivesi+…
//! witness auditor localhost/auditor+…
//! group parties 2 tampere nokia orivesi
//! group needed all parties auditor
//! quorum needed
//! ```

mod judge;
mod parse;

use std::fmt;
use std::str::FromStr;

use super::vkey::VerifierKey;

pub use judge::{Cosigned, Judgement, PolicyRefusal, Shortfall};
pub use parse::{BadLine, BadPolicy, MAX_POLICY_BYTES};

/// Known logs, known witnesses, and which of the witnesses are enough. [`Policy::parse`] makes one, so
/// every name that a group or the quorum uses is defined before it, and used in one place only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    /// None for `none`.
    quorum: Option<Word>,
}

/// A log whose checkpoints are accepted; its key's name is its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Its verifier key.
    pub key: VerifierKey,
    /// Where it can be reached; offline nobody needs it.
    pub url: Option<Word>,
}

/// Somebody whose cosignature may count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// What this file calls it; it means nothing outside.
    pub name: Word,
    /// Its verifier key, of a type that cosigns.
    pub key: VerifierKey,
    /// Its submission prefix (tlog-witness).
    pub url: Option<Word>,
}

/// Has witnessed when at least `threshold` of its members have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What this file calls it.
    pub name: Word,
    /// 1 to the number of members.
    pub threshold: usize,
    /// Witnesses, and groups defined before.
    pub members: Vec<Word>,
}

/// A name or URL: bytes without white space and control characters, opaque as the specification
/// says ("K" and the Kelvin sign are two names). Shown with U+FFFD where it is not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(Vec<u8>);

/// The text can't be a name or URL of a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a name or URL in a policy is not empty and has no white space or control character")]
pub struct BadWord;

impl Policy {
    /// A policy that accepts these logs' checkpoints and asks for no witness.
    pub fn of_logs(keys: impl IntoIterator<Item = VerifierKey>) -> Policy {
        let logs = keys.into_iter().map(|key| Log { key, url: None }).collect();
        Policy { logs, witnesses: Vec::new(), groups: Vec::new(), quorum: None }
    }

    /// Known logs, in the order of the file.
    pub fn logs(&self) -> &[Log] {
        &self.logs
    }

    /// Known witnesses, in the order of the file.
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// Groups, in the order of the file.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The witness or group that must have witnessed; none when nobody must.
    pub fn quorum(&self) -> Option<&Word> {
        self.quorum.as_ref()
    }

    /// The same policy with other logs: what a ledger publishes of its operator's file.
    #[must_use]
    pub fn with_logs(self, keys: impl IntoIterator<Item = VerifierKey>) -> Policy {
        Policy { logs: Policy::of_logs(keys).logs, ..self }
    }

    /// The same policy without addresses, which nobody needs who verifies.
    #[must_use]
    pub fn without_urls(mut self) -> Policy {
        self.logs.iter_mut().for_each(|log| log.url = None);
        self.witnesses.iter_mut().for_each(|witness| witness.url = None);
        self
    }

    /// The one way in which this program writes it: logs, witnesses, groups, quorum; single spaces, no
    /// comments; `all` and `any` where the threshold is that (`all` of a single one).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut lines: Vec<Vec<&[u8]>> = Vec::new();
        let keys = |key: &VerifierKey| key.to_string().into_bytes();
        let logs: Vec<_> = self.logs.iter().map(|log| keys(&log.key)).collect();
        let witnesses: Vec<_> = self.witnesses.iter().map(|witness| keys(&witness.key)).collect();
        let thresholds: Vec<_> = self.groups.iter().map(Group::threshold_word).collect();
        for (log, key) in self.logs.iter().zip(&logs) {
            lines.push([b"log", key.as_slice()].into_iter().chain(log.url.as_ref().map(Word::as_bytes)).collect());
        }
        for (witness, key) in self.witnesses.iter().zip(&witnesses) {
            let words = [b"witness", witness.name.as_bytes(), key.as_slice()];
            lines.push(words.into_iter().chain(witness.url.as_ref().map(Word::as_bytes)).collect());
        }
        for (group, threshold) in self.groups.iter().zip(&thresholds) {
            let words = [b"group", group.name.as_bytes(), threshold.as_bytes()];
            lines.push(words.into_iter().chain(group.members.iter().map(Word::as_bytes)).collect());
        }
        lines.push(vec![b"quorum", self.quorum.as_ref().map_or(parse::NONE, Word::as_bytes)]);
        lines.into_iter().flat_map(|words| [words.join(&b' '), vec![b'\n']].concat()).collect()
    }
}

impl Group {
    fn threshold_word(&self) -> String {
        match self.threshold {
            all if all == self.members.len() => "all".to_owned(),
            1 => "any".to_owned(),
            number => number.to_string(),
        }
    }
}

impl Word {
    /// A word of these bytes.
    ///
    /// # Errors
    ///
    /// Empty, or with a byte that separates words or that no policy may hold.
    pub fn new(bytes: &[u8]) -> Result<Word, BadWord> {
        let allowed = |byte: &u8| matches!(byte, 0x21..=0x7e | 0x80..=0xff);
        if bytes.is_empty() || !bytes.iter().all(allowed) {
            return Err(BadWord);
        }
        Ok(Word(bytes.to_vec()))
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for Word {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<Word, BadWord> {
        Word::new(text.as_bytes())
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use super::*;
    use crate::log::signer::NoteSigner;

    /// The key with which the witness `name` cosigns.
    pub fn witness_key(name: &str, seed: u8) -> VerifierKey {
        let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
        let name = format!("localhost/{name}").parse().unwrap();
        NoteSigner::Ed25519Cosignature(&key).verifier_key(&name).unwrap()
    }

    /// Two of three parties, and the auditor.
    pub fn two_thirds_and_the_auditor() -> String {
        let log = &crate::log::signer::tests::log_keys(1)[0];
        let names = [("tampere", 11), ("nokia", 12), ("orivesi", 13), ("auditor", 14)];
        let witnesses = names.map(|(name, seed)| format!("witness {name} {}\n", witness_key(name, seed)));
        let groups = "group parties 2 tampere nokia orivesi\ngroup needed all parties auditor\nquorum needed\n";
        format!("log {log}\n{}{groups}", witnesses.concat())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = two_thirds_and_the_auditor();
        let policy = Policy::parse(text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(policy.to_bytes()).unwrap(), text);
        assert_eq!((policy.logs().len(), policy.witnesses().len(), policy.groups().len()), (1, 4, 2));
        assert_eq!(policy.quorum().unwrap().to_string(), "needed");
    }

    #[test]
    fn it_is_written_in_one_way_however_it_was_laid_out() {
        let text = two_thirds_and_the_auditor();
        let loose = text.replace("all parties", "2 parties").replace("\nquorum", "\n\n  # who is needed\n\t\n quorum");
        let policy = Policy::parse(loose.replace(' ', " \t ").as_bytes()).unwrap();
        assert_eq!(String::from_utf8(policy.to_bytes()).unwrap(), text);
    }

    #[test]
    fn a_group_of_one_is_all_and_one_of_two_is_any() {
        let key = witness_key("a", 1);
        let other = witness_key("b", 2);
        let text = |threshold: &str, members: &str| {
            format!("witness a {key}\nwitness b {other}\ngroup g {threshold} {members}\nquorum g\n")
        };
        let written = |text: String| String::from_utf8(Policy::parse(text.as_bytes()).unwrap().to_bytes()).unwrap();
        for (given, members, expected) in
            [("1", "a", "all"), ("any", "a", "all"), ("1", "a b", "any"), ("2", "a b", "all")]
        {
            assert_eq!(written(text(given, members)), text(expected, members));
        }
    }

    #[test]
    fn a_ledger_publishes_its_own_keys_and_no_address() {
        let text = two_thirds_and_the_auditor();
        let with_urls = text.replacen("\nwitness nokia", " https://log.example\nwitness nokia", 1);
        let policy = Policy::parse(with_urls.as_bytes()).unwrap();
        assert_eq!(policy.witnesses()[0].url.as_ref().unwrap().to_string(), "https://log.example");
        let own = crate::log::signer::tests::log_keys(2);
        let published = policy.with_logs(own.clone()).without_urls();
        assert_eq!(published.logs().iter().map(|log| log.key.clone()).collect::<Vec<_>>(), own);
        assert!(published.witnesses().iter().all(|witness| witness.url.is_none()));
        assert_eq!(Policy::parse(&published.to_bytes()), Ok(published));
    }

    #[test]
    fn without_witnesses_the_quorum_is_none() {
        let policy = Policy::of_logs(crate::log::signer::tests::log_keys(1));
        assert!(policy.to_bytes().ends_with(b"\nquorum none\n"));
        assert_eq!(Policy::parse(&policy.to_bytes()), Ok(policy));
    }

    #[test]
    fn names_are_opaque_bytes() {
        let key = witness_key("a", 1);
        let (plain, kelvin, broken) = (&b"K"[..], "\u{212a}".as_bytes(), &b"\xff\xfe"[..]);
        for name in [plain, kelvin, broken] {
            let line = [b"witness ", name, format!(" {key}\nquorum ").as_bytes(), name, b"\n"].concat();
            let policy = Policy::parse(&line).unwrap();
            assert_eq!(policy.quorum().unwrap().as_bytes(), name);
            assert_eq!(policy.to_bytes(), line);
        }
        let other = [b"witness K ", format!("{key}\nquorum ").as_bytes(), kelvin, b"\n"].concat();
        assert!(matches!(Policy::parse(&other), Err(BadPolicy::Line { reason: BadLine::Undefined(_), .. })));
    }
}

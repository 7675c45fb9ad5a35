//! From bytes to a policy, and what is wrong with bytes that are none.

use std::collections::{HashMap, HashSet};

use super::{Group, Log, Policy, Witness, Word};
use crate::log::checkpoint::decimal;
use crate::log::vkey::{BadVerifierKey, NoteKey, VerifierKey};

/// A policy of more bytes is refused unread.
pub const MAX_POLICY_BYTES: usize = 1 << 20;

/// The predefined name: no cosignature is asked for.
pub(super) const NONE: &[u8] = b"none";

/// The bytes are not a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPolicy {
    /// Too long.
    #[error("the policy has more than {MAX_POLICY_BYTES} bytes")]
    TooLong,
    /// The last line has no end.
    #[error("the policy's last line does not end in a newline; was the file cut short?")]
    Unterminated,
    /// A control character.
    #[error("line {line} of the policy holds the control character 0x{byte:02x}; only tab and newline are allowed")]
    Control {
        /// One-based.
        line: usize,
        /// The byte.
        byte: u8,
    },
    /// One line.
    #[error("line {line} of the policy: {reason}")]
    Line {
        /// One-based.
        line: usize,
        /// What is wrong.
        reason: BadLine,
    },
    /// There is no quorum line.
    #[error("the policy has no line `quorum <name>`; `quorum none` asks for no cosignature")]
    NoQuorum,
}

/// What is wrong with one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// An unknown first word.
    #[error("it begins with {0:?}; a line is `log`, `witness`, `group` or `quorum`, or a comment after `#`")]
    Keyword(String),
    /// Too few or too many words.
    #[error("it is not of the form `{0}`")]
    Form(&'static str),
    /// The verifier key.
    #[error("its key: {0}")]
    Key(#[from] BadVerifierKey),
    /// A key that signs no cosignatures.
    #[error("a witness's key is of a type that cosigns, 0x04 (Ed25519) or 0x06 (ML-DSA-44); this one is of type 0x01")]
    NotACosigner,
    /// The same public key twice, whatever its name.
    #[error("this {0} has the same public key as one before; it can count only once")]
    SameKey(&'static str),
    /// A name is defined twice, or is `none`.
    #[error("the name {0:?} is taken already, by a line before or by the specification")]
    Taken(String),
    /// A name that no line before defines.
    #[error("no line before defines a witness or group {0:?}")]
    Undefined(String),
    /// A name stands in two groups, or twice in one.
    #[error("{0:?} is a member of a group already; each name can be one once, so that nobody counts twice")]
    MemberAlready(String),
    /// `none` in a group.
    #[error("`none` can be the quorum, but no member of a group")]
    NoneAsMember,
    /// The threshold.
    #[error("the threshold {found:?} is not `all`, `any` or a number from 1 to {members}, the number of members")]
    Threshold {
        /// As it stands.
        found: String,
        /// How many members there are.
        members: usize,
    },
    /// A second quorum.
    #[error("there is a quorum line already")]
    SecondQuorum,
}

/// What the lines so far define.
#[derive(Default)]
struct Reader {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    quorum: Option<Option<Word>>,
    /// Each name with whether it is a member of a group.
    names: HashMap<Word, bool>,
    log_keys: HashSet<Vec<u8>>,
    witness_keys: HashSet<Vec<u8>>,
}

impl Policy {
    /// Parses a policy file. Comments, empty lines and the layout are not kept.
    ///
    /// # Errors
    ///
    /// What is wrong, and in which line.
    pub fn parse(bytes: &[u8]) -> Result<Policy, BadPolicy> {
        if bytes.len() > MAX_POLICY_BYTES {
            return Err(BadPolicy::TooLong);
        }
        let mut reader = Reader::default();
        let Some(body) = bytes.strip_suffix(b"\n") else {
            return Err(if bytes.is_empty() { BadPolicy::NoQuorum } else { BadPolicy::Unterminated });
        };
        for (number, text) in (1..).zip(body.split(|byte| *byte == b'\n')) {
            check_characters(number, text)?;
            reader.line(text).map_err(|reason| BadPolicy::Line { line: number, reason })?;
        }
        let Reader { logs, witnesses, groups, quorum, .. } = reader;
        Ok(Policy { logs, witnesses, groups, quorum: quorum.ok_or(BadPolicy::NoQuorum)? })
    }
}

/// Tab, 0x20–0x7E and 0x80–0xFF.
fn check_characters(line: usize, text: &[u8]) -> Result<(), BadPolicy> {
    let control = |byte: &&u8| matches!(byte, 0x00..=0x08 | 0x0a..=0x1f | 0x7f);
    match text.iter().find(control) {
        Some(byte) => Err(BadPolicy::Control { line, byte: *byte }),
        None => Ok(()),
    }
}

impl Reader {
    fn line(&mut self, text: &[u8]) -> Result<(), BadLine> {
        let separated = text.split(|byte| matches!(byte, b' ' | b'\t'));
        let words: Vec<&[u8]> = separated.filter(|word| !word.is_empty()).collect();
        match words.split_first() {
            None => Ok(()),
            Some((first, _)) if first.starts_with(b"#") => Ok(()),
            Some((&b"log", rest)) => self.log(rest),
            Some((&b"witness", rest)) => self.witness(rest),
            Some((&b"group", rest)) => self.group(rest),
            Some((&b"quorum", rest)) => self.set_quorum(rest),
            Some((other, _)) => Err(BadLine::Keyword(shown(other))),
        }
    }

    fn log(&mut self, words: &[&[u8]]) -> Result<(), BadLine> {
        let [key, url @ ..] = words else { return Err(BadLine::Form(LOG)) };
        let (key, url) = (verifier_key(key)?, optional(url, LOG)?);
        if !self.log_keys.insert(public_key(&key)) {
            return Err(BadLine::SameKey("log"));
        }
        self.logs.push(Log { key, url });
        Ok(())
    }

    fn witness(&mut self, words: &[&[u8]]) -> Result<(), BadLine> {
        let [name, key, url @ ..] = words else { return Err(BadLine::Form(WITNESS)) };
        let (key, url) = (verifier_key(key)?, optional(url, WITNESS)?);
        if key.is_ed25519_note() {
            return Err(BadLine::NotACosigner);
        }
        if !self.witness_keys.insert(public_key(&key)) {
            return Err(BadLine::SameKey("witness"));
        }
        let name = self.define(name)?;
        self.witnesses.push(Witness { name, key, url });
        Ok(())
    }

    fn group(&mut self, words: &[&[u8]]) -> Result<(), BadLine> {
        let [name, threshold, members @ ..] = words else { return Err(BadLine::Form(GROUP)) };
        if members.is_empty() {
            return Err(BadLine::Form(GROUP));
        }
        let threshold = parse_threshold(threshold, members.len())?;
        let members = members.iter().map(|member| self.join(member)).collect::<Result<_, _>>()?;
        let name = self.define(name)?;
        self.groups.push(Group { name, threshold, members });
        Ok(())
    }

    fn set_quorum(&mut self, words: &[&[u8]]) -> Result<(), BadLine> {
        let [name] = words else { return Err(BadLine::Form("quorum <name>")) };
        if self.quorum.is_some() {
            return Err(BadLine::SecondQuorum);
        }
        self.quorum = Some(if *name == NONE { None } else { Some(self.defined(name)?) });
        Ok(())
    }

    fn define(&mut self, name: &[u8]) -> Result<Word, BadLine> {
        let word = word(name);
        if name == NONE || self.names.contains_key(&word) {
            return Err(BadLine::Taken(shown(name)));
        }
        self.names.insert(word.clone(), false);
        Ok(word)
    }

    fn defined(&self, name: &[u8]) -> Result<Word, BadLine> {
        let word = word(name);
        if self.names.contains_key(&word) { Ok(word) } else { Err(BadLine::Undefined(shown(name))) }
    }

    /// Puts a defined name into a group, once and for all.
    fn join(&mut self, name: &[u8]) -> Result<Word, BadLine> {
        if name == NONE {
            return Err(BadLine::NoneAsMember);
        }
        let word = self.defined(name)?;
        match self.names.insert(word.clone(), true) {
            Some(true) => Err(BadLine::MemberAlready(shown(name))),
            _ => Ok(word),
        }
    }
}

const LOG: &str = "log <vkey> [<url>]";
const WITNESS: &str = "witness <name> <vkey> [<url>]";
const GROUP: &str = "group <name> <all|any|number> <name>…";

/// A word of the line: its characters were checked, and it is not empty.
fn word(bytes: &[u8]) -> Word {
    Word(bytes.to_vec())
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn optional(words: &[&[u8]], form: &'static str) -> Result<Option<Word>, BadLine> {
    match words {
        [] => Ok(None),
        [url] => Ok(Some(word(url))),
        _ => Err(BadLine::Form(form)),
    }
}

/// A key name is UTF-8 (signed-note), so a vkey is.
fn verifier_key(bytes: &[u8]) -> Result<VerifierKey, BadLine> {
    let text = std::str::from_utf8(bytes).map_err(|_| BadVerifierKey::Parts)?;
    Ok(text.parse()?)
}

/// What makes two keys duplicates: the public key itself, not its name or signature type.
fn public_key(key: &VerifierKey) -> Vec<u8> {
    match key.key() {
        NoteKey::Ed25519(key) | NoteKey::Ed25519Cosignature(key) => key.to_bytes().to_vec(),
        NoteKey::MlDsa44Cosignature(key) => key.to_bytes(),
    }
}

fn parse_threshold(text: &[u8], members: usize) -> Result<usize, BadLine> {
    let number = |text: &[u8]| decimal(std::str::from_utf8(text).ok()?).and_then(|k| usize::try_from(k).ok());
    let threshold = match text {
        b"all" => Some(members),
        b"any" => Some(1),
        other => number(other).filter(|k| (1..=members).contains(k)),
    };
    threshold.ok_or_else(|| BadLine::Threshold { found: shown(text), members })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::{two_thirds_and_the_auditor, witness_key};
    use super::*;
    use crate::log::ml_dsa::MlDsaSigningKey;
    use crate::log::signer::NoteSigner;
    use crate::log::signer::tests::log_keys;

    fn refused(text: &str) -> BadLine {
        match Policy::parse(text.as_bytes()) {
            Err(BadPolicy::Line { reason, .. }) => reason,
            other => panic!("{text}: {other:?}"),
        }
    }

    /// Witnesses a, b and c, then `rest`.
    fn with(rest: &str) -> String {
        let lines: Vec<String> = ["a", "b", "c"]
            .iter()
            .zip(1..)
            .map(|(name, seed)| format!("witness {name} {}\n", witness_key(name, seed)))
            .collect();
        lines.concat() + rest
    }

    #[test]
    fn there_is_exactly_one_quorum() {
        assert_eq!(Policy::parse(b""), Err(BadPolicy::NoQuorum));
        assert_eq!(Policy::parse(b"# nothing\n"), Err(BadPolicy::NoQuorum));
        assert_eq!(refused("quorum none\nquorum none\n"), BadLine::SecondQuorum);
        assert_eq!(refused(&with("quorum a\nquorum b\n")), BadLine::SecondQuorum);
        assert!(matches!(refused("quorum\n"), BadLine::Form(_)));
        assert!(matches!(refused("quorum none none\n"), BadLine::Form(_)));
    }

    #[test]
    fn lines_end_in_newlines_and_hold_no_control_characters() {
        assert_eq!(Policy::parse(b"quorum none"), Err(BadPolicy::Unterminated));
        for byte in [0x00, 0x0b, 0x0d, 0x1f, 0x7f] {
            let text = [b"# x\n# y", &[byte][..], b"\nquorum none\n"].concat();
            assert_eq!(Policy::parse(&text), Err(BadPolicy::Control { line: 2, byte }));
        }
        assert!(Policy::parse(b"\t# \x80\xff comment\n\n \t\nquorum none\n").is_ok());
        assert_eq!(Policy::parse(&vec![b'\n'; MAX_POLICY_BYTES + 1]), Err(BadPolicy::TooLong));
    }

    #[test]
    fn other_words_are_refused_where_they_stand() {
        let text = with("Group g any a\nquorum g\n");
        let expected = BadLine::Keyword("Group".to_owned());
        assert_eq!(Policy::parse(text.as_bytes()), Err(BadPolicy::Line { line: 4, reason: expected }));
        assert!(matches!(refused("log\nquorum none\n"), BadLine::Form(_)));
        assert!(matches!(refused(&with("group g any\nquorum none\n")), BadLine::Form(_)));
        let key = witness_key("x", 9);
        assert!(matches!(refused(&format!("witness x {key} http://x y\n")), BadLine::Form(_)));
        assert!(matches!(refused("log not-a-key\n"), BadLine::Key(_)));
        assert!(matches!(refused("witness x\u{a0}\n"), BadLine::Form(_)), "only space and tab separate");
    }

    #[test]
    fn names_are_defined_before_they_are_used_and_once() {
        assert_eq!(refused(&with("quorum d\n")), BadLine::Undefined("d".into()));
        assert_eq!(refused(&with("group g any g\nquorum g\n")), BadLine::Undefined("g".into()));
        assert_eq!(refused(&with("group g any h\ngroup h any a\nquorum g\n")), BadLine::Undefined("h".into()));
        assert_eq!(refused(&with("group a any b\nquorum a\n")), BadLine::Taken("a".into()));
        assert_eq!(refused(&with("group none any b\nquorum a\n")), BadLine::Taken("none".into()));
        let early = format!("quorum a\n{}", with(""));
        assert_eq!(refused(&early), BadLine::Undefined("a".into()));
    }

    #[test]
    fn nobody_counts_twice() {
        assert_eq!(refused(&with("group g 2 a a\nquorum g\n")), BadLine::MemberAlready("a".into()));
        let nested = with("group g any a b\ngroup h 2 g a\nquorum h\n");
        assert_eq!(refused(&nested), BadLine::MemberAlready("a".into()));
        assert_eq!(refused(&with("group g any none\nquorum g\n")), BadLine::NoneAsMember);
        let renamed = witness_key("other-name", 1);
        assert_eq!(refused(&with(&format!("witness d {renamed}\nquorum none\n"))), BadLine::SameKey("witness"));
        let key = &log_keys(1)[0];
        assert_eq!(
            refused(&format!("log {key}\nlog {key} https://log.example\nquorum none\n")),
            BadLine::SameKey("log")
        );
    }

    #[test]
    fn a_log_key_with_two_names_or_types_is_one_key() {
        let key = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
        let note = NoteSigner::Ed25519(&key).verifier_key(&"a".parse().unwrap()).unwrap();
        let cosigner = NoteSigner::Ed25519Cosignature(&key).verifier_key(&"b".parse().unwrap()).unwrap();
        assert_eq!(refused(&format!("log {note}\nlog {cosigner}\nquorum none\n")), BadLine::SameKey("log"));
    }

    #[test]
    fn thresholds_lie_between_one_and_the_number_of_members() {
        for bad in ["0", "4", "-1", "+1", "01", "1.0", "ALL", "none", "", "18446744073709551617"] {
            let text = with(&format!("group g {bad} a b c\nquorum g\n"));
            let found = if bad.is_empty() { "a" } else { bad };
            assert!(matches!(refused(&text), BadLine::Threshold { found: f, .. } if f == found), "{bad:?}");
        }
        for good in ["1", "2", "3", "all", "any"] {
            assert!(Policy::parse(with(&format!("group g {good} a b c\nquorum g\n")).as_bytes()).is_ok(), "{good}");
        }
    }

    #[test]
    fn witnesses_cosign_and_logs_may_sign_with_ml_dsa() {
        let note = &log_keys(1)[0];
        assert_eq!(refused(&format!("witness a {note}\nquorum a\n")), BadLine::NotACosigner);
        let key = MlDsaSigningKey::from_seed(&[3; 32]);
        let key = NoteSigner::MlDsa44Cosignature(&key).verifier_key(&"w".parse().unwrap()).unwrap();
        assert!(Policy::parse(format!("log {}\nwitness a {key}\nquorum a\n", log_keys(1)[1]).as_bytes()).is_ok());
    }

    #[test]
    fn no_changed_or_missing_byte_makes_it_panic() {
        let text = two_thirds_and_the_auditor().into_bytes();
        for at in 0..text.len() {
            for byte in [0, b' ', b'\n', b'#', 0xff] {
                let mut changed = text.clone();
                changed[at] = byte;
                if let Ok(policy) = Policy::parse(&changed) {
                    assert_eq!(Policy::parse(&policy.to_bytes()), Ok(policy));
                }
            }
            assert!(Policy::parse(&text[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn many_logs_witnesses_and_groups_are_allowed() {
        let mut text = String::new();
        for seed in 1..=200 {
            let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
            let log = NoteSigner::Ed25519(&key).verifier_key(&"l".parse().unwrap()).unwrap();
            let member = if seed == 1 { "w1".to_owned() } else { format!("g{} w{seed}", seed - 1) };
            text += &format!("log {log}\nwitness w{seed} {}\ngroup g{seed} all {member}\n", witness_key("w", seed));
        }
        assert!(Policy::parse((text + "quorum g200\n").as_bytes()).is_ok());
    }
}

//! Whether a checkpoint counts under a policy.

use std::collections::HashMap;
use std::fmt;

use super::{Group, Policy, Word};
use crate::log::checkpoint::{BadCheckpoint, Checkpoint};
use crate::log::note::{Note, NoteError, Signed};
use crate::log::vkey::VerifierKey;

/// What a policy makes of one checkpoint whose known signatures all verify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// The signatures of listed logs whose name is the checkpoint's origin.
    pub logs: Vec<Signed>,
    /// The witnesses of the policy that cosigned it, in the order of the lines of the note.
    pub witnesses: Vec<Cosigned>,
    /// What lacks to the quorum; none when it is met.
    pub shortfall: Option<Shortfall>,
}

/// A witness of the policy that cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// What the policy calls it.
    pub name: Word,
    /// Its signature, with the time by its own clock, if it states one.
    pub signed: Signed,
}

/// The quorum is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// The witness or group that is the quorum.
    pub quorum: Word,
    /// How many of its members have witnessed.
    pub found: usize,
    /// How many must have.
    pub needed: usize,
    /// The members that have not.
    pub missing: Vec<Word>,
}

/// The checkpoint does not count whatever the witnesses say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyRefusal {
    /// A known signature fails, a known key signed twice, or nobody known signed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The note is no checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] BadCheckpoint),
    /// No listed log signed it.
    #[error("none of the policy's logs signed this checkpoint of {origin}; it is another ledger's, or the policy is")]
    NoLog {
        /// The checkpoint's origin line.
        origin: String,
    },
}

impl Policy {
    /// Judges a checkpoint. A policy that lists no log takes the log as verified elsewhere. A log
    /// counts only under its own name: its key's name is the origin.
    ///
    /// # Errors
    ///
    /// Malformed, a known signature fails, or no listed log signed.
    pub fn judge(&self, note: &Note) -> Result<Judgement, PolicyRefusal> {
        let checkpoint: Checkpoint = note.text().parse()?;
        let named = self.logs.iter().map(|log| &log.key).filter(|key| key.name() == checkpoint.origin.as_str());
        let cosigners = self.witnesses.iter().map(|witness| &witness.key);
        let known: Vec<VerifierKey> = named.chain(cosigners).cloned().collect();
        let signed = match note.open(&known) {
            // Whether that is enough is told below, by what lacks.
            Err(NoteError::Unknown) => Vec::new(),
            opened => opened?,
        };
        let logs: Vec<Signed> =
            signed.iter().filter(|it| self.logs.iter().any(|log| log.key == it.key)).cloned().collect();
        let witnesses: Vec<Cosigned> = signed.into_iter().filter_map(|signed| self.cosigned(signed)).collect();
        if logs.is_empty() && !self.logs.is_empty() {
            return Err(PolicyRefusal::NoLog { origin: checkpoint.origin.to_string() });
        }
        let shortfall = self.shortfall(&witnesses);
        Ok(Judgement { checkpoint, logs, witnesses, shortfall })
    }

    fn cosigned(&self, signed: Signed) -> Option<Cosigned> {
        let witness = self.witnesses.iter().find(|witness| witness.key == signed.key)?;
        Some(Cosigned { name: witness.name.clone(), signed })
    }

    fn shortfall(&self, cosigned: &[Cosigned]) -> Option<Shortfall> {
        let quorum = self.quorum.clone()?;
        let mut witnessed: HashMap<&Word, bool> = self
            .witnesses
            .iter()
            .map(|witness| (&witness.name, cosigned.iter().any(|it| it.name == witness.name)))
            .collect();
        // Members are defined before their group, so one pass in order is enough.
        for group in &self.groups {
            let found = group.members.iter().filter(|member| witnessed.get(member) == Some(&true)).count();
            witnessed.insert(&group.name, found >= group.threshold);
        }
        if witnessed.get(&quorum) == Some(&true) {
            return None;
        }
        let group = self.groups.iter().find(|group| group.name == quorum);
        let members = group.map_or_else(|| std::slice::from_ref(&quorum), |group| group.members.as_slice());
        let missing: Vec<Word> =
            members.iter().filter(|member| witnessed.get(member) != Some(&true)).cloned().collect();
        let (found, needed) = (members.len() - missing.len(), group.map_or(1, |group: &Group| group.threshold));
        Some(Shortfall { quorum, found, needed, missing })
    }
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing: Vec<String> = self.missing.iter().map(ToString::to_string).collect();
        let Shortfall { quorum, found, needed, .. } = self;
        write!(f, "the quorum {quorum} needs {needed} and has {found}; missing: {}", missing.join(", "))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::two_thirds_and_the_auditor;
    use super::*;
    use crate::log::ml_dsa::MlDsaSigningKey;
    use crate::log::signer::NoteSigner;
    use crate::log::signer::tests::{checkpoint, log_keys};

    const TIME: u64 = 1_700_000_100;

    /// The checkpoint with the cosignatures of these witnesses of [`two_thirds_and_the_auditor`].
    fn cosigned(names: &[&str]) -> Note {
        let mut note = checkpoint(5);
        for name in names {
            let seed = 11 + ["tampere", "nokia", "orivesi", "auditor"].iter().position(|n| n == name).unwrap() as u8;
            note = with(&note, name, seed);
        }
        note
    }

    fn with(note: &Note, name: &str, seed: u8) -> Note {
        let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
        let text: Checkpoint = note.text().parse().unwrap();
        let name = format!("localhost/{name}").parse().unwrap();
        note.with_signature(&NoteSigner::Ed25519Cosignature(&key).sign(&name, &text, TIME).unwrap()).unwrap()
    }

    fn policy(text: &str) -> Policy {
        Policy::parse(text.as_bytes()).unwrap()
    }

    /// Names of the cosigners, and what lacks.
    fn judged(policy: &Policy, note: &Note) -> (Vec<String>, Option<String>) {
        let judgement = policy.judge(note).unwrap();
        let names = judgement.witnesses.iter().map(|witness| witness.name.to_string()).collect();
        (names, judgement.shortfall.map(|shortfall| shortfall.to_string()))
    }

    #[test]
    fn two_thirds_of_the_parties_and_the_auditor_are_enough_and_nothing_less_is() {
        let policy = policy(&two_thirds_and_the_auditor());
        let all = ["tampere", "nokia", "orivesi", "auditor"];
        for set in 0..16u8 {
            let names: Vec<&str> =
                all.into_iter().enumerate().filter(|(n, _)| set >> n & 1 == 1).map(|(_, it)| it).collect();
            let (cosigners, shortfall) = judged(&policy, &cosigned(&names));
            assert_eq!(cosigners, names);
            let parties = names.iter().filter(|name| **name != "auditor").count();
            assert_eq!(shortfall.is_none(), parties >= 2 && names.contains(&"auditor"), "{names:?}");
        }
    }

    #[test]
    fn what_lacks_is_named() {
        let policy = policy(&two_thirds_and_the_auditor());
        let (_, shortfall) = judged(&policy, &cosigned(&["tampere", "auditor"]));
        assert_eq!(shortfall.unwrap(), "the quorum needed needs 2 and has 1; missing: parties");
        let (_, shortfall) = judged(&policy, &cosigned(&["tampere", "nokia"]));
        assert_eq!(shortfall.unwrap(), "the quorum needed needs 2 and has 1; missing: auditor");
    }

    #[test]
    fn one_witness_can_be_the_quorum() {
        let text = two_thirds_and_the_auditor().replace("quorum needed", "quorum nokia");
        let policy = policy(&text);
        assert_eq!(judged(&policy, &cosigned(&["nokia"])).1, None);
        let (_, shortfall) = judged(&policy, &cosigned(&["tampere"]));
        assert_eq!(shortfall.unwrap(), "the quorum nokia needs 1 and has 0; missing: nokia");
    }

    #[test]
    fn a_cosignature_counts_once_however_often_it_stands_there() {
        let policy = policy(&two_thirds_and_the_auditor());
        let twice = with(&cosigned(&["tampere"]), "tampere", 11);
        assert!(matches!(policy.judge(&twice), Err(PolicyRefusal::Note(NoteError::Twice { .. }))));
    }

    #[test]
    fn strangers_and_other_keys_under_known_names_do_not_count() {
        let policy = policy(&two_thirds_and_the_auditor());
        let note = with(&with(&cosigned(&["tampere", "auditor"]), "nokia", 99), "stranger", 12);
        assert_eq!(judged(&policy, &note).0, ["tampere", "auditor"]);
    }

    #[test]
    fn a_known_cosignature_that_fails_refuses_the_checkpoint() {
        let policy = policy(&two_thirds_and_the_auditor());
        let other: Checkpoint = checkpoint(6).text().parse().unwrap();
        let key = ed25519_dalek::SigningKey::from_bytes(&[11; 32]);
        let name = "localhost/tampere".parse().unwrap();
        let wrong = NoteSigner::Ed25519Cosignature(&key).sign(&name, &other, TIME).unwrap();
        let note = checkpoint(5).with_signature(&wrong).unwrap();
        assert!(matches!(policy.judge(&note), Err(PolicyRefusal::Note(NoteError::BadSignature { .. }))));
    }

    #[test]
    fn a_listed_log_must_have_signed_under_its_own_origin() {
        let others = Policy::of_logs(log_keys(2));
        assert!(matches!(others.judge(&checkpoint(5)), Err(PolicyRefusal::NoLog { .. })));
        assert_eq!(Policy::of_logs(log_keys(1)).judge(&checkpoint(5)).unwrap().logs.len(), 2);
        // The log's very key, under the name of another log: not the log of this origin.
        let key = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
        let (name, text) = ("localhost/other".parse().unwrap(), checkpoint(5).text().parse().unwrap());
        let signer = NoteSigner::Ed25519(&key);
        let note = checkpoint(5).with_signature(&signer.sign(&name, &text, TIME).unwrap()).unwrap();
        let renamed = Policy::of_logs([signer.verifier_key(&name).unwrap()]);
        assert!(matches!(renamed.judge(&note), Err(PolicyRefusal::NoLog { .. })));
    }

    #[test]
    fn a_policy_without_logs_asks_for_witnesses_only() {
        let text = two_thirds_and_the_auditor();
        let policy = policy(text.split_once('\n').unwrap().1);
        assert_eq!(judged(&policy, &cosigned(&["tampere", "nokia", "auditor"])).1, None);
        assert!(judged(&policy, &checkpoint(5)).1.is_some());
    }

    #[test]
    fn ml_dsa_cosignatures_count_like_the_others() {
        let key = MlDsaSigningKey::from_seed(&[8; 32]);
        let (signer, name) = (NoteSigner::MlDsa44Cosignature(&key), "localhost/w".parse().unwrap());
        let note = checkpoint(5);
        let signature = signer.sign(&name, &note.text().parse().unwrap(), TIME).unwrap();
        let policy = policy(&format!("witness w {}\nquorum w\n", signer.verifier_key(&name).unwrap()));
        let judgement = policy.judge(&note.with_signature(&signature).unwrap()).unwrap();
        assert_eq!((judgement.shortfall, judgement.witnesses[0].signed.time), (None, Some(TIME)));
    }
}

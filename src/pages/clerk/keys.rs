//! The keys of the registry as the desk shows them: by words that two people can compare on the telephone.

use sinetti_events::keys::keyring::{EnrolledKey, Place};
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::keys::purpose::Purpose;
use sinetti_events::primitives::ids::PartyId;
use sinetti_projections::helsinki;

use super::offered::Offered;
use crate::i18n::{Words, date};

/// Letters of a key's words: every 16 bits are five letters that can be said aloud (proquints). The script says the
/// same words (`assets/clerk/keys.js`).
const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
const VOWELS: &[u8; 4] = b"aiou";
const WORD_LETTERS: [(&[u8], u16); 5] = [(CONSONANTS, 12), (VOWELS, 10), (CONSONANTS, 6), (VOWELS, 4), (CONSONANTS, 0)];

/// How many words: 96 bits of the key's id.
const WORDS: usize = 6;

/// One enrolled key.
pub(super) struct KeyRow {
    pub id: String,
    pub words: String,
    pub party: String,
    pub named: String,
    /// What it is for, and since when.
    pub facts: String,
    /// What became of it, where it is not simply live.
    pub marks: Vec<String>,
    pub live: bool,
    manages: bool,
}

/// The keys of a party, and those that its guides can close.
pub(super) struct Keys {
    pub own: Vec<KeyRow>,
    pub closable: Vec<KeyRow>,
    /// Whether a party has one key only, with which all would be lost.
    pub alone: bool,
}

impl Keys {
    /// Those of `party`; the registrar can close anybody's.
    pub fn of(offered: &Offered, party: &PartyId) -> Keys {
        let own: Vec<KeyRow> = rows(offered).filter(|row| row.party == party.as_str()).collect();
        let closable = rows(offered).filter(|row| row.live && (party.is_registrar() || row.party == party.as_str()));
        let mut closable: Vec<KeyRow> = closable.collect();
        closable.sort_by(|one, other| one.named.cmp(&other.named));
        let managing = own.iter().filter(|row| row.live && row.manages).count();
        Keys { closable, alone: managing == 1, own }
    }
}

/// Every key ever enrolled.
pub(super) fn rows(offered: &Offered) -> impl Iterator<Item = KeyRow> {
    offered.keyring().keys().map(|key| row(offered, key))
}

fn row(offered: &Offered, key: &EnrolledKey) -> KeyRow {
    let w = offered.w;
    let purposes: Vec<String> = key.purposes.iter().map(|purpose| w.term("purpose", purpose.as_str())).collect();
    let id = key.public_key.id();
    KeyRow {
        words: words(&id),
        id: id.to_string(),
        party: key.party.to_string(),
        named: offered.name(&key.party),
        facts: format!("{}; {}", w.with("desk-key-since", "day", day(w, &key.enrolled)), purposes.join(", ")),
        marks: marks(w, key),
        live: key.revoked.is_none(),
        manages: key.purposes.contains(&Purpose::Manage),
    }
}

fn marks(w: Words, key: &EnrolledKey) -> Vec<String> {
    let reenrolled = key.reenrolled.then(|| w.get("desk-key-reenrolled"));
    let revoked = key.revoked.as_ref().map(|place| w.with("desk-key-revoked", "day", day(w, place)));
    let compromised =
        key.compromised_since.map(|since| w.with("desk-key-compromised", "day", date(w.0, helsinki::date_of(since))));
    [reenrolled, revoked, compromised].into_iter().flatten().collect()
}

fn day(w: Words, place: &Place) -> String {
    date(w.0, helsinki::date_of(place.recorded_at))
}

/// A key's id as words.
pub(super) fn words(id: &KeyId) -> String {
    let pairs = id.0.chunks_exact(2).take(WORDS);
    let word = |pair: &[u8]| {
        let bits = pair.iter().fold(0u16, |bits, byte| bits << 8 | u16::from(*byte));
        WORD_LETTERS.iter().map(|(letters, shift)| letter(letters, bits >> shift)).collect::<String>()
    };
    pairs.map(word).collect::<Vec<_>>().join(" ")
}

fn letter(letters: &[u8], bits: u16) -> char {
    let at = usize::from(bits) % letters.len();
    letters.get(at).copied().map_or('-', char::from)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn words_are_proquints_of_the_id() {
        // The first two words are those of 127.0.0.1 in the proposal for proquints (D. S. Wilkerson, 2009).
        let id: KeyId = format!("7f000001{}", "00".repeat(28)).parse().unwrap();
        assert_eq!(words(&id), "lusab babad babab babab babab babab");
    }
}

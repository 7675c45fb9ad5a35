//! Signed notes against `signed_note` (Cloudflare's port of golang.org/x/mod sumdb/note), both ways.

use proptest::prelude::*;
use signed_note::{Signer as _, StandardSigner, StandardVerifier, VerifierList};
use sinetti_events::log::note::{Note, NoteSignature};
use sinetti_events::log::signer::NoteSigner;
use sinetti_events::log::vkey::{KeyId, VerifierKey};
use sinetti_events::primitives::base64;

const NAME: &str = "localhost/sinetti";

fn key() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&[42; 32])
}

fn our_vkey() -> VerifierKey {
    NoteSigner::Ed25519(&key()).verifier_key(&NAME.parse().unwrap()).unwrap()
}

fn their_signer() -> StandardSigner {
    let secret = base64::encode([&[1][..], &key().to_bytes()].concat());
    StandardSigner::new(&format!("PRIVATE+KEY+{NAME}+{}+{secret}", our_vkey().id())).unwrap()
}

fn their_verifiers() -> VerifierList {
    let verifier = StandardVerifier::new(&our_vkey().to_string()).unwrap();
    VerifierList::new(vec![Box::new(verifier)])
}

fn our_signature(text: &str) -> NoteSignature {
    use ed25519_dalek::Signer as _;
    let signature = key().sign(text.as_bytes()).to_bytes().to_vec();
    NoteSignature { name: NAME.parse().unwrap(), id: our_vkey().id(), signature }
}

/// Texts that a note can have: at least one line, blank lines included.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec("[ -~äöåÄÖÅ—+]{0,20}", 1..6).prop_map(|lines| lines.join("\n") + "\n")
}

#[test]
fn key_ids_are_the_oracles() {
    let signer = their_signer();
    assert_eq!(signer.key_id().to_be_bytes(), our_vkey().id().0);
    let material = [&[1][..], key().verifying_key().as_bytes()].concat();
    let id = signed_note::key_id("nimi/ä", &material);
    let text = format!("nimi/ä+{}+{}", hex::encode(id.to_be_bytes()), base64::encode(material));
    assert_eq!(text.parse::<VerifierKey>().unwrap().id(), KeyId(id.to_be_bytes()));
}

proptest! {
    #[test]
    fn the_oracle_opens_what_we_sign(text in text()) {
        let ours = Note::new(&text, &[our_signature(&text)]).unwrap();
        prop_assert_eq!(ours.text(), &text);
        let theirs = signed_note::Note::from_bytes(ours.as_str().as_bytes()).unwrap();
        prop_assert_eq!(theirs.text(), text.as_bytes());
        let (verified, unverified) = theirs.verify(&their_verifiers()).unwrap();
        prop_assert_eq!((verified.len(), unverified.len()), (1, 0));
    }

    #[test]
    fn we_open_what_the_oracle_signs(text in text()) {
        let mut theirs = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        theirs.add_sigs(&[&their_signer()]).unwrap();
        let ours = Note::parse(&theirs.to_bytes()).unwrap();
        prop_assert_eq!(ours.text(), &text);
        prop_assert_eq!(ours.open(&[our_vkey()]).unwrap().len(), 1);
        prop_assert_eq!(ours.as_str().as_bytes(), theirs.to_bytes());
        prop_assert_eq!(ours, Note::new(&text, &[our_signature(&text)]).unwrap());
    }

    #[test]
    fn what_we_accept_the_oracle_reads_alike(text in text(), at: usize, byte in prop::sample::select(b" \n+A=\x02\xff\x80".to_vec())) {
        let good = Note::new(&text, &[our_signature(&text)]).unwrap();
        let mut changed = good.as_str().as_bytes().to_vec();
        let at = at % changed.len();
        changed[at] = byte;
        if let Ok(ours) = Note::parse(&changed) {
            let theirs = signed_note::Note::from_bytes(&changed).unwrap();
            prop_assert_eq!(ours.text().as_bytes(), theirs.text());
            let verified = theirs.verify(&their_verifiers()).map(|(verified, _)| verified.len());
            let opened = ours.open(&[our_vkey()]).map(|signed| signed.len());
            prop_assert_eq!(opened.ok(), verified.ok());
        }
    }
}

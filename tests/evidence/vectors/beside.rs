//! Documents, disclosures, the trail in plain words.

use serde_json::json;
use sinetti_events::bundle::{Bundle, Member};
use sinetti_events::format::disclosure::{Disclosed, Disclosure};
use sinetti_events::primitives::hash::Digest;

use super::{bent, by, found, honest_assembler, honest_bundle, replace, tampered, unverifiable};
use crate::assemble::{Assembler, readme_of};
use crate::file::{Given, Vector};
use crate::world::{REGISTRAR, TEXT, digest, ledger, presenter};

pub fn vectors() -> Vec<Vector> {
    [documents(), disclosures(), words()].into_iter().flatten().collect()
}

fn documents() -> Vec<Vector> {
    let altered = bent(|bundle| bundle.insert(Member::Document(digest()), [TEXT, b"!"].concat()));
    let other = Member::Document(Digest::of(b"something else"));
    let unnamed = bent(|bundle| bundle.insert(other, *b"something else"));
    let mut erased = ledger();
    let naming = erased.payload_at(7).event;
    let erasure = json!({"event": naming, "occurred_on": "2025-12-01", "pointer": "/digest"});
    erased.act("registrar", "registry", "personal_data_erased", &erasure, &[REGISTRAR]);
    let erased = Assembler { documents: vec![TEXT.to_vec()], ..Assembler::new(&erased, "a") };
    let given = Given::from(
        &Assembler { documents: vec![TEXT.to_vec()], agreement: "registry", ..honest_assembler() }.bundle(),
    );
    vec![
        tampered("document-altered", altered, found(by::BESIDE, "document-altered", Member::Document(digest()))),
        tampered(
            "document-that-was-erased",
            Given::from(&erased.bundle()),
            found(by::BESIDE, "document-erased", Member::Document(digest())),
        ),
        tampered("document-that-nothing-names", unnamed, found(by::BESIDE, "member-unneeded", other)),
        tampered(
            "document-of-another-agreement",
            given,
            found(by::BESIDE, "member-unneeded", Member::Document(digest())),
        ),
    ]
}

fn disclosures() -> Vec<Vector> {
    let with = |property, disclosures: Vec<Disclosure>, slug| {
        let bundle = Assembler { disclosures, ..honest_assembler() }.bundle();
        tampered(property, Given::from(&bundle), found(by::BESIDE, slug, Member::Disclosures))
    };
    let refused = "disclosure-refused";
    let other = |change: fn(&mut Disclosure)| {
        let mut disclosure = presenter();
        change(&mut disclosure);
        vec![disclosure]
    };
    let mut erased = ledger();
    let erasure = json!({"event": presenter().event, "occurred_on": "2025-12-01", "pointer": "/presenter"});
    erased.act("registrar", "registry", "personal_data_erased", &erasure, &[REGISTRAR]);
    let erased = Assembler { disclosures: vec![presenter()], ..Assembler::new(&erased, "a") };
    vec![
        with("disclosure-of-another-value", other(|it| it.value = Disclosed::Text("Matti Esimerkki".into())), refused),
        with("disclosure-of-another-member", other(|it| it.pointer = "/preparer".into()), refused),
        with("disclosure-of-another-event", other(|it| it.event = ledger().payload_at(10).event), refused),
        with("disclosure-of-an-unknown-event", other(|it| it.event = ledger().payload_at(12).event), refused),
        with("disclosure-twice", vec![presenter(), presenter()], "disclosures-malformed"),
        tampered(
            "disclosure-of-what-was-erased",
            Given::from(&erased.bundle()),
            found(by::BESIDE, "disclosure-erased", Member::Disclosures),
        ),
    ]
}

fn words() -> Vec<Vector> {
    let mut altered = honest_bundle();
    replace(&mut altered, Member::Readme, "ehdotus hyväksyttiin", "ehdotus hylättiin");
    let mut other_words = honest_bundle();
    replace(&mut other_words, Member::Readme, "evidence, 1", "evidence, 2");
    let mut older = honest_bundle();
    older.insert(Member::Readme, readme_of(&older_bundle()));
    let file = Member::Readme;
    vec![
        tampered("readme-says-another-outcome", Given::from(&altered), found(by::WORDS, "readme-altered", file)),
        tampered("readme-of-another-moment", Given::from(&older), found(by::WORDS, "readme-altered", file)),
        unverifiable(
            "readme-in-other-words",
            Given::from(&other_words),
            found(by::WORDS, "readme-in-other-words", file),
        ),
    ]
}

fn older_bundle() -> Bundle {
    Assembler::new(&crate::world::ledger_until(11), "a").bundle()
}

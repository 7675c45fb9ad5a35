//! All bundle vectors.

mod beside;
mod checkpoints;
mod log;
mod members;
mod records;
mod timestamps;
mod witnesses;

use sinetti_events::bundle::{Bundle, Member};
use sinetti_events::format::record::Entry;
use sinetti_projections::audit::Verdict;

use crate::assemble::{Assembler, readme_of};
use crate::builder::Builder;
use crate::file::{Found, Given, Vector, prove};
use crate::world::{DECISION, TEXT, ledger, ledger_until, presenter};

/// Which checks find what. A verifier may leave a kind out when it says so; it must then not say *verified*.
pub mod by {
    /// The ZIP, its members, canonical bytes.
    pub const FORM: &str = "form";
    /// Chains, tree, completeness, the log's signatures.
    pub const LOG: &str = "log";
    /// Signatures of parties by keys valid at that place.
    pub const SIGNATURES: &str = "signatures";
    /// Witnesses, policies, an earlier checkpoint.
    pub const WITNESSES: &str = "witnesses";
    /// The rules of the domain.
    pub const RULES: &str = "rules";
    /// Documents and disclosures.
    pub const BESIDE: &str = "beside";
    /// Timestamps of authorities.
    pub const TIMESTAMPS: &str = "timestamps";
    /// The trail in plain words.
    pub const WORDS: &str = "words";
}

/// All of them, honest ones first.
pub fn vectors() -> Vec<Vector> {
    let groups = [
        honest(),
        members::vectors(),
        records::of_places(),
        records::of_payloads(),
        records::of_signatures(),
        records::of_rules(),
        log::vectors(),
        checkpoints::vectors(),
        witnesses::vectors(),
        beside::vectors(),
        timestamps::vectors(),
    ];
    groups.into_iter().flatten().collect()
}

#[test]
fn bundle_vectors_are_fresh_and_get_their_verdict() {
    prove(&vectors());
}

fn honest() -> Vec<Vector> {
    let whole = Assembler { documents: vec![TEXT.to_vec()], disclosures: vec![presenter()], ..honest_assembler() };
    let of_agreement = Assembler::new(&ledger_until(11), "a");
    let of_registry = Assembler::new(&ledger_until(12), "a");
    let pinned = ledger().log_keys().iter().map(ToString::to_string).collect();
    vec![
        valid("honest", Given::from(&honest_assembler().bundle())),
        valid("honest-with-document-and-disclosure", Given::from(&whole.bundle())),
        valid("honest-of-the-registry", Given::from(&Assembler::new(&ledger(), "registry").bundle())),
        valid("honest-last-record-is-of-the-agreement", Given::from(&of_agreement.bundle())),
        valid("honest-last-record-is-of-the-registry", Given::from(&of_registry.bundle())),
        valid("honest-by-pinned-keys", Given { log_keys: pinned, ..Given::from(&honest_assembler().bundle()) }),
    ]
}

/// The evidence of `a` in the honest ledger.
pub fn honest_assembler() -> Assembler {
    Assembler::new(&ledger(), "a")
}

pub fn honest_bundle() -> Bundle {
    honest_assembler().bundle()
}

pub fn valid(property: &'static str, given: Given) -> Vector {
    Vector { property, given, verdict: Verdict::Valid, found: None }
}

pub fn found(by: &'static str, slug: &'static str, file: impl Into<Option<Member>>) -> Found {
    Found { by, slug, file: file.into(), index: None }
}

pub fn at(index: u64, found: Found) -> Found {
    Found { index: Some(index), ..found }
}

pub fn tampered(property: &'static str, given: Given, found: Found) -> Vector {
    Vector { property, given, verdict: Verdict::Tampered, found: Some(found) }
}

pub fn unverifiable(property: &'static str, given: Given, found: Found) -> Vector {
    Vector { property, given, verdict: Verdict::Unverifiable, found: Some(found) }
}

/// The honest bundle with members changed, its words as the records then say.
pub fn bent(change: impl FnOnce(&mut Bundle)) -> Given {
    let mut bundle = honest_bundle();
    change(&mut bundle);
    let readme = readme_of(&bundle);
    if !readme.is_empty() && bundle.get(Member::Readme).is_some() {
        bundle.insert(Member::Readme, readme);
    }
    Given::from(&bundle)
}

/// Changes the text of one member, which must change.
pub fn replace(bundle: &mut Bundle, member: Member, old: &str, new: &str) {
    let text = String::from_utf8(bundle.get(member).unwrap().to_vec()).unwrap();
    let changed = text.replacen(old, new, 1);
    assert_ne!(text, changed, "{member} has no {old}");
    bundle.insert(member, changed);
}

/// The evidence of `a` in a ledger that an operator bent and signed.
pub fn of(ledger: &Builder) -> Given {
    Given::from(&Assembler::new(ledger, "a").bundle())
}

/// The ledger up to Tampere's decision, with the record of that decision forged by the operator, and
/// one more record of `b`, so that nothing at the end gives it away.
pub fn forged_record(change: impl FnOnce(&mut sinetti_events::format::record::Record)) -> Builder {
    let mut ledger = ledger_until(usize::try_from(DECISION).unwrap());
    let honest = crate::world::ledger();
    let payload = honest.payload_at(usize::try_from(DECISION).unwrap());
    let envelope = crate::builder::sign(&payload, &[crate::world::TAMPERE]);
    let entry = ledger.chain.seal(&payload.agreement, envelope, crate::builder::moment(DECISION)).unwrap();
    let mut record = entry.record;
    change(&mut record);
    ledger.push(&Entry::seal(record).unwrap());
    ledger.act("registrar", "b", "text_deposited", &crate::world::deposit(b"another"), &[crate::world::REGISTRAR]);
    ledger
}

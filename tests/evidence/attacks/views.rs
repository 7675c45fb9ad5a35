//! Different people are shown different things: two histories, an agreement without its last act, another ledger.

use std::collections::BTreeMap;

use sinetti::clock::Clock;
use sinetti::ledger::Witnessing;
use sinetti::witness::{Cosigner, Log, State, Witness, client::WitnessClient, router};
use sinetti_events::bundle::{Heads, Member};
use sinetti_events::completeness::prove_newest;
use sinetti_events::format::record::Entry;
use sinetti_events::log::evidence::{Claim, Evidence, Proven};
use sinetti_events::log::note::Note;
use sinetti_events::log::witness::AddCheckpoint;

use super::history::{KEPT, LATER_RECEIPT, written_on};
use super::onlookers::{Report, Who, bundle, checkpoint, reading_witness, receipt, replay, vector, witness};
use super::operator::{House, Site, published};
use super::sheet::Row;
use crate::assemble::{Assembler, readme_of};
use crate::builder::{Builder, moment};
use crate::file::Given;
use crate::vectors::of;
use crate::world::{ledger, ledger_until};

/// All rows of this kind.
pub fn rows() -> Vec<Row> {
    vec![fork(), hide(), hide_with_false_heads(), other_ledger(), replayed_proof()]
}

fn fork() -> Row {
    let (honest, other) = (ledger(), written_on(crate::world::SIZE));
    Row::of(
        "Show two histories to two people",
        "Keeps two ledgers with the same first ten records, both signed by the log's keys, and shows one to the parties and \
         the other to an auditor.",
        "Each history is whole by itself, so one person alone notices nothing until they compare checkpoints with somebody, or \
         ask for the cosignatures of witnesses: those cosign one history only. The two signed checkpoints are a proof for \
         everybody.",
    )
    .noticed(Who::Party, receipt(of(&other), &ledger_until(LATER_RECEIPT)), "root-mismatch")
    .unnoticed(Who::Bundle, bundle(&of(&other)))
    .noticed(Who::Bundle, vector("quorum-of-the-auditor-not-met"), "quorum-not-met")
    .noticed(Who::Checkpoint, checkpoint(published(&other), &ledger_until(KEPT)), "root-mismatch")
    .unnoticed(Who::Replay, replay(published(&other)))
    .noticed(Who::Witness, witness(&honest, &other), "409")
    .noticed(Who::Reader, contradiction(&honest, &other), "fork")
}

/// Two checkpoints of one size, as evidence that a third party checks by the log's keys alone.
fn contradiction(honest: &Builder, other: &Builder) -> Report {
    let claim = Claim::Fork { older: honest.checkpoint(), newer: other.checkpoint(), hashes: Vec::new() };
    let evidence = Evidence { ledger: "localhost/sinetti".parse().unwrap(), log_keys: honest.log_keys(), claim };
    let file = serde_json::to_vec(&evidence).unwrap();
    let proven = Evidence::parse(&file).unwrap().check(&honest.log_keys()).unwrap();
    assert!(matches!(proven, Proven::Fork { size: 13, .. }), "{proven:?}");
    Report::new(
        "two checkpoints held together, as a [file of evidence](formats.md#9a-evidence-against-a-log)",
        ["fork".into()],
    )
}

fn hide() -> Row {
    Row::of(
        "Hide an agreement's last record in its bundle",
        "Leaves the last record of the agreement out of its evidence; and, each in turn, covers that up with an older proof, \
         an older head, or another stream's proof.",
        "Nothing: the last record of the whole log says by its root over all agreements' heads where each ends.",
    )
    .noticed(Who::Bundle, vector("last-record-hidden"), "incomplete")
    .noticed(Who::Bundle, vector("last-record-hidden-by-an-older-proof"), "incomplete")
    .noticed(Who::Bundle, vector("last-record-hidden-by-an-older-head"), "heads-of-another-record")
    .noticed(Who::Bundle, vector("last-record-hidden-by-another-streams-proof"), "incomplete")
    .noticed(Who::Bundle, vector("last-record-of-all-hidden"), "incomplete")
}

fn hide_with_false_heads() -> Row {
    let (forged, given) = with_false_heads();
    Row::of(
        "Hide an agreement's last record and sign false heads",
        "The same, but the last record of the log is made with a root over heads in which the agreement ends a record \
         earlier, and the log's keys sign the tree with it.",
        "A bundle alone rests on that root being true when it was signed, and it extends every checkpoint that anybody kept. So \
         ask for cosignatures of witnesses that read the records, or replay the whole log once. The party whose act is hidden \
         misses it in the bundle and proves with its receipt that it stands in the log; the program does not compare the two.",
    )
    .unnoticed(Who::Party, receipt(given.clone(), &ledger_until(LATER_RECEIPT)))
    .unnoticed(Who::Bundle, bundle(&given))
    .noticed(Who::Replay, replay(published(&forged)), "record-misplaced")
    .unnoticed(Who::Witness, witness(&ledger_until(KEPT), &forged))
    .noticed(Who::Witness, reading_witness(&forged), "422")
}

/// The log whose last record claims that `a` has three records, and the bundle of `a` that goes with it.
fn with_false_heads() -> (Builder, Given) {
    let mut forged = ledger_until(KEPT);
    let honest = Entry::parse(ledger().records[KEPT].clone()).unwrap().record;
    // Heads as they are without record 10.
    let short = super::operator::rechained(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], |_, _| ());
    let mut without = short.chain.clone();
    let mut record = forged.chain.seal(&honest.agreement, honest.envelope.clone(), moment(12)).unwrap().record;
    // The registry's head is the true one: its newest record is pushed after those of the short chain, as it is.
    let registry = Entry::parse(forged.records[11].clone()).unwrap();
    without.push(&registry);
    let last = without.seal(&honest.agreement, honest.envelope, moment(12)).unwrap().record;
    record.heads = last.heads;
    let entry = Entry::seal(record).unwrap();
    without.push(&entry);
    forged.push(&entry);

    let mut made = Assembler::new(&forged, "a").bundle();
    made.remove(Member::Agreement(4));
    made.remove(Member::Proof(10));
    let streams = without.streams();
    let number = |name: &str| streams.iter().position(|head| head.agreement.as_str() == name).unwrap() as u64;
    let mut heads = Heads::parse(made.get(Member::Heads).unwrap()).unwrap();
    heads.agreement = prove_newest(&entry, streams, number("a")).unwrap();
    heads.registry = prove_newest(&entry, streams, number("registry")).unwrap();
    made.insert(Member::Heads, heads.to_bytes());
    made.insert(Member::Readme, readme_of(&made));
    (forged, Given::from(&made))
}

fn other_ledger() -> Row {
    let keys: Vec<String> = ledger().log_keys().iter().map(ToString::to_string).collect();
    let mut other = Builder::new("localhost/sinetti").with_log_keys(201);
    let registrar = serde_json::json!([{"public_key": crate::builder::public(7), "purposes": ["manage", "record"]}]);
    let founding = serde_json::json!({"log_keys": other.log_keys(), "registrar_keys": registrar});
    other.act("registrar", "registry", "ledger_founded", &founding, &[7]);
    let theirs = Given::from(&Assembler::new(&other, "registry").bundle());
    let pinned = Given { log_keys: keys, ..theirs.clone() };
    let with_pins = Report { by: "`sinetti verify FILE --log-key PINNED`".to_owned(), ..bundle(&pinned) };
    Row::of(
        "Found another ledger under the same name",
        "Begins again with other keys and other acts, and calls it by the same origin.",
        "Whoever has pinned neither the log's keys nor the leaf hash of record 0, and kept nothing, can't tell which of the two \
         is meant. Pin them, from somewhere else than the server.",
    )
    .unnoticed(Who::Bundle, bundle(&theirs))
    .noticed(Who::Bundle, with_pins, "checkpoint-signature")
    .noticed(Who::Checkpoint, checkpoint(published(&other), &ledger_until(KEPT)), "records-missing")
    .unnoticed(Who::Replay, replay(published(&other)))
    .noticed(Who::Witness, witness(&ledger(), &other), "403")
}

fn replayed_proof() -> Row {
    Row::of(
        "Replay a proof of another ledger or another moment",
        "Puts a proof, or the checkpoint, of another ledger, another history or an older tree in the place of the right one; \
         or swaps two proofs.",
        "Nothing.",
    )
    .noticed(Who::Bundle, vector("proof-of-another-ledger"), "proof-of-another-checkpoint")
    .noticed(Who::Bundle, vector("checkpoint-of-another-ledger"), "record-misplaced")
    .noticed(Who::Bundle, vector("checkpoint-of-another-history"), "record-not-included")
    .noticed(Who::Bundle, vector("proof-against-an-older-checkpoint"), "proof-of-another-checkpoint")
    .noticed(Who::Bundle, vector("proofs-swapped"), "proof-of-another-record")
}

/// The server is started on `house` with a witness in its configuration that has seen the honest ledger.
pub fn start_with_a_witness(house: &House) -> Report {
    let (dir, honest) = (tempfile::tempdir().unwrap(), ledger());
    let cosigner =
        || Cosigner::new(Some("witness.example/w1".parse().unwrap()), crate::builder::key(77), None).unwrap();
    let logs = BTreeMap::from([("localhost/sinetti".to_owned(), Log::new(honest.log_keys(), None))]);
    let state = tokio::runtime::Runtime::new().unwrap();
    let opened = state.block_on(State::open(&dir.path().join("witness.db"))).unwrap();
    let service = Witness::new(cosigner(), logs, opened, Clock::fixed(moment(60)));
    let site = Site::running(router(service, sinetti::http::Config::default()));
    let client = WitnessClient::new(&site.url, std::time::Duration::from_secs(60)).unwrap();
    let checkpoint = Note::parse(honest.checkpoint().as_bytes()).unwrap();
    client.add_checkpoint(&AddCheckpoint { old: 0, proof: Vec::new(), checkpoint }).unwrap();
    let named: Vec<_> = cosigner().verifiers().iter().map(|key| (key.clone(), site.url.clone())).collect();
    let report = house.start_with("witness.example/w1", Witnessing::new(&named).unwrap());
    Report { by: format!("{}, which asks a configured witness", report.by), ..report }
}

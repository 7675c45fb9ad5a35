//! What was recorded is changed, moved, left out or cut off, and everything above it made right again.

use super::onlookers::{Who, bundle, checkpoint, receipt, replay, vector, witness};
use super::operator::{House, a_second_later, published, rechained, with_checkpoint};
use super::sheet::Row;
use crate::builder::Builder;
use crate::vectors::of;
use crate::world::{NOKIA, SIZE, decision_data, digest, ledger, ledger_until};

/// Tampere's receipt of its decision, record 8: the checkpoint of nine records.
pub const RECEIPT: usize = 9;
/// Its receipt of its signature, record 10.
pub const LATER_RECEIPT: usize = 11;
/// What the auditor kept.
pub const KEPT: usize = 12;

const FOUND_BY_WHAT_OTHERS_KEEP: &str = "Nothing in the new history itself is wrong: it is found by whoever keeps something \
    that the old one signed. Where no party kept a receipt, no auditor a checkpoint and no witness was asked, nobody could tell.";

/// All rows of this kind.
pub fn rows() -> Vec<Row> {
    vec![
        rewrite_bytes(),
        rewrite_seen(),
        rewrite_newest(),
        reorder_streams(),
        reorder_acts(),
        drop_in_between(),
        drop_newest(),
        tail_cut(),
        restore(),
    ]
}

fn rewrite_bytes() -> Row {
    let honest = ledger();
    let changed = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).unwrap().replacen(":08:00.000Z", ":08:00.001Z", 1);
    let mut records = honest.records.clone();
    records[8] = changed(&records[8]).into_bytes();
    assert_ne!(records[8], honest.records[8]);
    let house = House::of(&honest.records).sql(
        "UPDATE record SET bytes = CAST(replace(bytes, ':08:00.000Z', ':08:00.001Z') AS BLOB) WHERE \"index\" = 8",
    );
    Row::of(
        "Rewrite a record in the database",
        "Changes bytes of a record where they are stored, and nothing else.",
        "Nothing. Only whoever never reads the record, nor any proof, would miss it.",
    )
    .noticed(Who::Bundle, vector("record-changed"), "record-not-included")
    .noticed(Who::Replay, replay(with_checkpoint(&records, honest.checkpoint())), "root-mismatch")
    .noticed(Who::Start, house.start("record 8"), "writes nothing")
    .noticed(Who::Reader, house.reads("a", 3), "record-damaged")
}

fn rewrite_seen() -> Row {
    // A second later than it was.
    let forged = rechained(&(0..SIZE).collect::<Vec<_>>(), |place, record| {
        if place == 8 {
            record.recorded_at = a_second_later(8);
        }
    });
    Row::of(
        "Rewrite a record and sign everything again",
        "Changes what the ledger itself says of an act (here when it was recorded; the act's own bytes are signed by the \
         party), then makes all hashes, chains and the tree after it anew and signs the new checkpoint with the log's keys.",
        "Nothing, once a party's later act in the same agreement names the record that it had seen, as each does: the \
         operator can't sign that act anew.",
    )
    .noticed(Who::Party, receipt(of(&forged), &ledger_until(RECEIPT)), "root-mismatch")
    .noticed(Who::Bundle, bundle(&of(&forged)), "seen-not-in-history")
    .noticed(Who::Checkpoint, checkpoint(published(&forged), &ledger_until(KEPT)), "root-mismatch")
    .noticed(Who::Replay, replay(published(&forged)), "seen-not-in-history")
    .noticed(Who::Witness, witness(&ledger(), &forged), "409")
}

fn rewrite_newest() -> Row {
    let forged = rechained(&(0..SIZE).collect::<Vec<_>>(), |place, record| {
        if place == 10 {
            record.recorded_at = a_second_later(10);
        }
    });
    let house = House::of(&ledger().records).database_from(&House::of(&forged.records));
    Row::of(
        "Rewrite the newest act of an agreement and sign everything again",
        "The same with an act that nobody's later act has seen yet.",
        FOUND_BY_WHAT_OTHERS_KEEP,
    )
    .noticed(Who::Party, receipt(of(&forged), &ledger_until(LATER_RECEIPT)), "root-mismatch")
    .unnoticed(Who::Bundle, bundle(&of(&forged)))
    .noticed(Who::Checkpoint, checkpoint(published(&forged), &ledger_until(KEPT)), "root-mismatch")
    .unnoticed(Who::Replay, replay(published(&forged)))
    .noticed(Who::Witness, witness(&ledger(), &forged), "409")
    .noticed(Who::Start, house.start("anchor"), "writes nothing")
}

fn reorder_streams() -> Row {
    let forged = rechained(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10, 12], |_, _| ());
    let house = House::of(&ledger().records).database_from(&House::of(&forged.records));
    Row::of(
        "Reorder the newest acts of two streams",
        "Swaps two neighbouring records of different streams, to neither of which a later act refers, and signs everything \
         again.",
        FOUND_BY_WHAT_OTHERS_KEEP,
    )
    .noticed(Who::Party, receipt(of(&forged), &ledger_until(LATER_RECEIPT)), "root-mismatch")
    .unnoticed(Who::Bundle, bundle(&of(&forged)))
    .noticed(Who::Checkpoint, checkpoint(published(&forged), &ledger_until(KEPT)), "root-mismatch")
    .unnoticed(Who::Replay, replay(published(&forged)))
    .noticed(Who::Witness, witness(&ledger(), &forged), "409")
    .noticed(Who::Start, house.start("anchor"), "writes nothing")
}

fn reorder_acts() -> Row {
    let forged = rechained(&[0, 1, 2, 3, 4, 5, 6, 7, 10, 9, 8, 11, 12], |_, _| ());
    Row::of(
        "Reorder acts of one agreement",
        "Puts a party's signature before its council's decision, and signs everything again.",
        "Nothing: each act is bound by its party's signature to the record that it had seen.",
    )
    .noticed(Who::Party, receipt(of(&forged), &ledger_until(LATER_RECEIPT)), "root-mismatch")
    .noticed(Who::Bundle, bundle(&of(&forged)), "seen-not-in-history")
    .noticed(Who::Checkpoint, checkpoint(published(&forged), &ledger_until(KEPT)), "root-mismatch")
    .noticed(Who::Replay, replay(published(&forged)), "seen-not-in-history")
    .noticed(Who::Witness, witness(&ledger(), &forged), "409")
}

fn drop_in_between() -> Row {
    let forged = rechained(&[0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12], |_, _| ());
    Row::of(
        "Drop an act in between",
        "Leaves a council's decision out, closes the gap in both chains, and signs everything again.",
        "Nothing, while a later act in the same agreement has seen it.",
    )
    .noticed(Who::Party, receipt(of(&forged), &ledger_until(LATER_RECEIPT)), "root-mismatch")
    .noticed(Who::Bundle, bundle(&of(&forged)), "seen-not-in-history")
    .noticed(Who::Checkpoint, checkpoint(published(&forged), &ledger_until(KEPT)), "root-mismatch")
    .noticed(Who::Replay, replay(published(&forged)), "seen-not-in-history")
    .noticed(Who::Witness, witness(&ledger(), &forged), "409")
}

fn drop_newest() -> Row {
    let forged = rechained(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12], |_, _| ());
    let house = House::of(&ledger().records).database_from(&House::of(&forged.records));
    Row::of(
        "Drop the newest act of an agreement",
        "Leaves Tampere's signature out, to which no later act refers, keeps what came after in other agreements, and signs \
         everything again.",
        FOUND_BY_WHAT_OTHERS_KEEP,
    )
    .noticed(Who::Party, receipt(of(&forged), &ledger_until(LATER_RECEIPT)), "root-mismatch")
    .unnoticed(Who::Bundle, bundle(&of(&forged)))
    .noticed(Who::Checkpoint, checkpoint(published(&forged), &ledger_until(KEPT)), "root-mismatch")
    .unnoticed(Who::Replay, replay(published(&forged)))
    .noticed(Who::Witness, witness(&ledger(), &forged), "409")
    .noticed(Who::Start, house.start("anchor"), "writes nothing")
}

fn tail_cut() -> Row {
    let cut = ledger_until(10);
    let house = House::of(&ledger().records).database_from(&House::of(&cut.records));
    Row::of(
        "Cut the tail off",
        "Serves the first ten records only, with a checkpoint over them, as if the rest had never been.",
        "A bundle can't show what came after its own checkpoint. Somebody who has nothing from later sees an old state, which \
         was true once; the times of cosignatures, or of the checkpoint, say how old it is.",
    )
    .noticed(Who::Party, receipt(of(&cut), &ledger_until(LATER_RECEIPT)), "since-not-shown")
    .unnoticed(Who::Bundle, bundle(&of(&cut)))
    .noticed(Who::Checkpoint, checkpoint(published(&cut), &ledger_until(KEPT)), "records-missing")
    .unnoticed(Who::Replay, replay(published(&cut)))
    .noticed(Who::Witness, witness(&ledger(), &cut), "409")
    .noticed(Who::Start, house.start("anchor"), "writes nothing")
}

/// An old backup that was written on: other acts follow where the forgotten ones stood.
pub fn written_on(size: usize) -> Builder {
    let mut other = ledger_until(10);
    for section in 10..size {
        let mut decision = decision_data(&digest());
        decision["section"] = section.to_string().into();
        other.act("nokia", "a", "decision_recorded", &decision, &[NOKIA]);
    }
    other
}

fn restore() -> Row {
    let other = written_on(SIZE + 2);
    let with_anchor = || House::of(&ledger().records).database_from(&House::of(&other.records));
    let without = with_anchor().anchor_from(&House::of(&other.records));
    let asked = super::views::start_with_a_witness(&without);
    Row::of(
        "Restore an old backup and go on",
        "Puts the database back to ten records, forgets what came after, and records other acts in their place, more than there were.",
        "The anchor, which lies outside the database, keeps an honest operator from doing this by accident. A dishonest one \
         puts the anchor back as well; then only what others keep tells, and witnesses that the ledger is configured to ask.",
    )
    .noticed(Who::Party, receipt(of(&other), &ledger_until(LATER_RECEIPT)), "root-mismatch")
    .unnoticed(Who::Bundle, bundle(&of(&other)))
    .noticed(Who::Checkpoint, checkpoint(published(&other), &ledger_until(KEPT)), "root-mismatch")
    .unnoticed(Who::Replay, replay(published(&other)))
    .noticed(Who::Witness, witness(&ledger(), &other), "422")
    .noticed(Who::Start, with_anchor().start("anchor"), "writes nothing")
    .unnoticed(Who::Start, without_witness(&without))
    .noticed(Who::Start, asked, "writes nothing")
}

fn without_witness(house: &House) -> super::onlookers::Report {
    let report = house.start("anchor");
    super::onlookers::Report { by: format!("{}, the anchor put back too", report.by), ..report }
}

//! Acts: dated back, spoken with another key, moved to another place, or against the rules.

use serde_json::json;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::time::Instant;

use super::history::{KEPT, LATER_RECEIPT};
use super::onlookers::{Who, bundle, checkpoint, receipt, replay, vector, witness};
use super::operator::{a_second_later, published};
use super::sheet::Row;
use crate::builder::{Builder, moment, sign};
use crate::vectors::of;
use crate::world::{NOKIA, REGISTRAR, STRANGER, enrolment, ledger, ledger_until, next_decision, signing};

/// All rows of this kind.
pub fn rows() -> Vec<Row> {
    vec![
        back_date(),
        back_date_within(),
        forward_date(),
        substitute_key(),
        enrol_own_key(),
        other_log_key(),
        replay_act(),
        against_rules(),
    ]
}

fn back_date() -> Row {
    Row::of(
        "Back-date a record",
        "Writes into a new record, or signs into a checkpoint, a time before what came before it.",
        "See the next row.",
    )
    .noticed(Who::Bundle, vector("time-falls"), "record-misplaced")
    .noticed(Who::Bundle, vector("checkpoint-signed-before-its-last-record"), "checkpoint-before-record")
    .noticed(Who::Replay, replay(published(&dated_back())), "record-misplaced")
}

fn dated_back() -> Builder {
    appended(moment(11))
}

/// The honest ledger and Nokia's next decision, recorded at a time of the operator's choice.
fn appended(at: Instant) -> Builder {
    let mut forged = ledger();
    let payload = next_decision(&forged);
    let mut record = forged.chain.seal(&payload.agreement, sign(&payload, &[NOKIA]), moment(13)).unwrap().record;
    record.recorded_at = at;
    forged.push(&Entry::seal(record).unwrap());
    forged
}

fn back_date_within() -> Row {
    // Said to be recorded a second after the record before it, however long ago that was.
    let forged = appended(a_second_later(12));
    Row::of(
        "Limit: back-date a record to the one before it",
        "Writes into a new record a time shortly after the record before it, which may be long ago.",
        "Time is the operator's word within the gap between two records. A party sees the time in its receipt, and can object; \
         witnesses that cosign often make the gaps narrow: what is not in a tree that was cosigned at noon was not recorded \
         before noon, which anybody can see who compares the two, though no check of the program does it yet.",
    )
    .unnoticed(Who::Bundle, bundle(&of(&forged)))
    .unnoticed(Who::Replay, replay(published(&forged)))
    .unnoticed(Who::Witness, witness(&ledger(), &forged))
}

fn forward_date() -> Row {
    Row::of(
        "Date a record later than it was",
        "Writes a later time into a record than the one at which it was recorded, so that a deadline seems missed.",
        "Within a minute, by which clocks may differ, and where no witness cosigned. The party's receipt has the time, too.",
    )
    .noticed(Who::Bundle, vector("recorded-later-than-cosigned"), "recorded-after-cosigned")
    .noticed(Who::Bundle, vector("recorded-later-than-an-earlier-checkpoint-was-cosigned"), "recorded-after-cosigned")
    .noticed(Who::Bundle, vector("recorded-after-it-expired"), "expired")
}

fn substitute_key() -> Row {
    let mut forged = ledger_until(10);
    forged.act("tampere", "a", "text_signed", &signing(), &[REGISTRAR]);
    let forged_act = bundle(&of(&forged));
    Row::of(
        "Speak for a party with another key",
        "Records an act in a party's name, signed by the registrar's key, by another party's, by one that nobody enrolled or \
         that was revoked; or changes the party's signature; or enrols a party's public key without its owner's proof.",
        "Nothing: the registry in the bundle says which key spoke for whom at that place.",
    )
    .noticed(Who::Bundle, forged_act, "key-of-another-party")
    .noticed(Who::Bundle, vector("signed-by-another-party"), "key-of-another-party")
    .noticed(Who::Bundle, vector("signed-by-a-stranger"), "key-unknown")
    .noticed(Who::Bundle, vector("signed-by-a-revoked-key"), "key-revoked")
    .noticed(Who::Bundle, vector("signature-altered"), "signature-invalid")
    .noticed(Who::Bundle, vector("enrolled-without-proof-of-possession"), "key-possession-unproven")
    .noticed(Who::Replay, replay(published(&forged)), "key-of-another-party")
}

fn enrol_own_key() -> Row {
    let mut forged = ledger();
    forged.act("registrar", "registry", "key_enrolled", &enrolment("tampere", STRANGER), &[REGISTRAR, STRANGER]);
    let mut data = signing();
    data["role"] = "kansliajohtaja".into();
    forged.act("tampere", "a", "text_signed", &data, &[STRANGER]);
    Row::of(
        "Limit: enrol a key of one's own for a party",
        "Uses the registrar's keys to enrol a key of the operator's own for a party, and speaks with it.",
        "No computation tells whose key it is. But the enrolment stands in the registry for ever, signed by the registrar and \
         shown as a re-enrolment by the registrar; the party sees it, and whoever compares fingerprints with the party does.",
    )
    .unnoticed(Who::Bundle, bundle(&of(&forged)))
    .unnoticed(Who::Replay, replay(published(&forged)))
    .unnoticed(Who::Witness, witness(&ledger(), &forged))
}

fn other_log_key() -> Row {
    let other = ledger().with_log_keys(201);
    Row::of(
        "Sign the log with other keys",
        "Signs checkpoints with keys that no registrar has named, or with those that were replaced, or leaves one of the two \
         signatures out.",
        "Nothing. Whoever pinned a key that was replaced is told so, and has to learn the new one from where the old one came.",
    )
    .noticed(Who::Bundle, vector("checkpoint-of-other-keys"), "checkpoint-signature")
    .noticed(Who::Bundle, vector("checkpoint-of-replaced-keys"), "checkpoint-signature")
    .noticed(Who::Bundle, vector("first-checkpoint-of-new-keys-without-the-old"), "checkpoint-signature")
    .noticed(Who::Bundle, vector("checkpoint-without-ml-dsa"), "checkpoint-signature")
    .noticed(Who::Bundle, vector("pinned-key-was-replaced"), "log-key-replaced")
    .noticed(Who::Checkpoint, checkpoint(published(&other), &ledger_until(KEPT)), "checkpoint-signature")
    .noticed(Who::Replay, replay(published(&other)), "checkpoint-signature")
    .noticed(Who::Witness, witness(&ledger_until(KEPT), &other), "403")
}

fn replay_act() -> Row {
    Row::of(
        "Use a party's signed act again",
        "Records an act that a party really signed a second time, in another agreement, in another ledger, or at a place \
         whose history its author had not seen.",
        "Nothing: ledger, agreement, event id and the record seen are part of what was signed.",
    )
    .noticed(Who::Bundle, vector("event-id-used-before"), "event-repeated")
    .noticed(Who::Bundle, vector("signed-for-another-agreement"), "agreement-mismatch")
    .noticed(Who::Bundle, vector("signed-for-another-ledger"), "ledger-mismatch")
    .noticed(Who::Bundle, vector("seen-of-another-history"), "seen-not-in-history")
}

fn against_rules() -> Row {
    let mut forged = ledger();
    let determination = json!({"in_force_from": "2025-12-01", "occurred_on": "2025-12-02"});
    forged.act("registrar", "a", "entry_into_force_determined", &determination, &[REGISTRAR]);
    Row::of(
        "Record what the rules refuse",
        "Determines that the agreement is in force though a party has not signed, records an approval of a text that nobody \
         deposited, or writes another outcome into the bundle's words.",
        "Nothing, for whoever replays the rules; the browser's verifier does not, and says so.",
    )
    .noticed(Who::Party, receipt(of(&forged), &ledger_until(LATER_RECEIPT)), "conditions-not-met")
    .noticed(Who::Bundle, vector("in-force-though-one-has-not-signed"), "conditions-not-met")
    .noticed(Who::Bundle, vector("approval-of-an-unknown-text"), "text-unknown")
    .noticed(Who::Bundle, vector("readme-says-another-outcome"), "readme-altered")
    .noticed(Who::Replay, replay(published(&forged)), "conditions-not-met")
    .unnoticed(Who::Witness, witness(&ledger(), &forged))
}

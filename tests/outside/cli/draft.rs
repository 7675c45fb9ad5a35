//! `sinetti draft` without a server.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sinetti_events::format::disclosure::{Disclosure, check_all};
use sinetti_events::format::payload::Payload;

use crate::program::{golden, sinetti};

const PLACE: [&str; 9] = [
    "draft",
    "--agreement",
    "pirkanmaa-puitesopimus-2023",
    "--party",
    "tampere",
    "--ledger",
    "localhost/sinetti",
    "--seen",
    "3:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
];

const DECISION: [&str; 9] = [
    "decision_recorded",
    "--on=2025-02-10",
    "--field=organ.kind=council",
    "--field=organ.name=kaupunginvaltuusto",
    "--field=resolution=adopted",
    "--field=effect=note",
    "--field=minutes=confirmed",
    "--field=section=21",
    "--field=finality=not_appealable",
];

fn drafted(dir: &Path, args: &[&str]) -> Payload {
    let output = sinetti().args(PLACE).args(args).current_dir(dir).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Payload::parse(output.stdout.trim_ascii_end()).unwrap()
}

fn data(payload: &Payload) -> Value {
    serde_json::from_str(payload.data.get()).unwrap()
}

#[test]
fn fields_become_typed_members_of_a_canonical_payload() {
    let dir = tempfile::tempdir().unwrap();
    let payload = drafted(dir.path(), &DECISION);
    let expected = json!({
        "effect": "note", "finality": "not_appealable", "minutes": "confirmed", "occurred_on": "2025-02-10",
        "organ": {"kind": "council", "name": "kaupunginvaltuusto"}, "resolution": "adopted", "section": "21"
    });
    assert_eq!(data(&payload), expected);
    assert_eq!(payload.seen.version, 3);
}

#[test]
fn personal_values_never_stand_in_the_payload() {
    let dir = tempfile::tempdir().unwrap();
    let members =
        json!({"presenter": "Maija Esimerkki", "decision": ["Merkittiin tiedoksi.", "Maija Esimerkki esitteli."]});
    fs::write(dir.path().join("data.json"), members.to_string()).unwrap();
    let args = ["--data=data.json", "--field=dissents=Matti Esimerkki", "--disclosures-out=d.json"];
    let payload = drafted(dir.path(), &[&DECISION[..], &args].concat());
    assert!(!payload.data.get().contains("Esimerkki"));
    let disclosures: Vec<Disclosure> = serde_json::from_slice(&fs::read(dir.path().join("d.json")).unwrap()).unwrap();
    assert_eq!(disclosures.len(), 3);
    assert_eq!(check_all(&disclosures, payload.event, &data(&payload)), Ok(()));
    // Each value has a salt of its own.
    assert_ne!(disclosures[0].salt, disclosures[1].salt);
}

#[test]
fn personal_values_are_not_thrown_away() {
    let run = sinetti().args(PLACE).args(DECISION).arg("--field=presenter=Maija Esimerkki").assert();
    run.code(2).stdout_eq("").stderr_eq(golden("errors/disclosures-lost.txt"));
    let dir = tempfile::tempdir().unwrap();
    let args = [&DECISION[..], &["--field=presenter=Maija Esimerkki", "--out=p.json"]].concat();
    sinetti().args(PLACE).args(args).current_dir(dir.path()).assert().success();
    assert!(dir.path().join("p.disclosures.json").is_file());
}

#[test]
fn every_draft_is_an_act_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    assert_ne!(drafted(dir.path(), &DECISION).event, drafted(dir.path(), &DECISION).event);
}

#[test]
fn wrong_members_are_named() {
    let said = |args: &[&str]| {
        let output = sinetti().args(PLACE).args(args).stdin("").output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, text) = said(&[&DECISION[..], &["--field=organ.kinf=board"]].concat());
    assert!(code == Some(2) && text.contains("there are: kind, name"), "{text}");
    let (code, text) = said(&[&DECISION[..], &["--field=vote.for=many"]].concat());
    assert!(code == Some(2) && text.contains("vote.for is a whole number"), "{text}");
    let (code, text) = said(&DECISION[..4]);
    assert!(code == Some(1) && text.contains("effect"), "{text}");
    let (code, text) = said(&[&DECISION[..1], &DECISION[2..]].concat());
    assert!(code == Some(1) && text.contains("occurred_on"), "{text}");
}

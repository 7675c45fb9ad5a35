//! Policies (C2SP tlog-policy): what is one, and whether its quorum is met by a checkpoint's cosignatures.

use serde_json::{Value, json};
use sinetti_events::log::note::Note;
use sinetti_events::log::policy::{BadPolicy, Policy};
use sinetti_events::log::signer::NoteSigner;
use sinetti_events::primitives::base64;

use crate::builder::{Builder, key, moment};
use crate::file::Vector;

/// The verdict on `{"policy": base64, "checkpoint": note}`: *valid* when the quorum is met, *unverifiable* when it
/// is not, *tampered* when a signature fails or no listed log signed; or the line at which it is no policy.
pub fn verdict(input: &Value) -> Value {
    let bytes = base64::decode(input["policy"].as_str().unwrap()).unwrap();
    let note = Note::parse(input["checkpoint"].as_str().unwrap().as_bytes()).unwrap();
    match Policy::parse(&bytes) {
        Ok(policy) => match policy.judge(&note) {
            Ok(judgement) if judgement.shortfall.is_none() => json!({"verdict": "valid"}),
            Ok(_) => json!({"verdict": "unverifiable"}),
            Err(_) => json!({"verdict": "tampered"}),
        },
        Err(BadPolicy::Line { line, .. } | BadPolicy::Control { line, .. }) => json!({"malformed": true, "line": line}),
        Err(_) => json!({"malformed": true}),
    }
}

/// All policy vectors.
pub fn vectors() -> Vec<Vector> {
    [met_or_not(), malformed()].into_iter().flatten().collect()
}

const WITNESSES: [(&str, u8); 4] = [("tampere", 51), ("nokia", 52), ("orivesi", 53), ("auditor", 54)];
const TWO_THIRDS: &str = "group parties 2 tampere nokia orivesi\ngroup needed all parties auditor\nquorum needed\n";

fn met_or_not() -> Vec<Vector> {
    let judged = |property, policy: String, names: &[&str], verdict: &str| {
        vector(property, policy.as_bytes(), cosigned(names), json!({"verdict": verdict}))
    };
    let two_thirds = |property, names: &[&str], verdict| judged(property, with(TWO_THIRDS), names, verdict);
    let other_log = Builder::new("localhost/sinetti").with_log_keys(201).log_keys()[0].to_string();
    let renamed = Builder::new("localhost/other").log_keys()[0].to_string();
    let loose = with(TWO_THIRDS).replace(' ', " \t").replace("\nquorum", "\n\n  # comment \u{e4}\n\t quorum");
    let mut altered = cosigned(&["tampere"]);
    let at = altered.len() - 20;
    let digit = if altered.as_bytes()[at] == b'A' { "B" } else { "A" };
    altered.replace_range(at..=at, digit);
    let twice = cosigned(&["tampere", "tampere"]);
    vec![
        two_thirds("two-thirds-and-the-auditor", &["tampere", "orivesi", "auditor"], "valid"),
        two_thirds("all-of-them", &["tampere", "nokia", "orivesi", "auditor"], "valid"),
        two_thirds("one-party-too-few", &["nokia", "auditor"], "unverifiable"),
        two_thirds("auditor-missing", &["tampere", "nokia", "orivesi"], "unverifiable"),
        two_thirds("nobody-cosigned", &[], "unverifiable"),
        judged("laid-out-loosely", loose, &["tampere", "nokia", "auditor"], "valid"),
        judged("quorum-none", with("quorum none\n"), &[], "valid"),
        judged("quorum-of-one-witness", with("quorum nokia\n"), &["nokia"], "valid"),
        judged("quorum-of-another-witness", with("quorum nokia\n"), &["tampere"], "unverifiable"),
        judged("any-of-a-group", with("group g any tampere nokia\nquorum g\n"), &["nokia"], "valid"),
        judged("all-of-a-group-but-one", with("group g all tampere nokia\nquorum g\n"), &["nokia"], "unverifiable"),
        judged("no-log-listed", without_log("quorum nokia\n"), &["nokia"], "valid"),
        judged("log-that-did-not-sign", format!("log {other_log}\nquorum none\n"), &[], "tampered"),
        judged("log-of-another-origin", format!("log {renamed}\nquorum none\n"), &[], "tampered"),
        vector("cosignature-altered", with("quorum none\n").as_bytes(), altered, json!({"verdict": "tampered"})),
        vector("cosigned-twice", with("quorum tampere\n").as_bytes(), twice, json!({"verdict": "tampered"})),
    ]
}

fn malformed() -> Vec<Vector> {
    let at = |property, line: usize, rest: &str| {
        vector(property, without_log(rest).as_bytes(), cosigned(&[]), json!({"malformed": true, "line": line}))
    };
    let whole = |property, bytes: &[u8]| vector(property, bytes, cosigned(&[]), json!({"malformed": true}));
    let log = Builder::new("localhost/sinetti").log_keys()[0].to_string();
    let again = format!("log {log}\nlog {log} https://log.example\nquorum none\n");
    let other_name = witness("somebody", WITNESSES[0].1);
    let kelvin = without_log("").replace("witness tampere", "witness K") + "quorum \u{212a}\n";
    vec![
        whole("without-quorum", b"# nothing\n"),
        whole("last-line-without-end", b"quorum none"),
        at("quorum-twice", 6, "quorum none\nquorum none\n"),
        at("keyword-unknown", 5, "Quorum none\n"),
        at("carriage-return", 5, "quorum none\r\n"),
        at("name-undefined", 5, "quorum helsinki\n"),
        at("name-defined-later", 5, "group g any h\ngroup h any nokia\nquorum g\n"),
        at("name-taken", 5, "group nokia any tampere\nquorum nokia\n"),
        at("name-none-taken", 5, "group none any tampere\nquorum none\n"),
        at("none-in-a-group", 5, "group g any none\nquorum g\n"),
        at("member-of-two-groups", 6, "group g any tampere\ngroup h 2 g tampere\nquorum h\n"),
        at("member-twice", 5, "group g 2 tampere tampere\nquorum g\n"),
        at("group-without-members", 5, "group g any\nquorum g\n"),
        at("threshold-zero", 5, "group g 0 tampere nokia\nquorum g\n"),
        at("threshold-above-its-members", 5, "group g 3 tampere nokia\nquorum g\n"),
        at("threshold-with-leading-zero", 5, "group g 02 tampere nokia\nquorum g\n"),
        at("same-key-under-another-name", 5, &(other_name + "quorum none\n")),
        at("witness-with-a-key-of-a-log", 5, &format!("witness w {log}\nquorum w\n")),
        vector("same-log-twice", again.as_bytes(), cosigned(&[]), json!({"malformed": true, "line": 2})),
        vector("names-that-look-alike", kelvin.as_bytes(), cosigned(&[]), json!({"malformed": true, "line": 5})),
    ]
}

fn vector(property: &'static str, policy: &[u8], checkpoint: String, expect: Value) -> Vector {
    Vector { property, input: json!({"policy": base64::encode(policy), "checkpoint": checkpoint}), expect }
}

/// A policy of the log and four witnesses.
fn with(rest: &str) -> String {
    let log = &Builder::new("localhost/sinetti").log_keys()[0];
    format!("log {log}\n{}", without_log(rest))
}

fn without_log(rest: &str) -> String {
    WITNESSES.iter().map(|(name, seed)| witness(name, *seed)).collect::<String>() + rest
}

fn witness(name: &str, seed: u8) -> String {
    let key = key(seed);
    let vkey = NoteSigner::Ed25519Cosignature(&key).verifier_key(&format!("localhost/{name}").parse().unwrap());
    format!("witness {name} {}\n", vkey.unwrap())
}

/// The checkpoint of an empty ledger, cosigned.
fn cosigned(names: &[&str]) -> String {
    let ledger = Builder::new("localhost/sinetti");
    let mut note = Note::parse(ledger.checkpoint().as_bytes()).unwrap();
    let checkpoint = note.text().parse().unwrap();
    for name in names {
        let (_, seed) = WITNESSES.iter().find(|(known, _)| known == name).unwrap();
        let signer = key(*seed);
        let signer = NoteSigner::Ed25519Cosignature(&signer);
        let name = format!("localhost/{name}").parse().unwrap();
        note = note.with_signature(&signer.sign(&name, &checkpoint, moment(1).unix_seconds()).unwrap()).unwrap();
    }
    note.as_str().to_owned()
}

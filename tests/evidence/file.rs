//! Writing, comparing and judging the files.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use sinetti::evidence::Authorities;
use sinetti::timestamp::Authority;
use sinetti_events::bundle::{Bundle, Member};
use sinetti_events::log::policy::Policy;
use sinetti_projections::audit::Verdict;
use sinetti_projections::audit::evidence::{Asked, EvidenceReport};

/// What a verifier is given.
#[derive(Clone, Default)]
pub struct Given {
    /// The ZIP.
    pub bundle: Vec<u8>,
    /// Keys that the auditor pinned.
    pub log_keys: Vec<String>,
    /// The auditor's own policy.
    pub policy: Option<String>,
    /// A checkpoint kept from earlier.
    pub since: Option<String>,
    /// Certificates of the timestamp authority that the auditor trusts, PEM.
    pub timestamp_ca: Option<String>,
}

/// What has to be found, besides the gravest verdict.
#[derive(Clone, Copy)]
pub struct Found {
    /// The kind of check that finds it; a verifier that does not make these has nothing to say of it.
    pub by: &'static str,
    /// Stable name of the check.
    pub slug: &'static str,
    /// The file of the bundle.
    pub file: Option<Member>,
    /// The record.
    pub index: Option<u64>,
}

/// One vector: its files are named `<property>.sinetti.zip` and `<property>.json`.
pub struct Vector {
    /// What it breaks, or keeps, in kebab-case.
    pub property: &'static str,
    /// What a verifier is given.
    pub given: Given,
    /// The gravest verdict that it must reach.
    pub verdict: Verdict,
    /// A finding that must be among those that it makes.
    pub found: Option<Found>,
}

impl From<&Bundle> for Given {
    fn from(bundle: &Bundle) -> Given {
        Given { bundle: bundle.to_bytes().unwrap(), ..Given::default() }
    }
}

/// What the program says of it.
pub fn report(given: &Given) -> EvidenceReport {
    let asked = Asked {
        log_keys: given.log_keys.iter().map(|key| key.parse().unwrap()).collect(),
        policy: given.policy.as_ref().map(|policy| Policy::parse(policy.as_bytes()).unwrap()),
        since: given.since.as_ref().map(|since| since.clone().into_bytes()),
    };
    let pinned = |pem: &String| Authorities::Pinned(Authority::parse(pem.as_bytes()).unwrap());
    let authorities = given.timestamp_ca.as_ref().map(pinned).unwrap_or_default();
    sinetti::evidence::verify(&given.bundle, &asked, &authorities, |_| (), || ())
}

/// Proves that the committed files are exactly `vectors`, and that each gets its verdict.
pub fn prove(vectors: &[Vector]) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/bundle"));
    if std::env::var_os("SINETTI_WRITE_VECTORS").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for vector in vectors {
            fs::write(folder.join(format!("{}.sinetti.zip", vector.property)), &vector.given.bundle).unwrap();
            fs::write(folder.join(format!("{}.json", vector.property)), render(vector)).unwrap();
        }
    }
    let names = vectors.iter().flat_map(|it| [format!("{}.json", it.property), format!("{}.sinetti.zip", it.property)]);
    let found = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.collect::<BTreeSet<_>>(), names.collect(), "run with SINETTI_WRITE_VECTORS=1 and commit");
    let mut wrong = Vec::new();
    for vector in vectors {
        let (text, zip) = (
            fs::read_to_string(folder.join(format!("{}.json", vector.property))).unwrap(),
            fs::read(folder.join(format!("{}.sinetti.zip", vector.property))).unwrap(),
        );
        assert!(text == render(vector) && zip == vector.given.bundle, "{}: not fresh", vector.property);
        wrong.extend(judge(vector));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the program's answer.
fn judge(vector: &Vector) -> Option<String> {
    let report = report(&vector.given);
    let found = vector.found.is_none_or(|wanted| {
        report.findings.iter().any(|finding| {
            finding.slug == wanted.slug
                && finding.file == wanted.file.map(|file| file.to_string())
                && (wanted.index.is_none() || finding.index == wanted.index)
        })
    });
    let right = report.verdict == vector.verdict && found && (vector.found.is_some() || report.findings.is_empty());
    (!right).then(|| format!("{}: {}", vector.property, serde_json::to_string_pretty(&report).unwrap()))
}

fn render(vector: &Vector) -> String {
    let mut input = json!({"bundle": format!("{}.sinetti.zip", vector.property)});
    if !vector.given.log_keys.is_empty() {
        input["log_keys"] = json!(vector.given.log_keys);
    }
    if let Some(policy) = &vector.given.policy {
        input["policy"] = json!(policy);
    }
    if let Some(since) = &vector.given.since {
        input["since"] = json!(since);
    }
    if let Some(pem) = &vector.given.timestamp_ca {
        input["timestamp_ca"] = json!(pem);
    }
    let mut expect = json!({"verdict": vector.verdict});
    if let Some(Found { by, slug, file, index }) = vector.found {
        expect["by"] = json!(by);
        expect["slug"] = json!(slug);
        if let Some(file) = file {
            expect["file"] = json!(file.to_string());
        }
        if let Some(index) = index {
            expect["index"] = json!(index);
        }
    }
    let file: Value = json!({"property": vector.property, "input": input, "expect": expect});
    serde_json::to_string_pretty(&file).unwrap() + "\n"
}

//! A replay in pieces: after each batch of records everything is forgotten but what a monitor keeps.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sinetti_events::chain::Chain;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::note::Note;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};
use sinetti_events::tree::frontier::Frontier;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::audit::{Asked, Finding, Past, Replay, Signed, Standing};

/// What a monitor keeps on disk.
#[derive(Default)]
struct Kept {
    agreements: BTreeMap<StreamId, Agreement>,
    leaves: HashMap<(StreamId, u64), Hash>,
    authors: HashMap<EventId, PartyId>,
    signed: Vec<Signed>,
    findings: Vec<Finding>,
}

/// Replays `input` at once and in batches of `batch`, and holds the findings against each other.
pub fn assert_same(property: &str, input: &Value, batch: usize) {
    let note = input["checkpoint"].as_str().unwrap().as_bytes();
    let records: Vec<Vec<u8>> = input["records"].as_array().unwrap().iter().map(bytes).collect();
    let mut whole = Replay::against(note).unwrap();
    for record in &records {
        whole.push(record.clone());
    }
    let mut expected = whole.finish(&[]).findings;
    expected.retain(|finding| finding.slug != "log-empty");

    let mut kept = Kept::default();
    let checkpoint: Checkpoint = Note::parse(note).unwrap().text().parse().unwrap();
    let mut standing = Standing::new(checkpoint.origin);
    let mut last = Vec::new();
    let batches: Vec<&[Vec<u8>]> = if records.is_empty() { vec![&[]] } else { records.chunks(batch).collect() };
    for records in batches {
        (last, standing) = kept.advance(standing, note, records);
    }
    let mut found = kept.findings;
    for finding in standing.suspects(&kept.signed) {
        if !found.contains(&finding) {
            found.push(finding);
        }
    }
    found.extend(last);
    let place = |finding: &Finding| (finding.index.unwrap_or(u64::MAX), format!("{finding:?}"));
    found.sort_by_key(place);
    expected.sort_by_key(place);
    assert_eq!(found, expected, "{property} in batches of {batch}");
}

impl Kept {
    /// One batch: what it finds about the checkpoint, and where it stands.
    fn advance(&mut self, standing: Standing, note: &[u8], records: &[Vec<u8>]) -> (Vec<Finding>, Standing) {
        let mut replay = Replay::resume(forget(standing), note).unwrap();
        let asked: Vec<Asked> = records.iter().map(|record| Asked::of(record)).collect();
        replay.learn(self.recall(&asked));
        for stream in asked.iter().filter_map(|asked| asked.stream.clone()) {
            if let Some(agreement) = self.agreements.get(&stream) {
                replay.load(stream, again(agreement));
            }
        }
        for record in records {
            replay.push(record.clone());
        }
        let (past, of_records) = replay.settle();
        let (of_checkpoint, mut standing) = replay.stand(&[]);
        for (stream, version, leaf) in past.leaves {
            assert_eq!(self.leaves.insert((stream, version), leaf), None);
        }
        self.authors.extend(past.authors);
        self.signed.extend(past.signed);
        self.agreements.append(&mut standing.agreements);
        self.findings.extend(of_records);
        (of_checkpoint, standing)
    }

    fn recall(&self, asked: &[Asked]) -> Past {
        let leaf = |asked: &Asked| {
            let stream = asked.stream.clone()?;
            let leaf = *self.leaves.get(&(stream.clone(), asked.seen))?;
            Some((stream, asked.seen, leaf))
        };
        let author = |event: &EventId| Some((*event, self.authors.get(event)?.clone()));
        Past {
            leaves: asked.iter().filter_map(leaf).collect(),
            authors: asked.iter().flat_map(|asked| &asked.events).filter_map(author).collect(),
            signed: Vec::new(),
        }
    }
}

/// What lies on disk between two looks.
fn forget(standing: Standing) -> Standing {
    let Standing { chain, log, founding, registry, judged, agreements } = standing;
    assert!(agreements.is_empty());
    let peaks = log.peaks().into_iter().map(|(_, hash)| hash).collect();
    Standing {
        chain: Chain::resume(chain.origin().clone(), chain.size(), chain.last(), chain.streams().to_vec()),
        log: Frontier::from_peaks(log.size(), peaks).unwrap(),
        founding,
        registry: again(&registry),
        judged,
        agreements,
    }
}

fn again<T: Serialize + DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

fn bytes(record: &Value) -> Vec<u8> {
    base64::decode(record.as_str().unwrap()).unwrap()
}

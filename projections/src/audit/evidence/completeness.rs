//! That no record of registry and agreement up to the checkpoint is left out.

use sinetti_events::bundle::{Heads, Member};
use sinetti_events::chain::StreamHead;
use sinetti_events::completeness::check_newest;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::hash::Hash;

use super::{Carried, Evidence};

impl Evidence<'_> {
    /// Checks `heads.json`.
    pub(super) fn check_completeness(&mut self) {
        let Some(bytes) = self.bundle.get(Member::Heads) else { return };
        let heads = match Heads::parse(bytes) {
            Ok(heads) => heads,
            Err(bad) => return self.tampered(Member::Heads, "heads", "heads-malformed", &bad),
        };
        let Some(last) = self.parse(Member::Heads, &heads.last) else { return };
        self.check_last(&last, &heads);
        self.check_head(&last, |member| matches!(member, Member::Registry(_)), "registry", &heads.registry);
        if self.stream().is_some() {
            self.check_head(&last, |member| matches!(member, Member::Agreement(_)), "agreement", &heads.agreement);
        } else if !heads.agreement.is_empty() {
            self.tampered(
                Member::Heads,
                "heads.agreement",
                "heads-malformed",
                "there is no agreement to be proven complete",
            );
        }
    }

    /// The record at `size − 1` is proven, and nothing here is later.
    fn check_last(&mut self, last: &Entry, heads: &Heads) {
        let size = self.checkpoint.as_ref().map(|checkpoint| checkpoint.size);
        if size.is_some_and(|size| last.record.index.checked_add(1) != Some(size)) {
            let reason = format!("it is record {}, not the last one under the checkpoint", last.record.index);
            return self.tampered(Member::Heads, "heads.last", "heads-of-another-record", reason);
        }
        if !self.check_inclusion(Member::Heads, heads.proof.as_bytes(), last) {
            return;
        }
        let later = |carried: &Carried| {
            carried.entry.as_ref().is_some_and(|entry| entry.record.recorded_at > last.record.recorded_at)
        };
        if self.records.iter().any(later) {
            let reason = "it was recorded before a record that stands before it";
            self.tampered(Member::Heads, "heads.last", "record-misplaced", reason);
        }
        self.last = Some(last.clone());
    }

    fn check_head(&mut self, last: &Entry, of: fn(&Member) -> bool, name: &str, proof: &[Hash]) {
        let newest = self.records.iter().rfind(|carried| of(&carried.member));
        let Some(entry) = newest.and_then(|carried| carried.entry.as_ref()) else { return };
        let record = &entry.record;
        let head = StreamHead { agreement: record.agreement.clone(), version: record.version, leaf: entry.leaf };
        if let Err(error) = check_newest(last, &head, record.stream, proof) {
            let reason = format!("nothing shows that all records of {} are here: {error}", record.agreement);
            self.tampered(Member::Heads, &format!("heads.{name}"), "incomplete", reason);
        }
    }
}

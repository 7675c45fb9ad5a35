//! The import for real: one act after the other, each kept before it is sent.

use std::path::PathBuf;

use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::{Payload, Seen};
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::ids::EventId;

use super::acts::Named;
use super::rehearsal::Rehearsal;
use super::{Import, Judged};
use crate::author;
use crate::cli::failure::Failure;
use crate::cli::server::Log;
use crate::cli::signer::{self, Signer};
use crate::cli::{draft, files, output, sign};
use crate::client::Client;
use crate::receipt;

impl Import {
    /// Sends what the ledger does not have yet, in order; each act has seen the one before it.
    ///
    /// # Errors
    ///
    /// Refused since somebody else wrote meanwhile, unreachable, or a receipt that does not hold.
    pub(super) fn send(
        &self,
        judged: &[Judged],
        rehearsal: &Rehearsal,
        mut seen: Seen,
        keys: &[Signer],
        client: &Client,
    ) -> Result<(), Failure> {
        let log_keys = Log::ask(client)?.keys(&self.pins.log_keys)?;
        let (mut named, bar) = (Named::new(), output::bar(judged.len() as u64, "rows"));
        for (done, judged) in judged.iter().enumerate() {
            let mut version = judged.version;
            if !judged.recorded {
                let act = self.act(judged, rehearsal, seen.clone(), &named, keys);
                let sent = act.and_then(|act| self.submit(&act, judged.event, client, &log_keys));
                (version, seen) = sent.map_err(|failure| stopped(failure, judged.row.line, done))?;
            }
            named.extend(judged.row.name.clone().map(|name| (name, (version, judged.event))));
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// A row's act, signed and kept: the one that an interrupted import kept, or a new one.
    fn act(
        &self,
        judged: &Judged,
        rehearsal: &Rehearsal,
        seen: Seen,
        named: &Named,
        keys: &[Signer],
    ) -> Result<Signed, Failure> {
        let kept = self.kept(judged.event, "envelope");
        if kept.exists() {
            let name = kept.display().to_string();
            let envelope = sign::envelope(draft::parse(&files::read(&kept)?, &name)?, &name)?;
            let personal = self.kept(judged.event, "disclosures");
            return Ok((envelope, sign::disclosures(personal.exists().then_some(personal.as_path()))?));
        }
        let draft = self.draft(&judged.row, judged.event, rehearsal, seen, named)?;
        let envelope = signer::seal(draft.payload.clone(), keys)?;
        if !draft.disclosures.is_empty() {
            let json = serde_json::to_vec_pretty(&draft.disclosures).map_err(Failure::refused)?;
            files::write(Some(&self.kept(judged.event, "disclosures")), &json)?;
        }
        // Last: where it lies, what belongs to it lies too.
        files::write(Some(&kept), &sign::bytes(&envelope)?)?;
        Ok((envelope, draft.disclosures))
    }

    /// Sends one act and keeps the receipt; answers where it stands, as the next one's `seen`.
    fn submit(
        &self,
        (envelope, disclosures): &Signed,
        event: EventId,
        client: &Client,
        log_keys: &[VerifierKey],
    ) -> Result<(u64, Seen), Failure> {
        let payload = Payload::parse(&envelope.payload).map_err(Failure::refused)?;
        let accepted = client.submit(&self.agreement, envelope, disclosures)?;
        let checked = receipt::check(&accepted.receipt, &envelope.payload, &payload.ledger, log_keys)
            .map_err(|error| Failure::Refused(format!("the server accepted the act, but {error}; tell an auditor")))?;
        let place = self.kept(event, "receipt");
        if !place.exists() {
            files::write(Some(&place), accepted.receipt.trim_ascii_end())?;
        }
        let version = checked.entry.record.version;
        Ok((version, author::seen(version, checked.entry.leaf)))
    }

    fn kept(&self, event: EventId, word: &str) -> PathBuf {
        self.keep.join(format!("{event}.{word}.json"))
    }
}

/// An envelope, and the personal values that it commits to.
type Signed = (Envelope, Vec<Disclosure>);

fn stopped(failure: Failure, line: u64, done: usize) -> Failure {
    let text = format!(
        "line {line}: {failure}\nThe {done} rows before it are recorded. When what stands in the way is gone, run the \
         same import again: it passes over what the ledger has"
    );
    match failure {
        Failure::Unavailable(_) => Failure::Unavailable(text),
        _ => Failure::Refused(text),
    }
}

//! Whether each waiting event is recorded, one after the other, each upon the state that the
//! accepted ones before it left. A refused event refuses alone.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use sinetti_events::chain::StreamHead;
use sinetti_events::format::payload::Payload;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_projections::acts::Act;
use sinetti_projections::acts::personal_data_erased::check_owner;
use sinetti_projections::decide::decide;
use sinetti_projections::event::Event;
use sinetti_projections::refusal::Refusal;

use super::admission::Admitted;
use super::errors::SubmitError;
use super::mirror::Mirror;
use super::published::Tip;
use crate::log_keys::LogKeyPair;
use crate::store::Turn;
use crate::store::error::StoreError;
use crate::store::rows::Batch;

/// An event stands at `index`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Done {
    /// Its record.
    pub(crate) index: u64,
    /// It stood there before.
    pub(crate) repeated: bool,
}

/// The verdict on one event.
pub(crate) type Verdict = Result<Done, SubmitError>;

/// One turn in the making.
pub(crate) struct Plan<'a> {
    mirror: &'a mut Mirror,
    dir: &'a Path,
    keys: &'a LogKeyPair,
    now: Result<Instant, SubmitError>,
    batch: Batch,
    /// Newest records of the streams that grew, in order of their first record here.
    grown: Vec<Tip>,
    /// Events accepted in this turn: index, actor, payload.
    accepted: HashMap<EventId, (u64, PartyId, Vec<u8>)>,
    leaves: HashMap<(StreamId, u64), Hash>,
    /// The log's new keys, when this turn ends with their naming.
    rotation: Option<Arc<LogKeyPair>>,
}

/// A turn ready to be written.
pub(crate) struct Planned {
    /// Rows.
    pub(crate) batch: Batch,
    /// Newest records of the streams that grew.
    pub(crate) grown: Vec<Tip>,
    /// The log's new keys.
    pub(crate) rotation: Option<Arc<LogKeyPair>>,
}

impl<'a> Plan<'a> {
    /// `now` is the clock's word, or why it is not believed.
    pub(crate) fn new(
        mirror: &'a mut Mirror,
        dir: &'a Path,
        keys: &'a LogKeyPair,
        now: Result<Instant, SubmitError>,
    ) -> Plan<'a> {
        Plan {
            mirror,
            dir,
            keys,
            now,
            batch: Batch::default(),
            grown: Vec::new(),
            accepted: HashMap::new(),
            leaves: HashMap::new(),
            rotation: None,
        }
    }

    /// Judges the next event, and takes it in if it is accepted.
    ///
    /// # Errors
    ///
    /// The database fails: the whole turn does.
    pub(crate) async fn judge(&mut self, turn: &mut Turn<'_>, admitted: &mut Admitted) -> Result<Verdict, StoreError> {
        if let Some(verdict) = self.repeated(turn, &admitted.payload, &admitted.submission.envelope.payload).await? {
            return Ok(verdict);
        }
        let seen = self.leaf_seen(turn, &admitted.payload).await?;
        let event = match self.proposed(admitted, seen) {
            Ok(event) => event,
            Err(refused) => return Ok(Err(refused)),
        };
        if let Act::PersonalDataErased(erased) = &event.act {
            let owner = self.owner(turn, &erased.event).await?;
            if let Err(refused) = check_owner(&event.payload.actor, owner.as_ref()) {
                return Ok(Err(refused.into()));
            }
        }
        Ok(self.accept(admitted, event))
    }

    /// Whether the turn must end here: the first checkpoint that contains a change of the log's
    /// keys ends with it, and is signed by old and new.
    pub(crate) fn is_full(&self) -> bool {
        self.rotation.is_some()
    }

    /// The rows to write.
    pub(crate) fn finish(self) -> Planned {
        let Plan { mirror, mut batch, grown, rotation, .. } = self;
        for Tip { head, .. } in &grown {
            let number = mirror.chain.number(&head.agreement).unwrap_or_default();
            batch.heads.push((number, head.clone()));
            batch.states.push(mirror.states.row(&head.agreement));
        }
        Planned { batch, grown, rotation }
    }

    /// The same event with the same payload is the same act, whatever its signatures' bytes.
    async fn repeated(
        &self,
        turn: &mut Turn<'_>,
        payload: &Payload,
        bytes: &[u8],
    ) -> Result<Option<Verdict>, StoreError> {
        let event = &payload.event;
        if let Some((index, _, recorded)) = self.accepted.get(event) {
            return Ok(Some(same(event, *index, recorded == bytes)));
        }
        let Some(row) = turn.record_of(event).await? else { return Ok(None) };
        let entry = row.intact().map_err(|damaged| StoreError::Damaged(damaged.to_string()))?;
        Ok(Some(same(event, entry.record.index, entry.record.envelope.payload == bytes)))
    }

    async fn leaf_seen(&self, turn: &mut Turn<'_>, payload: &Payload) -> Result<Option<Hash>, StoreError> {
        let place = (payload.agreement.clone(), payload.seen.version);
        match self.leaves.get(&place) {
            Some(leaf) => Ok(Some(*leaf)),
            None => turn.leaf_of(&place.0, place.1).await,
        }
    }

    /// Who said the event whose data is to be erased.
    async fn owner(&self, turn: &mut Turn<'_>, event: &EventId) -> Result<Option<PartyId>, StoreError> {
        if let Some((_, actor, _)) = self.accepted.get(event) {
            return Ok(Some(actor.clone()));
        }
        let Some(row) = turn.record_of(event).await? else { return Ok(None) };
        let entry = row.intact().map_err(|damaged| StoreError::Damaged(damaged.to_string()))?;
        Ok(Payload::parse(&entry.record.envelope.payload).ok().map(|payload| payload.actor))
    }

    /// The event at the next place, if every rule lets it stand there.
    fn proposed(&self, admitted: &mut Admitted, seen: Option<Hash>) -> Result<Event, SubmitError> {
        let recorded_at = self.mirror.recorded_at(self.now.clone()?);
        let chain = &self.mirror.chain;
        let payload = admitted.payload.clone();
        let version = chain.version(&payload.agreement);
        if let Some(expected) = admitted.submission.if_match.filter(|expected| *expected != version) {
            return Err(SubmitError::Precondition { expected, current: version });
        }
        if let Some(until) = payload.until.filter(|until| *until < recorded_at) {
            return Err(SubmitError::expired(until, recorded_at));
        }
        let registry = self.mirror.states.registry();
        let signers = admitted.signers(registry)?;
        chain.check_seen(&payload, self.mirror.first, |_| seen).map_err(Refusal::from)?;
        let event = Event::proposed(payload, signers, chain.size(), version + 1, recorded_at)?;
        decide(registry, &self.mirror.states.agreement(&event.payload.agreement), &event)?;
        Ok(event)
    }

    fn accept(&mut self, admitted: &Admitted, event: Event) -> Verdict {
        let rotation = self.new_log_keys(&event)?;
        let stream = event.payload.agreement.clone();
        let envelope = admitted.submission.envelope.clone();
        let entry = self
            .mirror
            .chain
            .seal(&stream, envelope, event.recorded_at)
            .map_err(|bad| SubmitError::malformed(bad.slug(), ".", bad))?;
        let event = Event { leaf: entry.leaf, ..event };
        let index = entry.record.index;
        self.batch.nodes.extend(self.mirror.push(&entry, &event));
        self.rotation = rotation;
        self.leaves.insert((stream.clone(), entry.record.version), entry.leaf);
        self.grow(Tip {
            head: StreamHead { agreement: stream, version: entry.record.version, leaf: entry.leaf },
            index,
        });
        self.keep(admitted, &event);
        let id = event.payload.event;
        self.accepted.insert(id, (index, event.payload.actor, entry.record.envelope.payload.clone()));
        self.batch.records.push((id, entry));
        Ok(Done { index, repeated: false })
    }

    /// Disclosures to keep, or to let go.
    fn keep(&mut self, admitted: &Admitted, event: &Event) {
        let stream = &event.payload.agreement;
        let disclosures = admitted.submission.disclosures.iter();
        self.batch.disclosures.extend(disclosures.map(|disclosure| (stream.clone(), disclosure.clone())));
        if let Act::PersonalDataErased(erased) = &event.act {
            self.batch.erased.push((erased.event, erased.pointer.to_string()));
        }
    }

    fn grow(&mut self, tip: Tip) {
        match self.grown.iter_mut().find(|known| known.head.agreement == tip.head.agreement) {
            Some(known) => *known = tip,
            None => self.grown.push(tip),
        }
    }

    /// Log keys are named only where they can sign: at founding the present ones, at a change the
    /// next ones, which are given back.
    fn new_log_keys(&self, event: &Event) -> Result<Option<Arc<LogKeyPair>>, SubmitError> {
        match &event.act {
            Act::LedgerFounded(founded) if !self.keys.are(&founded.log_keys) => {
                Err(not_at_hand("name the keys that `GET /api/v1/log` gives").into())
            }
            Act::LogKeysChanged(changed) => {
                let next = LogKeyPair::load_next(self.dir, self.mirror.chain.origin());
                let next = next.map_err(SubmitError::unavailable)?.filter(|next| next.are(&changed.log_keys));
                let accepted =
                    "put them there as log-ed25519.next.pem and log-ml-dsa-44.next.pem, then send this again";
                next.map(|next| Some(Arc::new(next))).ok_or_else(|| not_at_hand(accepted).into())
            }
            _ => Ok(None),
        }
    }
}

fn not_at_hand(accepted: &str) -> Refusal {
    let reason = "the private keys to these are not in the server's data directory";
    Refusal::new("log-keys-not-at-hand", "data.log_keys", reason, accepted)
}

fn same(event: &EventId, index: u64, same_payload: bool) -> Verdict {
    if same_payload {
        return Ok(Done { index, repeated: true });
    }
    Err(SubmitError::reused(event, index))
}

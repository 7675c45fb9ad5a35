//! What an act's own rules look at, and the rules that hold whatever the act.

use std::fmt;

use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::{Date, Instant};

use crate::acts::decision_recorded::DecisionRecorded;
use crate::acts::subject::Subject;
use crate::acts::{Act, Actors, Common};
use crate::agreement::{Agreement, Entry};
use crate::helsinki;
use crate::periods;
use crate::refusal::Refusal;
use crate::registry::Registry;
use crate::seats;
use crate::speaker;
use crate::texts;

/// What an act's own rules look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case<'a> {
    /// The ledger, its parties and keys.
    pub registry: &'a Registry,
    /// The agreement as it stands.
    pub agreement: &'a Agreement,
    /// Who speaks.
    pub actor: &'a PartyId,
    /// The members that any act may have.
    pub common: &'a Common,
    /// When the ledger records it.
    pub recorded_at: Instant,
    /// The version of the record whose corrected form is judged.
    pub correcting: Option<u64>,
}

impl<'a> Case<'a> {
    /// Today in Helsinki, by the ledger's clock.
    pub fn today(&self) -> Date {
        helsinki::date_of(self.recorded_at)
    }

    /// When it happened; key acts happen when they are recorded.
    pub fn occurred_on(&self) -> Date {
        self.common.occurred_on.unwrap_or_else(|| self.today())
    }

    /// Whose act it is; none for the registrar's own and for a party that is only described.
    pub fn party(&self) -> Option<&'a PartyId> {
        if self.actor.is_registrar() { self.common.party.as_ref() } else { Some(self.actor) }
    }

    /// The same, of an act that is nobody's unless it is named.
    pub fn named_party(&self) -> Result<&'a PartyId, Refusal> {
        self.party().ok_or_else(|| {
            let reason = "this is recorded of a party that is named";
            Refusal::new("transcription-party", "data.party_described", reason, "name the party in party")
        })
    }

    /// Nothing of this kind comes after the agreement's end.
    pub fn check_not_ended(&self) -> Result<(), Refusal> {
        let on = self.occurred_on();
        match periods::end(self.agreement, on).filter(|(_, act)| act.last_day < on) {
            None => Ok(()),
            Some((entry, act)) => {
                let reason = format!("by record {} the agreement's last day was {}", entry.version, act.last_day);
                Err(Refusal::new(
                    "agreement-ended",
                    "data.occurred_on",
                    reason,
                    "what happened by then can still be recorded",
                ))
            }
        }
    }

    /// Whether the registrar transcribes somebody's act.
    pub fn is_transcription(&self) -> bool {
        self.actor.is_registrar() && self.common.is_transcription()
    }

    /// Who may say this type at all.
    pub fn check_actor(&self, act: &Act) -> Result<(), Refusal> {
        let info = act.info();
        let registrar = self.actor.is_registrar();
        match info.actors {
            Actors::Registrar if !registrar => Err(Refusal::new(
                "actor-not-allowed",
                "actor",
                format!("only the registrar records {}; this speaks for {}", info.name, self.actor),
                "ask the registrar to record it, giving the source",
            )),
            Actors::Party if registrar => Err(Refusal::new(
                "actor-not-allowed",
                "actor",
                format!("only a party itself records {}", info.name),
                "the party signs and sends it with its own key",
            )),
            _ => Ok(()),
        }
    }

    /// The rules on the members that any act may have.
    pub fn check_common(&self, act: &Act) -> Result<(), Refusal> {
        if act.info().is_of_keys() {
            return Ok(());
        }
        self.check_date()?;
        self.check_invented()?;
        self.check_transcription(act)?;
        speaker::check(self, act)
    }

    fn check_date(&self) -> Result<(), Refusal> {
        let (occurred_on, today) = (self.occurred_on(), self.today());
        if occurred_on <= today {
            return Ok(());
        }
        let reason = format!("{occurred_on} is in the future; it is {today} in Helsinki by the ledger's clock");
        Err(Refusal::new("date-in-future", "data.occurred_on", reason, "record it once it has happened"))
    }

    fn check_invented(&self) -> Result<(), Refusal> {
        if !self.common.invented || self.registry.demonstration {
            return Ok(());
        }
        let reason = "this ledger is real: it holds no invented acts";
        Err(Refusal::new(
            "invented-in-real-ledger",
            "data.invented",
            reason,
            "send invented acts to a demonstration ledger (`sinetti serve --demo`)",
        ))
    }

    /// `party`, `party_described` and `source` belong to the registrar.
    fn check_transcription(&self, act: &Act) -> Result<(), Refusal> {
        let Common { party, party_described, source, .. } = self.common;
        let given = [
            ("data.party", party.is_some()),
            ("data.party_described", party_described.is_some()),
            ("data.source", source.is_some()),
        ];
        let given_by_party = given.iter().find(|(_, given)| *given && !self.actor.is_registrar());
        if let Some((member, _)) = given_by_party {
            let reason = "only the registrar's transcriptions have this member; a party speaks for itself";
            return Err(Refusal::new("transcription-not-yours", *member, reason, "leave it out"));
        }
        if party.is_some() && party_described.is_some() {
            let reason = "party and party_described exclude each other";
            return Err(Refusal::new(
                "transcription-party",
                "data.party_described",
                reason,
                "name the party, or describe it where the source does not name it",
            ));
        }
        match act.info().actors {
            Actors::PartyOrTranscribed if self.actor.is_registrar() => self.check_transcribed(),
            Actors::PartyOrTranscribed => Ok(()),
            Actors::Any => self.check_source(),
            _ if self.common.is_transcription() => {
                let reason = format!("{} is never transcribed", act.kind());
                Err(Refusal::new(
                    "transcription-not-possible",
                    "data.party",
                    reason,
                    "ask the party to record it, with its own key",
                ))
            }
            _ => Ok(()),
        }
    }

    fn check_transcribed(&self) -> Result<(), Refusal> {
        if !self.common.is_transcription() {
            let reason = "the registrar records this only as a transcription of a party's act";
            return Err(Refusal::new(
                "transcription-party",
                "data.party",
                reason,
                "say whose act it was in party, or in party_described where the source does not name it",
            ));
        }
        self.check_source()
    }

    fn check_source(&self) -> Result<(), Refusal> {
        if !self.common.is_transcription() || self.common.source.is_some() {
            return Ok(());
        }
        Err(Refusal::new(
            "transcription-source",
            "data.source",
            "a transcription says where it is from",
            "give the address or name of the public source",
        ))
    }
}

/// Looking up what an act refers to.
impl<'a> Case<'a> {
    /// The live record at `version`, to which `member` refers.
    pub fn record(&self, version: u64, member: &str) -> Result<&'a Entry, Refusal> {
        match self.agreement.entries.get(&version) {
            Some(entry) if entry.retracted_by.is_none() => Ok(entry),
            Some(entry) => {
                let by = entry.retracted_by.unwrap_or_default();
                Err(Refusal::new(
                    "record-retracted",
                    member,
                    format!("record {version} was retracted by record {by}"),
                    "name a record that stands",
                ))
            }
            None => Err(Refusal::new(
                "record-unknown",
                member,
                format!("this agreement has no record {version}"),
                format!("its records are 1 to {}", self.agreement.version),
            )),
        }
    }

    /// The live decision at `version`.
    pub fn decision(&self, version: u64, member: &str) -> Result<(&'a Entry, &'a DecisionRecorded), Refusal> {
        let entry = self.record(version, member)?;
        match &entry.act {
            Act::DecisionRecorded(decision) => Ok((entry, decision)),
            other => {
                let reason = format!("record {version} is {}, not a decision", other.kind());
                Err(Refusal::new("record-of-another-type", member, reason, "name a decision_recorded"))
            }
        }
    }

    /// The live decision at `version`, which must be of a seat for which the party speaks.
    pub fn own_decision(&self, version: u64, member: &str) -> Result<(&'a Entry, &'a DecisionRecorded), Refusal> {
        let (entry, decision) = self.decision(version, member)?;
        let described = entry.common.party_described.as_ref();
        let same = match entry.party() {
            Some(_) => self.speaks_for(entry),
            None => self.party().is_none() && described == self.common.party_described.as_ref(),
        };
        if same {
            return Ok((entry, decision));
        }
        let whose = entry.party().map_or("a party that its source does not name", PartyId::as_str);
        let reason = format!("decision {version} is of {whose}");
        Err(Refusal::new("record-of-another-party", member, reason, "a party speaks of its own decisions only"))
    }

    /// Whether the party that speaks or is transcribed speaks for the seat of `entry`'s party: its own, or one it took.
    pub fn speaks_for(&self, entry: &Entry) -> bool {
        let (Some(party), Some(other)) = (self.party(), entry.party()) else { return false };
        let on = self.occurred_on();
        let both = |held: &seats::Held<'_>| held.is_held_by(party, on) && held.is_held_by(other, on);
        party == other || seats::on(self.agreement, on).iter().any(both)
    }

    /// The live act of type `kind` at `version` of a seat for which the party speaks.
    pub fn own(&self, version: u64, kind: &str, member: &str) -> Result<&'a Entry, Refusal> {
        let entry = self.of_kind(version, kind, member)?;
        if self.speaks_for(entry) {
            return Ok(entry);
        }
        let whose = entry.party().map_or("nobody that its source names", PartyId::as_str);
        let reason = format!("record {version} is of {whose}");
        Err(Refusal::new("record-of-another-party", member, reason, "a party speaks of its own acts only"))
    }

    /// The live act of type `kind` at `version`.
    pub fn of_kind(&self, version: u64, kind: &str, member: &str) -> Result<&'a Entry, Refusal> {
        let entry = self.record(version, member)?;
        if entry.act.kind() == kind {
            return Ok(entry);
        }
        let reason = format!("record {version} is {}", entry.act.kind());
        Err(Refusal::new("record-of-another-type", member, reason, format!("name a {kind}")))
    }

    /// Something that follows on a record can't have happened before it.
    pub fn check_after(&self, entry: &Entry) -> Result<(), Refusal> {
        match entry.common.occurred_on {
            Some(earlier) if self.occurred_on() < earlier => {
                let reason = format!(
                    "{} is before record {}, of {earlier}, to which it refers",
                    self.occurred_on(),
                    entry.version
                );
                let accepted =
                    format!("{earlier} or later; correct record {} first if its date is wrong", entry.version);
                Err(Refusal::new("date-before-cause", "data.occurred_on", reason, accepted))
            }
            _ => Ok(()),
        }
    }

    /// The deposit of the text with `digest`.
    pub fn held(&self, digest: &Digest, member: &str) -> Result<u64, Refusal> {
        match texts::held(self.agreement, digest) {
            Some((version, _)) => Ok(version),
            None => {
                let known: Vec<String> = texts::deposits(self.agreement)
                    .filter_map(|(_, text)| text.digest)
                    .map(|it| it.to_string())
                    .collect();
                let accepted = if known.is_empty() {
                    "no text is deposited here yet; the registrar deposits it with text_deposited".to_owned()
                } else {
                    format!("deposited here: {}", known.join(", "))
                };
                Err(Refusal::new(
                    "text-unknown",
                    member,
                    format!("no text with digest {digest} is deposited in this agreement"),
                    accepted,
                ))
            }
        }
    }

    /// Once the errors of a text are put right, acts after that name the text in its place.
    pub fn check_not_rectified(&self, digest: &Digest, member: &str) -> Result<(), Refusal> {
        let rectified = texts::rectified(self.agreement, digest);
        match rectified.filter(|(entry, _)| entry.common.occurred_on < Some(self.occurred_on())) {
            Some((entry, act)) => {
                let reason = format!("record {} put an error in this text right", entry.version);
                Err(Refusal::new("text-rectified", member, reason, format!("name the corrected text, {}", act.text)))
            }
            None => Ok(()),
        }
    }

    /// A text as an act names it: by digest wherever the ledger knows one.
    pub fn check_subject(&self, subject: &Subject, member: &str) -> Result<(), Refusal> {
        let version = match subject {
            Subject::Digest(digest) => {
                self.held(digest, member)?;
                return self.check_not_rectified(digest, member);
            }
            Subject::Deposit(version) => *version,
        };
        let entry = self.record(version, member)?;
        if !matches!(entry.act, Act::TextDeposited(_)) {
            let reason = format!("record {version} is {}, not a text", entry.act.kind());
            return Err(Refusal::new("record-of-another-type", member, reason, "name a text_deposited"));
        }
        match texts::digests(self.agreement, texts::group(self.agreement, version)).first() {
            Some(digest) => {
                let reason = format!("the digest of the text in record {version} is known");
                Err(Refusal::new(
                    "subject-by-digest",
                    member,
                    reason,
                    format!("name it as {{\"digest\": \"{digest}\"}}"),
                ))
            }
            None => Ok(()),
        }
    }
}

/// A list names each thing once.
pub(crate) fn check_named_once<T: PartialEq + fmt::Display>(items: &[T], member: &str) -> Result<(), Refusal> {
    match twice(items) {
        Some(item) => Err(Refusal::named_twice(member, item)),
        None => Ok(()),
    }
}

/// The first item that stands in the list before.
pub(crate) fn twice<T: PartialEq>(items: &[T]) -> Option<&T> {
    items.iter().enumerate().find(|(at, item)| items[..*at].contains(item)).map(|(_, item)| item)
}

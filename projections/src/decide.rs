//! Whether an event may be appended: the rules that hold for every type, then those of its own.
//!
//! The signatures were judged before, by the keyring.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::{Date, Instant};

use crate::acts::{Act, Actors, Common, StreamKind};
use crate::agreement::Agreement;
use crate::event::Event;
use crate::helsinki;
use crate::refusal::Refusal;
use crate::registry::Registry;

/// Whether `event` may be appended to the stream that it names, as it stands.
///
/// `agreement` is the fold of that stream; for the registry stream it is not looked at.
///
/// # Errors
///
/// The first rule that it breaks.
pub fn decide(registry: &Registry, agreement: &Agreement, event: &Event) -> Result<(), Refusal> {
    registry.keyring.decide(&event.payload)?;
    let case = Case {
        registry,
        agreement,
        actor: &event.payload.actor,
        common: &event.common,
        recorded_at: event.recorded_at,
        correcting: None,
    };
    check_stream(event)?;
    check_opened(agreement, event)?;
    case.check_actor(&event.act)?;
    case.check_common(&event.act)?;
    event.act.decide(&case)
}

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

    /// Whether the registrar transcribes somebody's act.
    pub fn is_transcription(&self) -> bool {
        self.actor.is_registrar() && self.common.is_transcription()
    }

    /// Who may say this type at all.
    fn check_actor(&self, act: &Act) -> Result<(), Refusal> {
        let info = act.info();
        let registrar = self.actor.is_registrar();
        match info.actors {
            Actors::Registrar if !registrar => Err(Refusal::new(
                "actor-not-allowed",
                "actor",
                format!("only the registrar records {}; this speaks for {}", info.name, self.actor),
            )),
            Actors::Party if registrar => Err(Refusal::new(
                "actor-not-allowed",
                "actor",
                format!("only a party itself records {}", info.name),
            )
            .but("the party signs and sends it with its own key")),
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
        self.check_party(act)
    }

    fn check_date(&self) -> Result<(), Refusal> {
        let (occurred_on, today) = (self.occurred_on(), self.today());
        if occurred_on <= today {
            return Ok(());
        }
        let reason = format!("{occurred_on} is in the future; it is {today} in Helsinki by the ledger's clock");
        Err(Refusal::new("date-in-future", "data.occurred_on", reason).but("record it once it has happened"))
    }

    fn check_invented(&self) -> Result<(), Refusal> {
        if !self.common.invented || self.registry.demonstration {
            return Ok(());
        }
        let reason = "this ledger is real: it holds no invented acts";
        Err(Refusal::new("invented-in-real-ledger", "data.invented", reason)
            .but("send invented acts to a demonstration ledger (`sinetti serve --demo`)"))
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
            return Err(Refusal::new("transcription-not-yours", *member, reason).but("leave it out"));
        }
        if party.is_some() && party_described.is_some() {
            let reason = "party and party_described exclude each other";
            return Err(Refusal::new("transcription-party", "data.party_described", reason)
                .but("name the party, or describe it where the source does not name it"));
        }
        match act.info().actors {
            Actors::PartyOrTranscribed if self.actor.is_registrar() => self.check_transcribed(),
            Actors::PartyOrTranscribed => Ok(()),
            Actors::PartyOrRegistrar if act.is_transcribable() => self.check_source(),
            _ if self.common.is_transcription() => {
                let reason = format!("{} is never transcribed", act.kind());
                Err(Refusal::new("transcription-not-possible", "data.party", reason))
            }
            _ => Ok(()),
        }
    }

    fn check_transcribed(&self) -> Result<(), Refusal> {
        if !self.common.is_transcription() {
            let reason = "the registrar records this only as a transcription of a party's act";
            return Err(Refusal::new("transcription-party", "data.party", reason)
                .but("say whose act it was in party, or in party_described where the source does not name it"));
        }
        self.check_source()
    }

    fn check_source(&self) -> Result<(), Refusal> {
        if !self.common.is_transcription() || self.common.source.is_some() {
            return Ok(());
        }
        Err(Refusal::new("transcription-source", "data.source", "a transcription says where it is from")
            .but("give the address or name of the public source"))
    }

    /// A party acts in an agreement when it has a seat and still exists.
    fn check_party(&self, act: &Act) -> Result<(), Refusal> {
        let Some(party) = self.party().filter(|_| act.info().stream == StreamKind::Agreement) else { return Ok(()) };
        let member = if self.actor.is_registrar() { "data.party" } else { "actor" };
        if self.agreement.opening().is_some() && !self.agreement.has_seat(party) {
            let reason = format!("{party} is not on this agreement's roster");
            return Err(Refusal::new("actor-not-on-roster", member, reason)
                .but("the parties are in version 1 of the agreement; others can't decide on it or sign it"));
        }
        match self.registry.ended(party, self.occurred_on()) {
            None => Ok(()),
            Some(succession) => {
                let reason = format!("{party} ended on {}, by version {} of the registry", succession.occurred_on, succession.version);
                Err(Refusal::new("party-ended", member, reason).but("only what it did before can be recorded of it"))
            }
        }
    }
}

fn check_stream(event: &Event) -> Result<(), Refusal> {
    let registry = event.payload.agreement.is_registry();
    let wanted = event.act.info().stream;
    if registry == (wanted == StreamKind::Registry) {
        return Ok(());
    }
    let place = if registry { "the stream of its agreement" } else { "the stream `registry`" };
    Err(Refusal::new("wrong-stream", "agreement", format!("{} does not belong here", event.act.kind()))
        .but(format!("send it to {place}")))
}

/// An agreement begins with its opening and has one.
fn check_opened(agreement: &Agreement, event: &Event) -> Result<(), Refusal> {
    if event.payload.agreement.is_registry() {
        return Ok(());
    }
    let opens = matches!(event.act, Act::AgreementOpened(_));
    match (opens, agreement.version) {
        (true, 0) => Ok(()),
        (false, 0) => Err(Refusal::new("agreement-not-open", "agreement", "no such agreement is open in this ledger")
            .but("check its id; the registrar opens agreements with agreement_opened")),
        (true, _) => Err(Refusal::new("agreement-open-already", "type", "this agreement is open already")
            .but("correct its opening with record_corrected, or open another agreement under another id")),
        (false, _) => Ok(()),
    }
}

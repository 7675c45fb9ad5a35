//! `entry_into_force_determined`: the registrar's signed statement that the agreement is in force.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args, optional};
use super::line::Line;
use super::rules::EntryIntoForce;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::agreement::Entry;
use crate::amendments::{self, Amended};
use crate::case::Case;
use crate::force::{self, Force, Standing};
use crate::periods;
use crate::refusal::Refusal;

/// States from when the agreement is in force; by the registrar, refused unless the agreement's
/// own conditions hold at this place in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryIntoForceDetermined {
    /// Where the parties agreed on a date later than the last required act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_later: Option<AgreedLater>,
    /// Version of the `amendment_proposed` that it is about; the agreement itself when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<u64>,
    /// The first day in force.
    pub in_force_from: Date,
    /// Under a bilateral rule: the party with which the hub's agreement is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_party: Option<PartyId>,
}

/// An agreed later date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreedLater {
    /// Where the date was agreed.
    pub source: Line,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "entry_into_force_determined",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "States from when the agreement is in force.",
    args: &["amendment", "from", "with"],
    schema: with_common::<EntryIntoForceDetermined>,
};

impl ActType for EntryIntoForceDetermined {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("amendment", optional(self.amendment.as_ref())),
            ("from", self.in_force_from.to_string()),
            ("with", optional(self.with_party.as_ref())),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.amendment.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/amendment", "/invented"]
    }
}

fn decide(act: &EntryIntoForceDetermined, case: &Case<'_>) -> Result<(), Refusal> {
    if let Some((entry, end)) =
        periods::end(case.agreement, case.today()).filter(|it| it.1.last_day < act.in_force_from)
    {
        let reason = format!("by record {} the agreement's last day is {}", entry.version, end.last_day);
        return Err(Refusal::new("agreement-ended", "data.in_force_from", reason, "nothing begins after it"));
    }
    let Some(force) = Force::of(case.agreement, case.occurred_on()) else { return Ok(()) };
    match act.amendment {
        Some(version) => check_amendment(act, version, &force, case),
        None => check_whole(act, &force, case),
    }
}

/// The agreement itself, under a bilateral rule of one pair.
fn check_whole(act: &EntryIntoForceDetermined, force: &Force<'_>, case: &Case<'_>) -> Result<(), Refusal> {
    check_pair(act, force.rule, case)?;
    let standing = act.with_party.as_ref().map(|party| force.standing(party));
    let earlier = match standing {
        Some(standing) => standing.and_then(|standing| force.pair_determination(standing)),
        None => force::determination(case.agreement, None),
    };
    if let Some((entry, _)) = earlier {
        return Err(determined_already(entry));
    }
    let met = match &act.with_party {
        Some(party) => force.pair_met_since(party),
        None => force.met_since(),
    };
    match met {
        Some(met) => check_date(act, met),
        None => Err(not_met(act, force.rule, &force.standings)),
    }
}

/// An amendment, as a whole: by its own rule, among the parties that the agreement has by then.
fn check_amendment(
    act: &EntryIntoForceDetermined,
    version: u64,
    force: &Force<'_>,
    case: &Case<'_>,
) -> Result<(), Refusal> {
    if act.with_party.is_some() {
        let reason = "an amendment is determined as a whole; whom it binds follows from who accepted it";
        return Err(Refusal::new("determination-party", "data.with_party", reason, "leave it out"));
    }
    let entry = case.of_kind(version, "amendment_proposed", "data.amendment")?;
    case.check_after(entry)?;
    let Some(amended) = amendments::amendment(force, version) else { return Ok(()) };
    if let Some((entry, _)) = amended.determination {
        return Err(determined_already(entry));
    }
    match amended.met_since {
        Some(met) => check_date(act, met),
        None => Err(amendment_not_met(&amended, force)),
    }
}

fn determined_already(entry: &Entry) -> Refusal {
    let reason = format!("record {} determines it already", entry.version);
    Refusal::new("determined-already", "data", reason, "correct or retract that record first")
}

/// Names who has not accepted the amendment, and what is missing.
fn amendment_not_met(amended: &Amended<'_>, force: &Force<'_>) -> Refusal {
    let reason = match force.start() {
        None => "the agreement itself is not in force, so that nothing amends it".to_owned(),
        Some(_) => {
            let asked: Vec<&Standing<'_>> = amended.asked(force).collect();
            let lacking: Vec<String> = asked.iter().filter_map(|standing| standing.lacks(force.rule)).collect();
            let (accepted, rule) = (asked.len() - lacking.len(), amended.act.rule.as_str());
            let missing = lacking.join(", ");
            format!("{accepted} of {} have accepted, not enough for {rule}; missing: {missing}", asked.len())
        }
    };
    Refusal::new("conditions-not-met", "data", reason, "determine it once its rule is met")
}

/// A bilateral rule is determined pair by pair, any other as a whole.
fn check_pair(act: &EntryIntoForceDetermined, rule: &EntryIntoForce, case: &Case<'_>) -> Result<(), Refusal> {
    let member = "data.with_party";
    match (rule, &act.with_party) {
        (EntryIntoForce::EachWhenApprovedAndSigned { hub }, Some(party)) => {
            if party != hub && case.agreement.has_seat(party) {
                return Ok(());
            }
            Err(Refusal::new(
                "determination-party",
                member,
                format!("{party} is not one of those that agree with {hub}"),
                "name a party of the roster other than the hub",
            ))
        }
        (EntryIntoForce::EachWhenApprovedAndSigned { hub }, None) => Err(Refusal::new(
            "determination-party",
            member,
            format!("the agreement is in force pair by pair, with {hub}"),
            "name the party",
        )),
        (_, Some(_)) => Err(Refusal::new(
            "determination-party",
            member,
            "the agreement enters into force for all at once",
            "leave it out",
        )),
        (_, None) => Ok(()),
    }
}

/// The computed date, or a later one that was agreed.
fn check_date(act: &EntryIntoForceDetermined, met: Date) -> Result<(), Refusal> {
    let accepted =
        format!("{met}, the latest legal date of the required acts; a later one only with agreed_later and its source");
    let good = if act.agreed_later.is_some() { act.in_force_from > met } else { act.in_force_from == met };
    if good {
        return Ok(());
    }
    let reason = format!("{} is not when the conditions were met", act.in_force_from);
    Err(Refusal::new("in-force-date", "data.in_force_from", reason, accepted))
}

/// Names who is missing, and what.
fn not_met(act: &EntryIntoForceDetermined, rule: &EntryIntoForce, standings: &[Standing<'_>]) -> Refusal {
    let concerns = |standing: &&Standing<'_>| match (rule, &act.with_party) {
        (EntryIntoForce::EachWhenApprovedAndSigned { hub }, Some(party)) => {
            standing.seat.party == *hub || standing.seat.party == *party
        }
        _ => true,
    };
    let named: Vec<String> = standings.iter().filter(concerns).filter_map(|standing| standing.lacks(rule)).collect();
    Refusal::new(
        "conditions-not-met",
        "data",
        format!("the conditions of entry into force don't hold; missing: {}", named.join(", ")),
        "determine it once nothing is missing",
    )
}

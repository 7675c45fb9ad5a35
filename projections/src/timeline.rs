//! The trail of one agreement, one line a record. Words are the reader's: a line names a
//! message and its arguments, and pages and the command line put it into a language.

use std::collections::BTreeMap;

use serde::Serialize;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::{Date, Instant};

use crate::acts::act_type::Args;
use crate::acts::line::Words;
use crate::acts::{Act, StreamKind};
use crate::agreement::{Agreement, Entry};
use crate::registry::Registry;

/// One record of the trail.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Who spoke.
    pub actor: PartyId,
    /// What the message needs; codes as they stand in events.
    pub args: BTreeMap<&'static str, String>,
    /// Versions of the corrections that stand; `args` are as corrected.
    pub corrected_by: Vec<u64>,
    /// Version of the confirmation by the party whose act was transcribed.
    pub confirmed_by: Option<u64>,
    /// Whether it was made up for a demonstration.
    pub invented: bool,
    /// Event type.
    pub kind: &'static str,
    /// Names of what `args` name by slug, under the argument's name.
    pub labels: BTreeMap<&'static str, Words>,
    /// Message id: [`TypeInfo::message`] of its type.
    ///
    /// [`TypeInfo::message`]: crate::acts::TypeInfo::message
    pub message: String,
    /// When it happened.
    pub occurred_on: Option<Date>,
    /// Whose act it is; none for the registrar's own and for a party that the source does not name.
    pub party: Option<PartyId>,
    /// Whose act it is in words, where the source names no party.
    pub party_described: Option<String>,
    /// When the ledger recorded it.
    pub recorded_at: Instant,
    /// Version of the record that took it back.
    pub retracted_by: Option<u64>,
    /// Where the registrar has it from.
    pub source: Option<String>,
    /// Whether one of its keys may have been somebody else's.
    pub suspect: bool,
    /// Whether the registrar transcribed it from a public source.
    pub transcribed: bool,
    /// Place in the stream.
    pub version: u64,
}

/// All records in order, retracted ones included.
pub fn timeline(agreement: &Agreement, registry: &Registry) -> Vec<Line> {
    agreement.entries.values().filter_map(|entry| line(agreement, entry, registry)).collect()
}

/// None for acts of the registry stream, which no agreement holds.
fn line(agreement: &Agreement, entry: &Entry, registry: &Registry) -> Option<Line> {
    let act = entry.act.of_type();
    let info = Some(act.info()).filter(|info| info.stream == StreamKind::Agreement)?;
    let args = act.say();
    Some(Line {
        actor: entry.actor.clone(),
        labels: labels(agreement, &args),
        args,
        corrected_by: entry.corrected_by.clone(),
        confirmed_by: entry.confirmed_by,
        invented: entry.common.invented,
        kind: info.name,
        message: info.message(),
        occurred_on: entry.common.occurred_on,
        party: entry.party().cloned(),
        party_described: entry.common.party_described.as_ref().map(ToString::to_string),
        recorded_at: entry.recorded_at,
        retracted_by: entry.retracted_by,
        source: entry.common.source.as_ref().map(ToString::to_string),
        suspect: entry.is_suspect(registry),
        transcribed: entry.is_transcription(),
        version: entry.version,
    })
}

/// Interface areas, forums and indicators go by their names.
fn labels(agreement: &Agreement, args: &Args) -> BTreeMap<&'static str, Words> {
    let name = |(argument, slug): (&&'static str, &String)| {
        let names = match *argument {
            "area" => area_names(agreement, slug),
            "forum" => forum_names(agreement, slug),
            "indicator" => indicator_names(agreement, slug, args.get("target")?.parse().ok()?),
            _ => None,
        };
        Some((*argument, names?.clone()))
    };
    args.iter().filter_map(name).collect()
}

fn area_names<'a>(agreement: &'a Agreement, slug: &str) -> Option<&'a Words> {
    let opened = agreement.opening().into_iter().flat_map(|opened| &opened.interface_areas);
    let defined = agreement.of_kind("area_defined").filter_map(|entry| match &entry.act {
        Act::AreaDefined(act) => Some(&act.area),
        _ => None,
    });
    opened.chain(defined).find(|area| area.id.as_str() == slug).map(|area| &area.names)
}

fn forum_names<'a>(agreement: &'a Agreement, slug: &str) -> Option<&'a Words> {
    let opened = agreement.opening().into_iter().flat_map(|opened| &opened.forums);
    let established = agreement.of_kind("forum_established").filter_map(|entry| match &entry.act {
        Act::ForumEstablished(act) => Some(&act.forum),
        _ => None,
    });
    opened.chain(established).find(|forum| forum.id.as_str() == slug).map(|forum| &forum.names)
}

fn indicator_names<'a>(agreement: &'a Agreement, slug: &str, goal: u64) -> Option<&'a Words> {
    match &agreement.entries.get(&goal)?.act {
        Act::GoalSet(act) => act.indicators.iter().find(|it| it.id.as_str() == slug).map(|it| &it.names),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::acts::TYPES;
    use crate::given::{World, approval, signature, with};

    /// Everything that can be said in an agreement, once.
    fn world() -> World {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01");
        let board = json!({"kind": "board", "name": "aluehallitus"});
        world.given(
            "registrar",
            "draft_presented",
            json!({"occurred_on": "2023-02-14", "to": {"kind": "forum", "name": "johtoryhmä"}}),
        );
        world.given(
            "registrar",
            "comment_round_opened",
            json!({"deadline": "2023-03-01", "occurred_on": "2023-02-14"}),
        );
        let decision = with(approval("2023-02-20"), json!({"minutes": "unconfirmed", "case_number": "3635/2023"}));
        let decision = world.given("p1", "decision_recorded", decision);
        let of = |more: serde_json::Value| with(json!({"decision": decision, "occurred_on": "2023-03-13"}), more);
        world.given("p1", "minutes_confirmed", of(json!({})));
        world.given("p1", "minutes_reinspected", of(json!({"organ": board, "section": "58"})));
        world.given("p1", "decision_challenged", of(json!({"kind": "take_up"})));
        world.given("p1", "challenge_resolved", of(json!({"by": "aluehallitus", "outcome": "upheld"})));
        let mandate = json!({"minor_technical_changes": false, "occurred_on": "2023-02-20", "required": {"kind": "any"}, "roles": ["a", "b"]});
        world.given("p1", "signing_mandate_recorded", mandate);
        world.given("p1", "text_signed", signature("a", "2023-05-08"));
        let source = json!({"party": "p2", "source": "https://example.fi"});
        let transcribed = world.given("registrar", "decision_recorded", with(approval("2023-05-08"), source));
        world.given("p2", "record_confirmed", json!({"occurred_on": "2023-06-01", "version": transcribed}));
        let changes = json!([{"field": "/section", "old": "21", "new": "22"}]);
        world.given(
            "p1",
            "record_corrected",
            json!({"changes": changes, "occurred_on": "2023-06-01", "version": decision}),
        );
        let wrong = world.given("p2", "text_signed", signature("b", "2023-05-08"));
        world.given("p2", "record_retracted", json!({"occurred_on": "2023-06-01", "version": wrong}));
        world.given("p2", "text_signed", signature("a", "2023-05-08"));
        world.given(
            "registrar",
            "entry_into_force_determined",
            json!({"in_force_from": "2023-05-08", "occurred_on": "2023-06-01"}),
        );
        world
    }

    #[test]
    fn a_line_has_all_the_arguments_of_its_message() {
        let world = world();
        let lines = timeline(&world.agreement, &world.registry);
        assert_eq!(lines.len() as u64, world.agreement.version);
        for line in &lines {
            let info = TYPES.iter().find(|info| info.name == line.kind).unwrap();
            assert_eq!(line.args.keys().copied().collect::<Vec<_>>(), info.args, "{}", line.message);
        }
    }

    #[test]
    fn a_line_says_what_became_of_its_record() {
        let world = world();
        let lines = timeline(&world.agreement, &world.registry);
        let by_kind = |kind: &str| lines.iter().find(|line| line.kind == kind).unwrap();
        let decision = by_kind("decision_recorded");
        assert_eq!((decision.args["section"].as_str(), decision.corrected_by.len()), ("22", 1));
        let transcribed = lines.iter().find(|line| line.transcribed).unwrap();
        assert_eq!((transcribed.actor.as_str(), transcribed.party.as_ref().unwrap().as_str()), ("registrar", "p2"));
        assert!(transcribed.confirmed_by.is_some());
        assert_eq!(transcribed.source.as_deref(), Some("https://example.fi"));
        let retracted: Vec<&str> =
            lines.iter().filter(|line| line.retracted_by.is_some()).map(|line| line.kind).collect();
        assert_eq!(retracted, ["text_signed"]);
    }
}

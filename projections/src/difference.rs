//! What changed between two states of one agreement: for "what changed since I last looked", and
//! between any two moments, known or in force.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

use crate::annex_parts::PartState;
use crate::duties::Duty;
use crate::status::{Amendment, Annex, AnnexParty, Dispute, Row, Status};

/// One thing that is otherwise after than before. Codes and dates as they stand in answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What it is after; none where there is nothing.
    pub after: Option<String>,
    /// What it was before; none where there was nothing.
    pub before: Option<String>,
    /// What.
    pub code: DifferenceCode,
    /// Whose; none for what is the whole agreement's.
    pub party: Option<PartyId>,
    /// The text, amendment, annex or record that it is about, by version.
    pub version: Option<u64>,
}

/// What can be otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceCode {
    /// An amendment, by what it is: proposed, or in force since a day.
    Amendment,
    /// How many have accepted an amendment.
    AmendmentAccepted,
    /// How many parties an amendment binds.
    AmendmentBound,
    /// An annex that parties can join.
    Annex,
    /// How far a party has come with an annex.
    AnnexPart,
    /// How many have approved the current text.
    Approved,
    /// Since when a party has approved it.
    ApprovedOn,
    /// How many are bound.
    Bound,
    /// A reason why what counts is contested.
    Contested,
    /// The text that is to be approved.
    CurrentText,
    /// Why a party's shown decision does not count; `counted` when it does.
    Decision,
    /// The registrar's determination.
    Determined,
    /// A dispute: open or resolved.
    Dispute,
    /// A duty by law, by its state.
    Duty,
    /// The last day in force, where the agreement ends.
    Ending,
    /// Whether the agreement is in force.
    InForce,
    /// Since when.
    InForceSince,
    /// A pair between which a bilateral agreement is in force.
    Pair,
    /// How many seats the roster has.
    PartiesTotal,
    /// A seat of the roster.
    Seat,
    /// How many have signed the current text.
    Signed,
    /// Since when a party has signed it.
    SignedOn,
    /// How far a party's joint signature has come.
    Signatures,
    /// A deposited text.
    Text,
}

/// All that is otherwise in `after` than in `before`, of the whole agreement first.
pub fn differences(before: &Status, after: &Status) -> Vec<Difference> {
    let mut found = whole(before, after);
    found.extend(keyed(DifferenceCode::Pair, before, after, |status| {
        status.in_force_pairs.iter().map(|pair| (Key::of_party(&pair.party), pair.since.to_string())).collect()
    }));
    found.extend(keyed(DifferenceCode::Contested, before, after, contests));
    found.extend(keyed(DifferenceCode::Text, before, after, |status| {
        status.texts.iter().map(|text| (Key::of_version(text.version), text.role.as_str().to_owned())).collect()
    }));
    found.extend(amendments(before, after));
    found.extend(keyed(DifferenceCode::Dispute, before, after, |status| {
        let state = |it: &Dispute| if it.open { "open" } else { "resolved" };
        status.disputes.iter().map(|it| (Key::of_version(it.view.version), state(it).to_owned())).collect()
    }));
    found.extend(keyed(DifferenceCode::Annex, before, after, |status| {
        status.annexes.iter().map(|annex| (Key::of_version(annex.version), annex.form.as_str().to_owned())).collect()
    }));
    found.extend(keyed(DifferenceCode::Duty, before, after, |status| {
        let state = |it: &Duty| format!("{} {} until {}", it.kind.as_str(), it.state.as_str(), it.due_on);
        let version = |it: &Duty| it.done_by.last().copied();
        let key = |it: &Duty| Key { party: None, version: version(it), code: it.kind.as_str() };
        status.duties.iter().filter(|it| !it.done_by.is_empty()).map(|it| (key(it), state(it))).collect()
    }));
    found.extend(keyed(DifferenceCode::AnnexPart, before, after, annex_parts));
    found.extend(seats(before, after));
    found
}

impl DifferenceCode {
    /// All of them.
    pub const ALL: &[DifferenceCode] = &[
        DifferenceCode::Amendment,
        DifferenceCode::AmendmentAccepted,
        DifferenceCode::AmendmentBound,
        DifferenceCode::Annex,
        DifferenceCode::AnnexPart,
        DifferenceCode::Approved,
        DifferenceCode::ApprovedOn,
        DifferenceCode::Bound,
        DifferenceCode::Contested,
        DifferenceCode::CurrentText,
        DifferenceCode::Decision,
        DifferenceCode::Determined,
        DifferenceCode::Dispute,
        DifferenceCode::Duty,
        DifferenceCode::Ending,
        DifferenceCode::InForce,
        DifferenceCode::InForceSince,
        DifferenceCode::Pair,
        DifferenceCode::PartiesTotal,
        DifferenceCode::Seat,
        DifferenceCode::Signatures,
        DifferenceCode::Signed,
        DifferenceCode::SignedOn,
        DifferenceCode::Text,
    ];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            DifferenceCode::Amendment => "amendment",
            DifferenceCode::AmendmentAccepted => "amendment_accepted",
            DifferenceCode::AmendmentBound => "amendment_bound",
            DifferenceCode::Annex => "annex",
            DifferenceCode::AnnexPart => "annex_part",
            DifferenceCode::Approved => "approved",
            DifferenceCode::ApprovedOn => "approved_on",
            DifferenceCode::Bound => "bound",
            DifferenceCode::Contested => "contested",
            DifferenceCode::CurrentText => "current_text",
            DifferenceCode::Decision => "decision",
            DifferenceCode::Determined => "determined",
            DifferenceCode::Dispute => "dispute",
            DifferenceCode::Duty => "duty",
            DifferenceCode::Ending => "ending",
            DifferenceCode::InForce => "in_force",
            DifferenceCode::InForceSince => "in_force_since",
            DifferenceCode::Pair => "pair",
            DifferenceCode::PartiesTotal => "parties_total",
            DifferenceCode::Seat => "seat",
            DifferenceCode::Signatures => "signatures",
            DifferenceCode::Signed => "signed",
            DifferenceCode::SignedOn => "signed_on",
            DifferenceCode::Text => "text",
        }
    }
}

/// What is compared, and how it is read off a `T`.
type Column<T> = (DifferenceCode, fn(&T) -> Option<String>);

/// What a list's items are told apart by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    party: Option<PartyId>,
    version: Option<u64>,
    code: &'static str,
}

impl Key {
    fn of_party(party: &PartyId) -> Key {
        Key { party: Some(party.clone()), version: None, code: "" }
    }

    fn of_version(version: u64) -> Key {
        Key { party: None, version: Some(version), code: "" }
    }
}

/// What stands once in a state.
fn whole(before: &Status, after: &Status) -> Vec<Difference> {
    use DifferenceCode as Code;
    let count = |number: u64| Some(number.to_string());
    let singles: [Column<Status>; 5] = [
        (Code::InForce, |status| Some(status.in_force.to_string())),
        (Code::InForceSince, |status| status.in_force_since.map(|date| date.to_string())),
        (Code::Determined, |status| Some(status.determined.to_string())),
        (Code::Ending, |status| status.ending.as_ref().map(|ending| ending.last_day.to_string())),
        (Code::CurrentText, |status| status.current_text.map(|version| version.to_string())),
    ];
    let counts = [
        (Code::PartiesTotal, count(before.parties_total), count(after.parties_total)),
        (Code::Approved, count(before.approved), count(after.approved)),
        (Code::Signed, count(before.signed), count(after.signed)),
        (Code::Bound, count(before.bound), count(after.bound)),
    ];
    let singles = singles.into_iter().map(|(code, of)| (code, of(before), of(after)));
    let all = singles.chain(counts).filter(|(_, before, after)| before != after);
    all.map(|(code, before, after)| Difference { after, before, code, party: None, version: None }).collect()
}

fn contests(status: &Status) -> BTreeMap<Key, String> {
    let contest = |it: &crate::status::Contest| {
        let key = Key { party: it.party.clone(), version: it.version, code: it.code.as_str() };
        (key, it.code.as_str().to_owned())
    };
    status.contested_why.iter().map(contest).collect()
}

/// Each amendment: whether and since when it is in force, how many have accepted it, whom it binds.
fn amendments(before: &Status, after: &Status) -> Vec<Difference> {
    let columns: [Column<Amendment>; 3] = [
        (DifferenceCode::Amendment, |it| {
            it.in_force_since.map_or(Some("proposed".to_owned()), |it| Some(it.to_string()))
        }),
        (DifferenceCode::AmendmentAccepted, |it| Some(it.accepted.to_string())),
        (DifferenceCode::AmendmentBound, |it| Some(it.bound.len().to_string())),
    ];
    let column = |(code, of): Column<Amendment>| {
        let values = |status: &Status| {
            let cells = status.amendments.iter().filter_map(|it| Some((Key::of_version(it.version), of(it)?)));
            cells.collect::<BTreeMap<Key, String>>()
        };
        keyed(code, before, after, values)
    };
    columns.into_iter().flat_map(column).collect()
}

/// Every pair of annex and party in which something has been done.
fn annex_parts(status: &Status) -> BTreeMap<Key, String> {
    let parts = status.annexes.iter().flat_map(|annex| annex.parties.iter().map(move |part| (annex, part)));
    let done = parts.filter(|(_, part)| !matches!(part.state, PartState::NotEligible | PartState::NotJoined));
    let part = |(annex, part): (&Annex, &AnnexParty)| {
        let key = Key { party: Some(part.party.clone()), version: Some(annex.version), code: "" };
        (key, part.state.as_str().to_owned())
    };
    done.map(part).collect()
}

/// What was added to, taken from or changed in a list.
fn keyed(
    code: DifferenceCode,
    before: &Status,
    after: &Status,
    of: impl Fn(&Status) -> BTreeMap<Key, String>,
) -> Vec<Difference> {
    let (before, after) = (of(before), of(after));
    let mut keys: Vec<&Key> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    let changed = keys.into_iter().filter(|key| before.get(key) != after.get(key));
    let difference = |key: &Key| Difference {
        after: after.get(key).cloned(),
        before: before.get(key).cloned(),
        code,
        party: key.party.clone(),
        version: key.version,
    };
    changed.map(difference).collect()
}

/// Seat by seat: its approval, its signatures, what its decision is worth.
fn seats(before: &Status, after: &Status) -> Vec<Difference> {
    use DifferenceCode as Code;
    let columns: [Column<Row>; 5] = [
        (Code::Seat, |row| Some(row.number.to_string())),
        (Code::Decision, worth),
        (Code::ApprovedOn, |row| row.approved_on.map(|date| date.to_string())),
        (Code::Signatures, |row| Some(row.signatures.clone())),
        (Code::SignedOn, |row| row.signed_on.map(|date| date.to_string())),
    ];
    let column = |(code, of): Column<Row>| {
        let values = |status: &Status| {
            let cells = status.parties.iter().filter_map(|row| Some((Key::of_party(&row.party), of(row)?)));
            cells.collect::<BTreeMap<Key, String>>()
        };
        keyed(code, before, after, values)
    };
    columns.into_iter().flat_map(column).collect()
}

/// What the shown decision is worth.
fn worth(row: &Row) -> Option<String> {
    let decision = row.decision.as_ref()?;
    Some(decision.why_not.map_or("counted", |why| why.as_str()).to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::given::{World, approval, with};

    fn told(before: &World, after: &World) -> Vec<String> {
        let all = differences(&before.now(), &after.now());
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".into());
        let line = |it: &Difference| {
            let party = it.party.as_ref().map_or(String::new(), |party| format!("{party} "));
            format!("{party}{} {}→{}", it.code.as_str(), side(&it.before), side(&it.after))
        };
        all.iter().map(line).collect()
    }

    #[test]
    fn given_the_same_state_twice_then_nothing_changed() {
        let mut world = World::of_parties(2);
        world.complete([1], "2023-02-14");
        assert_eq!(told(&world, &world), Vec::<String>::new());
    }

    #[test]
    fn given_a_signature_when_it_is_the_last_then_the_count_the_seat_and_the_force_changed() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").complete([1], "2023-05-08");
        world.approve("p2", "2023-05-09");
        let before = world.clone();
        world.sign("p2", "2023-05-10");
        assert_eq!(
            told(&before, &world),
            [
                "in_force false→true",
                "in_force_since -→2023-05-10",
                "signed 1→2",
                "bound 0→2",
                "p2 signatures 0/1→1/1",
                "p2 signed_on -→2023-05-10",
            ]
        );
    }

    #[test]
    fn given_a_rejection_after_the_determination_then_it_is_told_who_contests_what() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").complete([1, 2], "2023-05-08");
        let determined = json!({"in_force_from": "2023-05-08", "occurred_on": "2023-06-01"});
        world.given("registrar", "entry_into_force_determined", determined);
        let before = world.clone();
        let rejected = with(approval("2023-05-20"), json!({"effect": "reject", "section": "30"}));
        world.given("p1", "decision_recorded", rejected);
        let told = told(&before, &world);
        assert!(told.contains(&"p1 contested -→approval_fallen".to_owned()), "{told:?}");
        assert!(told.contains(&"approved 2→1".to_owned()), "{told:?}");
    }

    #[test]
    fn codes_are_what_serde_writes() {
        for code in DifferenceCode::ALL {
            assert_eq!(json!(code), json!(code.as_str()));
        }
    }
}

//! `comment_round_opened`: parties are asked to comment on a draft by a date.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::{Case, check_named_once};
use crate::refusal::Refusal;

/// Opens a round of comments. A later comment is accepted and marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentRoundOpened {
    /// Last day. It is contractual: a Sunday stays a Sunday.
    pub deadline: Date,
    /// Who is asked; everybody on the roster when left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invited: Vec<PartyId>,
    /// The text, where it is deposited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "comment_round_opened",
    stream: StreamKind::Agreement,
    actors: Actors::Any,
    summary: "Parties are asked to comment on a draft by a date.",
    args: &["deadline"],
    schema: with_common::<CommentRoundOpened>,
};

impl ActType for CommentRoundOpened {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("deadline", self.deadline.to_string())])
    }

    fn names(&self) -> Vec<Subject> {
        self.subject.into_iter().collect()
    }
}

fn decide(act: &CommentRoundOpened, case: &Case<'_>) -> Result<(), Refusal> {
    if act.deadline < case.occurred_on() {
        let reason = format!("the deadline {} is before the round opens on {}", act.deadline, case.occurred_on());
        let accepted = format!("{} or later", case.occurred_on());
        return Err(Refusal::new("deadline-before-opening", "data.deadline", reason, accepted));
    }
    check_named_once(&act.invited, "data.invited")?;
    if let Some(party) = act.invited.iter().find(|party| !case.agreement.has_seat(party)) {
        let reason = format!("{party} is not on this agreement's roster");
        return Err(Refusal::new("actor-not-on-roster", "data.invited", reason, "invite parties of the roster"));
    }
    act.subject.as_ref().map_or(Ok(()), |subject| case.check_subject(subject, "data.subject"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::{World, with};

    #[test]
    fn given_a_roster_when_a_round_opens_then_only_its_parties_are_invited() {
        let mut world = World::of_parties(2);
        let round = json!({"deadline": "2023-10-15", "occurred_on": "2023-02-14"});
        for (change, slug) in [
            (json!({"deadline": "2023-02-13"}), "deadline-before-opening"),
            (json!({"invited": ["p1", "p1"]}), "named-twice"),
            (json!({"invited": ["p9"]}), "actor-not-on-roster"),
            (json!({"subject": {"deposit": 9}}), "record-unknown"),
        ] {
            assert_eq!(world.slug("registrar", "comment_round_opened", with(round.clone(), change)), slug);
        }
        world.given("p1", "comment_round_opened", with(round, json!({"invited": ["p2"], "deadline": "2023-02-14"})));
    }
}

//! An agreement's state in the short form that a signed statement gives.

use sinetti_events::format::statement::{Missing, Pair, State};

use crate::status::Status;

/// What a statement says of `status`.
///
/// A number in a statement means what it means in the status: see there.
pub fn stated(status: &Status) -> State {
    let missing = |missing: &crate::status::Missing| Missing {
        approval: missing.approval,
        party: missing.party.clone(),
        signature: missing.signature,
    };
    let pair = |pair: &crate::status::Pair| Pair {
        contested: pair.contested,
        hub: pair.hub.clone(),
        party: pair.party.clone(),
        since: pair.since,
    };
    State {
        approved: status.approved,
        bound: status.bound,
        contested: status.contested,
        demonstration: status.demonstration,
        determined: status.determined,
        in_force: status.in_force,
        in_force_pairs: status.in_force_pairs.iter().map(pair).collect(),
        in_force_since: status.in_force_since,
        invented: status.invented,
        missing: status.missing.iter().map(missing).collect(),
        parties_total: status.parties_total,
        signed: status.signed,
        texts: status.texts.iter().filter(|text| text.current).filter_map(|text| text.digest).collect(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::given::{World, text_a};

    #[test]
    fn a_statement_says_what_the_status_says() {
        let mut world = World::of_parties(2);
        world.approve("p1", "2023-02-14");
        world.sign("p1", "2023-02-14");
        let state = stated(&world.now());
        assert_eq!((state.approved, state.signed, state.parties_total, state.in_force), (1, 1, 2, false));
        let missing: Vec<_> = state.missing.iter().map(|m| (m.party.as_str(), m.approval, m.signature)).collect();
        assert_eq!(missing, [("p2", true, true)]);
        assert_eq!(state.texts, [text_a().parse().unwrap()]);
        world.approve("p2", "2023-02-14");
        world.sign("p2", "2023-02-14");
        let state = stated(&world.now());
        assert!(state.in_force && state.missing.is_empty());
        assert_eq!(state.in_force_since.map(|date| date.to_string()).as_deref(), Some("2023-02-14"));
    }
}

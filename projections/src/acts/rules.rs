//! The rules that an agreement carries as data: when it is in force, how it is amended, how a
//! party leaves it, how long it lasts. Immutable but by amendment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::line::Line;

/// The agreement's own rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// How it is amended, where its text says so; else each amendment says by which rule it is proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<AmendmentRule>,
    /// Whether the text states the rule on entry into force or it is assumed.
    pub basis: Basis,
    /// When it is in force.
    pub entry_into_force: EntryIntoForce,
    /// Where the text states it, verbatim, or why it is assumed.
    pub source: Line,
    /// The notice of withdrawal, where its text sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<Notice>,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The registrar's reading of how the parties act.
    Assumed,
    /// The text itself says it.
    Stated,
}

/// When an agreement is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum EntryIntoForce {
    /// When all parties have approved; identical decisions, no signatures.
    AllApproved {},
    /// When all parties have approved and signed.
    AllApprovedAndSigned {},
    /// Between the hub and each party when both have approved and signed.
    EachWhenApprovedAndSigned {
        /// The party of the roster with which each of the others agrees.
        hub: PartyId,
    },
    /// When a share of the parties, and of their population where that is asked, has done it.
    Threshold {
        /// The share of the roster's seats.
        parties: Share,
        /// The share of the roster's population, by the figures in the roster.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        population: Option<Share>,
        /// Whether each of them must also have signed.
        signatures: bool,
    },
}

/// How an agreement is amended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AmendmentRule {
    /// It binds those who accept it, from when two have (VCLT 40(4)).
    BindsAccepting {},
    /// It binds all when a share of them has accepted it.
    Threshold {
        /// The share of the parties.
        parties: Share,
        /// The share of their population, by the figures in the roster.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        population: Option<Share>,
    },
    /// It binds all when all have accepted it.
    Unanimous {},
}

/// A share of a whole: at least `numerator`/`denominator` of it, or more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The lower number of the fraction, 1 to 1 000 000.
    pub denominator: u64,
    /// True when exactly the fraction is not enough; else left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more_than: bool,
    /// The upper number of the fraction, 0 to the denominator.
    pub numerator: u64,
}

/// The notice after which a withdrawal takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Whole months from the day of the notice.
    pub months: u64,
}

/// How long an agreement is made for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Term {
    /// To the end of a date.
    Fixed {
        /// Its last day.
        until: Date,
    },
    /// The sources don't say.
    Unknown {},
    /// Until further notice.
    UntilFurtherNotice {},
}

impl Share {
    /// Largest denominator: products with a population stay within 64 bits.
    pub const MAX_DENOMINATOR: u64 = 1_000_000;

    /// Whether it is a fraction between nothing and all, of which more than it can exist when that is asked.
    pub fn is_sound(self) -> bool {
        let fraction = (1..=Share::MAX_DENOMINATOR).contains(&self.denominator) && self.numerator <= self.denominator;
        fraction && (self.more_than || self.numerator > 0) && !(self.more_than && self.numerator == self.denominator)
    }

    /// Whether `part` of `whole` reaches it. Of nothing, nothing does.
    pub fn is_reached(self, part: u64, whole: u64) -> bool {
        let (left, right) =
            (u128::from(part) * u128::from(self.denominator), u128::from(whole) * u128::from(self.numerator));
        whole > 0 && if self.more_than { left > right } else { left >= right }
    }
}

impl EntryIntoForce {
    /// The name of its kind as it stands in events.
    pub fn as_str(&self) -> &'static str {
        match self {
            EntryIntoForce::AllApproved {} => "all_approved",
            EntryIntoForce::AllApprovedAndSigned {} => "all_approved_and_signed",
            EntryIntoForce::EachWhenApprovedAndSigned { .. } => "each_when_approved_and_signed",
            EntryIntoForce::Threshold { .. } => "threshold",
        }
    }

    /// Its shares, of parties and of population.
    pub fn shares(&self) -> (Option<Share>, Option<Share>) {
        match self {
            EntryIntoForce::Threshold { parties, population, .. } => (Some(*parties), *population),
            _ => (None, None),
        }
    }
}

impl AmendmentRule {
    /// Its shares, of parties and of population.
    pub fn shares(&self) -> (Option<Share>, Option<Share>) {
        match self {
            AmendmentRule::Threshold { parties, population } => (Some(*parties), *population),
            _ => (None, None),
        }
    }

    /// The name of its kind as it stands in events.
    pub fn as_str(&self) -> &'static str {
        match self {
            AmendmentRule::BindsAccepting {} => "binds_accepting",
            AmendmentRule::Threshold { .. } => "threshold",
            AmendmentRule::Unanimous {} => "unanimous",
        }
    }
}

impl Rules {
    /// Whether a rule counts people.
    pub fn counts_population(&self) -> bool {
        let amendment = self.amendment.as_ref().and_then(|rule| rule.shares().1);
        self.entry_into_force.shares().1.is_some() || amendment.is_some()
    }
}

impl Notice {
    /// Longest notice, a hundred years.
    pub const MAX_MONTHS: u64 = 1_200;

    /// Whether it is a notice that anybody could give.
    pub fn is_sound(self) -> bool {
        (1..=Notice::MAX_MONTHS).contains(&self.months)
    }
}

impl Basis {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Assumed => "assumed",
            Basis::Stated => "stated",
        }
    }
}

impl Term {
    /// Whether it has ended on `on`.
    pub fn is_over(&self, on: Date) -> bool {
        matches!(self, Term::Fixed { until } if *until < on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(numerator: u64, denominator: u64, more_than: bool) -> Share {
        Share { denominator, more_than, numerator }
    }

    #[test]
    fn two_thirds_of_25_are_17_and_more_than_half_of_24_are_13() {
        assert!(!share(2, 3, false).is_reached(16, 25) && share(2, 3, false).is_reached(17, 25));
        assert!(!share(1, 2, true).is_reached(12, 24) && share(1, 2, true).is_reached(13, 24));
        assert!(share(1, 1, false).is_reached(3, 3) && !share(1, 1, false).is_reached(0, 0));
        assert!(share(999_999, 1_000_000, false).is_reached(u64::MAX, u64::MAX));
    }

    #[test]
    fn a_share_that_nobody_or_everybody_always_reaches_is_not_sound() {
        for bad in [share(0, 2, false), share(3, 2, false), share(1, 0, false), share(2, 2, true)] {
            assert!(!bad.is_sound(), "{bad:?}");
        }
        assert!(share(0, 1, true).is_sound() && share(2, 3, false).is_sound());
    }
}

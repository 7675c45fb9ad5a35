//! Slugs by which an agreement's own things are named: interface areas, forums, goals, indicators, tasks.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

/// A slug, unique among things of its kind in one agreement, such as `health-promotion`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into)]
pub struct Slug(#[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{0,63}$"))] String);

/// Not a [`Slug`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: 1 to 64 of a-z, 0-9 and '-', beginning with a letter or digit")]
pub struct BadSlug;

impl Slug {
    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = BadSlug;

    fn try_from(text: String) -> Result<Slug, BadSlug> {
        // The same slugs as parties have.
        if text.parse::<PartyId>().is_ok() { Ok(Slug(text)) } else { Err(BadSlug) }
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

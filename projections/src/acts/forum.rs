//! Forums in which an agreement's parties meet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::line::Words;
use super::slug::Slug;

/// A forum of the agreement. It prepares and discusses, and never decides for a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forum {
    /// Who sits in it, as the text says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composition: Option<Words>,
    /// For how long it is meant, where the sources say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<ForumDuration>,
    /// How often it meets, as the text says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how_often: Option<Words>,
    /// Slug, unique within the agreement, of an ended forum too.
    pub id: Slug,
    /// What kind of people meet.
    pub kind: ForumKind,
    /// Its name.
    pub names: Words,
}

/// For how long a forum is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ForumDuration {
    /// Until it is ended.
    Permanent {},
    /// For a task, or to a date.
    Temporary {
        /// Its last day, where it is set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
}

/// What kind of people meet in a forum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ForumKind {
    /// Elected representatives and leading office holders together.
    Joint,
    /// Leading office holders.
    Management,
    /// The sources don't say.
    Other,
    /// Elected representatives.
    Political,
    /// Professionals of the services.
    Professional,
}

impl ForumKind {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            ForumKind::Joint => "joint",
            ForumKind::Management => "management",
            ForumKind::Other => "other",
            ForumKind::Political => "political",
            ForumKind::Professional => "professional",
        }
    }
}

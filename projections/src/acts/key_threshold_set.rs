//! `key_threshold_set`: its rules are all the keyring's.

use sinetti_events::keys::key_threshold_set::KeyThresholdSet;

use super::act_type::{ActType, Args};
use super::types::{Actors, StreamKind, TypeInfo, own};
use crate::case::Case;
use crate::refusal::Refusal;

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "key_threshold_set",
    stream: StreamKind::Registry,
    actors: Actors::PartyOrRegistrar,
    summary: "How many keys a party's key events need.",
    args: &[],
    schema: own::<KeyThresholdSet>,
};

impl ActType for KeyThresholdSet {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, _case: &Case<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    fn say(&self) -> Args {
        Args::new()
    }
}

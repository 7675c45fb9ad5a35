//! `key_revoked`: its rules are all the keyring's.

use sinetti_events::keys::key_revoked::KeyRevoked;

use super::act_type::{ActType, Args};
use super::types::{Actors, StreamKind, TypeInfo, own};
use crate::case::Case;
use crate::refusal::Refusal;

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "key_revoked",
    stream: StreamKind::Registry,
    actors: Actors::PartyOrRegistrar,
    summary: "A key stops speaking for a party.",
    args: &[],
    schema: own::<KeyRevoked>,
};

impl ActType for KeyRevoked {
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

//! `log_keys_changed`: its rules are all the keyring's.

use sinetti_events::keys::log_keys_changed::LogKeysChanged;

use super::act_type::{ActType, Args};
use super::types::{Actors, StreamKind, TypeInfo, own};
use crate::case::Case;
use crate::refusal::Refusal;

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "log_keys_changed",
    stream: StreamKind::Registry,
    actors: Actors::Registrar,
    summary: "The log's keys are changed.",
    args: &[],
    schema: own::<LogKeysChanged>,
};

impl ActType for LogKeysChanged {
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

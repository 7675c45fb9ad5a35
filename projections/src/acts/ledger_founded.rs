//! `ledger_founded`: its rules are all the keyring's.

use sinetti_events::keys::ledger_founded::LedgerFounded;

use super::act_type::{ActType, Args};
use super::types::{Actors, StreamKind, TypeInfo, own};
use crate::case::Case;
use crate::refusal::Refusal;

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "ledger_founded",
    stream: StreamKind::Registry,
    actors: Actors::Registrar,
    summary: "Record 0: the keys of the log and of the registrar.",
    args: &[],
    schema: own::<LedgerFounded>,
};

impl ActType for LedgerFounded {
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

//! Places where tests break the engine: each write can fail, or fail although it persisted.

#[cfg(test)]
use std::sync::{Arc, Mutex};

use crate::store::error::StoreError;

/// A write of one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Rows go into the transaction.
    Append,
    /// The transaction becomes durable.
    Commit,
    /// The anchor moves.
    Anchor,
    /// The checkpoint is stored.
    Checkpoint,
    /// The checkpoint is shown, receipts are answered.
    Publish,
}

/// Nothing ever fails here outside tests.
#[cfg(not(test))]
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(());

#[cfg(not(test))]
impl Faults {
    pub(crate) fn before(&self, _: Step) -> Result<(), StoreError> {
        Ok(())
    }

    pub(crate) fn after(&self, _: Step) -> Result<(), StoreError> {
        Ok(())
    }
}

/// The one step that is to fail.
#[cfg(test)]
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<Option<(Step, bool)>>>);

#[cfg(test)]
impl Faults {
    /// The next time, `step` fails; `persisted` says whether it was done nevertheless.
    pub(crate) fn arm(&self, step: Step, persisted: bool) {
        if let Ok(mut armed) = self.0.lock() {
            *armed = Some((step, persisted));
        }
    }

    pub(crate) fn before(&self, step: Step) -> Result<(), StoreError> {
        self.strike(step, false)
    }

    pub(crate) fn after(&self, step: Step) -> Result<(), StoreError> {
        self.strike(step, true)
    }

    fn strike(&self, step: Step, persisted: bool) -> Result<(), StoreError> {
        match self.0.lock() {
            Ok(mut armed) if *armed == Some((step, persisted)) => {
                *armed = None;
                Err(StoreError::Failed(format!("injected at {step:?}")))
            }
            _ => Ok(()),
        }
    }
}

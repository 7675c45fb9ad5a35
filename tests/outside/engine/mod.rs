//! The engine as a process: it can be killed at any moment.
#![allow(clippy::unwrap_used)]

mod kill;
mod witness_kill;

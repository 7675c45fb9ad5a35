//! The cases that a naive program gets wrong, by their number in the domain's list, as
//! given / when / then on pure functions.
#![allow(clippy::unwrap_used)]

mod amendments;
mod annex_properties;
mod annexes;
mod decisions;
mod duties;
mod force;
mod keys;
mod membership;
mod properties;
mod signing;
mod transcription;

//! The cases that a naive program gets wrong, by their number in the domain's list, as
//! given / when / then on pure functions.
#![allow(clippy::unwrap_used)]

mod amendments;
mod annex_properties;
mod annexes;
mod decisions;
mod drafting;
mod duties;
mod force;
mod keys;
mod lives;
mod membership;
mod properties;
mod rectified;
mod said;
mod settling;
mod signing;
mod transcription;

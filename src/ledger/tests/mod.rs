//! The engine from its own side: races, crashes, damage, restored backups.
#![allow(clippy::unwrap_used)]

mod crash;
mod disk;
mod large;
mod reading;
mod restore;
mod rotation;
mod submitting;
mod tamper;
mod world;

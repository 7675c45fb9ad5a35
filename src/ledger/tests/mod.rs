//! The engine from its own side: races, crashes, damage, restored backups.
#![allow(clippy::unwrap_used)]

mod crash;
mod disk;
mod large;
mod monitored;
mod reading;
mod restore;
mod rotation;
mod static_log;
mod submitting;
mod tamper;
mod tiles;
mod timestamped;
mod witnessed;
mod world;

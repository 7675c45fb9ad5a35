//! The program from outside.

mod api;
mod cli;
mod engine;
mod program;
mod seed;
mod show_it;
#[allow(clippy::unwrap_used, dead_code, reason = "shared with the tests of the library")]
#[path = "../authority/tsa.rs"]
mod tsa;

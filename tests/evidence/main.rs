//! Evidence bundles: an honest one, and one for every way in which somebody could have bent it.
//!
//! The files in `tests/vectors/bundle/` are shared by every verifier of this project, whatever language it
//! is written in. They are made by this program (`SINETTI_WRITE_VECTORS=1`) and committed; a run without
//! that variable proves that they are fresh and that each gets its verdict.
#![allow(clippy::unwrap_used, clippy::panic)]

mod assemble;
mod attacks;
#[allow(dead_code, reason = "shared with the vectors of whole ledgers")]
#[path = "../../projections/tests/vectors/builder.rs"]
mod builder;
mod file;
mod tamper;
#[allow(dead_code, reason = "shared with the tests of the library")]
#[path = "../authority/tsa.rs"]
mod tsa;
mod vectors;
mod world;

//! The auditor's replay: authenticity first, then every step's rules again.
//!
//! Trusts nobody: takes the bytes of every record from index 0 and one checkpoint, and reports
//! every defect, never only the first. Needs no database, network or clock.

pub mod accusation;
pub mod evidence;
mod finding;
mod judge;
mod quorum;
mod replay;
mod resume;

pub use finding::{Finding, Report, StreamReport, Verdict};
pub use quorum::{Quorum, WhosePolicy};
pub use replay::Replay;
pub use resume::{Asked, Past, Signed, Standing};

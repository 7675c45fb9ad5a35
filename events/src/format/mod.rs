//! Bytes to structs and back; bytes as received are kept.

pub mod disclosure;
pub mod envelope;
pub mod payload;
pub mod record;
pub mod statement;

//! Pages through their router, on a ledger of their own.

mod escaping;
mod sections;
mod shown;
pub(super) mod world;

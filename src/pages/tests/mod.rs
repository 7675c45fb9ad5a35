//! Pages through their router, on a ledger of their own.

mod escaping;
mod shown;
mod world;

//! Pages through their router, on a ledger of their own.

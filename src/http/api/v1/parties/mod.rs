//! `/api/v1/parties`.

pub mod show;

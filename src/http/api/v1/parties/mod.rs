//! `/api/v1/parties`.

pub mod feed;
pub mod show;

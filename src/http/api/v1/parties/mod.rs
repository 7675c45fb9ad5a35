//! `/api/v1/parties`.

pub mod calendar;
pub mod feed;
pub mod show;

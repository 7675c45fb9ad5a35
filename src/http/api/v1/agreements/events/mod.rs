//! `/api/v1/agreements/{agreement}/events`: the acts, with their exact bytes.

pub mod append;
pub mod item;
pub mod list;
pub mod proof;
pub mod show;

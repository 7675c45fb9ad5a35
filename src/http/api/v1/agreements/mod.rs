//! `/api/v1/agreements`.

pub mod changes;
pub mod events;
pub mod evidence;
pub mod list;
pub mod preview;
pub mod show;
pub mod state;
pub mod statement;
pub mod timeline;

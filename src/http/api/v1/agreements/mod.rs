//! `/api/v1/agreements`.

pub mod annex_chart;
pub mod badge;
pub mod changes;
pub mod events;
pub mod evidence;
pub mod feed;
pub mod list;
pub mod parties_csv;
pub mod picture;
pub mod preview;
pub mod show;
pub mod state;
pub mod statement;
pub mod stream;
pub mod timeline;

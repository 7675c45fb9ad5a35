//! The API from outside: modules mirror the URLs.
#![allow(clippy::unwrap_used)]

mod agreements;
mod annex_chart;
mod bad_input;
mod calendar;
mod damage;
mod documents;
mod events;
mod evidence;
mod following;
mod forged;
mod headers;
mod log;
mod parties;
mod preview;
mod previews;
mod schemas;
mod slow;
mod statement;
mod timeline;
mod world;

//! The service and the command line: what has effects.

pub mod author;
pub mod bench;
pub mod calendar;
pub mod cli;
pub mod client;
pub mod clock;
pub mod documents;
pub mod evidence;
pub mod http;
pub mod i18n;
pub mod keyfile;
pub mod ledger;
pub mod log_keys;
pub mod log_reader;
pub mod monitor;
pub mod objects;
pub mod pages;
pub mod public_url;
pub mod receipt;
pub mod seed;
pub mod static_log;
pub mod store;
pub mod timestamp;
pub mod token;
pub mod whole_file;
pub mod witness;

//! The service and the command line: what has effects.

pub mod author;
pub mod http;
pub mod i18n;
pub mod keyfile;

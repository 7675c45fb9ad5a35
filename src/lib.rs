//! The service: what has effects.

pub mod http;

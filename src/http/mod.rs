//! HTTP: the API under `/api/v1`, the log's tiles, and the pages.

pub mod server;

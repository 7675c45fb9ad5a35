//! The program from outside.

mod api;
mod engine;

//! The program from outside.

mod api;
mod cli;
mod engine;
mod program;
mod seed;
mod show_it;

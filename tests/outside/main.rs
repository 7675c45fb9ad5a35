//! The program from outside.

mod api;

//! The command line: its help, its errors and exit codes, and each command that needs no server.

#![allow(clippy::unwrap_used)]

mod audit;
mod awaits;
mod completions;
mod document;
mod draft;
mod erase;
mod exits;
mod export;
mod export_tiles;
mod help;
mod import;
mod key;
mod man;
mod openssl;
mod pkcs11;
mod serve;
mod sign;
mod statement;
mod submit;
mod terminal;
mod timestamp;
mod verify;
mod witness;

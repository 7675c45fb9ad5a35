//! The command line: its help, its errors and exit codes, and each command that needs no server.

mod draft;
mod exits;
mod help;
mod key;
mod openssl;
mod sign;

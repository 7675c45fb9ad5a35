//! The engine as a process: it can be killed at any moment.

mod kill;

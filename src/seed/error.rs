//! What can go wrong at founding.

use std::path::PathBuf;

use crate::documents::DocumentError;

/// Founding stopped; what was recorded stays, and the next start goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A file that the product ships doesn't fit its type: the program itself is wrong.
    #[error("the program's own data file {file} is wrong: {reason}. Report it to who gave you this program")]
    Data {
        /// Its path within `src/seed/data`.
        file: String,
        /// What is wrong, where.
        reason: String,
    },
    /// The program's own data breaks a rule of the ledger: the program itself is wrong.
    #[error("the program's own event {step} can't be written: {reason}. Report it to who gave you this program")]
    Step {
        /// Name of the step.
        step: String,
        /// What the ledger said.
        reason: String,
    },
    /// The ledger took no writes.
    #[error("founding stopped at {step}: {reason}. Mend that and start again: founding goes on where it stopped")]
    Ledger {
        /// Name of the step.
        step: String,
        /// What the ledger said.
        reason: String,
    },
    /// A file or folder of the data directory.
    #[error(
        "{path}: {source}. It must be readable and writable for the server's user, on a disk with room; then start again"
    )]
    File {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The file that was to hold the passphrase of the registrar's key.
    #[error(
        "the registrar's passphrase file {path}: {reason}. Write the passphrase into it, readable for the server's user only, then start again"
    )]
    Passphrase {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The registrar's key file.
    #[error("the registrar's key {path}: {reason}")]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong and the way out.
        reason: String,
    },
    /// The demonstration's texts can't be kept.
    #[error("the demonstration's texts: {0}")]
    Documents(#[from] DocumentError),
    /// The operating system gave no randomness.
    #[error("no randomness from the operating system: {0}")]
    Randomness(String),
}

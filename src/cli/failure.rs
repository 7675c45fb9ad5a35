//! How a command ends: exit codes that scripts depend on, and one line that says why.

use std::process::ExitCode;

use crate::client::ClientError;
use crate::keyfile::KeyFileError;
use crate::ledger::OpenError;
use crate::store::error::StoreError;
use crate::token::TokenError;
use crate::witness::StateError;

/// How a command that ran to its end ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, or every verdict *valid*.
    Done,
    /// A verification found something, which stdout tells.
    Found,
}

/// Why a command did not run to its end: what is wrong, where, and the way out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Refused: by a rule, by the ledger, or because what was given is malformed.
    #[error("{0}")]
    Refused(String),
    /// The command was used in a wrong way.
    #[error("{0}")]
    Usage(String),
    /// Something that should be there could not be reached or opened.
    #[error("{0}")]
    Unavailable(String),
}

impl Outcome {
    /// 0 or 1.
    pub fn exit_code(self) -> ExitCode {
        match self {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Found => ExitCode::from(1),
        }
    }
}

impl Failure {
    /// 1, 2 or 3.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Refused(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Unavailable(_) => 3,
        })
    }

    /// Refused because of `error`.
    pub fn refused(error: impl std::fmt::Display) -> Failure {
        Failure::Refused(error.to_string())
    }

    /// Unavailable because of `error`.
    pub fn unavailable(error: impl std::fmt::Display) -> Failure {
        Failure::Unavailable(error.to_string())
    }
}

impl From<KeyFileError> for Failure {
    fn from(error: KeyFileError) -> Failure {
        match &error {
            KeyFileError::Missing(_)
            | KeyFileError::Unreadable { .. }
            | KeyFileError::Unwritable { .. }
            | KeyFileError::Randomness(_) => Failure::Unavailable(error.to_string()),
            KeyFileError::NeedsPassphrase(_) | KeyFileError::EmptyPassphrase => Failure::Usage(error.to_string()),
            _ => Failure::Refused(error.to_string()),
        }
    }
}

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Failure {
        match &error {
            TokenError::Uri(_) => Failure::Usage(error.to_string()),
            unreachable if unreachable.is_unreachable() => Failure::Unavailable(error.to_string()),
            _ => Failure::Refused(error.to_string()),
        }
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Failure {
        match &error {
            ClientError::Address(_) => Failure::Usage(error.to_string()),
            // Damage that the server tells of is a verdict, not a ledger out of reach.
            ClientError::Problem(problem) if problem.status < 500 || problem.is_damage() => {
                Failure::Refused(error.to_string())
            }
            _ => Failure::Unavailable(error.to_string()),
        }
    }
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Failure {
        match &error {
            StateError::Damaged { .. } => Failure::Refused(error.to_string()),
            _ => Failure::Unavailable(error.to_string()),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Failure {
        match &error {
            OpenError::Store(StoreError::Url { .. }) | OpenError::WitnessKey { .. } => {
                Failure::Usage(error.to_string())
            }
            _ => Failure::Unavailable(error.to_string()),
        }
    }
}

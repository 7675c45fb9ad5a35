//! Results to stdout, everything else to stderr.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use tracing_subscriber::EnvFilter;

use super::failure::Failure;

/// Writes a result. A reader that has gone (`… | head`) is no error.
///
/// # Errors
///
/// stdout can't be written.
pub fn result(text: &str) -> Result<(), Failure> {
    bytes(text.as_bytes())
}

/// Writes a result that is no text.
///
/// # Errors
///
/// stdout can't be written.
pub fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Unavailable(format!("stdout can't be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a result as JSON, for programs.
///
/// # Errors
///
/// stdout can't be written.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::refused)?;
    result(&(text + "\n"))
}

/// The progress of long work over `count` things called `what`; shown on terminals only.
pub fn bar(count: u64, what: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(&format!("{{bar:40}} {{human_pos}}/{{human_len}} {what}, {{eta}} left"));
    ProgressBar::new(count).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Tells something beside the result.
pub fn note(text: &str) {
    // When even stderr is gone there is nobody to tell.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Warns of something that its reader should mend.
pub fn warn(text: &str) {
    note(&format!("{} {text}", painted("warning:", "33")));
}

/// Tells why the command failed.
pub fn fail(failure: &Failure) {
    note(&format!("{} {failure}", painted("error:", "31")));
}

/// Sends the log of a server to stderr; `RUST_LOG` says how much of it.
pub fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,sinetti=info"));
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colour).with_writer(io::stderr).init();
}

/// Whether a person is there to answer questions.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// ANSI colour on a terminal, unless NO_COLOR (no-color.org) is set.
fn painted(text: &str, colour: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if plain || !io::stderr().is_terminal() {
        return text.to_owned();
    }
    format!("\u{1b}[1;{colour}m{text}\u{1b}[0m")
}

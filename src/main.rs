//! The program `sinetti`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sinetti::cli::run()
}

//! The program as a process.

use std::path::{Path, PathBuf};

use snapbox::cmd::{Command, cargo_bin};

/// `sinetti` with an environment that does not depend on who runs the tests.
pub fn sinetti() -> Command {
    let environment = [("COLUMNS", "100"), ("NO_COLOR", "1")];
    Command::new(cargo_bin("sinetti")).envs(environment).env_remove("SINETTI_SERVER").env_remove("RUST_LOG")
}

/// A golden file; `SNAPSHOTS=overwrite` writes them anew.
pub fn golden(name: &str) -> snapbox::Data {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text))
}

/// A key file of the tests' own, unencrypted, in `dir`.
pub fn key(dir: &Path, name: &str) -> PathBuf {
    let path = dir.join(format!("{name}.pem"));
    sinetti().args(["key", "new", "--no-passphrase", "--out"]).arg(&path).assert().success();
    path
}

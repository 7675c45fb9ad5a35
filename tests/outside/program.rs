//! The program as a process.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::Value;
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

/// Exit code, stdout and stderr of `sinetti args`.
pub fn run(args: &[&str]) -> (i32, String, String) {
    let output = sinetti().args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The JSON that `sinetti args` answers.
pub fn json(args: &[&str]) -> Value {
    let (code, stdout, stderr) = run(args);
    assert_eq!(code, 0, "{args:?}: {stderr}");
    serde_json::from_str(&stdout).unwrap()
}

/// Records an invented note of Tampere's board in the demonstration ledger that `data` holds and `url` serves.
pub fn say(data: &Path, url: &str, section: &str) {
    let key = data.join("demo/keys/tampere.pem").display().to_string();
    let keep = data.display().to_string();
    let act = ["decide", "--agreement", "pirkanmaa-puitesopimus-2023", "--party", "tampere", "--on", "2025-02-10"];
    let decision = ["--organ-kind", "board", "--organ", "kaupunginhallitus", "--section", section, "--effect", "note"];
    let outcome = ["--resolution", "adopted", "--minutes", "confirmed", "--finality", "not_appealable", "--invented"];
    let way = ["--key", &key, "--keep", &keep, "--server", url];
    let (code, _, stderr) = run(&[&act[..], &decision, &outcome, &way].concat());
    assert_eq!(code, 0, "{stderr}");
}

/// A running `sinetti serve` or `sinetti witness` on a free port of loopback; killed when dropped.
pub struct Server {
    child: Child,
    /// Its address.
    pub url: String,
    /// What it printed before it served.
    pub banner: String,
}

impl Server {
    /// Starts it on `dir` and waits until it listens.
    pub fn start(dir: &Path, args: &[&str]) -> Server {
        Server::start_at("127.0.0.1:0", dir, args)
    }

    /// The same at an address that somebody knows already.
    pub fn start_at(address: &str, dir: &Path, args: &[&str]) -> Server {
        let data_dir = ["serve", "--listen", address, "--data-dir", dir.to_str().unwrap()];
        Server::spawn(&[&data_dir, args].concat(), 3)
    }

    /// Starts `sinetti witness` with one key, and waits until it listens.
    pub fn witness(args: &[&str]) -> Server {
        Server::spawn(&[&["witness", "--listen", "127.0.0.1:0"], args].concat(), 2)
    }

    /// The word after `label` in what it printed.
    pub fn printed(&self, label: &str) -> &str {
        let line = self.banner.lines().find_map(|line| line.strip_prefix(label));
        line.unwrap_or_else(|| panic!("{label} in {}", self.banner)).trim()
    }

    /// Kills it as a power cut does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts a service that prints its address at the end of a first line, and `more` lines after it.
    fn spawn(args: &[&str], more: usize) -> Server {
        let mut child = std::process::Command::new(cargo_bin("sinetti"))
            .args(args)
            .env_remove("RUST_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let first = lines.next();
        let Some(first) = first else {
            let output = child.wait_with_output().unwrap();
            panic!("the server did not start: {}", String::from_utf8_lossy(&output.stderr));
        };
        let url = first.rsplit(' ').next().unwrap().to_owned();
        let rest: Vec<String> = lines.by_ref().take(more).collect();
        // The rest of its output goes nowhere, but must not fill a pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).for_each(drop));
        Server { child, url, banner: [vec![first], rest].concat().join("\n") }
    }

    /// Stops it as an operator does (SIGTERM) and waits for its end.
    pub fn stop(mut self) {
        let pid = self.child.id().to_string();
        std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

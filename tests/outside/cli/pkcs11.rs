//! Keys on a token: SoftHSM, a hardware security module in software that we did not write.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::program::{Server, json, sinetti};

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const PIN: &str = "314159";

/// A token with the demonstration key of a party on it.
struct Token {
    dir: tempfile::TempDir,
}

impl Token {
    fn new() -> Token {
        let token = Token { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(token.path("tokens")).unwrap();
        let tokens = token.path("tokens").display().to_string();
        fs::write(token.path("softhsm2.conf"), format!("directories.tokendir = {tokens}\n")).unwrap();
        fs::write(token.path("pin"), format!("{PIN}\n")).unwrap();
        token.util(&["--init-token", "--free", "--label", "Kunnan kortti", "--pin", PIN, "--so-pin", "271828"]);
        token
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn util(&self, args: &[&str]) {
        let mut command = Command::new("softhsm2-util");
        let output = command.args(args).env("SOFTHSM2_CONF", self.path("softhsm2.conf")).output();
        // tests/tools/install brings it.
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Puts a key file's pair onto the token.
    fn import(&self, key: &std::path::Path, label: &str, id: &str) {
        let key = key.display().to_string();
        self.util(&["--import", &key, "--token", "Kunnan kortti", "--label", label, "--id", id, "--pin", PIN]);
    }

    /// Exit code, stdout, stderr of `sinetti args --key URI`, with the PIN in a file.
    fn run(&self, args: &[&str], uri: &str, pin: &str) -> (i32, String, String) {
        fs::write(self.path("pin"), format!("{pin}\n")).unwrap();
        let pin = self.path("pin").display().to_string();
        let key: &[&str] = if args[0] == "key" { &[uri] } else { &["--key", uri] };
        let command = sinetti().args(args).args(key).args(["--passphrase-file", &pin]);
        let output = command.env("SOFTHSM2_CONF", self.path("softhsm2.conf")).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

fn uri(object: &str) -> String {
    format!("pkcs11:token=Kunnan%20kortti;object={object}?module-path={MODULE}")
}

#[test]
fn a_key_on_a_token_speaks_for_its_party_as_one_in_a_file_does() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), &["--demo=empty"]);
    let key = data.path().join("demo/keys/tampere.pem");
    let token = Token::new();
    token.import(&key, "tampere", "01");

    let shown = json(&["key", "show", &key.display().to_string(), "--json"]);
    let (code, stdout, stderr) = token.run(&["key", "show", "--json"], &uri("tampere"), PIN);
    assert_eq!(code, 0, "{stderr}");
    let on_token: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((&on_token["public_key"], &on_token["key_id"]), (&shown["public_key"], &shown["key_id"]));

    let keep = data.path().display().to_string();
    let act = ["decide", "--agreement", "pirkanmaa-puitesopimus-2023", "--party", "tampere", "--on", "2025-02-10"];
    let decision = ["--organ-kind", "board", "--organ", "kaupunginhallitus", "--section", "9", "--effect", "note"];
    let outcome = ["--resolution", "adopted", "--minutes", "confirmed", "--finality", "not_appealable", "--invented"];
    let way = ["--keep", &keep, "--server", &server.url];
    let (code, _, stderr) = token.run(&[&act[..], &decision, &outcome, &way].concat(), &uri("tampere"), PIN);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("Recorded as version"), "{stderr}");
    assert!(!stderr.contains(PIN), "{stderr}");
}

#[test]
fn what_stands_in_the_way_is_named() {
    let token = Token::new();
    let key = token.path("key.pem");
    sinetti().args(["key", "new", "--no-passphrase", "--out"]).arg(&key).assert().success();
    token.import(&key, "clerk", "01");
    token.import(&key, "twin", "02");
    sinetti().args(["key", "new", "--no-passphrase", "--out"]).arg(token.path("other.pem")).assert().success();
    token.import(&token.path("other.pem"), "twin", "03");
    let show = |uri: &str, pin: &str| token.run(&["key", "show"], uri, pin);
    let cases = [
        (uri("clerk"), "000000", 1, "the token refuses the PIN"),
        (uri("nobody"), PIN, 3, "the token has no Ed25519 key pair that fits"),
        (uri("twin"), PIN, 1, "several keys fit the URI; name one by object= and id="),
        (uri("clerk").replace("Kunnan", "Toinen"), PIN, 3, "no token fits the URI; there are: \"Kunnan kortti\""),
        (uri("clerk").replace("libsofthsm2", "nothing"), PIN, 3, "nothing.so can't be used"),
        (uri("clerk") + "&pin-value=314159", PIN, 2, "a PIN does not belong into a URI"),
    ];
    for (uri, pin, expected, text) in cases {
        let (code, stdout, stderr) = show(&uri, pin);
        assert_eq!((code, stdout.as_str()), (expected, ""), "{uri}: {stderr}");
        assert!(stderr.contains(text), "{uri}: {stderr}");
        assert!(!stderr.contains(PIN), "{stderr}");
    }
    let (code, _, stderr) = show(&uri("twin").replace("object=", "id=%03;object="), PIN);
    assert_eq!(code, 0, "{stderr}");
}

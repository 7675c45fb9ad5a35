//! Key files and OpenSSL's command line, both ways.

use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use serde_json::Value;

use crate::program::sinetti;

fn openssl(dir: &Path, args: &[&str]) -> Vec<u8> {
    let output =
        Command::new("openssl").args(args).current_dir(dir).output().expect("openssl is installed by tests/run");
    assert!(output.status.success(), "openssl {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn public_key(dir: &Path, args: &[&str]) -> Vec<u8> {
    let output = sinetti().args(["key", "show", "--json"]).args(args).current_dir(dir).output().unwrap();
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    base64::engine::general_purpose::STANDARD.decode(shown["public_key"].as_str().unwrap()).unwrap()
}

#[test]
fn openssl_reads_our_key_files() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("sana"), "salasana ä").unwrap();
    for (file, protection) in
        [("plain.pem", &["--no-passphrase"][..]), ("encrypted.pem", &["--passphrase-file", "sana"])]
    {
        sinetti().args(["key", "new", "--out", file]).args(protection).current_dir(dir).assert().success();
    }
    let spki = openssl(dir, &["pkey", "-in", "plain.pem", "-pubout", "-outform", "DER"]);
    assert_eq!(&spki[spki.len() - 32..], public_key(dir, &["plain.pem"]));
    let spki = openssl(dir, &["pkey", "-in", "encrypted.pem", "-passin", "file:sana", "-pubout", "-outform", "DER"]);
    assert_eq!(&spki[spki.len() - 32..], public_key(dir, &["encrypted.pem", "--passphrase-file", "sana"]));
    let text = openssl(dir, &["asn1parse", "-in", "encrypted.pem"]);
    let text = String::from_utf8(text).unwrap();
    for expected in ["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", ":0927C0"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}

#[test]
fn we_read_openssls_key_files() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("sana"), "salasana").unwrap();
    openssl(dir, &["genpkey", "-algorithm", "ED25519", "-out", "plain.pem"]);
    let strong = ["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA256", "-iter", "600000"];
    let to_pkcs8 = ["pkcs8", "-topk8", "-in", "plain.pem", "-passout", "file:sana", "-out", "encrypted.pem"];
    openssl(dir, &[&to_pkcs8[..], &strong].concat());
    let spki = openssl(dir, &["pkey", "-in", "plain.pem", "-pubout", "-outform", "DER"]);
    assert_eq!(&spki[spki.len() - 32..], public_key(dir, &["plain.pem"]));
    assert_eq!(&spki[spki.len() - 32..], public_key(dir, &["encrypted.pem", "--passphrase-file", "sana"]));
}

/// The signature of an envelope verifies with OpenSSL over DSSE's pre-authentication encoding.
#[test]
fn openssl_verifies_our_signatures() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    sinetti().args(["key", "new", "--no-passphrase", "--out", "k.pem"]).current_dir(dir).assert().success();
    fs::write(dir.join("payload.json"), super::sign::PAYLOAD).unwrap();
    let args = ["sign", "payload.json", "--key", "k.pem", "--out", "envelope.json"];
    sinetti().args(args).current_dir(dir).assert().success();
    let envelope: Value = serde_json::from_slice(&fs::read(dir.join("envelope.json")).unwrap()).unwrap();
    let decode = |text: &Value| base64::engine::general_purpose::STANDARD.decode(text.as_str().unwrap()).unwrap();
    let payload = decode(&envelope["payload"]);
    let kind = envelope["payloadType"].as_str().unwrap();
    let mut signed = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    signed.extend(payload);
    fs::write(dir.join("signed"), signed).unwrap();
    fs::write(dir.join("sig"), decode(&envelope["signatures"][0]["sig"])).unwrap();
    let args = ["pkeyutl", "-verify", "-inkey", "k.pem", "-rawin", "-in", "signed", "-sigfile", "sig"];
    let said = String::from_utf8(openssl(dir, &args)).unwrap();
    assert!(said.contains("Verified Successfully"), "{said}");
}

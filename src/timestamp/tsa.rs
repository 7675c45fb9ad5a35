//! An authority for tests, made with openssl, and its server on loopback.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::routing::post;
use tempfile::TempDir;

use super::Authority;
use crate::http;

/// A root, a certificate authority below it, and timestamp certificates below that, in a directory.
pub(crate) struct Tsa {
    pub(crate) dir: TempDir,
}

const CONFIG: &str = "
[req]
distinguished_name = none
[none]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[middle]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign
[tsa]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[lax]
extendedKeyUsage = timeStamping
[wide]
extendedKeyUsage = critical, timeStamping, codeSigning
[web]
extendedKeyUsage = critical, serverAuth
[odd]
extendedKeyUsage = critical, timeStamping
1.2.3.4.5 = critical, ASN1:NULL
[nocert]
keyUsage = critical, keyCertSign
extendedKeyUsage = critical, timeStamping
[settings]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
signer_digest = sha256
[sha1]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha1
signer_digest = sha256
[fine]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
signer_digest = sha384
accuracy = secs:1
clock_precision_digits = 3
tsa_name = yes
ordering = yes
";

impl Tsa {
    /// With an RSA root, an ECDSA authority below, and `tsa.pem` below that.
    pub(crate) fn new() -> Tsa {
        let tsa = Tsa { dir: tempfile::tempdir().unwrap() };
        fs::write(tsa.path("openssl.cnf"), CONFIG).unwrap();
        fs::write(tsa.path("serial"), "01").unwrap();
        tsa.root("root");
        tsa.issue("middle", "root", "middle", "ec", 3650);
        tsa.issue("tsa", "middle", "tsa", "rsa", 3650);
        tsa
    }

    /// A self-signed certificate authority.
    pub(crate) fn root(&self, name: &str) {
        self.key(name, "rsa");
        let key = format!("{name}.key");
        let subject = format!("/CN={name}");
        let out = format!("{name}.pem");
        let args = ["req", "-x509", "-config", "openssl.cnf", "-extensions", "root", "-days", "7300", "-sha256"];
        self.run(&[&args[..], &["-key", &key, "-subj", &subject, "-out", &out]].concat());
    }

    /// A certificate `name` by `issuer`, with the extensions of a section, valid for `days` from now on.
    pub(crate) fn issue(&self, name: &str, issuer: &str, section: &str, kind: &str, days: i32) {
        self.key(name, kind);
        let (key, request, subject) = (format!("{name}.key"), format!("{name}.csr"), format!("/CN={name}"));
        self.run(&["req", "-new", "-config", "openssl.cnf", "-key", &key, "-subj", &subject, "-out", &request]);
        let (above, above_key, out) = (format!("{issuer}.pem"), format!("{issuer}.key"), format!("{name}.pem"));
        let days = days.to_string();
        let args = ["x509", "-req", "-extfile", "openssl.cnf", "-extensions", section, "-sha384", "-CAcreateserial"];
        let place = ["-in", &request, "-CA", &above, "-CAkey", &above_key, "-days", &days, "-out", &out];
        self.run(&[&args[..], &place].concat());
    }

    /// The certificates of these names, pinned.
    pub(crate) fn pin(&self, names: &[&str]) -> Authority {
        Authority::parse(&self.pem(names)).unwrap()
    }

    /// The same as a file's bytes.
    pub(crate) fn pem(&self, names: &[&str]) -> Vec<u8> {
        names.iter().flat_map(|name| fs::read(self.path(&format!("{name}.pem"))).unwrap()).collect()
    }

    /// The answer of `signer` to a question.
    pub(crate) fn answer(&self, query: &[u8], signer: &str, section: &str) -> Vec<u8> {
        answer(self.dir.path(), query, signer, section)
    }

    /// A token of `signer` over `message`.
    pub(crate) fn token(&self, message: &[u8], signer: &str, section: &str) -> Vec<u8> {
        fs::write(self.path("message"), message).unwrap();
        self.run(&["ts", "-query", "-data", "message", "-sha256", "-no_nonce", "-out", "token.tsq"]);
        let (certificate, key) = (format!("{signer}.pem"), format!("{signer}.key"));
        let args = ["ts", "-reply", "-config", "openssl.cnf", "-section", section, "-queryfile", "token.tsq"];
        let place = ["-signer", &certificate, "-inkey", &key, "-token_out", "-out", "token.tst"];
        self.run(&[&args[..], &place].concat());
        fs::read(self.path("token.tst")).unwrap()
    }

    /// Its server, until the test's runtime ends; `/tsa` answers as `tsa`.
    pub(crate) async fn serve(&self) -> String {
        let router = Router::new().route("/tsa", post(reply)).with_state(self.dir.path().to_owned());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/tsa", listener.local_addr().unwrap());
        tokio::spawn(http::run(listener, router, http::Config::default(), std::future::pending()));
        url
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn run(&self, args: &[&str]) {
        run(self.dir.path(), args);
    }

    fn key(&self, name: &str, kind: &str) {
        let out = format!("{name}.key");
        let options: &[&str] = match kind {
            "rsa" => &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
            "p384" => &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
            "short" => &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
            _ => &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
        };
        self.run(&[&["genpkey", "-quiet", "-out", &out][..], options].concat());
    }
}

async fn reply(State(dir): State<PathBuf>, query: Bytes) -> ([(header::HeaderName, &'static str); 1], Vec<u8>) {
    let answer = tokio::task::spawn_blocking(move || answer(&dir, &query, "tsa", "settings")).await.unwrap();
    ([(header::CONTENT_TYPE, "application/timestamp-reply")], answer)
}

fn answer(dir: &Path, query: &[u8], signer: &str, section: &str) -> Vec<u8> {
    fs::write(dir.join("query.tsq"), query).unwrap();
    let (certificate, key) = (format!("{signer}.pem"), format!("{signer}.key"));
    let args = ["ts", "-reply", "-config", "openssl.cnf", "-section", section, "-queryfile", "query.tsq"];
    run(dir, &[&args[..], &["-signer", &certificate, "-inkey", &key, "-out", "answer.tsr"]].concat());
    fs::read(dir.join("answer.tsr")).unwrap()
}

fn run(dir: &Path, args: &[&str]) {
    let output = Command::new("openssl").args(args).current_dir(dir).output().unwrap();
    assert!(output.status.success(), "openssl {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

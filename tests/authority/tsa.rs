//! A timestamp authority for tests, made with openssl, and its server on loopback. Shared by the tests of the library and
//! those from outside.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A root, a certificate authority below it, and timestamp certificates below that, in a directory.
pub struct Tsa {
    pub dir: TempDir,
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
    pub fn new() -> Tsa {
        let tsa = Tsa { dir: tempfile::tempdir().unwrap() };
        fs::write(tsa.path("openssl.cnf"), CONFIG).unwrap();
        fs::write(tsa.path("serial"), "01").unwrap();
        tsa.root("root");
        tsa.issue("middle", "root", "middle", "ec", 3650);
        tsa.issue("tsa", "middle", "tsa", "rsa", 3650);
        tsa
    }

    /// A self-signed certificate authority.
    pub fn root(&self, name: &str) {
        self.key(name, "rsa");
        let key = format!("{name}.key");
        let subject = format!("/CN={name}");
        let out = format!("{name}.pem");
        let args = ["req", "-x509", "-config", "openssl.cnf", "-extensions", "root", "-days", "7300", "-sha256"];
        self.run(&[&args[..], &["-key", &key, "-subj", &subject, "-out", &out]].concat());
    }

    /// A certificate `name` by `issuer`, with the extensions of a section, valid for `days` from now on.
    pub fn issue(&self, name: &str, issuer: &str, section: &str, kind: &str, days: i32) {
        self.key(name, kind);
        let (key, request, subject) = (format!("{name}.key"), format!("{name}.csr"), format!("/CN={name}"));
        self.run(&["req", "-new", "-config", "openssl.cnf", "-key", &key, "-subj", &subject, "-out", &request]);
        let (above, above_key, out) = (format!("{issuer}.pem"), format!("{issuer}.key"), format!("{name}.pem"));
        let days = days.to_string();
        let args = ["x509", "-req", "-extfile", "openssl.cnf", "-extensions", section, "-sha384", "-CAcreateserial"];
        let place = ["-in", &request, "-CA", &above, "-CAkey", &above_key, "-days", &days, "-out", &out];
        self.run(&[&args[..], &place].concat());
    }

    /// The certificates of these names, as a file's bytes.
    pub fn pem(&self, names: &[&str]) -> Vec<u8> {
        names.iter().flat_map(|name| fs::read(self.path(&format!("{name}.pem"))).unwrap()).collect()
    }

    /// The answer of `signer` to a question.
    pub fn answer(&self, query: &[u8], signer: &str, section: &str) -> Vec<u8> {
        answer(self.dir.path(), query, signer, section)
    }

    /// A token of `signer` over `message`.
    pub fn token(&self, message: &[u8], signer: &str, section: &str) -> Vec<u8> {
        fs::write(self.path("message"), message).unwrap();
        self.run(&["ts", "-query", "-data", "message", "-sha256", "-no_nonce", "-out", "token.tsq"]);
        let (certificate, key) = (format!("{signer}.pem"), format!("{signer}.key"));
        let args = ["ts", "-reply", "-config", "openssl.cnf", "-section", section, "-queryfile", "token.tsq"];
        let place = ["-signer", &certificate, "-inkey", &key, "-token_out", "-out", "token.tst"];
        self.run(&[&args[..], &place].concat());
        fs::read(self.path("token.tst")).unwrap()
    }

    /// The certificates of these names in a file, for the command line.
    pub fn file(&self, names: &[&str]) -> String {
        let path = self.path(&format!("{}.chain", names.join("-")));
        fs::write(&path, self.pem(names)).unwrap();
        path.display().to_string()
    }

    /// Its server, until the process ends: answers as `signer`. Gives the address.
    pub fn serve(&self, signer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/tsa", listener.local_addr().unwrap());
        let dir = self.dir.path().to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // Who asks and goes away is answered by nobody.
                let _ = converse(stream, |query| answer(&dir, query, signer, "settings"));
            }
        });
        url
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn run(&self, args: &[&str]) {
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

/// One request over HTTP/1.1, and the end of the connection.
fn converse(mut stream: TcpStream, reply: impl FnOnce(&[u8]) -> Vec<u8>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut query = vec![0; length];
    reader.read_exact(&mut query)?;
    let body = reply(&query);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nConnection: close";
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n", body.len())?;
    stream.write_all(&body)
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

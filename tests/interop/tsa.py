"""A timestamp authority that OpenSSL is: a root and a certificate below it, and a server on loopback.

    tsa.py FOLDER

Makes the authority in FOLDER (root.pem, tsa.pem, chain.pem), prints its address, and answers until it is stopped.
"""

import http.server
import pathlib
import subprocess
import sys

CONFIG = """
[req]
distinguished_name = none
[none]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[tsa]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[settings]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
signer_digest = sha256
"""


def main(folder: pathlib.Path) -> None:
    folder.mkdir()
    (folder / "openssl.cnf").write_text(CONFIG)
    (folder / "serial").write_text("01")
    openssl(folder, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out root.key")
    openssl(folder, "req -x509 -config openssl.cnf -extensions root -days 30 -key root.key -subj /CN=root -out root.pem")
    openssl(folder, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out tsa.key")
    openssl(folder, "req -new -config openssl.cnf -key tsa.key -subj /CN=tsa -out tsa.csr")
    issue = "x509 -req -in tsa.csr -extfile openssl.cnf -extensions tsa -CA root.pem -CAkey root.key -CAcreateserial"
    openssl(folder, f"{issue} -days 30 -out tsa.pem")
    (folder / "chain.pem").write_bytes((folder / "tsa.pem").read_bytes() + (folder / "root.pem").read_bytes())
    server = http.server.HTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"folder": folder}))
    print(f"http://127.0.0.1:{server.server_port}/tsa", flush=True)
    server.serve_forever()


class Handler(http.server.BaseHTTPRequestHandler):
    folder: pathlib.Path

    def do_POST(self) -> None:
        (self.folder / "query.tsq").write_bytes(self.rfile.read(int(self.headers["content-length"])))
        reply = "ts -reply -config openssl.cnf -section settings -queryfile query.tsq -signer tsa.pem -inkey tsa.key"
        openssl(self.folder, f"{reply} -out answer.tsr")
        answer = (self.folder / "answer.tsr").read_bytes()
        self.send_response(200)
        self.send_header("content-type", "application/timestamp-reply")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Says nothing: what counts is what the tests find."""


def openssl(folder: pathlib.Path, command: str) -> None:
    subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)


main(pathlib.Path(sys.argv[1]))

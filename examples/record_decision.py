#!/usr/bin/env python3
"""Records a council's approval from a system of your own: builds, canonicalises, signs, submits, checks the receipt.

    record_decision.py SERVER PARTY KEY.pem LOG_KEY [invented]

Needs Python 3.9 and `cryptography` (PyPI). The key file's passphrase, if it has one, is read from PASSPHRASE. LOG_KEY is
the ledger's vkey, got from elsewhere than the server. The fields of the decision would come from your case management.
"""
import base64, json, os, sys, time, urllib.error, urllib.request, uuid
from hashlib import sha256
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

def call(url, body=None):
    request = urllib.request.Request(url, body and json.dumps(body).encode(), {"Content-Type": "application/json"})
    try: return json.load(urllib.request.urlopen(request, timeout=60))
    except urllib.error.HTTPError as problem:  # RFC 9457: its `slug` is for programs, its `detail` for people
        sys.exit(problem.read().decode())

b64, raw, kind = lambda data: base64.b64encode(data).decode(), base64.b64decode, b"application/vnd.sinetti.event.v1+json"
server, party, key_file, log_key, *invented = sys.argv[1:]
key = load_pem_private_key(open(key_file, "rb").read(), os.environ.get("PASSPHRASE", "").encode() or None)
state = call(agreement := f"{server}/api/v1/agreements/pirkanmaa-puitesopimus-2023")
data = {"occurred_on": "2025-05-12", "section": "31", "resolution": "adopted", "effect": "approve", "minutes": "confirmed",
        "organ": {"kind": "council", "name": "kunnanvaltuusto"}, "competent": {"basis": "hallintosääntö 20 §"},
        "subject": {"digest": next(text["digest"] for text in state["texts"] if text["current"] and text.get("digest"))},
        "finality": "open", **{name: True for name in invented}}
moment = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")  # the event id is a UUID of version 7
event = str(uuid.UUID(int=moment & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62))
said = {"actor": party, "agreement": state["agreement"], "data": data, "event": event, "ledger": log_key.split("+")[0],
        "seen": {"version": state["as_of"]["version"], "hash": state["as_of"]["leaf"]}, "type": "decision_recorded"}
payload = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()  # canonical

signature = key.sign(b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload))
signed_by = {"keyid": sha256(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest(), "sig": b64(signature)}
envelope = {"payload": b64(payload), "payloadType": kind.decode(), "signatures": [signed_by]}
open("envelope.json", "w").write(json.dumps(envelope))  # keep it: after an outage, send the same again
open("receipt.json", "w").write(json.dumps(receipt := call(f"{agreement}/events", {"envelope": envelope, "disclosures": []})))

proof, note, signatures = receipt["proof"].split("\n\n")
origin, size, root = note.split("\n")
node, at, last = sha256(b"\0" + raw(receipt["record_bytes"])).digest(), receipt["index"], int(size) - 1
for sibling in map(raw, proof.split("\n")[2:]):  # inclusion, RFC 9162 section 2.1.3.2
    left = at & 1 or at == last
    node = sha256(b"\1" + (sibling + node if left else node + sibling)).digest()
    while left and at and not at & 1: at, last = at >> 1, last >> 1
    at, last = at >> 1, last >> 1
if last or node != raw(root) or json.loads(raw(receipt["record_bytes"]))["envelope"] != envelope:
    sys.exit("the receipt does not prove this act")
signed = next(line.split(" ")[2] for line in signatures.split("\n") if line.startswith(f"— {origin} "))  # Ed25519 comes first
Ed25519PublicKey.from_public_bytes(raw(log_key.split("+", 2)[2])[1:]).verify(raw(signed)[4:], f"{note}\n".encode())
print(f"recorded as version {receipt['version']}, and proven to be in the ledger")

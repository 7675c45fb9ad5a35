"""The ledger's signatures, checked by libraries that share no code with it.

securesystemslib reads the DSSE envelope of every record (pre-authentication encoding, selection of the key by keyid,
Ed25519); cryptography checks the log's ML-DSA-44 cosignature on the checkpoint. Keys are taken from the registry
stream: what each party enrolled. Ends in "N passed, N failed".
"""

import base64
import copy
import hashlib
import json
import struct
import sys
import urllib.request

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

AGREEMENT = "pirkanmaa-puitesopimus-2023"


def main(base):
    registry, agreement = records(base, "registry"), records(base, AGREEMENT)
    keys = keyring(registry)
    log = json.loads(fetch(f"{base}/api/v1/log"))
    checks = [
        ("securesystemslib reads every envelope as it was written", lambda: all_read(registry + agreement)),
        ("securesystemslib verifies every envelope of the registry", lambda: all_verify(registry, keys)),
        ("securesystemslib verifies every envelope of an agreement", lambda: all_verify(agreement, keys)),
        ("the payload with a byte flipped is refused", lambda: all_refuse(agreement, keys, flip_payload)),
        ("the signature with a byte flipped is refused", lambda: all_refuse(agreement, keys, flip_signature)),
        ("another payload type is refused", lambda: all_refuse(agreement, keys, change_type)),
        ("a signature under another key's id is refused", lambda: all_refuse(agreement, keys, borrow_keyid)),
        ("no key of the party, no verification", lambda: others_refuse(agreement, keys)),
        ("cryptography verifies the ML-DSA-44 cosignature", lambda: cosigned(log)),
        ("the checkpoint with a byte flipped is refused", lambda: cosigned_forged(log)),
    ]
    failed = 0
    for name, check in checks:
        defect = attempt(check)
        print(f"{'ok    ' if defect is None else 'FAILED'} signatures: {name}" + (f": {defect}" if defect else ""))
        failed += defect is not None
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def attempt(check):
    try:
        return check()
    except Exception as error:  # a library that stumbles over our bytes is a failure like any other
        return repr(error)


# Each check answers None, or what is wrong.


def all_read(found):
    for record in found:
        envelope = record["envelope"]
        if read(envelope).to_dict() != envelope:
            return f"record {record['index']} reads otherwise"
    return None if found else "no record"


def all_verify(found, keys):
    for record in found:
        envelope = read(record["envelope"])
        signers = [keys[keyid] for keyid in envelope.signatures]
        if len(envelope.verify(signers, len(signers))) != len(envelope.signatures):
            return f"record {record['index']}"
    return None if found else "no record"


def all_refuse(found, keys, change):
    for record in found:
        changed = copy.deepcopy(record["envelope"])
        change(changed, keys)
        if verifies(changed, list(keys.values())):
            return f"record {record['index']} verifies"
    return None if found else "no record"


def others_refuse(found, keys):
    for record in found:
        signers = {signature["keyid"] for signature in record["envelope"]["signatures"]}
        if verifies(record["envelope"], [key for keyid, key in keys.items() if keyid not in signers]):
            return f"record {record['index']} verifies"
    return None if found else "no record"


def verifies(envelope, keys):
    try:
        return bool(read(envelope).verify(keys, 1))
    except VerificationError:
        return False


def read(envelope):
    return Envelope.from_dict(copy.deepcopy(envelope))


def flip_payload(envelope, _):
    payload = bytearray(base64.b64decode(envelope["payload"]))
    payload[len(payload) // 2] ^= 1
    envelope["payload"] = base64.b64encode(payload).decode()


def flip_signature(envelope, _):
    for signature in envelope["signatures"]:
        sig = bytearray(base64.b64decode(signature["sig"]))
        sig[40] ^= 1
        signature["sig"] = base64.b64encode(sig).decode()


def change_type(envelope, _):
    envelope["payloadType"] = envelope["payloadType"].replace("v1", "v2")


def borrow_keyid(envelope, keys):
    signers = {signature["keyid"] for signature in envelope["signatures"]}
    others = iter(keyid for keyid in keys if keyid not in signers)
    for signature in envelope["signatures"]:
        signature["keyid"] = next(others)


def cosigned(log):
    public, signature, message = cosignature(log)
    MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)


def cosigned_forged(log):
    public, signature, message = cosignature(log)
    for at in range(0, len(message), 11):
        forged = bytearray(message)
        forged[at] ^= 1
        try:
            MLDSA44PublicKey.from_public_bytes(public).verify(signature, bytes(forged))
            return f"byte {at}"
        except InvalidSignature:
            pass
    return None


def cosignature(log):
    """Public key, signature and message of C2SP tlog-cosignature type 0x06, read from the note and the vkey."""
    text, lines = log["checkpoint"].split("\n\n")
    origin, size, root = text.split("\n")
    for vkey in log["log_keys"]:
        name, key_id, material = vkey.split("+", 2)
        material = base64.b64decode(material)
        for line in lines.splitlines():
            _, signer, blob = line.split(" ")
            blob = base64.b64decode(blob)
            if material[0] == 6 and signer == name and blob[:4].hex() == key_id:
                time = blob[4:12]
                message = b"subtree/v1\n\0" + opaque(name) + time + opaque(origin)
                message += struct.pack(">QQ", 0, int(size)) + base64.b64decode(root)
                return material[1:], blob[12:], message
    raise ValueError("the checkpoint has no cosignature of type 0x06 by the log")


def opaque(text):
    return bytes([len(text)]) + text.encode()


def keyring(registry):
    """Every key that the registry names, by its id, whatever became of it later."""
    keys = {}
    for record in registry:
        payload = json.loads(base64.b64decode(record["envelope"]["payload"]))
        data = payload["data"]
        for named in data.get("registrar_keys", []) + ([data] if payload["type"] == "key_enrolled" else []):
            public = base64.b64decode(named["public_key"])
            keyid = hashlib.sha256(public).hexdigest()
            keys[keyid] = SSlibKey(keyid, "ed25519", "ed25519", {"public": public.hex()})
    return keys


def records(base, stream):
    """The records of one stream, read from the exact bytes that were hashed."""
    found, after = [], 0
    while True:
        page = json.loads(fetch(f"{base}/api/v1/agreements/{stream}/events?after={after}&limit=200"))["events"]
        if not page:
            return found
        found += [json.loads(base64.b64decode(event["record_bytes"])) for event in page]
        after = page[-1]["version"]


def fetch(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

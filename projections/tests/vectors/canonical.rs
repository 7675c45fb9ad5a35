//! Payload bytes: canonical, or where the first wrong byte is.

use serde_json::{Value, json};
use sinetti_events::primitives::base64;
use sinetti_events::primitives::canonical::{Names, check};

use crate::file::Vector;

/// The verdict on `{"bytes": base64}`.
pub fn verdict(input: &Value) -> Value {
    let bytes = base64::decode(input["bytes"].as_str().unwrap()).unwrap();
    match check(&bytes, Names::SnakeCase) {
        Ok(()) => json!({"verdict": "valid"}),
        Err(defect) => json!({"verdict": "tampered", "position": defect.position}),
    }
}

/// Every way in which JSON that means something is not the one way to write it.
pub fn vectors() -> Vec<Vector> {
    let refused: [(&str, &[u8], usize); 33] = [
        ("space-after-brace", b"{ \"a\":1}", 1),
        ("space-after-colon", b"{\"a\": 1}", 5),
        ("newline-at-end", b"{\"a\":1}\n", 7),
        ("byte-order-mark", b"\xef\xbb\xbf{\"a\":1}", 0),
        ("members-out-of-order", b"{\"b\":1,\"a\":2}", 7),
        ("prefix-name-after-longer", b"{\"aa\":1,\"a\":2}", 8),
        ("duplicate-member", b"{\"a\":1,\"a\":2}", 7),
        ("duplicate-member-deep", b"{\"a\":{\"b\":1,\"b\":1}}", 12),
        ("member-name-upper-case", b"{\"A\":1}", 1),
        ("member-name-empty", b"{\"\":1}", 1),
        ("member-name-begins-with-digit", b"{\"1a\":1}", 1),
        ("fraction", b"{\"a\":1.5}", 5),
        ("fraction-of-zero", b"{\"a\":1.0}", 5),
        ("exponent", b"{\"a\":1e2}", 5),
        ("leading-zero", b"{\"a\":01}", 5),
        ("negative-zero", b"{\"a\":-0}", 5),
        ("plus-sign", b"{\"a\":+1}", 5),
        ("integer-two-to-the-53", b"{\"a\":9007199254740992}", 5),
        ("integer-minus-two-to-the-53", b"{\"a\":-9007199254740992}", 5),
        ("integer-beyond-64-bits", b"{\"a\":18446744073709551617}", 5),
        ("null", b"{\"a\":null}", 5),
        ("escape-of-plain-letter", b"{\"a\":\"\\u0041\"}", 6),
        ("escape-of-solidus", b"{\"a\":\"\\/\"}", 6),
        ("escaped-newline", b"{\"a\":\"\\n\"}", 6),
        ("lone-surrogate-escape", b"{\"a\":\"\\ud800\"}", 6),
        ("raw-control-character", b"{\"a\":\"\x07\"}", 6),
        ("invalid-utf8", b"{\"a\":\"\xff\"}", 6),
        ("overlong-utf8", b"{\"a\":\"\xc0\xaf\"}", 6),
        ("decomposed-letter", b"{\"a\":\"Ma\xcc\x88ntta\"}", 7),
        ("zero-width-space", b"{\"a\":\"x\xe2\x80\x8by\"}", 7),
        ("right-to-left-override", b"{\"a\":\"\xe2\x80\xae\"}", 6),
        ("unassigned-code-point", b"{\"a\":\"\xcd\xb8\"}", 6),
        ("ends-early", b"{\"a\":1", 6),
    ];
    let accepted: [(&str, &[u8]); 6] = [
        ("plain", b"{\"a\":1,\"b\":[true,false,\"x\"]}"),
        ("empty-object", b"{}"),
        ("largest-integers", b"{\"a\":9007199254740991,\"b\":-9007199254740991}"),
        ("escaped-quote-and-backslash", b"{\"a\":\"\\\"\\\\\"}"),
        ("finnish-letters", "{\"a\":\"Mänttä-Vilppula § 43 – Åbo\"}".as_bytes()),
        ("prefix-name-before-longer", b"{\"a\":1,\"aa\":2}"),
    ];
    let refused = refused.into_iter().map(|(property, bytes, position)| {
        vector(property, bytes, json!({"verdict": "tampered", "position": position}))
    });
    let accepted = accepted.into_iter().map(|(property, bytes)| vector(property, bytes, json!({"verdict": "valid"})));
    refused.chain(accepted).collect()
}

fn vector(property: &'static str, bytes: &[u8], expect: Value) -> Vector {
    Vector { property, input: json!({"bytes": base64::encode(bytes)}), expect }
}

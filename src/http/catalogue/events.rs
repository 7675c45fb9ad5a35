//! Problems of what was signed, and by whom.

use std::borrow::Cow;

use super::{Known, RULE};

pub(super) const PROBLEMS: &[Known] = &[
    Known {
        slug: "envelope-malformed",
        status: 400,
        meaning: Cow::Borrowed(
            "The DSSE envelope has another payload type, or its signatures are none, too many, out of order or of the wrong length.",
        ),
        way_out: "Sign with `sinetti sign`; signatures ascend by `keyid`, 1 to 8, no key twice.",
    },
    Known {
        slug: "not-canonical",
        status: 400,
        meaning: Cow::Borrowed(
            "The signed payload is not canonical JSON (RFC 8785): white space, order, a duplicate or wrongly named member, a float, null, a string that is not NFC or holds invisible characters, or nesting too deep.",
        ),
        way_out: "`detail` names the first wrong byte. Canonicalise before signing, as `sinetti sign` does.",
    },
    Known {
        slug: "payload-malformed",
        status: 400,
        meaning: Cow::Borrowed(
            "The signed payload lacks a member, has one that payloads don't have, or one of the wrong form.",
        ),
        way_out: "`detail` names the member; draft with `sinetti draft`.",
    },
    Known {
        slug: "payload-too-long",
        status: 413,
        meaning: Cow::Borrowed("The signed payload has more than 40 000 bytes."),
        way_out: "Name long texts by their digest.",
    },
    Known {
        slug: "record-too-long",
        status: 413,
        meaning: Cow::Borrowed("The record would have more than 65 535 bytes."),
        way_out: "Name long texts by their digest, or sign with fewer keys.",
    },
    Known {
        slug: "record-not-canonical",
        status: 500,
        meaning: Cow::Borrowed("A record is not canonical JSON; the server neither writes nor serves it."),
        way_out: "For the operator: run `sinetti verify`, restore the newest backup.",
    },
    Known {
        slug: "record-malformed",
        status: 500,
        meaning: Cow::Borrowed(
            "A record lacks a member, has an unknown one or one of the wrong form; the server neither writes nor serves it.",
        ),
        way_out: "For the operator: run `sinetti verify`, restore the newest backup.",
    },
    Known {
        slug: "record-format-unknown",
        status: 500,
        meaning: Cow::Borrowed("A record has a format that this program does not know."),
        way_out: "For the operator: use a newer program.",
    },
    Known {
        slug: "disclosure-refused",
        status: RULE,
        meaning: Cow::Borrowed(
            "A disclosure does not open a commitment of this event, comes twice, is too long or holds characters that no text may have.",
        ),
        way_out: "Send the disclosures that were made with this payload, one for each commitment at most.",
    },
    Known {
        slug: "data-malformed",
        status: RULE,
        meaning: Cow::Borrowed(
            "`data` lacks a member of its type, has one that the type does not have, or one of the wrong form.",
        ),
        way_out: "`member` says which; `/api/v1/schemas/{type}` has the schema.",
    },
    Known {
        slug: "event-type-unknown",
        status: RULE,
        meaning: Cow::Borrowed("This ledger's program knows no such event type."),
        way_out: "Take one from `/api/v1/schemas`.",
    },
    Known {
        slug: "seen-not-in-history",
        status: 409,
        meaning: Cow::Borrowed(
            "`seen` names no record of this stream's history: it was signed for another history, ledger or future.",
        ),
        way_out: "Fetch the agreement's state, take `version` and `leaf` of its `as_of` as `seen`, and sign again.",
    },
    Known {
        slug: "key-unknown",
        status: 403,
        meaning: Cow::Borrowed("A signing key was never enrolled in this ledger."),
        way_out: "Enrol it first, or sign with an enrolled key.",
    },
    Known {
        slug: "key-of-another-party",
        status: 403,
        meaning: Cow::Borrowed("A signing key belongs to somebody else than the event's actor."),
        way_out: "Sign with a key of the actor.",
    },
    Known {
        slug: "key-revoked",
        status: 403,
        meaning: Cow::Borrowed(
            "A signing key was revoked earlier in the log. Keys are judged by place, not by claimed dates.",
        ),
        way_out: "Sign with a live key.",
    },
    Known {
        slug: "key-purpose",
        status: 403,
        meaning: Cow::Borrowed("A signing key lacks the purpose that this event type asks for."),
        way_out: "`text_signed` asks for `sign`, key events for `manage`, everything else for `record`.",
    },
    Known {
        slug: "signature-invalid",
        status: 403,
        meaning: Cow::Borrowed("A signature does not verify strictly over these exact bytes."),
        way_out: "Sign the payload again, and send the bytes that were signed.",
    },
    Known {
        slug: "key-possession-unproven",
        status: 403,
        meaning: Cow::Borrowed("The key being enrolled has not signed its enrolment."),
        way_out: "Add its own signature to the envelope.",
    },
    Known {
        slug: "key-threshold",
        status: 403,
        meaning: Cow::Borrowed("Fewer keys have signed than the party requires for key events."),
        way_out: "Collect the others' signatures on the same payload.",
    },
    Known {
        slug: "founder-signature-missing",
        status: 403,
        meaning: Cow::Borrowed("A registrar key that the founding record names has not signed it."),
        way_out: "Sign the founding record with every key that it names.",
    },
    Known {
        slug: "key-unacceptable",
        status: RULE,
        meaning: Cow::Borrowed("A public key is weak or not canonically encoded."),
        way_out: "Make a new one with `sinetti key new`.",
    },
    Known {
        slug: "key-known",
        status: RULE,
        meaning: Cow::Borrowed("The key was enrolled before; a key is enrolled once, ever."),
        way_out: "Make a new one with `sinetti key new`.",
    },
    Known {
        slug: "key-is-log-key",
        status: RULE,
        meaning: Cow::Borrowed("The key is one of the log's own; a key has one role."),
        way_out: "Make a new one with `sinetti key new`.",
    },
    Known {
        slug: "key-purposes",
        status: RULE,
        meaning: Cow::Borrowed("The purposes are not a set in order."),
        way_out: "Name each once, in the order `manage`, `record`, `sign`.",
    },
    Known {
        slug: "first-key-must-manage",
        status: RULE,
        meaning: Cow::Borrowed("A party's first key lacks the purpose `manage`."),
        way_out: "Enrol it with `manage`.",
    },
    Known {
        slug: "key-not-live",
        status: RULE,
        meaning: Cow::Borrowed("The party has no such live key."),
        way_out: "Name a key of the party that is not revoked.",
    },
    Known {
        slug: "last-registrar-key",
        status: RULE,
        meaning: Cow::Borrowed("This is the registrar's last key with the purpose `manage`."),
        way_out: "Enrol another one first.",
    },
    Known {
        slug: "key-threshold-range",
        status: RULE,
        meaning: Cow::Borrowed("The threshold is 0, above 7, or above the number of live `manage` keys."),
        way_out: "`detail` says how many there are; enrol more keys first, or set a lower one.",
    },
    Known {
        slug: "ledger-founded-already",
        status: RULE,
        meaning: Cow::Borrowed("The ledger is founded already."),
        way_out: "A ledger is founded once, in record 0.",
    },
    Known {
        slug: "ledger-not-founded",
        status: RULE,
        meaning: Cow::Borrowed("The ledger has no founding record yet."),
        way_out: "Start it with `sinetti serve`, which founds it.",
    },
    Known {
        slug: "log-keys",
        status: RULE,
        meaning: Cow::Borrowed(
            "The log's keys are not one Ed25519 and one ML-DSA-44 verifier key, both named as the origin.",
        ),
        way_out: "Name one of each.",
    },
    Known {
        slug: "log-keys-known",
        status: RULE,
        meaning: Cow::Borrowed("One of the log's new keys is or was its key already."),
        way_out: "Name a new pair; both keys change together.",
    },
    Known {
        slug: "demonstration-mismatch",
        status: RULE,
        meaning: Cow::Borrowed("`demonstration` and an origin ending in `-demo` go together, or neither."),
        way_out: "Found the ledger with both or with neither.",
    },
];

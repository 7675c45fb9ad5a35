//! Problems of the ledger itself: conflicts, and why it may not write or read.

use std::borrow::Cow;

use super::{Known, RULE};

pub(super) const PROBLEMS: &[Known] = &[
    Known {
        slug: "actor-not-allowed",
        status: RULE,
        meaning: Cow::Borrowed("This actor may not say this type of event."),
        way_out: "`detail` says who may; a party acts for itself only.",
    },
    Known {
        slug: "agreement-mismatch",
        status: 400,
        meaning: Cow::Borrowed("The event was sent to another agreement than its payload names."),
        way_out: "Send it to the agreement that was signed, or sign it for this one.",
    },
    Known {
        slug: "clock-leap",
        status: 503,
        meaning: Cow::Borrowed("The server's clock can't be right; nothing is recorded until it is."),
        way_out: "Send the same event again later. For the operator: set the clock.",
    },
    Known {
        slug: "event-expired",
        status: 409,
        meaning: Cow::Borrowed("The event's `until` has passed; it was not to be recorded later."),
        way_out: "Decide again whether it is still meant, and sign it anew with another `until`.",
    },
    Known {
        slug: "event-id-reused",
        status: 409,
        meaning: Cow::Borrowed("Another event stands in the ledger under this event id."),
        way_out: "Draft the event anew: an event id belongs to one payload for ever.",
    },
    Known {
        slug: "evidence-too-large",
        status: 500,
        meaning: Cow::Borrowed("The evidence of this agreement, or its documents, are too large for one answer."),
        way_out: "Ask with `documents=false` and fetch the documents one by one; or `sinetti export --database-url`.",
    },
    Known {
        slug: "if-match-failed",
        status: 412,
        meaning: Cow::Borrowed("The agreement is at another version than `If-Match` asks for."),
        way_out: "Read what has happened, decide again; `accepted` names the newest version.",
    },
    Known {
        slug: "ledger-mismatch",
        status: 400,
        meaning: Cow::Borrowed("The event was signed for another ledger."),
        way_out: "`ledger` must be this ledger's origin, which `/api/v1/log` names.",
    },
    Known {
        slug: "ledger-unavailable",
        status: 503,
        meaning: Cow::Borrowed("The ledger does not write or read now."),
        way_out: "`detail` says why. Sending the same event again later is always safe.",
    },
    Known {
        slug: "ledger-unproven",
        status: 500,
        meaning: Cow::Borrowed("What is stored can't be proven by a checkpoint; the server does not serve it."),
        way_out: "For the operator: run `sinetti verify`, restore the newest backup.",
    },
    Known {
        slug: "log-keys-not-at-hand",
        status: 503,
        meaning: Cow::Borrowed("The private halves of the log's new keys are not on this server."),
        way_out: "For the operator: put them in the data directory first.",
    },
    Known {
        slug: "record-damaged",
        status: 500,
        meaning: Cow::Borrowed("A stored record differs from what was recorded; the server does not serve it."),
        way_out: "For the operator: keep a copy, run `sinetti verify`, restore the newest backup.",
    },
];

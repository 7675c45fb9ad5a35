//! Problems of requests as such.

use std::borrow::Cow;

use super::Known;

pub(super) const PROBLEMS: &[Known] = &[
    Known {
        slug: "agreement-unknown",
        status: 404,
        meaning: Cow::Borrowed("The ledger has no such agreement, or had none at the moment asked about."),
        way_out: "Take an id from `/api/v1/agreements`.",
    },
    Known {
        slug: "body-incomplete",
        status: 400,
        meaning: Cow::Borrowed("The request body ended before it was complete."),
        way_out: "Send the same event again; that is always safe.",
    },
    Known {
        slug: "body-malformed",
        status: 400,
        meaning: Cow::Borrowed(
            "The request body is not the JSON that this operation takes: another form, an unknown member, or one given twice.",
        ),
        way_out: "Send what `accepted` shows; `member` says where the body differs.",
    },
    Known {
        slug: "body-too-large",
        status: 413,
        meaning: Cow::Borrowed("The request body is larger than the server takes."),
        way_out: "Name long texts by their digest; `accepted` says how many bytes are taken.",
    },
    Known {
        slug: "body-too-slow",
        status: 408,
        meaning: Cow::Borrowed("The request body did not arrive in time."),
        way_out: "Send the same event again; that is always safe.",
    },
    Known {
        slug: "content-encoding-unsupported",
        status: 415,
        meaning: Cow::Borrowed("The request body is compressed."),
        way_out: "Send it as it is, without `Content-Encoding`.",
    },
    Known {
        slug: "content-type-unsupported",
        status: 415,
        meaning: Cow::Borrowed("The request body is not declared as JSON."),
        way_out: "Send it with `Content-Type: application/json`.",
    },
    Known {
        slug: "document-damaged",
        status: 500,
        meaning: Cow::Borrowed(
            "The kept document is not the one that was named any more; the server does not give it out.",
        ),
        way_out: "For the operator: remove the file, put the document again or restore it from a backup.",
    },
    Known {
        slug: "document-erased",
        status: 410,
        meaning: Cow::Borrowed("The document was erased for the personal data in it; it is not taken in again."),
        way_out: "Its digest stays: whoever has the document can still show that it is the one.",
    },
    Known {
        slug: "document-mismatch",
        status: 422,
        meaning: Cow::Borrowed("What was sent has another SHA-256 than the document's name."),
        way_out: "Send the document byte for byte as it was when its digest was signed.",
    },
    Known {
        slug: "document-not-held",
        status: 404,
        meaning: Cow::Borrowed("An event names the document, but the ledger does not hold it."),
        way_out: "Ask who said the event; whoever has the document can put it here.",
    },
    Known {
        slug: "document-unknown",
        status: 404,
        meaning: Cow::Borrowed("No event in the ledger names a document of this SHA-256."),
        way_out: "Record the event that names it first; digests are 64 lower-case hex digits.",
    },
    Known {
        slug: "documents-unavailable",
        status: 503,
        meaning: Cow::Borrowed("Documents can't be read or written now."),
        way_out: "Try again later. For the operator: the server's log says why.",
    },
    Known {
        slug: "event-unknown",
        status: 404,
        meaning: Cow::Borrowed("The agreement has no event of this version."),
        way_out: "Versions run from 1 to the newest without gaps; list the events.",
    },
    Known {
        slug: "if-match-malformed",
        status: 400,
        meaning: Cow::Borrowed("`If-Match` is not one version number in quotes."),
        way_out: "Send the newest version that you know, such as `If-Match: \"12\"`, or leave it out.",
    },
    Known {
        slug: "internal",
        status: 500,
        meaning: Cow::Borrowed("The server failed in a way that it does not know."),
        way_out: "Send the same request again; if it stays, tell the operator the time.",
    },
    Known {
        slug: "known-at-in-future",
        status: 400,
        meaning: Cow::Borrowed("`known_at` lies after today; what will be known then is not known."),
        way_out: "Leave `known_at` out for now.",
    },
    Known {
        slug: "language-unknown",
        status: 400,
        meaning: Cow::Borrowed("The trail is not told in that language."),
        way_out: "Ask for `fi`, `sv` or `en`.",
    },
    Known {
        slug: "method-not-allowed",
        status: 405,
        meaning: Cow::Borrowed("This address exists, but not for this method."),
        way_out: "The `Allow` header lists the methods.",
    },
    Known {
        slug: "party-unknown",
        status: 404,
        meaning: Cow::Borrowed("The ledger has no such party."),
        way_out: "Take an id from an agreement's `parties`.",
    },
    Known {
        slug: "path-unknown",
        status: 404,
        meaning: Cow::Borrowed("There is nothing at this address."),
        way_out: "`/api/docs` lists what there is.",
    },
    Known {
        slug: "query-malformed",
        status: 400,
        meaning: Cow::Borrowed("A query parameter is unknown, given twice or out of range."),
        way_out: "Take it out or correct it; a misspelt parameter is never ignored.",
    },
    Known {
        slug: "schema-unknown",
        status: 404,
        meaning: Cow::Borrowed("There is no such event type."),
        way_out: "Take one from `/api/v1/schemas`.",
    },
    Known {
        slug: "since-missing",
        status: 400,
        meaning: Cow::Borrowed("The request asks what changed and does not say since when."),
        way_out: "Give `since`: a date or an instant.",
    },
    Known {
        slug: "tile-unknown",
        status: 404,
        meaning: Cow::Borrowed("The tree has no such tile yet, or the path is not in its one form."),
        way_out: "`/checkpoint` says how large the tree is; C2SP tlog-tiles which tiles follow.",
    },
    Known {
        slug: "timestamp-unknown",
        status: 404,
        meaning: Cow::Borrowed("There is no timestamp of a checkpoint of that size."),
        way_out: "Take a size that `/api/v1/log/checkpoints` shows with a timestamp; a newer one covers every record before it too.",
    },
    Known {
        slug: "streams-full",
        status: 503,
        meaning: Cow::Borrowed("As many clients follow agreements by `/stream` as the server lets follow at once."),
        way_out: "Ask `/events` with `after` now and then, which misses nothing either; try `/stream` again later.",
    },
    Known {
        slug: "time-malformed",
        status: 400,
        meaning: Cow::Borrowed("A date or an instant is not in its one form."),
        way_out: "Dates are `YYYY-MM-DD`, instants `YYYY-MM-DDThh:mm:ss.mmmZ`.",
    },
    Known {
        slug: "evidence-busy",
        status: 503,
        meaning: Cow::Borrowed("Too many evidence bundles are being made at once."),
        way_out: "Try again in a moment.",
    },
    Known {
        slug: "previews-busy",
        status: 503,
        meaning: Cow::Borrowed("Too many events are being looked at before they are signed at once."),
        way_out: "Try again in a moment.",
    },
    Known {
        slug: "uploads-busy",
        status: 503,
        meaning: Cow::Borrowed("Too many documents are being put at once."),
        way_out: "Try again in a moment.",
    },
];

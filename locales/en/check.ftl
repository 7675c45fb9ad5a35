## Checking in the browser.

menu-check = Check
check-title = Check in the browser
check-lead = This page computes the proofs again in your own browser. No file is sent anywhere, and the server’s word is not taken for anything.
check-no-script = Checking in the browser needs JavaScript. Without it you can check the same files with the program or by hand, as told below.
check-files = Files to check
check-files-help = A receipt, a proof (.tlog-proof) with its record, or checkpoints. You can also drop the files here.
check-run = Check
check-trust = What is trusted
check-trust-help = The ledger’s keys and the hash of its first record are published elsewhere too. Compare, or replace them by those that you have from elsewhere: only then the result does not depend on this page.
check-keys = Keys of the ledger (vkey), one a line
check-founding = Hash of the first record (base64)
check-offline-title = Keep the verifier
check-offline = The verifier comes as one file that works without a network. Save it now, and you can check receipts and proofs later, even when this service is gone.
check-offline-link = Save the verifier (HTML)
check-offline-lead = This file checks receipts and proofs of a Sinetti ledger without a network. It was saved from the ledger { $origin }.
check-other-title = Check with the program or by hand
check-other = The program sinetti checks more than a browser: it also replays the rules of the agreements, and the whole ledger.
check-other-hand = By hand, curl, jq and openssl are enough; the bytes are described in the documentation that comes with the program (docs/auditing.md and docs/formats.md).

check-here-title = Check this record here
check-here = Your browser fetches the record, its proof and the key events of the ledger, and computes all of it itself: hashes, signatures, and the place in the ledger.
check-here-run = Check in the browser
check-here-no-script = Checking in the browser needs JavaScript. Without it you can download proof and record and check them with the program or by hand.

## What the verifier says. The browser fills in what stands in braces.

check-say-working = Checking…
check-say-no-files = Choose the files to check first.
check-say-bad-key = This is not a valid key (vkey): { $value }
check-say-bad-founding = The hash of the first record must be 32 bytes in base64.
check-say-broken = The verifier did not come to an end. Nothing was established.

check-say-verdict-valid = Valid
check-say-verdict-suspect = Suspect
check-say-verdict-unverifiable = Unverifiable
check-say-verdict-tampered = Tampered
check-say-headline-valid = Everything that this browser checked holds.
check-say-headline-suspect = Authentic, but signed with a key that may have been in other hands.
check-say-headline-unverifiable = Not everything could be verified.
check-say-headline-tampered = Something does not hold.

check-say-checked = Checked
check-say-count-records = Form and place of records: { $count }
check-say-count-signatures = Signatures of parties: { $count }
check-say-count-checkpoint-signatures = Signatures of the log on the checkpoint: { $count }
check-say-count-inclusions = Inclusion of records in the ledger: { $count }

check-say-unchecked = Not checked
check-say-unchecked-rules = The rules of the agreements: whether the act should have been recorded. The program sinetti replays them.
check-say-unchecked-ml-dsa = The log’s second signature (ML-DSA-44): this browser does not have it.
check-say-unchecked-author = The signature of the party: its key stands in the ledger and not in this file.
check-say-unchecked-completeness = That nothing is left out.
check-say-unchecked-inclusion = The records under the checkpoint.
check-say-unchecked-consistency = That the newer checkpoint continues the older one: that needs proofs from the log itself.

check-say-trust-page = The ledger’s keys were those that this page gave. Compare them with the ones published elsewhere.
check-say-trust-own = The ledger’s keys were those that you gave.

check-say-findings = Findings
check-say-place = record { $index }

check-say-facts = What was checked
check-say-fact-agreement = Agreement
check-say-fact-version = Record of the agreement no.
check-say-fact-index = Record of the ledger no.
check-say-fact-recorded-at = Recorded (by the operator’s clock)
check-say-fact-leaf = Hash of the record
check-say-fact-actor = Who said it
check-say-fact-type = Type of event
check-say-fact-origin = Name of the ledger
check-say-fact-size = Records under the checkpoint
check-say-fact-root = Root of the checkpoint
check-say-fact-founding = Hash of the first record

check-say-finding-other = A check failed.
check-say-finding-key-rule = The key event is against the rules of keys.
check-say-finding-record-misplaced = The record does not fit its place in the chain.
check-say-finding-record-not-canonical = The record’s bytes are not in their one form.
check-say-finding-record-format-unknown = The record has a format that this verifier does not know.
check-say-finding-record-malformed = The bytes are no record of a ledger.
check-say-finding-record-too-long = The record is too long.
check-say-finding-envelope-malformed = The envelope of the signatures has the wrong form.
check-say-finding-not-canonical = The signed bytes are not in their one form.
check-say-finding-payload-malformed = The signed bytes are no event.
check-say-finding-payload-too-long = The signed event is too long.
check-say-finding-characters-unknown = The text has a character that this browser does not know yet.
check-say-finding-ledger-mismatch = Signed for another ledger.
check-say-finding-agreement-mismatch = Signed for another agreement.
check-say-finding-expired = Recorded after the moment that its author set.
check-say-finding-seen-not-in-history = Its author had seen another history than this one.
check-say-finding-event-repeated = The same event stands in the ledger twice.
check-say-finding-event-type-unknown = The event has a type that this verifier does not know.
check-say-finding-data-malformed = The members of the key event have the wrong form.
check-say-finding-erased-event-unknown = The event that data is erased from does not exist.
check-say-finding-key-unknown = The key that signed is not in the ledger.
check-say-finding-key-of-another-party = The key belongs to another party.
check-say-finding-key-revoked = The key was revoked before.
check-say-finding-key-purpose = The key was not given for such an act.
check-say-finding-key-possession-unproven = The new key has not signed itself.
check-say-finding-key-threshold = Too few keys signed.
check-say-finding-founder-signature-missing = The signature of a founder is missing.
check-say-finding-signature-invalid = The signature does not verify.
check-say-finding-key-suspect = By its owner’s word, the key may have been in other hands by then.
check-say-finding-records-missing = Records are missing.
check-say-finding-records-beyond-checkpoint = The records after the checkpoint are not signed for.
check-say-finding-root-mismatch = The records do not give the root of the checkpoint.
check-say-finding-log-empty = There is no record.
check-say-finding-checkpoint-signature = The log’s signature on the checkpoint does not verify, or is missing.
check-say-finding-checkpoint-before-record = The checkpoint was signed before its last record was made.
check-say-finding-checkpoint-malformed = This is no checkpoint.
check-say-finding-log-key-unknown = No key of this ledger is known; add it under “What is trusted”.
check-say-finding-fork = The log signed two different histories. Keep both files: they are the evidence.
check-say-finding-receipt-contradiction = The receipt says something else than the record’s bytes.
check-say-finding-proof-malformed = The proof has the wrong form.
check-say-finding-proof-misplaced = The proof is of another place in the ledger.
check-say-finding-not-included = The proof does not show that the record is in the ledger.
check-say-finding-record-missing = The record of the proof is missing; add it.
check-say-finding-proof-missing = The proof is missing; add it.
check-say-finding-founding-mismatch = The first record is another than the one that is trusted.
check-say-finding-browser-unfit = The browser has no Ed25519 that is strict enough. Use a newer browser, or the program.
check-say-finding-file-too-large = The file is too large.
check-say-finding-file-unknown = The file is none of those that can be checked.
check-say-finding-page-differs = The bytes that the page shows are others than the checked ones.
check-say-finding-server-silent = The server did not give all that the check needs.

## The clerk's desk: what an act would do, before it is signed.
foreseen-registry = { $who }: { $act } ({ $about }).
foreseen-recorded = This act is in the ledger already, as version { $version }. Nothing is recorded twice.
foreseen-counted = This counts as an approval of the agreement.
foreseen-not-counted = This does not count as an approval of the agreement. { $why }
foreseen-signed = The signature is complete ({ $signatures }) and counts once the approval is on record.
foreseen-signed-in-part = Signatures: { $signatures }. It counts only when all who must have signed.
foreseen-approved = Parties that have approved: { $before } → { $after }.
foreseen-signatures = Parties that have signed: { $before } → { $after }.
foreseen-bound = Parties bound: { $before } → { $after }.
foreseen-in-force = The conditions of entry into force are met.
foreseen-not-in-force = The agreement is no longer in force by its own rule.
foreseen-contested = The state of the agreement becomes contested.
foreseen-history-only = The state of the agreement does not change; the act stays in the history.

## The registry's own types of acts.
type-key-enrolled = Enrolment of a key
type-key-revoked = Revocation of a key
type-key-threshold-set = Number of keys required
type-ledger-founded = Founding of the ledger
type-log-keys-changed = Change of the log's keys
type-party-registered = Registration of a party
type-party-succeeded = Succession of a party
type-personal-data-erased = Erasure of personal data


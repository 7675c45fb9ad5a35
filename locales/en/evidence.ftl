## README.txt of an evidence bundle. A change of published words is a new number of words (src/evidence/readme.rs).

evidence-what =
    Here are all records that the ledger { $ledger } held of the agreement { $agreement } up to the checkpoint, and the proof
    that none of them was changed, moved or left out.
evidence-what-registry =
    Here are all records that the ledger { $ledger } held of parties and keys up to the checkpoint, and the proof that none
    of them was changed, moved or left out.
evidence-words =
    This text is made from the records; a verifier makes it again and compares. What decides are the records and their
    signatures. No name of a person stands in this text.
evidence-demonstration =
    The ledger is for demonstration: some of the acts are invented, and marked so. It has no legal effect.
evidence-title = Agreement
evidence-id = Id
evidence-ledger = Ledger
evidence-checkpoint = Checkpoint
evidence-checkpoint-of =
    { $size ->
        [one] { $size } record, root { $root }
       *[other] { $size } records, root { $root }
    }
evidence-last = Newest record
evidence-policy = Policy on witnesses that the ledger publishes, SHA-256
evidence-timestamp = Timestamp
evidence-timestamp-of =
    { $size ->
        [one] The first record was there by { $moment }, says the timestamp authority (timestamps/{ $size }.tsr)
       *[other] The first { $size } records were there by { $moment }, says the timestamp authority (timestamps/{ $size }.tsr)
    }
evidence-trail = History
evidence-parties = Parties
evidence-recorded = recorded { $moment }
evidence-retracted = retracted by record { $version }
evidence-corrected = corrected by record { $version }
evidence-confirmed = confirmed by record { $version }
evidence-program = To verify with the program
evidence-program-key =
    KEY is the ledger’s public key, had from somewhere else than whoever gave you this, such as a party’s own site. Give
    your own demands on witnesses as a file: --policy FILE.
evidence-file = FILE
evidence-key = KEY
evidence-program-authority = CERTIFICATES are those of the timestamp authority up to the root, had from somewhere else than whoever gave you this.
evidence-certificates = CERTIFICATES
evidence-hand = To verify without the program
evidence-hand-leaf = A record’s hash is SHA-256 of a zero byte and the bytes of its file (registry, agreement).
evidence-hand-chain = A record’s agreement_previous is the hash of the record before it in the same folder.
evidence-hand-proof =
    proofs/<index>.tlog-proof leads from the hash to the root on the checkpoint’s third line (RFC 9162 § 2.1.3.2).
evidence-hand-signature =
    A record’s envelope is a DSSE envelope: payload is what was signed (Ed25519). The keys are in the records of the folder registry.
evidence-hand-checkpoint = The checkpoint’s first three lines are signed by the keys of the ledger and its witnesses (C2SP tlog-checkpoint).
evidence-hand-timestamp =
    timestamps/<size>.tsr is an RFC 3161 timestamp of the checkpoint with the ledger’s own signature lines, without those of witnesses: openssl ts -verify -token_in.
evidence-hand-complete =
    heads.json shows that the last records of the folders are the last ones: the last record under the checkpoint names the
    root over the last records of all agreements.
evidence-hand-formats = All formats are described in Sinetti’s documentation, docs/formats.md.

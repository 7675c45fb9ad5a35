-- Witnesses' cosignatures on checkpoints, apart from the checkpoints' own rows: a witness answers
-- later, or never, and may cosign the same checkpoint again, which shows that the log still stands there.

-- A key that cosigned; its verifier key has up to 1800 characters.
CREATE TABLE witness_key (
    id   INTEGER PRIMARY KEY,
    vkey TEXT    NOT NULL UNIQUE
) STRICT;

-- `time` is the witness's word, in seconds since 1970; `signature` holds it too, in its first eight bytes.
CREATE TABLE cosignature (
    size      INTEGER NOT NULL REFERENCES checkpoint (size),
    witness   INTEGER NOT NULL REFERENCES witness_key (id),
    time      INTEGER NOT NULL CHECK (time >= 0),
    signature BLOB    NOT NULL,
    PRIMARY KEY (size, witness, time)
) STRICT;

CREATE INDEX cosignature_by_witness ON cosignature (witness, size);

CREATE TRIGGER witness_key_refuses_update BEFORE UPDATE ON witness_key
BEGIN SELECT raise(ABORT, 'witness_key is append-only'); END;

CREATE TRIGGER witness_key_refuses_delete BEFORE DELETE ON witness_key
BEGIN SELECT raise(ABORT, 'witness_key is append-only'); END;

CREATE TRIGGER cosignature_refuses_update BEFORE UPDATE ON cosignature
BEGIN SELECT raise(ABORT, 'cosignature is append-only'); END;

CREATE TRIGGER cosignature_refuses_delete BEFORE DELETE ON cosignature
BEGIN SELECT raise(ABORT, 'cosignature is append-only'); END;

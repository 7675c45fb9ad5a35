-- Timestamps (RFC 3161) of checkpoints, apart from the checkpoints' own rows: an authority answers later, or never,
-- and only now and then is asked at all.

-- `time` is the authority's word, in milliseconds since 1970, and stands in the token too; `authority` is the name on
-- the certificate that had signed the token when it was verified, before it was kept.
CREATE TABLE checkpoint_timestamp (
    size      INTEGER PRIMARY KEY REFERENCES checkpoint (size),
    time      INTEGER NOT NULL CHECK (time >= 0),
    authority TEXT    NOT NULL,
    token     BLOB    NOT NULL CHECK (length(token) <= 65536)
) STRICT;

CREATE TRIGGER checkpoint_timestamp_refuses_replacement BEFORE INSERT ON checkpoint_timestamp
WHEN EXISTS (SELECT 1 FROM checkpoint_timestamp WHERE size = NEW.size)
BEGIN SELECT raise(ABORT, 'checkpoint_timestamp is append-only'); END;

CREATE TRIGGER checkpoint_timestamp_refuses_update BEFORE UPDATE ON checkpoint_timestamp
BEGIN SELECT raise(ABORT, 'checkpoint_timestamp is append-only'); END;

CREATE TRIGGER checkpoint_timestamp_refuses_delete BEFORE DELETE ON checkpoint_timestamp
BEGIN SELECT raise(ABORT, 'checkpoint_timestamp is append-only'); END;

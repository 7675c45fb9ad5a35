-- A witness's whole memory. `witnessed` is what it must never forget: the newest checkpoint that it
-- cosigned for each log. The others can be made again by reading the log from its beginning.

CREATE TABLE IF NOT EXISTS witnessed (
    origin TEXT    PRIMARY KEY,
    size   INTEGER NOT NULL CHECK (size >= 0),
    time   INTEGER NOT NULL CHECK (time >= 0),
    note   TEXT    NOT NULL
) STRICT;

-- The end of a log whose records are read too: what places the next one.
CREATE TABLE IF NOT EXISTS followed (
    origin      TEXT    PRIMARY KEY,
    size        INTEGER NOT NULL CHECK (size >= 0),
    peaks       TEXT    NOT NULL,
    leaf        TEXT,
    recorded_at INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS followed_stream (
    origin    TEXT    NOT NULL,
    number    INTEGER NOT NULL CHECK (number >= 0),
    agreement TEXT    NOT NULL,
    version   INTEGER NOT NULL CHECK (version >= 1),
    leaf      TEXT    NOT NULL,
    PRIMARY KEY (origin, number)
) STRICT, WITHOUT ROWID;

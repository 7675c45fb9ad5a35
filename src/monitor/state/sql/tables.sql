-- A monitor's whole memory of one ledger. `monitor` has one row, once a first look has held.
-- Everything is written in the transaction that moves it, so that no kill leaves half a look.

CREATE TABLE IF NOT EXISTS monitor (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    note        TEXT    NOT NULL,
    program     TEXT    NOT NULL,
    chain_size  INTEGER NOT NULL CHECK (chain_size >= 0),
    peaks       TEXT    NOT NULL,
    leaf        TEXT,
    recorded_at INTEGER,
    founding    TEXT,
    registry    TEXT    NOT NULL,
    digest      TEXT    NOT NULL DEFAULT '',
    reread      INTEGER NOT NULL DEFAULT 0 CHECK (reread >= 0)
) STRICT;

-- Heads, by number, and how many records of each stream were judged.
CREATE TABLE IF NOT EXISTS stream (
    number    INTEGER PRIMARY KEY CHECK (number >= 0),
    agreement TEXT    NOT NULL,
    version   INTEGER NOT NULL CHECK (version >= 0),
    leaf      TEXT    NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS judged (
    agreement TEXT    PRIMARY KEY,
    records   INTEGER NOT NULL CHECK (records >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS agreement (
    agreement TEXT PRIMARY KEY,
    state     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What later records ask of earlier ones.
CREATE TABLE IF NOT EXISTS past (
    agreement TEXT    NOT NULL,
    place     INTEGER NOT NULL,
    leaf      TEXT    NOT NULL,
    PRIMARY KEY (agreement, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS author (
    event TEXT PRIMARY KEY,
    party TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS signed (
    signer      TEXT    NOT NULL,
    place       INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (signer, place)
) STRICT, WITHOUT ROWID;

-- The log itself: every record's bytes, and every node of the tree.
CREATE TABLE IF NOT EXISTS record (
    place INTEGER PRIMARY KEY CHECK (place >= 0),
    bytes BLOB    NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS node (
    level INTEGER NOT NULL,
    place INTEGER NOT NULL,
    hash  TEXT    NOT NULL,
    PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

-- What was found and stays true, with the evidence where there is some. `of_record` ones are found
-- again when a newer program judges the records anew.
CREATE TABLE IF NOT EXISTS found (
    id        INTEGER PRIMARY KEY,
    of_record INTEGER NOT NULL CHECK (of_record IN (0, 1)),
    finding   TEXT    NOT NULL UNIQUE,
    name      TEXT,
    evidence  TEXT
) STRICT;

-- The ledger's tables. `record`, `tree_node` and `checkpoint` are append-only by trigger: a program
-- error or a careless statement is refused here; whoever removes the triggers is found by the hashes.

CREATE TABLE record (
    "index"   INTEGER PRIMARY KEY CHECK ("index" >= 0),
    agreement TEXT    NOT NULL,
    version   INTEGER NOT NULL CHECK (version >= 1),
    event_id  TEXT    NOT NULL UNIQUE,
    bytes     BLOB    NOT NULL CHECK (length(bytes) <= 65535),
    leaf      BLOB    NOT NULL CHECK (length(leaf) = 32),
    UNIQUE (agreement, version)
) STRICT;

-- Roots of complete subtrees (RFC 6962); they never change. Level 0 repeats the leaves.
CREATE TABLE tree_node (
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 62),
    idx   INTEGER NOT NULL CHECK (idx >= 0),
    hash  BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

-- One row: the end of the ledger. Writers take turns by it.
CREATE TABLE ledger_head (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    size        INTEGER NOT NULL CHECK (size >= 0),
    leaf        BLOB    CHECK (length(leaf) = 32),
    recorded_at INTEGER
) STRICT;

INSERT INTO ledger_head (id, size, leaf, recorded_at) VALUES (1, 0, NULL, NULL);

-- The newest record of each stream; `number` is the order of first records.
CREATE TABLE stream_head (
    number    INTEGER PRIMARY KEY CHECK (number >= 0),
    agreement TEXT    NOT NULL UNIQUE,
    version   INTEGER NOT NULL,
    leaf      BLOB    NOT NULL CHECK (length(leaf) = 32),
    FOREIGN KEY (agreement, version) REFERENCES record (agreement, version)
) STRICT;

-- Signed notes, by tree size.
CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY CHECK (size >= 0),
    note TEXT    NOT NULL
) STRICT;

-- Folded state of each stream, JSON, rebuildable from the records. `digest` is
-- SHA-256 over the other columns: a cache that was damaged is not believed.
CREATE TABLE agreement_state (
    agreement        TEXT    PRIMARY KEY,
    version          INTEGER NOT NULL,
    registry_version INTEGER NOT NULL,
    state            TEXT    NOT NULL,
    digest           BLOB    NOT NULL CHECK (length(digest) = 32)
) STRICT;

-- Personal data, apart from the chain; rows can be deleted. `disclosure` is the JSON array
-- [salt, event, pointer, value].
CREATE TABLE disclosure (
    event_id   TEXT NOT NULL REFERENCES record (event_id),
    pointer    TEXT NOT NULL,
    agreement  TEXT NOT NULL,
    disclosure TEXT NOT NULL,
    PRIMARY KEY (event_id, pointer)
) STRICT;

CREATE INDEX disclosure_by_agreement ON disclosure (agreement);

CREATE TRIGGER record_is_gapless BEFORE INSERT ON record
WHEN NEW."index" <> (SELECT coalesce(max("index") + 1, 0) FROM record)
BEGIN SELECT raise(ABORT, 'record is append-only and without gaps'); END;

CREATE TRIGGER record_refuses_update BEFORE UPDATE ON record
BEGIN SELECT raise(ABORT, 'record is append-only'); END;

CREATE TRIGGER record_refuses_delete BEFORE DELETE ON record
BEGIN SELECT raise(ABORT, 'record is append-only'); END;

CREATE TRIGGER tree_node_refuses_replacement BEFORE INSERT ON tree_node
WHEN EXISTS (SELECT 1 FROM tree_node WHERE level = NEW.level AND idx = NEW.idx)
BEGIN SELECT raise(ABORT, 'tree_node is append-only'); END;

CREATE TRIGGER tree_node_refuses_update BEFORE UPDATE ON tree_node
BEGIN SELECT raise(ABORT, 'tree_node is append-only'); END;

CREATE TRIGGER tree_node_refuses_delete BEFORE DELETE ON tree_node
BEGIN SELECT raise(ABORT, 'tree_node is append-only'); END;

CREATE TRIGGER checkpoint_refuses_replacement BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size)
BEGIN SELECT raise(ABORT, 'checkpoint is append-only'); END;

CREATE TRIGGER checkpoint_refuses_update BEFORE UPDATE ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint is append-only'); END;

CREATE TRIGGER checkpoint_refuses_delete BEFORE DELETE ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint is append-only'); END;

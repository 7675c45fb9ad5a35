-- Binds: ?1 JSON array of [number, agreement, version, leaf in hex].
INSERT INTO stream_head (number, agreement, version, leaf)
SELECT value ->> 0, value ->> 1, value ->> 2, unhex(value ->> 3) FROM json_each(?1) WHERE true
ON CONFLICT (number) DO UPDATE SET version = excluded.version, leaf = excluded.leaf

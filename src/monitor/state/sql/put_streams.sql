-- Binds: ?1 JSON array of [number, agreement, version, leaf].
INSERT INTO stream (number, agreement, version, leaf)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1) WHERE true
ON CONFLICT (number) DO UPDATE
SET agreement = excluded.agreement, version = excluded.version, leaf = excluded.leaf

-- Binds: ?1 JSON array of [index, agreement, version, event_id, bytes as text, leaf in hex].
INSERT INTO record ("index", agreement, version, event_id, bytes, leaf)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, CAST(value ->> 4 AS BLOB), unhex(value ->> 5)
FROM json_each(?1)

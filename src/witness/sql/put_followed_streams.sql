-- Binds: ?1 origin, ?2 JSON array of [number, agreement, version, leaf].
INSERT INTO followed_stream (origin, number, agreement, version, leaf)
SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?2) WHERE true
ON CONFLICT (origin, number) DO UPDATE
SET agreement = excluded.agreement, version = excluded.version, leaf = excluded.leaf

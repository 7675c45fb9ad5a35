-- Binds: ?1 JSON array of [level, place, hash].
INSERT INTO node (level, place, hash) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)

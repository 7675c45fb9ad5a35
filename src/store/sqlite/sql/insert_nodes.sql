-- Binds: ?1 JSON array of [level, idx, hash in hex].
INSERT INTO tree_node (level, idx, hash)
SELECT value ->> 0, value ->> 1, unhex(value ->> 2) FROM json_each(?1)

-- Stored tree nodes, in the order asked for; hash is NULL where there is none.
-- Binds: ?1 JSON array of [level, idx].
SELECT n.hash FROM json_each(?1) AS asked
LEFT JOIN tree_node AS n ON n.level = asked.value ->> 0 AND n.idx = asked.value ->> 1
ORDER BY asked.key

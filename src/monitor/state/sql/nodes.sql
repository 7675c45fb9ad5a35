-- In the order asked for; one that is not there has no hash.
-- Binds: ?1 JSON array of [level, place].
SELECT node.hash FROM json_each(?1) AS asked
LEFT JOIN node ON node.level = asked.value ->> 0 AND node.place = asked.value ->> 1 ORDER BY asked.key

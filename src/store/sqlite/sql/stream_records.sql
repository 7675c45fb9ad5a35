-- One stream's records in order, each with the leaf that the tree holds for it.
-- Binds: ?1 agreement, ?2 version before the first, ?3 first index beyond, ?4 most rows.
SELECT r."index", r.agreement, r.version, r.event_id, r.bytes, r.leaf, n.hash AS node
FROM record AS r LEFT JOIN tree_node AS n ON n.level = 0 AND n.idx = r."index"
WHERE r.agreement = ?1 AND r.version > ?2 AND r."index" < ?3 ORDER BY r.version LIMIT ?4

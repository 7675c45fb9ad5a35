-- Records in order, each with the leaf that the tree holds for it.
-- Binds: ?1 first index, ?2 first index beyond, ?3 most rows.
SELECT r."index", r.agreement, r.version, r.event_id, r.bytes, r.leaf, n.hash AS node
FROM record AS r LEFT JOIN tree_node AS n ON n.level = 0 AND n.idx = r."index"
WHERE r."index" >= ?1 AND r."index" < ?2 ORDER BY r."index" LIMIT ?3

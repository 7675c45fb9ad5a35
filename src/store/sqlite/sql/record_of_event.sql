-- The record of an event id.
-- Binds: ?1 event_id.
SELECT r."index", r.agreement, r.version, r.event_id, r.bytes, r.leaf, n.hash AS node
FROM record AS r LEFT JOIN tree_node AS n ON n.level = 0 AND n.idx = r."index"
WHERE r.event_id = ?1

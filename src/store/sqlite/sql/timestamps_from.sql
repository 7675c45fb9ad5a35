-- Timestamps in order of their checkpoints.
-- Binds: ?1 least size, ?2 greatest size, ?3 most rows.
SELECT size, time, authority, token FROM checkpoint_timestamp
WHERE size BETWEEN ?1 AND ?2 ORDER BY size LIMIT ?3

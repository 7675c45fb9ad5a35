-- A checkpoint has one timestamp: the first, which proves most.
-- Binds: ?1 size, ?2 time, ?3 authority, ?4 token.
INSERT INTO checkpoint_timestamp (size, time, authority, token)
SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM checkpoint_timestamp WHERE size = ?1)

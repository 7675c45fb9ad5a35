-- The timestamp of the largest checkpoint.
-- Binds: ?1 greatest size.
SELECT size, time, authority, token FROM checkpoint_timestamp
WHERE size <= ?1 ORDER BY size DESC LIMIT 1

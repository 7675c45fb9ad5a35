-- Binds: ?1 least size, ?2 most rows.
SELECT size, note FROM checkpoint WHERE size >= ?1 ORDER BY size LIMIT ?2

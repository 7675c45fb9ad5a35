-- The earliest checkpoint that contains a record.
-- Binds: ?1 index of the record.
SELECT size, note FROM checkpoint WHERE size > ?1 ORDER BY size LIMIT 1

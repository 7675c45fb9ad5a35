-- Binds: ?1 the bundle that is read again next.
UPDATE monitor SET reread = ?1 WHERE id = 1

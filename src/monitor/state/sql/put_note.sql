-- The same tree with more signatures.
-- Binds: ?1 note.
UPDATE monitor SET note = ?1 WHERE id = 1

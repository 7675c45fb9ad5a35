-- Binds: ?1 digest of where the replay stands.
UPDATE monitor SET digest = ?1 WHERE id = 1

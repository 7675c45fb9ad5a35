-- A key that is there already stays as it is: it is identified by its whole text.
-- Binds: ?1 verifier key.
INSERT INTO witness_key (vkey) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM witness_key WHERE vkey = ?1)

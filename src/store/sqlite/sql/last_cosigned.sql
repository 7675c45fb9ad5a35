-- The newest cosignature of one key.
-- Binds: ?1 verifier key.
SELECT size, vkey, time, signature FROM cosignature JOIN witness_key ON witness_key.id = witness
WHERE vkey = ?1 ORDER BY size DESC, time DESC LIMIT 1

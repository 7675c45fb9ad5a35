-- Cosignatures of one checkpoint, each key's earliest first.
-- Binds: ?1 size.
SELECT size, vkey, time, signature FROM cosignature JOIN witness_key ON witness_key.id = witness
WHERE size = ?1 ORDER BY witness, time

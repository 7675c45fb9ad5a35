-- Binds: ?1 size, ?2 verifier key, ?3 time, ?4 signature.
INSERT INTO cosignature (size, witness, time, signature)
SELECT ?1, id, ?3, ?4 FROM witness_key
WHERE vkey = ?2
  AND NOT EXISTS (SELECT 1 FROM cosignature WHERE size = ?1 AND witness = witness_key.id AND time = ?3)

-- Binds: ?1 JSON array of key ids, ?2 most rows.
SELECT signed.signer, signed.place, signed.recorded_at FROM json_each(?1) AS asked
JOIN signed ON signed.signer = asked.value ORDER BY signed.place LIMIT ?2

-- Binds: ?1 JSON array of [agreement, records].
INSERT INTO judged (agreement, records)
SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
ON CONFLICT (agreement) DO UPDATE SET records = excluded.records

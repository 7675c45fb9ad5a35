-- Records by count and by greatest index.
-- Binds: none.
SELECT count(*) AS records, coalesce(max("index") + 1, 0) AS beyond FROM record

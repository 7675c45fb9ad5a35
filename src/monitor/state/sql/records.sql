-- Binds: ?1 first place, ?2 most rows.
SELECT place, bytes FROM record WHERE place >= ?1 ORDER BY place LIMIT ?2

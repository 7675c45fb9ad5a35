-- Binds: ?1 origin, ?2 size, ?3 peaks, ?4 leaf, ?5 recorded_at.
INSERT INTO followed (origin, size, peaks, leaf, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (origin) DO UPDATE
SET size = excluded.size, peaks = excluded.peaks, leaf = excluded.leaf, recorded_at = excluded.recorded_at

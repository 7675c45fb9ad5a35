-- Binds: ?1 origin.
SELECT size, peaks, leaf, recorded_at FROM followed WHERE origin = ?1

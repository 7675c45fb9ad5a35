-- Heads of all streams; index is that of the record which a head names, NULL where there is none.
-- Binds: none.
SELECT h.number, h.agreement, h.version, h.leaf, r."index" FROM stream_head AS h
LEFT JOIN record AS r ON r.agreement = h.agreement AND r.version = h.version AND r.leaf = h.leaf
ORDER BY h.number

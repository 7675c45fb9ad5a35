-- Heads that name no record, or another leaf than its.
-- Binds: none.
SELECT h.agreement FROM stream_head AS h
LEFT JOIN record AS r ON r.agreement = h.agreement AND r.version = h.version
WHERE r.leaf IS NOT h.leaf
ORDER BY h.number

-- Checkpoints that bear cosignatures, in order.
-- Binds: ?1 least size, ?2 most rows.
SELECT checkpoint.size, checkpoint.note
FROM (SELECT DISTINCT size FROM cosignature WHERE size >= ?1 ORDER BY size LIMIT ?2) AS cosigned
JOIN checkpoint ON checkpoint.size = cosigned.size ORDER BY checkpoint.size

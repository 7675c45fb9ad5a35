-- Binds: ?1 agreement.
SELECT d.event_id, d.pointer, d.agreement, d.disclosure FROM disclosure AS d
JOIN record AS r ON r.event_id = d.event_id
WHERE d.agreement = ?1 ORDER BY r."index", d.pointer

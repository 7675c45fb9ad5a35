-- Binds: ?1 event_id, ?2 pointer.
DELETE FROM disclosure WHERE event_id = ?1 AND pointer = ?2

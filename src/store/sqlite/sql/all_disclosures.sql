-- Binds: none.
SELECT event_id, pointer, agreement, disclosure FROM disclosure ORDER BY event_id, pointer

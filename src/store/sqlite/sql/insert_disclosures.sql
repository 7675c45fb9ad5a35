-- Binds: ?1 JSON array of [event_id, pointer, agreement, disclosure as text].
INSERT INTO disclosure (event_id, pointer, agreement, disclosure)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1)

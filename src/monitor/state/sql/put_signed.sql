-- Binds: ?1 JSON array of [key id, place, recorded_at].
INSERT INTO signed (signer, place, recorded_at) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)

-- Binds: ?1 JSON array of [event, party].
INSERT INTO author (event, party) SELECT value ->> 0, value ->> 1 FROM json_each(?1)

-- Binds: ?1 JSON array of [agreement, place, leaf].
INSERT INTO past (agreement, place, leaf) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)

-- Binds: ?1 place, ?2 bytes.
INSERT INTO record (place, bytes) VALUES (?1, ?2)

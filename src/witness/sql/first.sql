-- Binds: ?1 origin, ?2 size, ?3 time, ?4 note.
INSERT INTO witnessed (origin, size, time, note) VALUES (?1, ?2, ?3, ?4)

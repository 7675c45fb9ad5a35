-- Compare-and-swap: from exactly the checkpoint that the new one was held against, never back.
-- Binds: ?1 origin, ?2 size, ?3 time, ?4 note, ?5 the old size, ?6 the old note.
UPDATE witnessed SET size = ?2, time = ?3, note = ?4
WHERE origin = ?1 AND size = ?5 AND note = ?6 AND size <= ?2

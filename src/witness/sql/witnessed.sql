-- Binds: ?1 origin.
SELECT size, time, note FROM witnessed WHERE origin = ?1

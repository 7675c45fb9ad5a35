-- Binds: ?1 origin.
SELECT number, agreement, version, leaf FROM followed_stream WHERE origin = ?1 ORDER BY number

-- Binds: none.
SELECT number, agreement, version, leaf FROM stream_head ORDER BY number

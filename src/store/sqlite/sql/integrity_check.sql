-- Pages, types, and every index against its table; "ok", or what is wrong, at most 20 lines.
-- Binds: none.
PRAGMA integrity_check(20)

-- Binds: ?1 agreement, ?2 version.
SELECT leaf FROM record WHERE agreement = ?1 AND version = ?2

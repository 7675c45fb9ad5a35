-- Binds: ?1 agreement.
SELECT state FROM agreement WHERE agreement = ?1

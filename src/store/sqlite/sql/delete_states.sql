-- Empties the cache before it is written anew.
-- Binds: none.
DELETE FROM agreement_state

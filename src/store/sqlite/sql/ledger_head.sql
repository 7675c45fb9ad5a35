-- The end of the ledger. In a writer's transaction this is read first.
-- Binds: none. Row: size, leaf, recorded_at.
SELECT size, leaf, recorded_at FROM ledger_head WHERE id = 1

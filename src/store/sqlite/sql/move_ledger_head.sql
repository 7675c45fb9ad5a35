-- Moves the end of the ledger, from where the writer found it.
-- Binds: ?1 new size, ?2 leaf of the newest record, ?3 its recorded_at (ms since 1970), ?4 old size.
UPDATE ledger_head SET size = ?1, leaf = ?2, recorded_at = ?3 WHERE id = 1 AND size = ?4

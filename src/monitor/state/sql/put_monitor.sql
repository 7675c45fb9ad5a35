-- Binds: ?1 note, ?2 program, ?3 size of the chain, ?4 peaks, ?5 last leaf, ?6 its time, ?7 leaf of record 0, ?8 registry.
INSERT INTO monitor (id, note, program, chain_size, peaks, leaf, recorded_at, founding, registry)
VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (id) DO UPDATE
SET note = excluded.note, program = excluded.program, chain_size = excluded.chain_size, peaks = excluded.peaks,
    leaf = excluded.leaf, recorded_at = excluded.recorded_at, founding = excluded.founding, registry = excluded.registry

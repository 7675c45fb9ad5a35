SELECT note, program, chain_size, peaks, leaf, recorded_at, founding, registry, digest, reread FROM monitor WHERE id = 1

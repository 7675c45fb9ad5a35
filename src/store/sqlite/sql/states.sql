-- Binds: none.
SELECT agreement, version, registry_version, state, digest FROM agreement_state ORDER BY agreement

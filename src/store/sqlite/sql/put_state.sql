-- Binds: ?1 agreement, ?2 version, ?3 registry_version, ?4 state, ?5 digest.
INSERT INTO agreement_state (agreement, version, registry_version, state, digest)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (agreement) DO UPDATE SET
    version = excluded.version, registry_version = excluded.registry_version,
    state = excluded.state, digest = excluded.digest

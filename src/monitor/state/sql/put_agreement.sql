-- Binds: ?1 agreement, ?2 state.
INSERT INTO agreement (agreement, state) VALUES (?1, ?2)
ON CONFLICT (agreement) DO UPDATE SET state = excluded.state

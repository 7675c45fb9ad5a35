SELECT finding, name, evidence FROM found ORDER BY id

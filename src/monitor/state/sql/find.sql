-- What is found again stays as it was found first.
-- Binds: ?1 of a record, ?2 finding, ?3 name of the evidence, ?4 evidence.
INSERT INTO found (of_record, finding, name, evidence)
SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM found WHERE finding = ?2)

-- Binds: ?1 JSON array of events.
SELECT DISTINCT author.event, author.party FROM json_each(?1) AS asked JOIN author ON author.event = asked.value

-- Binds: ?1 JSON array of [agreement, place].
SELECT DISTINCT past.agreement, past.place, past.leaf FROM json_each(?1) AS asked
JOIN past ON past.agreement = asked.value ->> 0 AND past.place = asked.value ->> 1

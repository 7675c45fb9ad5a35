SELECT count(*) AS findings, count(evidence) AS proven FROM found

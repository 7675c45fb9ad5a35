-- Binds: none.
SELECT count(*) FROM tree_node

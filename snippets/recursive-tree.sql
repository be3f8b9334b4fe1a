-- title: Walk a tree with its depth and path
-- topic: cte
-- words: recursive with hierarchy tree parent child depth path self-reference
-- database: vendorpay
-- needs: any
-- changes: no
-- why: The first part finds the roots, the part after UNION ALL is repeated on the rows found last, until it finds none.
--   The path both sorts the tree as one reads it and would stop a cycle: a row whose id is in its path already is left out.
with recursive tree as (
  select id, name, 1 as depth, array[id] as path
  from {{table: vendors}}
  where parent_id is null
  union all
  select child.id, child.name, tree.depth + 1, tree.path || child.id
  from {{table: vendors}} as child
  join tree on child.parent_id = tree.id
  where child.id <> all (tree.path)
)
select repeat('  ', depth - 1) || name as vendor, depth, path
from tree
order by path;

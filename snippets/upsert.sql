-- title: Insert, or update when it is there already
-- topic: crud
-- words: upsert insert on conflict do update excluded merge
-- database: vendorpay
-- needs: any
-- changes: yes
-- why: ON CONFLICT decides inside the server, so two sessions that insert the same key at once both succeed. EXCLUDED is the
--   row that could not be inserted; the conflict target must be a unique index or constraint, here the vendor's slug.
insert into {{table: vendors}} (name, slug, country, category, commission_rate)
values ('Kivu Coffee Roasters', 'kivu-coffee', 'RW', 'groceries', 0.0175),
       ('Huye Bakery', 'huye-bakery', 'RW', 'groceries', 0.0200)
on conflict (slug) do update
set name = excluded.name,
    commission_rate = excluded.commission_rate
returning id, name, slug, commission_rate;

-- A replay for a subscription that asks itself is run by its questions, not by a node. `position` is then what the subscriber is done with.
--   given: the newest event that was given to it;  looked: up to here its part of the log was looked at and counted.
alter table delivery_job
    add column given bigint not null default 0,
    add column looked bigint not null default 0;

-- Counts by name, and what comes to them.
create function add_counts(before jsonb, names text[], counts bigint[]) returns jsonb language sql immutable as $$
    select coalesce(jsonb_object_agg(s.name, s.n), '{}')
    from (select a.name, sum(a.n) as n
          from (select key as name, value::bigint as n from jsonb_each_text(before) union all select * from unnest(names, counts) as u (name, n)) a group by a.name) s
$$;

-- Events that a person must decide on before they go into the log, and those of the same citizen that came after them.
create table held_event (
    position bigint generated always as identity primary key,
    event_key uuid not null,
    order_key bigint not null,
    lane smallint not null,
    type text not null,
    source text not null,
    id text not null,
    subject text,
    data_hash bytea not null,
    envelope bytea not null,
    data bytea not null,
    -- Codes and pointers, without personal data; null: nothing is wrong with it, it waits behind another one.
    reasons jsonb,
    held_at timestamptz not null,
    decided_at timestamptz,
    decision text check (decision in ('released', 'refused')),
    decided_by text,
    note text,
    check ((decided_at is null) = (decision is null) and (decided_at is null) = (decided_by is null))
);
-- An event that was refused may come again; one that waits may not be there twice.
create unique index held_event_waiting on held_event (event_key) where decided_at is null;
create index held_event_order on held_event (order_key, position) where decided_at is null;
create index held_event_source on held_event (source, id);

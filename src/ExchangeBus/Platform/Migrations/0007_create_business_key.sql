-- What an event is about in the world, as a keyed hash: the same birth notice, the same mother on the same day.
-- A stronger key is one that the schema names first; two events that both have one and differ in it are two things.
create table business_key (
    business_key uuid not null,
    sequence bigint not null,
    has_stronger boolean not null,
    recorded_at timestamptz not null,
    primary key (business_key, has_stronger, sequence)
);
create index business_key_recorded_at on business_key using brin (recorded_at);

-- Two accepted events that look like one thing, for a person to judge. Neither is held back.
create table suspected_duplicate (
    sequence bigint primary key,
    earlier_sequence bigint not null,
    earlier_recorded_at timestamptz not null,
    rule text not null,
    flagged_at timestamptz not null,
    decided_at timestamptz,
    decision text check (decision in ('same', 'different')),
    decided_by text,
    note text,
    check ((decided_at is null) = (decision is null) and (decided_at is null) = (decided_by is null))
);
create index suspected_duplicate_open on suspected_duplicate (sequence) where decided_at is null;

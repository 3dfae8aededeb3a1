create table subscription (
    name text primary key check (name ~ '^[A-Za-z0-9.-]+$'),
    agency text not null references agency,
    types text[] not null,
    partitions smallint not null default 1 check (partitions between 1 and 32),
    from_sequence bigint not null
);

-- How far each partition of a subscription has come; one row moves instead of one row per delivery.
--   read: the log up to here has been looked at;  delivered: the newest delivery that the broker has confirmed;
--   acknowledged: the subscriber's cumulative word;  redeliver: something was lost on the way, start again after `acknowledged`;
--   owner, lease_until: the node that delivers, by the database's clock.
create table delivery_position (
    subscription text not null references subscription on delete cascade,
    partition smallint not null,
    read bigint not null,
    delivered bigint not null,
    acknowledged bigint not null,
    acknowledged_at timestamptz,
    deliveries bigint not null default 0,
    redeliver boolean not null default false,
    owner text,
    lease_until timestamptz,
    primary key (subscription, partition),
    check (acknowledged <= delivered and delivered <= read)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- The subscriber's words as they came, the receipt in law: all up to `sequence` was with the subscriber at `received_at`.
create table delivery_receipt (
    subscription text not null,
    partition smallint not null,
    sequence bigint not null,
    received_at timestamptz not null,
    primary key (subscription, partition, sequence)
);

-- What a subscriber could not handle in the end; kept for redrive, counted in the conservation equation.
create table dead_letter (
    subscription text not null,
    sequence bigint not null,
    reason text not null,
    dead_at timestamptz not null,
    primary key (subscription, sequence)
);

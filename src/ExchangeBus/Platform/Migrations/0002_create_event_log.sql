-- The log is the truth: what stands here was accepted and will be delivered.
-- Positions have no gaps and become visible in their order, because every writer holds the log's lock
-- from the moment it reads the newest position until its commit (docs/decisions/0003).
create table event_log (
    sequence bigint primary key,
    event_key uuid not null,
    lane smallint not null,
    type text not null,
    source text not null,
    id text not null,
    subject text,
    recipient text,
    correlation_id text,
    recorded_at timestamptz not null,
    data_hash bytea not null,
    envelope bytea not null,
    data bytea not null
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

create unique index event_log_event_key on event_log (event_key);
create index event_log_correlation on event_log (correlation_id, sequence) where correlation_id is not null;

-- What an edge received in another format than the canonical one, byte for byte.
create table original_message (
    event_key uuid primary key,
    media_type text not null,
    body bytea not null,
    received_at timestamptz not null
);

-- Keys the hash that orders events by citizen, so that a lane or partition key cannot be turned back into a number.
create table order_key_secret (
    only_row boolean primary key default true check (only_row),
    secret uuid not null
);
insert into order_key_secret (secret) values (gen_random_uuid());

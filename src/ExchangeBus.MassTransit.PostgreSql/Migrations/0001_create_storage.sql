create schema if not exists {schema};

-- Raises a given SQLSTATE when a set-based write did not reach every row it was meant for; the label and the ordinals travel in the hint.
create or replace function {schema}.refuse_lost(lost integer[], state text, label text) returns integer
language plpgsql as $body$
begin
    if cardinality(lost) > 0 then
        raise exception 'lost a race for % row(s)', cardinality(lost)
            using errcode = state, hint = label || ':' || array_to_string(lost, ',');
    end if;
    return 0;
end
$body$;

-- The day is part of the key because the table is dropped day by day.
create table if not exists {schema}.inbox (
    message_id uuid not null,
    consumer_id uuid not null,
    day date not null,
    consumed_at timestamptz not null,
    primary key (message_id, consumer_id, day)
) partition by range (day);

create table if not exists {schema}.inbox_default partition of {schema}.inbox default;

create table if not exists {schema}.outbox (
    id uuid primary key,
    seq bigint generated always as identity,
    ordering_key text,
    owner uuid not null,
    lease_until timestamptz not null,
    message jsonb not null,
    body bytea not null
);

create index if not exists outbox_seq on {schema}.outbox (seq);

create table if not exists {schema}.scheduled_message (
    id uuid primary key,
    token uuid not null,
    due_at timestamptz not null,
    ordering_key text,
    message jsonb not null,
    body bytea not null
);

create index if not exists scheduled_message_due on {schema}.scheduled_message (due_at);
create index if not exists scheduled_message_token on {schema}.scheduled_message (token);

-- Queue-like tables turn over completely; the default thresholds let them bloat between vacuums.
alter table {schema}.outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
alter table {schema}.scheduled_message set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);

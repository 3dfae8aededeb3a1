-- The log in partitions of one day (+07:00), created ahead and dropped whole when they are older than the retention
-- (docs/decisions/0010). `recorded_at` never goes back along `sequence`: it is the database's clock, taken under the log's lock.
alter table event_log rename to event_log_before_days;
drop index event_log_event_key;
drop index event_log_correlation;
alter table event_log_before_days drop constraint event_log_pkey;

create table event_log (
    sequence bigint not null,
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
    data bytea not null,
    primary key (sequence, recorded_at)
) partition by range (recorded_at);
create index event_log_correlation on event_log (correlation_id, sequence) where correlation_id is not null;

-- A key that is unique over all days needs a place of its own. As long as a row stands here, the event is known.
create table event_identity (
    event_key uuid primary key,
    sequence bigint not null,
    recorded_at timestamptz not null
) with (autovacuum_vacuum_insert_scale_factor = 0.05);
create index event_identity_recorded_at on event_identity using brin (recorded_at);
create index original_message_received_at on original_message using brin (received_at);

-- True when the day was new. ATTACH does not stop readers and writers, as CREATE ... PARTITION OF would.
create function create_event_log_partition(day date) returns boolean language plpgsql as $$
declare
    partition text := 'event_log_' || to_char(day, 'YYYYMMDD');
begin
    perform pg_advisory_xact_lock(435627357556);
    if to_regclass(partition) is not null then
        return false;
    end if;
    execute format('create table %I (like event_log including constraints including indexes)
                    with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)', partition);
    execute format('alter table event_log attach partition %I for values from (%L) to (%L)', partition,
                   day::timestamp at time zone interval '7 hours', (day + 1)::timestamp at time zone interval '7 hours');
    return true;
end $$;

-- Gives up after 2 s when somebody reads, for nobody can read while this waits.
create function drop_event_log_partition(day date) returns void language plpgsql as $$
begin
    perform set_config('lock_timeout', '2s', true);
    execute format('drop table %I', 'event_log_' || to_char(day, 'YYYYMMDD'));
end $$;

-- The newest row of the log, without a look at every day: as recorded_at never goes back, it is among the last two days whenever
-- anything is. EXECUTE plans for the value at hand, so that the other days are neither opened nor locked.
create function log_newest(out sequence bigint, out recorded_at timestamptz) language plpgsql stable as $$
begin
    execute 'select e.sequence, e.recorded_at from event_log e where e.recorded_at >= $1 order by e.sequence desc limit 1'
        into sequence, recorded_at using now() - interval '2 days';
    if sequence is null then
        execute 'select e.sequence, e.recorded_at from event_log e order by e.sequence desc limit 1' into sequence, recorded_at;
    end if;
    sequence := coalesce(sequence, 0);
    recorded_at := coalesce(recorded_at, '-infinity');
end $$;

select create_event_log_partition(day::date)
from generate_series(
    coalesce((select min(recorded_at) from event_log_before_days), now()) at time zone interval '7 hours',
    greatest(now(), (select max(recorded_at) from event_log_before_days)) at time zone interval '7 hours' + interval '3 days',
    interval '1 day') as day;

-- The time of acceptance is written at delivery, from its column.
insert into event_log
select sequence, event_key, lane, type, source, id, subject, recipient, correlation_id,
       max(recorded_at) over (order by sequence), data_hash,
       convert_to(regexp_replace(convert_from(envelope, 'UTF8'), ',"recordedtime":"[^"]*"', ''), 'UTF8'), data
from event_log_before_days;
insert into event_identity select event_key, sequence, recorded_at from event_log;
drop table event_log_before_days;

-- A dead letter knows its place in the chain of deliveries, so that the cumulative acknowledgement can go over it, and whether it was handed out again.
--   previous: the delivery before it; null when it did not come from the chain;  deliveries: how often the subscriber had it;
--   redriven_at, redriven_by: when and by which job it was handed out again. It then counts no more, until it comes back.
alter table dead_letter
    add column partition smallint not null default 0,
    add column previous bigint,
    add column type text,
    add column recorded_at timestamptz,
    add column deliveries int not null default 1,
    add column redriven_at timestamptz,
    add column redriven_by uuid;
update dead_letter d set type = e.type, recorded_at = e.recorded_at from event_log e where e.sequence = d.sequence;
create index dead_letter_open on dead_letter (subscription, sequence) where redriven_at is null;
create index dead_letter_oldest on dead_letter (sequence) where redriven_at is null;
create index dead_letter_chain on dead_letter (subscription, partition, sequence) where previous is not null;

-- Each time that something was tried and did not succeed. The message tells two of one second apart, and one that is told twice from two.
create table delivery_attempt (
    subscription text not null,
    sequence bigint not null,
    attempted_at timestamptz not null,
    message text not null default '',
    result text not null check (result ~ '^[a-z0-9.-]{1,64}$'),
    deliveries int not null default 1,
    primary key (subscription, sequence, attempted_at, message)
);

-- How far the acknowledgement of a partition reaches: over each dead letter whose predecessor it has reached. Volatile on purpose: it must see what was
-- committed while its caller waited for the row of the partition.
create function past_dead_letters(of_subscription text, of_partition smallint, acknowledged bigint) returns bigint language plpgsql volatile as $$
declare
    dead record;
begin
    loop
        select d.previous, d.sequence into dead from dead_letter d
        where d.subscription = of_subscription and d.partition = of_partition and d.previous is not null and d.sequence > acknowledged
        order by d.sequence limit 1;
        if not found or dead.previous > acknowledged then
            return acknowledged;
        end if;
        acknowledged := dead.sequence;
    end loop;
end $$;

-- What came to the dead letters and is no event of a subscription: the newest, for people to look at.
create table stray_message (
    position bigint generated always as identity primary key,
    queue text not null,
    reason text not null,
    received_at timestamptz not null,
    size bigint not null,
    body bytea
);

-- Handing out again: dead letters (redrive), or a part of the log (replay). What is after `position` has not been looked at.
--   from_sequence, to_sequence: the part of the log, both included;  dead_before, reasons: which dead letters, where none are listed;
--   not_before: what was accepted earlier is too old;  waits_for: why a running job does nothing just now;
--   owner, lease_until: the node that runs it, by the database's clock.
create table delivery_job (
    id uuid primary key,
    subscription text not null references subscription,
    kind text not null check (kind in ('redrive', 'replay')),
    state text not null check (state in ('running', 'paused', 'stopped', 'completed')),
    is_listed boolean not null default false,
    reasons text[],
    dead_before timestamptz,
    not_before timestamptz,
    from_sequence bigint not null,
    to_sequence bigint not null,
    rate int not null check (rate between 1 and 5000),
    total bigint not null,
    position bigint not null,
    delivered bigint not null default 0,
    skipped jsonb not null default '{}',
    waits_for text,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    owner text,
    lease_until timestamptz
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create index delivery_job_running on delivery_job (created_at) where state = 'running';
create index delivery_job_subscription on delivery_job (subscription, created_at);

-- The dead letters that were named one by one.
create table delivery_job_item (
    job uuid not null references delivery_job on delete cascade,
    sequence bigint not null,
    primary key (job, sequence)
);

-- Who did what to a job, and why.
create table delivery_job_step (
    job uuid not null references delivery_job on delete cascade,
    step int not null,
    action text not null check (action in ('start', 'pause', 'resume', 'stop')),
    done_at timestamptz not null,
    done_by text not null,
    reason text not null,
    primary key (job, step)
);

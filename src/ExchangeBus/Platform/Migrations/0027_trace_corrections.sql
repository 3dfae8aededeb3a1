-- Which events of the log tell of which civil-status record, dossier or person: each by a keyed hash, so that no number stands here.
-- Outlives the days of the log, to say that something was lost with them.
create table event_trace (
    key uuid not null,
    sequence bigint not null,
    recorded_at timestamptz not null,
    primary key (key, sequence)
);

-- How far the log was looked through for it, by whichever node holds the row.
create table trace_position (
    only_row boolean primary key default true check (only_row),
    sequence bigint not null,
    recorded_at timestamptz not null
);
insert into trace_position (sequence, recorded_at) values (0, 'epoch');

-- Every registration of a birth or a death that the bus has seen, in a dossier or not. `record` is kind/commune/book/number.
--   keys: under which its events are traced;  ended_at: annulled or revoked.
create table registration (
    record text primary key,
    kind text not null check (kind in ('birth', 'death')),
    commune text not null,
    dossier_number text,
    sequence bigint not null,
    recorded_at timestamptz not null,
    ended_at timestamptz,
    keys uuid[] not null
);
create index registration_sequence on registration (sequence) where ended_at is null;

-- A correction, annulment, revocation or replacement of which those must hear who received the wrong version.
--   record, dossier_number, person: what it is about;  told_at: when they were found and told;  lost: events that carried it and are older than the log.
create table correction (
    event_key uuid primary key,
    sequence bigint not null,
    recorded_at timestamptz not null,
    type text not null,
    source text not null,
    id text not null,
    subject text,
    record text,
    dossier_number text,
    person uuid,
    told_at timestamptz,
    due_at timestamptz,
    lost int not null default 0
);
create index correction_sequence on correction (sequence);
create index correction_untold on correction (sequence) where told_at is null;
create index correction_id on correction (id);

-- The events that carried the wrong version.
create table correction_event (
    correction uuid not null references correction,
    sequence bigint not null,
    recorded_at timestamptz not null,
    type text not null,
    source text not null,
    id text not null,
    primary key (correction, sequence)
);

-- Which subscription got which of them, and where it stood when the correction came.
create table correction_delivery (
    correction uuid not null references correction,
    sequence bigint not null,
    subscription text not null,
    agency text not null,
    state text not null,
    primary key (correction, sequence, subscription)
);

-- Each agency that received it, and its word that the right version stands. An answer may come before the agency was told.
create table correction_receiver (
    correction uuid not null references correction,
    agency text not null,
    told_at timestamptz,
    told_event text,
    applied_at timestamptz,
    applied_recorded_at timestamptz,
    applied_source text,
    applied_event text,
    officer text,
    result text,
    primary key (correction, agency)
);
create index correction_receiver_open on correction_receiver (correction) where applied_recorded_at is null;

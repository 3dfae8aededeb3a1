-- What the branches of the procedures have brought, under each key by which the event is traced; whether it came before the registration or after.
create table registration_fact (
    key uuid not null,
    fact text not null,
    sequence bigint not null,
    recorded_at timestamptz not null,
    primary key (key, fact)
);

-- A registration whose branch has brought nothing though its time is over, and nothing explains it.
--   since: when its time ran out;  tried_on, hindrance: the day of the last try to ask again, and why it was not done;
--   closed_by: the officer; null when the bus has closed it by itself, so that it may open it again.
create table reconciliation_gap (
    id uuid primary key,
    record text not null references registration,
    branch text not null,
    kind text not null,
    commune text not null,
    dossier_number text,
    keys uuid[] not null,
    registered_at timestamptz not null,
    since timestamptz not null,
    found_at timestamptz not null,
    state text not null check (state in ('open', 'resent', 'closed')),
    is_waiting boolean not null,
    tried_on date,
    resent_at timestamptz,
    resends int not null default 0,
    hindrance text,
    closed_at timestamptz,
    closed_by text,
    reason text,
    unique (record, branch)
);
create index reconciliation_gap_commune on reconciliation_gap (commune, state);
create index reconciliation_gap_open on reconciliation_gap using gin (keys) where state <> 'closed';
create index reconciliation_gap_waiting on reconciliation_gap (tried_on) where is_waiting and state <> 'closed';

-- The comparisons: one for each day by the bus itself, and those that an administrator has asked for.
create table reconciliation_run (
    id uuid primary key,
    day date unique,
    asked_by text,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    compared bigint not null,
    found int not null,
    closed int not null
);
create index reconciliation_run_started on reconciliation_run (started_at);

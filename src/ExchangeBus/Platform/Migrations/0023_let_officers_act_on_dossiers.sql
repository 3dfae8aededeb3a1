alter table agency_system add column desk boolean not null default false;

-- Everything that officers have asked for at the desk, refused or not. What a person enters by hand stands in `result` until it stands in the log, or is not to.
create table desk_request (
    id uuid primary key,
    dossier_number text not null,
    action text not null,
    step text,
    matter text,
    working_days integer,
    hours integer,
    version integer not null,
    result_type text,
    document_hash text,
    result jsonb,
    agency text not null,
    officer text not null,
    reason text not null,
    state text not null check (state in ('refused', 'waiting', 'denied', 'sent')),
    refused_because text,
    requested_at timestamptz not null,
    decided_at timestamptz,
    decided_agency text,
    decided_by text,
    decision_reason text,
    event_id text
);
create index desk_request_dossier on desk_request (dossier_number, requested_at);
create index desk_request_waiting on desk_request (requested_at) where state = 'waiting';

-- The same action on many dossiers: the selection is frozen with the versions that were seen, and nothing runs before it was shown what would happen.
create table desk_job (
    id uuid primary key,
    state text not null check (state in ('frozen', 'running', 'paused', 'stopped', 'completed')),
    terms jsonb not null,
    filter jsonb,
    agency text not null,
    officer text not null,
    reason text not null,
    created_at timestamptz not null,
    approved_at timestamptz,
    approved_agency text,
    approved_by text,
    approval_reason text,
    rate integer not null,
    leased_by text,
    leased_until timestamptz,
    started_at timestamptz,
    ended_at timestamptz
);
create index desk_job_created on desk_job (created_at);

create table desk_job_item (
    job uuid not null references desk_job,
    position integer not null,
    dossier_number text not null,
    version integer not null,
    -- What the rules said when the selection was frozen; null when nothing was in the way.
    forecast text,
    request uuid not null,
    outcome text,
    done_at timestamptz,
    primary key (job, position)
);
create index desk_job_item_open on desk_job_item (job, position) where outcome is null;

-- Who steered it.
create table desk_job_step (
    job uuid not null references desk_job,
    step integer not null,
    action text not null,
    at timestamptz not null,
    agency text not null,
    officer text not null,
    reason text not null,
    primary key (job, step)
);

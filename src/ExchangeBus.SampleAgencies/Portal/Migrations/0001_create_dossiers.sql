create table dossier (
    number text primary key,
    running_number integer not null unique,
    submission jsonb not null,
    submitted_at timestamptz not null,
    state text not null,
    branches jsonb not null,
    holders text[] not null,
    due_at timestamptz,
    told_times integer not null default 0,
    finished_at timestamptz
);

create index dossier_state on dossier (state);

-- One row for each command that was handled: more than one for a dossier means that the bus asked more than once.
create table if not exists step_attempt (
    command_id text primary key,
    dossier_number text not null,
    outcome text not null check (outcome in ('done', 'refused', 'repeated')),
    handled_at timestamptz not null
);

create index if not exists step_attempt_dossier on step_attempt (dossier_number);

-- What the agency did on a command, kept to say the same again.
create table step_result (
    command_type text not null,
    step text not null,
    answer jsonb not null,
    primary key (command_type, step)
);

-- Answers that are given later, or when the adapter asks its registry for them.
create table kept_answer (
    position bigint generated always as identity primary key,
    dossier_number text not null,
    event bytea not null,
    due_at timestamptz not null,
    is_asked_for boolean not null
);

create index kept_answer_due on kept_answer (is_asked_for, due_at);

-- Each question of the adapter to its registry.
create table registry_call (
    position bigint generated always as identity primary key,
    dossier_numbers text[] not null check (cardinality(dossier_numbers) between 1 and 3),
    called_at timestamptz not null
);

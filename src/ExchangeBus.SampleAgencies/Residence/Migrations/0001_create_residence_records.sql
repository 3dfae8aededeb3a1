create sequence residence_serial;

-- "answer" is what the agency told the bus, kept to say the same again.
create table residence_record (
    dossier_number text primary key,
    residence_number text not null unique,
    birth_registration_number text not null,
    personal_id text unique,
    registered_on date not null,
    answer jsonb not null
);

-- One row for each command that was handled: more than one for a dossier means that the bus asked more than once.
create table step_attempt (
    command_id text primary key,
    dossier_number text not null,
    outcome text not null check (outcome in ('done', 'refused', 'repeated')),
    handled_at timestamptz not null
);

create index step_attempt_dossier on step_attempt (dossier_number);

-- Books are kept by the commune and closed with the year (Law on Civil Status 60/2014, article 58).
create table civil_status_book (
    commune text not null,
    book text not null,
    last_number integer not null,
    primary key (commune, book)
);

-- "answer" is what the agency told the bus, kept to say the same again.
create table civil_status_entry (
    dossier_number text primary key,
    commune text not null,
    book text not null,
    number integer not null,
    registered_on date not null,
    birth_notice_number text not null unique,
    personal_id text unique,
    answer jsonb not null,
    unique (commune, book, number)
);

create sequence personal_id_serial;

-- One row for each command that was handled: more than one for a dossier means that the bus asked more than once.
create table step_attempt (
    command_id text primary key,
    dossier_number text not null,
    outcome text not null check (outcome in ('done', 'refused', 'repeated')),
    handled_at timestamptz not null
);

create index step_attempt_dossier on step_attempt (dossier_number);

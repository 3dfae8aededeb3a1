-- Every transition of every linked procedure, written with the transition.
create table dossier_history (
    dossier_number text not null,
    version integer not null,
    at timestamptz not null,
    event_type text not null,
    event_id text,
    source text,
    officer text,
    note text,
    from_state text,
    to_state text,
    holders text not null,
    due_at timestamptz,
    is_late boolean not null,
    primary key (dossier_number, version)
);

-- The numbers by which other systems know a dossier.
create table dossier_number (
    world text not null,
    number text not null,
    dossier_number text not null,
    primary key (world, number, dossier_number)
);
create index dossier_number_number on dossier_number (number);

-- Answers for dossiers that do not exist.
create table dossier_unknown (
    source text not null,
    event_id text not null,
    event_type text not null,
    dossier_number text not null,
    noted_at timestamptz not null,
    primary key (source, event_id)
);

create sequence personal_id_serial;

-- Key: the personal id, or the old identity card of who has none. Whoever is asked about for the first time is taken as the database has always had them.
create table citizen (
    key text primary key,
    name text not null,
    birth_date text,
    is_dead boolean not null default false,
    replaced_by text
);

-- The personal id of a birth, by the record in the books.
create table assigned_id (
    birth_record text primary key,
    personal_id text not null unique
);

-- Deaths have books of their own, numbered like those of births.
create table death_entry (
    dossier_number text primary key,
    commune text not null,
    book text not null,
    number integer not null,
    registered_on date not null,
    personal_id text,
    death_notice_number text,
    revoked_on date,
    answer jsonb not null,
    unique (commune, book, number)
);

-- Nobody dies twice, unless the first death was revoked.
create unique index death_entry_person on death_entry (personal_id) where revoked_on is null;
create unique index death_entry_notice on death_entry (death_notice_number) where revoked_on is null;

alter table civil_status_entry add column annulled_on date;

-- Decisions that changed an entry.
create sequence decision_serial;

-- A system proves itself over HTTP with a key of its own, of which the bus knows the public half; nothing secret is kept here.
-- Rows stay when a key is withdrawn: they are needed to check signatures of events that were accepted before.
create table agency_credential (
    id bigint generated always as identity primary key,
    agency text not null,
    system text not null,
    kind text not null check (kind in ('key', 'certificate')),
    -- The kid of a key; of a certificate the SHA-256 of its SubjectPublicKeyInfo, lower-case hexadecimal.
    name text not null check (length(name) between 1 and 256),
    public_key text check ((kind = 'key') = (public_key is not null)),
    valid_from timestamptz not null default '-infinity',
    valid_until timestamptz not null default 'infinity',
    configured boolean not null default false,
    withdrawn_at timestamptz,
    unique (agency, system, kind, name),
    foreign key (agency, system) references agency_system (agency, system),
    check (valid_from < valid_until)
);

-- A certificate that is shown names nobody, so it may speak for one system only.
create unique index agency_credential_certificate on agency_credential (name) where kind = 'certificate' and withdrawn_at is null;

alter table agency_system add column require_signature text[] not null default '{}';
-- The version before looks callers up by it; it goes with a later migration.
alter table agency_system alter column key_hash drop not null;

-- Moves with every change of who may speak, so that a node learns of one by reading a number.
create table agency_version (
    only_row boolean primary key default true check (only_row),
    version bigint not null
);
insert into agency_version (version) values (1);

create function agency_changed() returns trigger language plpgsql as $$
begin
    update agency_version set version = version + 1;
    return null;
end
$$;

create trigger agency_system_changed after insert or update or delete or truncate on agency_system for each statement execute function agency_changed();
create trigger agency_credential_changed after insert or update or delete or truncate on agency_credential for each statement execute function agency_changed();

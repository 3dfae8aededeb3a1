-- Who may speak on the bus. Keys are kept as SHA-256 only.
create table agency (
    code text primary key check (code ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,34}$'),
    name text not null
);

create table agency_system (
    agency text not null references agency,
    system text not null check (system ~ '^[a-z][a-z0-9-]{0,30}$'),
    key_hash bytea not null unique check (length(key_hash) = 32),
    publishes text[] not null,
    primary key (agency, system)
);

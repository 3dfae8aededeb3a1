-- Signed tokens that have been used, until they expire: each is taken once, by whichever node.
create table used_token (
    -- SHA-256 of issuer and jti.
    token_key bytea primary key check (length(token_key) = 32),
    expires_at timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

create index used_token_expires_at on used_token (expires_at);

-- Keys of the access tokens that the bus itself gives out. Each lives little more than an hour, so an old copy of this table is worth nothing.
create table access_token_secret (
    id bigint generated always as identity primary key,
    secret bytea not null check (length(secret) = 32),
    created_at timestamptz not null
);

create trigger access_token_secret_changed after insert or update or delete or truncate on access_token_secret for each statement execute function agency_changed();

-- Where a subscription of way webhook is called. The version moves with every change of it or of its keys, so that a node sees with one look what to read again.
--   circuit_*: what the node that delivers last said of the endpoint, for people to look at; it decides nothing.
create table webhook_endpoint (
    subscription text primary key references subscription,
    version int not null,
    address text not null,
    concurrency smallint not null check (concurrency between 1 and 64),
    time_limit interval not null,
    requests_per_minute int check (requests_per_minute > 0),
    retry_for interval not null,
    changed_at timestamptz not null,
    circuit text not null default 'closed' check (circuit in ('closed', 'open', 'half-open')),
    circuit_since timestamptz,
    circuit_until timestamptz,
    circuit_failures int not null default 0
);

-- Keys that sign. One that was withdrawn stays without its secret, so that it can be said which keys there were.
create table webhook_key (
    id uuid primary key,
    subscription text not null references webhook_endpoint,
    secret text,
    kind text not null check (kind in ('hmac-sha256', 'ed25519')),
    public_key text,
    valid_from timestamptz,
    valid_until timestamptz,
    created_at timestamptz not null,
    withdrawn_at timestamptz,
    check ((secret is null) = (withdrawn_at is not null))
);
create index webhook_key_subscription on webhook_key (subscription) where withdrawn_at is null;

-- Who changed an endpoint, and why. No address and no key.
create table webhook_change (
    subscription text not null references webhook_endpoint,
    version int not null,
    action text not null check (action in ('settings', 'key-added', 'key-withdrawn')),
    changed_at timestamptz not null,
    changed_by text not null,
    reason text not null,
    primary key (subscription, version)
);

-- Deliveries that have failed, and behind each those of the same key that came later. The position has gone over them.
--   next_at: when it is tried; null behind an earlier one of its key;  previous: the delivery before it, as its body says.
create table waiting_delivery (
    subscription text not null references subscription,
    partition smallint not null,
    sequence bigint not null,
    order_key text not null,
    type text not null,
    recorded_at timestamptz not null,
    previous bigint not null,
    attempt int not null default 0,
    first_failed_at timestamptz,
    next_at timestamptz,
    failure text,
    status int,
    primary key (subscription, sequence)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create index waiting_delivery_due on waiting_delivery (subscription, partition, next_at) where next_at is not null;
create index waiting_delivery_key on waiting_delivery (subscription, partition, order_key, sequence);

-- What was answered after it had waited: the receipt of the position says nothing about these.
create table late_delivery (
    subscription text not null references subscription,
    sequence bigint not null,
    received_at timestamptz not null,
    attempts int not null,
    primary key (subscription, sequence)
);

-- What an attempt over HTTP tells beside its result.
alter table delivery_attempt
    add column duration_ms int,
    add column status int;

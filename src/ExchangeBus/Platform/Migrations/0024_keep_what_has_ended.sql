-- Deliveries that waited for a webhook when their subscription ended: the position has gone over them, and nobody has them.
create table expired_delivery (
    subscription text not null references subscription,
    sequence bigint not null,
    expired_at timestamptz not null,
    primary key (subscription, sequence)
);

-- Whose date has come and whom it was said. Kept for longer than the log, whose identities end with their days.
create table announced_expiry (
    kind text not null check (kind in ('subscription', 'agreement')),
    name text not null,
    expired_at timestamptz not null,
    announced_at timestamptz not null,
    primary key (kind, name, expired_at)
);

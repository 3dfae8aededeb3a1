-- Deliveries that waited for a webhook when their subscription ended: the position has gone over them, and nobody has them.
create table expired_delivery (
    subscription text not null references subscription,
    sequence bigint not null,
    expired_at timestamptz not null,
    primary key (subscription, sequence)
);

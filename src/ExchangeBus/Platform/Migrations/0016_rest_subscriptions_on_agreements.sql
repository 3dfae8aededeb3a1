-- Who may approve the release of a type: exact names or prefixes that end in "*".
alter table agency add column owns text[] not null default '{}';

-- An agreement: who receives what, for which purpose, by which law. Every change is a version with who and why; a version holds for the events
-- after from_sequence until the next one, so that two readers of the log never differ about an event (docs/decisions/0014).
create table agreement (
    id text primary key check (id ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,127}$'),
    agency text not null references agency,
    owner text not null references agency,
    origin text not null check (origin in ('configuration', 'request')),
    created_at timestamptz not null
);
create index agreement_agency on agreement (agency);
create index agreement_owner on agreement (owner);

create table agreement_version (
    agreement text not null references agreement,
    version int not null check (version > 0),
    from_sequence bigint not null,
    state text not null check (state in ('drafted', 'requested', 'approved', 'active', 'suspended', 'ended')),
    terms jsonb not null,
    known text[] not null,
    changed_at timestamptz not null,
    changed_by text not null,
    reason text not null,
    primary key (agreement, version)
);

-- The fields that the schema of a type had when an agreement was made: what a later schema adds is withheld until somebody lists it.
create table known_fields (
    hash text primary key,
    type text not null,
    fields text[] not null
);

-- How a subscription receives, set once; what it asks for has versions like an agreement.
alter table subscription
    add column way text not null default 'queue' check (way in ('queue', 'webhook', 'pull')),
    add column is_ordered boolean not null default true,
    add column acknowledges boolean not null default true,
    add column origin text not null default 'configuration' check (origin in ('configuration', 'request')),
    add column created_at timestamptz not null default now();

create table subscription_version (
    subscription text not null references subscription,
    version int not null check (version > 0),
    from_sequence bigint not null,
    state text not null check (state in ('active', 'paused', 'ended')),
    terms jsonb not null,
    changed_at timestamptz not null,
    changed_by text not null,
    reason text not null,
    primary key (subscription, version)
);

-- One number that moves with every change of an agreement or a subscription, so that a node sees with one look that it must read again.
create table delivery_rules (
    only_row boolean primary key default true check (only_row),
    version bigint not null
);
insert into delivery_rules (version) values (1);

-- What was subscribed before rests on an agreement that releases all, until the configuration says less.
insert into agency (code, name) values ('exchangebus', 'ExchangeBus') on conflict do nothing;
insert into agreement (id, agency, owner, origin, created_at)
select name, agency, 'exchangebus', 'configuration', now() from subscription;
insert into agreement_version (agreement, version, from_sequence, state, terms, known, changed_at, changed_by, reason)
select name, 1, from_sequence, 'active',
       jsonb_build_object('purpose', 'before agreements', 'releases', jsonb_build_array(jsonb_build_object('types', to_jsonb(types), 'fields', jsonb_build_array('all')))),
       '{}', now(), 'migration', 'subscribed before there were agreements'
from subscription;
insert into subscription_version (subscription, version, from_sequence, state, terms, changed_at, changed_by, reason)
select name, 1, from_sequence, case when withdrawn_at is null then 'active' else 'ended' end,
       jsonb_build_object('types', to_jsonb(types), 'agreements', jsonb_build_array(name)), now(), 'migration', 'subscribed before there were versions'
from subscription;
alter table subscription drop column types;

-- What became of each event of the log, counted once however often it is read again: what follows `counted` has not been looked at.
--   unmatched: not asked for;  withheld: asked for and not permitted;  expired: after the subscription's end;
--   matched: to be delivered;  handed: of these, confirmed by the broker, answered by the webhook or acknowledged by the puller;
--   reached: the newest that was ever handed over;  counted_from: where counting began.
alter table delivery_position
    add column counted_from bigint not null default 0,
    add column counted bigint not null default 0,
    add column unmatched bigint not null default 0,
    add column withheld bigint not null default 0,
    add column expired bigint not null default 0,
    add column matched bigint not null default 0,
    add column handed bigint not null default 0,
    add column reached bigint not null default 0;
update delivery_position set counted_from = read, counted = read, reached = delivered;

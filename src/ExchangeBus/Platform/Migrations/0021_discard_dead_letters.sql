-- A dead letter that nobody needs any more. `discarded_at` says how it stands; it goes when the letter is handed out by name or dies again. The table keeps every
-- decision: who, when and why.
alter table dead_letter add column discarded_at timestamptz;

create table dead_letter_discard (
    subscription text not null references subscription,
    sequence bigint not null,
    discarded_at timestamptz not null,
    discarded_by text not null,
    reason text not null,
    primary key (subscription, sequence, discarded_at)
);

-- Supplements and withdrawals. A dossier is withdrawn once.
create table citizen_act (
    position bigint generated always as identity primary key,
    dossier_number text not null,
    kind text not null check (kind in ('supplement', 'withdrawal')),
    body jsonb not null
);

create unique index citizen_act_withdrawal on citizen_act (dossier_number) where kind = 'withdrawal';

-- Dossiers at birth are the ones of before.
alter table dossier add column kind text not null default 'birth' check (kind in ('birth', 'death'));

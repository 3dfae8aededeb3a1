-- Temporary cards of newborns, by the birth notice (Circular 30/2020/TT-BYT, article 10); the real card is linked when it is known.
create table temporary_card (
    card_number text primary key,
    birth_notice_number text not null unique,
    linked_card_number text
);

alter table health_card add column temporary_card_number text;

-- Cards that a death has locked. Key: the personal id, or the dossier of who has none.
create table locked_card (
    key text primary key,
    card_number text,
    locked_on date not null,
    basis text not null,
    unlocked_on date
);

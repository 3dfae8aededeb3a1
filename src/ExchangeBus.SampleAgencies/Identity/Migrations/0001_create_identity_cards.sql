-- The number of a card is the personal id of its holder: a child has one card.
create table identity_card (
    personal_id text primary key,
    dossier_number text not null,
    issued_on date not null
);

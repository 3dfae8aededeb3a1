create sequence allowance_decision_serial;

-- One death is paid once: the deceased is the personal id, or the record in the books of who has none.
create table allowance (
    kind text not null check (kind in ('funeralAllowance', 'survivorBenefit')),
    deceased text not null,
    dossier_number text not null,
    decision_number text not null unique,
    amount bigint not null,
    paid bigint not null default 0,
    stopped_on date,
    primary key (kind, deceased)
);

-- What the other payer has granted, as it told.
create table paid_by_other (
    deceased text primary key,
    dossier_number text not null
);

create sequence province_serial;

-- What the desk has on its table.
create table intake (
    dossier_number text primary key,
    province_number text not null unique,
    attachments integer not null,
    asked_at timestamptz,
    supplied_at timestamptz,
    accepted_at timestamptz
);

-- Residents of whom the agency was asked after their death. Whoever had a residence before this agency kept records is entered when first asked about.
create table resident (
    residence_number text primary key,
    personal_id text unique,
    dossier_number text not null unique,
    address jsonb not null,
    deleted_on date
);

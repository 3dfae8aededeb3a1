-- Whether people behind this system judge held events and suspected duplicates.
alter table agency_system add column reviews boolean not null default false;

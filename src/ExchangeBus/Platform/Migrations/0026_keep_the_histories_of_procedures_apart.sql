-- A number that a portal gives to a birth and to a death must not stop either of them.
alter table dossier_history add column procedure text not null default 'linkedbirth';
alter table dossier_history drop constraint dossier_history_pkey, add primary key (dossier_number, procedure, version);

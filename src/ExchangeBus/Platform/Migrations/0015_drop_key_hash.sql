-- The keys of before 0008; no version that may still run reads or writes it.
alter table agency_system drop column key_hash;

-- What is taken out of the configuration loses its rights at once; the rows stay, because receipts and events name them.
alter table agency_system add column withdrawn_at timestamptz;
alter table subscription add column withdrawn_at timestamptz;

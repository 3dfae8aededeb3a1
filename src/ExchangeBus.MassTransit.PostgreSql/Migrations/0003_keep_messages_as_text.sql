-- The database only hands them back: as jsonb it would parse each one when it is written and print it again when it is read.
alter table {schema}.outbox alter column message type text;
alter table {schema}.scheduled_message alter column message type text;

-- The newest position in a row of its own: every writer needs it, and to ask the days for it costs a plan each time.
-- Its row is moved under the log's lock. It is read from the right end of its index, so that old versions of it, which stay as long as
-- somebody reads an old state of the database, are not in the way.
create table log_head (sequence bigint primary key, recorded_at timestamptz not null)
    with (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
insert into log_head select sequence, recorded_at from log_newest();
drop function log_newest();
create view log_newest as select sequence, recorded_at from log_head order by sequence desc limit 1;

-- One look finds every earlier event of a key. A repeat can no longer reach this table a second time, so nothing must be unique.
alter table business_key drop constraint business_key_pkey;
create index business_key_by_key on business_key (business_key, sequence) include (has_stronger, recorded_at);

-- What stood in a queue when an agreement was suspended or ended was taken back up to here: the position of that change. A node that begins later
-- empties the queue for a newer change only.
alter table delivery_position add column taken_back bigint not null default 0;

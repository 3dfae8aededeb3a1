-- How many events of one system wait for a person is bounded, so it is counted whenever one more would wait.
create index held_event_waiting_source on held_event (source) where decided_at is null;

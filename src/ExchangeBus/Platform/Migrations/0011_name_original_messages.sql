-- A message in another format is kept once, however many events came of it and whichever of them was accepted; until now it hung on its
-- first event. An event names its message: its id is the message's id, a hyphen, and its place in the message. The columns may be empty,
-- because the version before this one does not know them and runs beside this one for a while.
alter table original_message add column source text, add column message_id text;

update original_message o
set source = e.source, message_id = regexp_replace(e.id, '-[0-9]+$', '')
from event_log e
where e.event_key = o.event_key;

create unique index original_message_message on original_message (source, message_id);

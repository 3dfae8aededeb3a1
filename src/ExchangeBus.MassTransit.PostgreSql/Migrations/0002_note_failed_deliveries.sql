-- What an operator asks of a message that stays: how often was it tried, and what was the answer.
alter table {schema}.outbox
    add column if not exists attempts integer not null default 0,
    add column if not exists last_error text;

-- What an operator withdraws in the database must stay so, whatever the configuration of a node that starts later says; what the configuration
-- took out it may bring back. Until now the two could not be told apart. Empty means by hand.
alter table agency_system add column withdrawn_by text;
alter table agency_credential add column withdrawn_by text;

-- A system's withdrawal by hand lasted until the next start only, so that those that are there are the configuration's. Who withdrew a key
-- is not known; it stays withdrawn until somebody takes it back by hand.
update agency_system set withdrawn_by = 'configuration' where withdrawn_at is not null;

-- Whoever withdraws, or takes that back, without saying who they are is not the configuration, whoever withdrew before.
create function agency_withdrawn() returns trigger language plpgsql as $$
begin
    if new.withdrawn_at is distinct from old.withdrawn_at and new.withdrawn_by is not distinct from old.withdrawn_by then
        new.withdrawn_by := null;
    end if;
    return new;
end
$$;

create trigger agency_system_withdrawn before update on agency_system for each row execute function agency_withdrawn();
create trigger agency_credential_withdrawn before update on agency_credential for each row execute function agency_withdrawn();

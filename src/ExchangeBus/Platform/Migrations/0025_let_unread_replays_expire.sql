-- A replay that its subscriber reads itself is ended by the bus when nobody reads it: it keeps days of the log.
--   read_at: when its subscriber last asked for a page of it.
alter table delivery_job
    add column read_at timestamptz,
    drop constraint delivery_job_state_check,
    add constraint delivery_job_state_check check (state in ('running', 'paused', 'stopped', 'completed', 'expired'));
alter table delivery_job_step
    drop constraint delivery_job_step_action_check,
    add constraint delivery_job_step_action_check check (action in ('start', 'pause', 'resume', 'stop', 'expire'));

-- A plan can be called off.

alter table plan drop constraint plan_state_check;
alter table plan add constraint plan_state_check check (state in ('running', 'done', 'failed', 'cancelled'));

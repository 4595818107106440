-- Evaluations of the whole fleet. What was decided is in the decisions themselves, so that nothing can contradict it.

create table evaluation (
    id          uuid primary key,
    state       text not null check (state in ('running', 'done', 'cancelled', 'failed')),
    policy      text not null,
    digest      text not null,
    decided_at  timestamptz not null,
    asker       text not null,
    machines    integer not null,
    decided     integer not null default 0,
    cancelling  boolean not null default false,
    error       text,
    created_at  timestamptz not null default now(),
    finished_at timestamptz,
    runner      uuid,
    heartbeat   timestamptz
);
create index evaluation_newest on evaluation (created_at, id);
create index evaluation_running on evaluation (created_at) where state = 'running';

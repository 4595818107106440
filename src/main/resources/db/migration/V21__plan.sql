-- Plans of whole fleets.

create table plan (
    id          uuid primary key,
    state       text not null check (state in ('running', 'done', 'failed')),
    policy      text not null,
    digest      text not null,
    asker       text not null,
    machines    integer not null default 0,
    decided     integer not null default 0,
    error       text,
    -- The plan without its machines, JSON; null until it is done.
    body        text,
    -- What the log's commitment to the whole plan was salted with.
    salt        bytea,
    created_at  timestamptz not null,
    finished_at timestamptz,
    alive_at    timestamptz not null
);
create index plan_newest on plan (created_at, id);

-- One row for each machine that moves, or would: what is erased of a machine is erased here.
create table plan_vm (
    plan  uuid not null references plan on delete cascade,
    place integer not null,
    vm    text not null,
    moves boolean not null,
    body  text not null,
    primary key (plan, place)
);
create index plan_vm_vm on plan_vm (vm);

-- Jobs that change machines, and every step of them.

create table execution (
    id             uuid primary key,
    kind           text not null check (kind in ('move', 'rollback')),
    state          text not null check (state in ('planned', 'prechecked', 'acting', 'verifying', 'confirming',
        'reverting', 'confirmed', 'rolled-back', 'failed', 'cancelled', 'unclear')),
    vm             text not null,
    recommendation uuid,
    decision       uuid,
    policy         text,
    policy_digest  text,
    -- The execution that this one takes back.
    undoes         uuid references execution,
    executor       text not null,
    -- What is to be done, JSON; null when it was erased.
    task           text,
    asker          text not null,
    wish           text check (wish in ('cancel', 'rollback')),
    tries          integer not null default 0,
    answered       boolean not null default false,
    mark           text not null default '',
    hold_seconds   integer not null,
    problem        text,
    created_at     timestamptz not null,
    finished_at    timestamptz,
    -- Since when it is in its state, by the database's clock, as are the two below.
    since          timestamptz not null default now(),
    -- When it is to be looked at again.
    due            timestamptz not null default now(),
    -- Until when the server that has taken it has it alone. A server whose number is not the newest one writes nothing.
    leased_until   timestamptz,
    runner         uuid,
    fence          bigint not null default 0,
    -- Its machine's payloads were erased while it was under way: what it is about goes when it is over.
    erased         boolean not null default false
);

-- One at a time for each machine, whatever several servers do.
create unique index execution_one on execution (vm) where finished_at is null;
create index execution_newest on execution (created_at, id);
create index execution_vm on execution (vm, created_at, id);
create index execution_state on execution (state, created_at, id);
create index execution_due on execution (due) where finished_at is null;

-- Each step is written before it is tried, and when it is known what came of it. A detail is committed to in the audit log
-- with its salt.
create table execution_step (
    seq       bigint generated always as identity primary key,
    execution uuid not null references execution,
    at        timestamptz not null,
    what      text not null,
    phase     text not null check (phase in ('intent', 'result')),
    tries     integer not null,
    outcome   text not null,
    detail    text,
    salt      bytea,
    by        text not null,
    fence     bigint not null
);
create index execution_step_of on execution_step (execution, seq);

-- What became of moves: what was promised and what was seen since, the newest of each.

create table outcome (
    execution uuid primary key references execution,
    vm        text not null,
    at        timestamptz not null,
    verdict   text not null check (verdict in ('unknown', 'kept', 'broken', 'hurts')),
    body      text not null,
    -- What the log's commitment was salted with.
    salt      bytea
);
create index outcome_vm on outcome (vm);

-- What each rule promised of a move, and whether it came true; null while that is not known.
create table outcome_promise (
    execution uuid not null references outcome on delete cascade,
    rule      text not null,
    kind      text not null,
    unit      text not null,
    promised  double precision not null,
    observed  double precision,
    kept      boolean,
    primary key (execution, rule, kind)
);
create index outcome_promise_rule on outcome_promise (rule);

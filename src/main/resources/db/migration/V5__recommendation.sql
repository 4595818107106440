-- The open advice on each machine and what people said of it.

-- For which moment a machine was last advised, so that what comes late does not replace what is newer.
create table advised (
    vm         text primary key,
    decided_at timestamptz not null
);

create table recommendation (
    id            uuid primary key,
    vm            text not null,
    state         text not null
        check (state in ('open', 'snoozed', 'approved', 'dismissed', 'superseded', 'expired', 'executed')),
    action        smallint not null,
    target        text,
    owner         text,
    cloud         text,
    saving        double precision,
    -- What makes the advice what it is; advice with the same outcome is the same advice.
    outcome       bytea not null,
    body          text,
    decision      uuid not null,
    decided_at    timestamptz not null,
    opened_at     timestamptz not null,
    confirmed_at  timestamptz not null,
    confirmations integer not null default 0,
    until         timestamptz,
    by            text,
    reason        text,
    superseded_by uuid,
    -- The log's size when a dismissal was made or erased: other servers read what is newer than what they know.
    noticed       bigint,
    version       bigint not null default 1,
    erased        integer
);

-- One at a time, whatever several servers do.
create unique index recommendation_live on recommendation (vm) where state in ('open', 'snoozed', 'approved');
create index recommendation_newest on recommendation (opened_at, id);
create index recommendation_vm on recommendation (vm, opened_at, id);
create index recommendation_state on recommendation (state, opened_at, id);
create index recommendation_owner on recommendation (owner, opened_at, id) where owner is not null;
create index recommendation_dismissed on recommendation (vm) where state = 'dismissed';
create index recommendation_noticed on recommendation (noticed) where noticed is not null;
create index recommendation_snoozed on recommendation (until) where state = 'snoozed';
create index recommendation_unconfirmed on recommendation (confirmed_at) where state = 'open';

-- The history of each. A reason is committed to in the audit log with its salt, which is erased with it.
create table recommendation_event (
    seq            bigint generated always as identity primary key,
    recommendation uuid not null references recommendation,
    at             timestamptz not null,
    what           text not null,
    by             text not null,
    decision       uuid,
    reason         text,
    until          timestamptz,
    salt           bytea
);
create index recommendation_event_of on recommendation_event (recommendation, seq);

-- The life of policies: their versions, which of them decides and did before, and drafts of new ones.

-- Every version that decided once, or was drafted. The files are in `content`, by digest; they stay there because of their
-- row in `content_month`, whose month never ends.
create table policy_version (
    policy    text not null,
    digest    text not null,
    -- The signed manifest, when the version came with one.
    manifest  text,
    stored_at timestamptz not null,
    by        text not null,
    primary key (policy, digest)
);

-- What decided from when on, and why; the last row of a policy is what decides now.
create table policy_activation (
    seq      bigint generated always as identity primary key,
    policy   text not null,
    digest   text not null,
    previous text,
    -- Other servers follow all but `start` and `watch`, which are about the disk of one of them.
    what     text not null check (what in ('start', 'watch', 'activate', 'promote', 'rollback', 'release')),
    by       text not null,
    comment  text,
    salt     bytea,
    draft    uuid,
    at       timestamptz not null
);
create index policy_activation_of on policy_activation (policy, seq);

insert into policy_activation (policy, digest, what, by, at)
select name, digest, 'start', by, at from activation order by at;
drop table activation;

create table draft (
    id         uuid primary key,
    policy     text not null,
    state      text not null
        check (state in ('draft', 'checked', 'tested', 'submitted', 'approved', 'active', 'replaced', 'withdrawn')),
    digest     text not null,
    base       text,
    manifest   text,
    author     text not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version    bigint not null default 1
);
create index draft_newest on draft (created_at, id);
create index draft_policy on draft (policy, created_at, id);
create index draft_state on draft (state, created_at, id);

-- What was done with each. A comment is committed to in the audit log with its salt.
create table draft_event (
    seq     bigint generated always as identity primary key,
    draft   uuid not null references draft,
    at      timestamptz not null,
    what    text not null,
    by      text not null,
    digest  text not null,
    outcome text,
    comment text,
    salt    bytea
);
create index draft_event_of on draft_event (draft, seq);

-- Checks, tests and measurements of drafts, each in a process of its own.
create table draft_run (
    id          uuid primary key,
    draft       uuid not null references draft,
    work        text not null check (work in ('check', 'test', 'impact')),
    digest      text not null,
    state       text not null check (state in ('waiting', 'running', 'passed', 'failed', 'stopped')),
    by          text not null,
    progress    text,
    result      text,
    problem     text,
    problem_kind text,
    created_at  timestamptz not null,
    -- Who runs it says so again and again; what nobody has spoken for is over.
    alive_at    timestamptz not null,
    finished_at timestamptz
);
create index draft_run_of on draft_run (draft, created_at);

-- The ledger: decisions with all they were made of, and the tamper-evident log of everything that was done.

-- Words that come again and again, as numbers: rules, policies, catalogues, engines, askers, constraints.
create table term (
    id   integer generated always as identity primary key,
    kind smallint not null,
    text text not null,
    unique (kind, text)
);

-- What bodies are compressed with; a body is useless without its dictionary, so none is ever deleted.
create table dictionary (
    id      integer generated always as identity primary key,
    purpose text not null,
    body    bytea not null,
    made_at timestamptz not null default now()
);

-- Policies and catalogues by digest, each stored once.
create table content (
    digest    bytea primary key,
    kind      text not null,
    body      bytea not null,
    stored_at timestamptz not null default now()
);
alter table content alter column body set storage external;

-- Facts by digest, stored once for each month in which they were decided on, so that they go with their decisions.
create table facts (
    month      date not null,
    digest     bytea not null,
    vm         text not null,
    dictionary integer not null,
    body       bytea not null,
    primary key (month, digest)
) partition by range (month);

-- Decisions, by the moment they were decided at. An id stands for one moment, so it is unique in all partitions.
create table decision (
    decided_at  timestamptz not null,
    seq         bigint not null,
    id          uuid not null,
    vm          text not null,
    action      smallint not null,
    target      text,
    owner       text,
    policy      integer not null,
    catalogue   integer not null,
    engine      integer not null,
    asker       integer not null,
    rules       integer[] not null,
    saving      double precision,
    evaluation  uuid,
    recorded_at timestamptz not null,
    facts       bytea not null,
    dictionary  integer not null,
    salt        bytea,
    body        bytea,
    erased      integer,
    primary key (id, decided_at)
) partition by range (decided_at);

create index decision_newest on decision (decided_at, seq);
create index decision_vm on decision (vm, decided_at, seq);
create index decision_target on decision (target, decided_at, seq) where target is not null;
create index decision_owner on decision (owner, decided_at, seq) where owner is not null;
create index decision_policy on decision (policy, decided_at, seq);
create index decision_action on decision (action, decided_at, seq);
create index decision_evaluation on decision (evaluation, decided_at, seq) where evaluation is not null;
create index decision_saving on decision (saving);
create index decision_rules on decision using gin (rules);

alter table decision alter column body set storage external;
alter table facts alter column body set storage external;

-- The log's newest state; its row lock makes one tree of what several servers append.
create table log_head (
    only_row   boolean primary key default true check (only_row),
    size       bigint not null,
    decisions  bigint not null,
    root       bytea not null,
    checkpoint text not null,
    vkey       text not null,
    signed_at  timestamptz not null
);

-- What each writer has committed last, so that it can tell whether a commit that was cut off has come through.
create table log_writer (
    writer uuid primary key,
    batch  bigint not null,
    at     timestamptz not null
);

create table log_entry (
    seq        bigint primary key,
    compressed boolean not null,
    body       bytea not null
);

-- Full tiles only; what is not full yet follows from the entries, or from the roots of the tiles below.
create table log_tile (
    level  smallint not null,
    tile   bigint not null,
    root   bytea not null,
    hashes bytea not null,
    primary key (level, tile)
);
alter table log_tile alter column hashes set storage external;

-- Who had payloads erased, when and why.
create table erasure (
    id     integer generated always as identity primary key,
    vm     text not null,
    by     text not null,
    reason text not null,
    at     timestamptz not null
);

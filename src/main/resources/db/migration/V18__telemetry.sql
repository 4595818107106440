-- What monitors measure. Samples lie in chunks as they came, one row for each machine and transaction, until their hour is
-- closed; then its statistics are part of a day.

create table telemetry_vm (
    id   integer generated always as identity primary key,
    name text not null unique
);

create table telemetry_series (
    id      integer generated always as identity primary key,
    vm      integer not null references telemetry_vm on delete cascade,
    source  text not null,
    measure text not null,
    term    text not null,
    counter boolean not null,
    factor  double precision not null,
    least   integer not null,
    unique (vm, source, measure, term)
);

create table telemetry_chunk (
    id          bigint generated always as identity primary key,
    vm          integer not null,
    received_at timestamptz not null default now(),
    body        bytea not null
);
create index telemetry_chunk_vm on telemetry_chunk (vm, id);

-- A machine's day of UTC, as days since 1970-01-01; a bit of `hours` for each hour that is closed.
create table telemetry_day (
    vm    integer not null references telemetry_vm on delete cascade,
    day   integer not null,
    hours integer not null,
    body  bytea not null,
    primary key (vm, day)
);

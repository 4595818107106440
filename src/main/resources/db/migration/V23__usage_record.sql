-- How long each machine was held as what: a row for each time in which nothing about it changed that is charged for.
create table usage_record (
    seq            bigint generated always as identity primary key,
    vm             text not null,
    name           text,
    owner          text,
    cloud          text,
    region         text,
    type           text,
    vcpu           double precision,
    memory_gib     double precision,
    price_usd_hour double precision,
    since          timestamptz not null,
    -- Null while it goes on.
    until          timestamptz
);
create unique index usage_record_open on usage_record (vm) where until is null;
create index usage_record_since on usage_record (since, seq);
create index usage_record_owner on usage_record (owner, since, seq);

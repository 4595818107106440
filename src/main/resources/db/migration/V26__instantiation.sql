-- Machines that are made of what servers supply.

-- What resource servers offer, each as a whole.
create table server_offer (
    server         text primary key,
    cloud          text,
    address        text not null,
    supply         text not null,
    price_usd_hour double precision not null,
    availability   double precision,
    at             timestamptz not null
);

create table instantiation (
    id          uuid primary key,
    state       text not null check (state in ('active', 'released')),
    vm          text not null,
    -- What was asked for and what was chosen, JSON.
    body        text not null,
    salt        bytea,
    asker       text not null,
    begins      timestamptz not null,
    -- When it is released by itself; null for a task, which ends when somebody says so.
    ends        timestamptz,
    released_at timestamptz
);
create index instantiation_newest on instantiation (begins, id);
create index instantiation_due on instantiation (ends) where state = 'active';

-- The resource aggregation table: which server supplies which part of which machine, and until when.
create table resource_aggregation (
    instantiation uuid not null references instantiation,
    part          integer not null,
    vm            text not null,
    server        text not null,
    cloud         text,
    address       text not null,
    instance      text not null,
    supplies      text not null,
    usd_hour      double precision not null,
    begins        timestamptz not null,
    ends          timestamptz,
    released_at   timestamptz,
    primary key (instantiation, part)
);
-- A server gives what it offers to one machine at a time.
create unique index resource_aggregation_taken on resource_aggregation (server) where released_at is null;

-- What is live of each policy: what decides, what can be gone back to, what is on trial. A server begins with it.
create table live_policy (
    name         text primary key,
    active       text not null,
    before       text[] not null,
    canary       text,
    canary_share double precision,
    shadow       text,
    shadow_share double precision,
    on_disk      text,
    at           timestamptz not null default now()
);

-- The files of the versions that are live: retention, which takes what no decision refers to, must not take these.
create table live_version (
    digest text primary key,
    body   bytea not null
);

-- Which version decides which machine in an evaluation, so that it goes on as it began; null for its policy alone.
alter table evaluation add column assignment text;

-- The inventory: what every server holds in memory, too. A change gives all its rows the next version, so that a server
-- reads only what is newer than what it has; what is gone stays as a row without a body.

create table inventory_state (
    only_row boolean primary key default true check (only_row),
    version  bigint not null,
    pricing  bytea
);
insert into inventory_state (version) values (0);

create table inventory_vm (
    id         text primary key,
    version    bigint not null,
    dictionary integer not null,
    body       bytea
);
create index inventory_vm_version on inventory_vm (version);

create table inventory_target (
    id         text primary key,
    version    bigint not null,
    dictionary integer not null,
    body       bytea
);
create index inventory_target_version on inventory_target (version);

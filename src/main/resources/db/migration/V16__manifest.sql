-- What manifests say of held machines: the facts and findings, never the manifest itself. As the rest of the inventory, it
-- is held in memory too: a change gives its rows the next version, and what is gone stays as a row without a body.
-- The id is the machine's and the manifest's name, a line each.

create table inventory_manifest (
    id         text primary key,
    version    bigint not null,
    dictionary integer not null,
    body       bytea
);
create index inventory_manifest_version on inventory_manifest (version);

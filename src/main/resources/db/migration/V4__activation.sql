-- Which version of each policy decides, so that a start that changes nothing is no activation.
create table activation (
    name   text primary key,
    digest text not null,
    by     text not null,
    at     timestamptz not null
);

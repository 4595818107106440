-- Entries about decisions are packed with a dictionary, too.
alter table log_entry add column dictionary integer not null default 0;

-- What was stored before there was a dictionary to pack it with; only that is in these indexes.
create index decision_plain on decision (policy) where dictionary = 0 and body is not null;
create index facts_plain on facts (month, digest) where dictionary = 0;

-- Older dictionaries are for Zstandard alone: what was compressed with them is read, nothing new is.
alter table dictionary add column packs boolean not null default false;
alter table dictionary alter column packs drop default;

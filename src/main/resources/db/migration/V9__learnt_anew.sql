-- Older dictionaries may hold words that only one machine's decisions or facts say, which therefore outlast their erasure. What
-- is packed with them is packed anew, and then they go. Entries of the log and targets tell of no machine's payload.
alter table dictionary add column outdated boolean not null default true;
update dictionary set outdated = false where purpose in ('entry', 'target') and packs;

-- Which rules fired belongs to what is erased, as the target and the owner do.
update decision set rules = '{}' where erased is not null;

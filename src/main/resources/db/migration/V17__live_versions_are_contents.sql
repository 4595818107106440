-- The files of live versions are in `content`, as those of all other versions; what is named in `live_policy` is kept there.
drop table live_version;

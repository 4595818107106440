-- The first hour that a chunk's samples are of or wait for, as hours since 1970: which machines have hours to close.

alter table telemetry_chunk add column first_hour integer not null default 0;
create index telemetry_chunk_hour on telemetry_chunk (first_hour, received_at, vm);

-- Offers of advice to the people who answer for machines, and what these are told.

create table offer (
    id                uuid primary key,
    state             text not null
        check (state in ('offered', 'accepted', 'refused', 'countered', 'expired', 'withdrawn')),
    plan              uuid,
    -- To whom and under what terms, JSON.
    body              text not null,
    -- What the log's commitment to the whole offer was salted with; null once a machine in it was erased.
    salt              bytea,
    valid_until       timestamptz not null,
    price_valid_until timestamptz not null,
    created_at        timestamptz not null,
    created_by        text not null,
    predecessor       uuid references offer,
    successor         uuid,
    by                text,
    reason            text,
    -- What was wanted instead, JSON, and until when rules know of it.
    counter           text,
    counter_until     timestamptz,
    -- The log's size when it was countered or that was erased: other servers read what is newer than what they know.
    noticed           bigint,
    -- Whether a countered one was decided again; null for all others.
    followed          boolean,
    leased_until      timestamptz,
    version           bigint not null default 1
);
create index offer_newest on offer (created_at, id);
create index offer_state on offer (state, created_at, id);
create index offer_due on offer (valid_until) where state = 'offered';
create index offer_countered on offer (created_at) where followed = false;
create index offer_noticed on offer (noticed) where noticed is not null;
-- A countered offer has one successor at most, whatever several servers do.
create unique index offer_follows on offer (predecessor) where predecessor is not null;

-- One row for each machine that is offered; the body is null once it was erased.
create table offer_item (
    offer          uuid not null references offer on delete cascade,
    place          integer not null,
    vm             text not null,
    recommendation uuid,
    body           text,
    primary key (offer, place)
);
create index offer_item_vm on offer_item (vm);
create index offer_item_recommendation on offer_item (recommendation) where recommendation is not null;

create table offer_recipient (
    offer uuid not null references offer on delete cascade,
    name  text not null,
    primary key (offer, name)
);
create index offer_recipient_name on offer_recipient (name);

-- The history of each. Reasons and counters are committed to in the audit log with the salt, which is erased with them.
create table offer_event (
    seq    bigint generated always as identity primary key,
    offer  uuid not null references offer on delete cascade,
    at     timestamptz not null,
    what   text not null,
    by     text not null,
    reason text,
    salt   bytea
);
create index offer_event_of on offer_event (offer, seq);

-- What is to be told, written with the step that it tells of.
create table notification (
    id           uuid primary key,
    channel      text not null check (channel in ('webhook', 'mail')),
    address      text not null,
    type         text not null,
    offer        uuid not null references offer on delete cascade,
    at           timestamptz not null,
    -- What is told, JSON; null once it has arrived or a machine in it was erased.
    data         text,
    state        text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
    attempts     integer not null default 0,
    next_at      timestamptz not null,
    leased_until timestamptz,
    error        text
);
create index notification_due on notification (next_at) where state = 'waiting';
create index notification_newest on notification (at, id);
create index notification_state on notification (state, at, id);
create index notification_offer on notification (offer, at, id);

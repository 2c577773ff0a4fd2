-- The log: an event for every act, and the hashes of the Merkle tree over them.

create table event (
    seq bigint not null primary key,
    recorded_at text not null,
    actor text not null,
    act text not null,
    subject text not null,
    summary text not null,
    facts text not null,
    salt text not null,
    leaf text not null
);
create index event_subject on event (subject, seq);
create index event_recorded_at on event (recorded_at, seq);

-- Full subtrees of two leaves and more, by level and by place in the level.
create table log_node (
    level bigint not null,
    place bigint not null,
    hash text not null,
    primary key (level, place)
);

-- One row: how many events there are, the root, and the subtrees at the tree's right edge. Every write
-- begins by touching it, so writers queue here.
create table log_head (
    id bigint not null primary key check (id = 1),
    size bigint not null,
    root text not null,
    frontier text not null
);
insert into log_head (id, size, root, frontier)
values (1, 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '');

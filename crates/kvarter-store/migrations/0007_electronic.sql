-- Electronic originals: the versions of a file that acts of signing made.

create table "signed_version" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "party" text,
    "document" text not null references "document" (digest) deferrable initially deferred,
    "person" text references "person" (id) deferrable initially deferred,
    "mandate" text references "mandate" (id) deferrable initially deferred,
    "signed_on" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "serial")
);
create index signed_version_event on "signed_version" (event);

-- Not a fact: pages initialled in the signing room and not yet sealed with a key.
create table page_mark (
    agreement text not null,
    person text not null,
    page bigint not null,
    marked_at text not null,
    primary key (agreement, person, page)
);

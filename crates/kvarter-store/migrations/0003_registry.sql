-- Documents; registers with their matters, numbers, records and markings.

create table "document" (
    "digest" text not null,
    "media_type" text not null,
    "size" bigint not null,
    "pages" bigint,
    "name" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("digest")
);
create index document_event on "document" (event);

create table "matter" (
    "id" text not null,
    "organisation" text not null references "organisation" (id) deferrable initially deferred,
    "register" text not null,
    "number" text not null,
    "title" text not null,
    "opened_on" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id"),
    unique ("organisation", "register", "number")
);
create index matter_event on "matter" (event);

create table "reference" (
    "matter" text not null references "matter" (id) deferrable initially deferred,
    "number" text not null,
    "role" text not null,
    "organisation" text references "organisation" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("matter", "number", "role")
);
create index reference_event on "reference" (event);

create table "record" (
    "id" text not null,
    "matter" text not null references "matter" (id) deferrable initially deferred,
    "serial" bigint not null,
    "agreement" text,
    "direction" text not null,
    "day" text not null,
    "dated" text,
    "counterpart" text,
    "subject" text not null,
    "their_reference" text,
    "routed_to" text,
    "document" text references "document" (digest) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id"),
    unique ("matter", "serial")
);
create index record_event on "record" (event);
create index record_agreement on "record" ("agreement");

create table "secrecy" (
    "record" text not null references "record" (id) deferrable initially deferred,
    "serial" bigint not null,
    "provision" text,
    "marked_on" text not null,
    "authority" text not null references "organisation" (id) deferrable initially deferred,
    "separates" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("record", "serial")
);
create index secrecy_event on "secrecy" (event);

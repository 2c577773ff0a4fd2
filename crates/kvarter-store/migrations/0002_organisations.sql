-- Organisations, their names and districts; people, their mandates, and how they sign in.

create table "organisation" (
    "id" text not null,
    "kind" text not null,
    "name" text not null,
    "orgnr" text,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index organisation_event on "organisation" (event);

create table "organisation_alias" (
    "organisation" text not null references "organisation" (id) deferrable initially deferred,
    "name" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("organisation", "name")
);
create index organisation_alias_event on "organisation_alias" (event);

create table "district" (
    "municipality" text not null references "organisation" (id) deferrable initially deferred,
    "code" text not null,
    "system" text not null,
    "name" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("municipality", "system", "code")
);
create index district_event on "district" (event);

create table "person" (
    "id" text not null,
    "name" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index person_event on "person" (event);

create table "mandate" (
    "id" text not null,
    "person" text not null references "person" (id) deferrable initially deferred,
    "organisation" text not null references "organisation" (id) deferrable initially deferred,
    "role" text not null,
    "from_day" text not null,
    "to_day" text,
    "evidence" text,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index mandate_event on "mandate" (event);
create index mandate_person on "mandate" ("person");
create index mandate_organisation on "mandate" ("organisation");

create table "mandate_end" (
    "mandate" text not null references "mandate" (id) deferrable initially deferred,
    "to_day" text not null,
    "evidence" text,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("mandate", "to_day")
);
create index mandate_end_event on "mandate_end" (event);

create table "credential" (
    "login" text not null,
    "serial" bigint not null,
    "person" text not null references "person" (id) deferrable initially deferred,
    "password_hash" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("login", "serial")
);
create index credential_event on "credential" (event);
create index credential_person on "credential" ("person");

-- Duties, frozen when an agreement enters into force, and what bears on them.

create table "duty" (
    "id" text not null,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "programme" text not null,
    "edition" text not null references "programme_edition" (edition) deferrable initially deferred,
    "obligation" text not null,
    "clause" text not null,
    "sentence" text not null,
    "says" text not null,
    "force" text not null,
    "debtor" text not null,
    "municipality" text not null references "organisation" (id) deferrable initially deferred,
    "state" text not null references "organisation" (id) deferrable initially deferred,
    "creditor" text not null,
    "object_kind" text not null,
    "object" text,
    "object_name" text,
    "delivers" text,
    "met_by" text not null,
    "rule" text not null,
    "year" bigint,
    "nominal" text,
    "effective" text,
    "roll" text not null,
    "reason" text,
    "after" text,
    "within_days" bigint,
    "remind" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index duty_event on "duty" (event);
create index duty_agreement on "duty" ("agreement");
create index duty_programme on "duty" ("programme");

create table "discharge" (
    "duty" text not null references "duty" (id) deferrable initially deferred,
    "met_on" text not null,
    "registered_on" text not null,
    "attested_by" text references "person" (id) deferrable initially deferred,
    "record" text not null references "record" (id) deferrable initially deferred,
    "document" text references "document" (digest) deferrable initially deferred,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "note" text,
    "link" text,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("duty", "record")
);
create index discharge_event on "discharge" (event);

create table "extension" (
    "duty" text not null references "duty" (id) deferrable initially deferred,
    "until" text not null,
    "decided_on" text not null,
    "registered_on" text not null,
    "decided_by" text not null references "organisation" (id) deferrable initially deferred,
    "reference" text,
    "reason" text,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("duty", "record")
);
create index extension_event on "extension" (event);

create table "agreed_day" (
    "duty" text not null references "duty" (id) deferrable initially deferred,
    "day" text not null,
    "agreed_on" text not null,
    "registered_on" text not null,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "reference" text,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("duty", "record")
);
create index agreed_day_event on "agreed_day" (event);

create table "occurrence" (
    "duty" text not null references "duty" (id) deferrable initially deferred,
    "occurred_on" text not null,
    "registered_on" text not null,
    "note" text,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("duty", "record")
);
create index occurrence_event on "occurrence" (event);

create table "correction" (
    "kind" text not null,
    "about" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "reason" text not null,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "person" text not null references "person" (id) deferrable initially deferred,
    "corrected_on" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("kind", "about", "record")
);
create index correction_event on "correction" (event);
create index correction_agreement on "correction" ("agreement");

-- Editions of programmes; agreements from issue to custody.

create table "programme_edition" (
    "edition" text not null,
    "programme" text not null,
    "document" text not null references "document" (digest) deferrable initially deferred,
    "adopted_on" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("edition")
);
create index programme_edition_event on "programme_edition" (event);

create table "agreement" (
    "id" text not null,
    "programme" text not null,
    "edition" text not null references "programme_edition" (edition) deferrable initially deferred,
    "municipality" text not null references "organisation" (id) deferrable initially deferred,
    "party_name" text not null,
    "state" text not null references "organisation" (id) deferrable initially deferred,
    "issued_on" text not null,
    "offer_reference" text not null,
    "offer_decision" text,
    "state_signatory" text not null,
    "municipality_signatory" text,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index agreement_event on "agreement" (event);
create index agreement_programme on "agreement" ("programme");

create table "agreement_district" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "position" bigint not null,
    "code" text not null,
    "system" text not null,
    "name" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "position")
);
create index agreement_district_event on "agreement_district" (event);

create table "original" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "mark" text not null,
    "document" text not null references "document" (digest) deferrable initially deferred,
    "pages" bigint not null,
    "text" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "mark")
);
create index original_event on "original" (event);

create table "approval" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "party" text not null,
    "body" text not null,
    "decided_on" text not null,
    "paragraph" text,
    "adjusted_on" text,
    "reference" text,
    "authorised_by" text,
    "document" text references "document" (digest) deferrable initially deferred,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "party", "record")
);
create index approval_event on "approval" (event);

create table "dispatch" (
    "id" text not null,
    "programme" text not null,
    "dated" text not null,
    "reference" text not null,
    "quote_on_return" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index dispatch_event on "dispatch" (event);
create index dispatch_programme on "dispatch" ("programme");

create table "letter" (
    "dispatch" text not null references "dispatch" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "document" text not null references "document" (digest) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("dispatch", "agreement")
);
create index letter_event on "letter" (event);
create index letter_agreement on "letter" ("agreement");

create table "sent" (
    "dispatch" text not null references "dispatch" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "sent_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("dispatch", "agreement")
);
create index sent_event on "sent" (event);
create index sent_agreement on "sent" ("agreement");

create table "receipt" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "received_on" text not null,
    "routed_to" text,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "record")
);
create index receipt_event on "receipt" (event);

create table "signature" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "mark" text not null,
    "party" text not null,
    "person" text not null references "person" (id) deferrable initially deferred,
    "mandate" text not null references "mandate" (id) deferrable initially deferred,
    "signed_on" text not null,
    "place" text not null,
    "mode" text not null,
    "attested_by" text references "person" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "mark", "party")
);
create index signature_event on "signature" (event);

create table "initials" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "mark" text not null,
    "party" text not null,
    "page" bigint not null,
    "person" text not null references "person" (id) deferrable initially deferred,
    "mandate" text not null references "mandate" (id) deferrable initially deferred,
    "initialled_on" text not null,
    "mode" text not null,
    "attested_by" text references "person" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "mark", "party", "page")
);
create index initials_event on "initials" (event);

create table "scan" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "mark" text not null,
    "document" text not null references "document" (digest) deferrable initially deferred,
    "scanned_on" text not null,
    "attested_by" text not null references "person" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "mark", "document")
);
create index scan_event on "scan" (event);

create table "return_sent" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "mark" text not null,
    "sent_on" text not null,
    "quoted" text not null,
    "with_decision" text references "document" (digest) deferrable initially deferred,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "mark")
);
create index return_sent_event on "return_sent" (event);

create table "return_registered" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "mark" text not null,
    "received_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "mark")
);
create index return_registered_event on "return_registered" (event);

create table "custody" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "mark" text not null,
    "holder" text not null references "organisation" (id) deferrable initially deferred,
    "from_day" text not null,
    "place" text not null,
    "record" text references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "mark", "from_day", "holder")
);
create index custody_event on "custody" (event);

create table "in_force" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "from_day" text not null,
    "edition" text not null references "programme_edition" (edition) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement")
);
create index in_force_event on "in_force" (event);

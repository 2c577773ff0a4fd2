-- The partnership: who is in it, who was asked, and what it has said and decided.

create table "partner" (
    "id" text not null,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "name" text not null,
    "orgnr" text,
    "organisation" text references "organisation" (id) deferrable initially deferred,
    "category" text not null,
    "required_as" text,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index partner_event on "partner" (event);
create index partner_agreement on "partner" ("agreement");

create table "partner_joining" (
    "partner" text not null references "partner" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "mode" text not null,
    "basis" text not null,
    "decision_reference" text,
    "from_day" text not null,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("partner", "serial")
);
create index partner_joining_event on "partner_joining" (event);
create index partner_joining_agreement on "partner_joining" ("agreement");

create table "partner_departure" (
    "partner" text not null references "partner" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "last_day" text not null,
    "reason" text,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("partner", "serial")
);
create index partner_departure_event on "partner_departure" (event);
create index partner_departure_agreement on "partner_departure" ("agreement");

create table "invitation" (
    "partner" text not null references "partner" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "mode" text not null,
    "invited_on" text not null,
    "note" text,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("partner", "serial")
);
create index invitation_event on "invitation" (event);
create index invitation_agreement on "invitation" ("agreement");

create table "invitation_answer" (
    "partner" text not null references "partner" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "answer" text not null,
    "answered_on" text not null,
    "note" text,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("partner", "serial")
);
create index invitation_answer_event on "invitation_answer" (event);
create index invitation_answer_agreement on "invitation_answer" ("agreement");

create table "organisation_description" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "from_day" text not null,
    "words" text not null,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "serial")
);
create index organisation_description_event on "organisation_description" (event);

create table "working_group" (
    "id" text not null,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "district" text,
    "name" text not null,
    "task" text,
    "from_day" text not null,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index working_group_event on "working_group" (event);
create index working_group_agreement on "working_group" ("agreement");

create table "group_member" (
    "group" text not null references "working_group" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "partner" text not null references "partner" (id) deferrable initially deferred,
    "serial" bigint not null,
    "from_day" text not null,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("group", "partner", "serial")
);
create index group_member_event on "group_member" (event);
create index group_member_agreement on "group_member" ("agreement");

create table "group_departure" (
    "group" text not null references "working_group" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "partner" text not null references "partner" (id) deferrable initially deferred,
    "serial" bigint not null,
    "last_day" text not null,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("group", "partner", "serial")
);
create index group_departure_event on "group_departure" (event);
create index group_departure_agreement on "group_departure" ("agreement");

create table "meeting" (
    "id" text not null,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "group" text references "working_group" (id) deferrable initially deferred,
    "held_on" text not null,
    "present" text not null,
    "decisions" text not null,
    "document" text references "document" (digest) deferrable initially deferred,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index meeting_event on "meeting" (event);
create index meeting_agreement on "meeting" ("agreement");

create table "regional_contact" (
    "id" text not null,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "kind" text not null,
    "counterpart" text not null,
    "day" text not null,
    "outcome" text not null,
    "link" text,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index regional_contact_event on "regional_contact" (event);
create index regional_contact_agreement on "regional_contact" ("agreement");

create table "dialogue" (
    "id" text not null,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "kind" text not null,
    "district" text not null,
    "day" text not null,
    "form" text not null,
    "theme" text not null,
    "taking_part" bigint,
    "said" text not null,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index dialogue_event on "dialogue" (event);
create index dialogue_agreement on "dialogue" ("agreement");

create table "dialogue_response" (
    "dialogue" text not null references "dialogue" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "day" text not null,
    "done" text not null,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("dialogue", "serial")
);
create index dialogue_response_event on "dialogue_response" (event);
create index dialogue_response_agreement on "dialogue_response" ("agreement");

create table "need" (
    "id" text not null,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "district" text,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "partner" text references "partner" (id) deferrable initially deferred,
    "addressed_to" text not null,
    "words" text not null,
    "raised_on" text not null,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index need_event on "need" (event);
create index need_agreement on "need" ("agreement");

create table "need_answer" (
    "need" text not null references "need" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "answered_on" text not null,
    "words" text not null,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("need", "serial")
);
create index need_answer_event on "need_answer" (event);
create index need_answer_agreement on "need_answer" ("agreement");

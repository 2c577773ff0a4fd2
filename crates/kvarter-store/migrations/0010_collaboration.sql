-- Collaboration agreements: what was drawn up, signed, confirmed, found in need of revision and reported.

create table "collaboration_version" (
    "id" text not null,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "partner" text not null references "partner" (id) deferrable initially deferred,
    "serial" bigint not null,
    "content_digest" text not null,
    "mode" text not null,
    "document" text not null references "document" (digest) deferrable initially deferred,
    "pages" bigint not null,
    "drawn_up_on" text not null,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "person" text not null references "person" (id) deferrable initially deferred,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index collaboration_version_event on "collaboration_version" (event);
create index collaboration_version_agreement on "collaboration_version" ("agreement");

create table "collaboration_terms" (
    "version" text not null references "collaboration_version" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "terms" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("version")
);
create index collaboration_terms_event on "collaboration_terms" (event);
create index collaboration_terms_agreement on "collaboration_terms" ("agreement");

create table "collaboration_signature" (
    "version" text not null references "collaboration_version" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "side" text not null,
    "serial" bigint not null,
    "name" text not null,
    "person" text references "person" (id) deferrable initially deferred,
    "mandate" text references "mandate" (id) deferrable initially deferred,
    "signed_on" text not null,
    "mode" text not null,
    "attested_by" text references "person" (id) deferrable initially deferred,
    "document" text references "document" (digest) deferrable initially deferred,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("version", "side")
);
create index collaboration_signature_event on "collaboration_signature" (event);
create index collaboration_signature_agreement on "collaboration_signature" ("agreement");

create table "collaboration_renewal" (
    "version" text not null references "collaboration_version" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "serial" bigint not null,
    "document" text not null references "document" (digest) deferrable initially deferred,
    "renewed_on" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("version", "serial")
);
create index collaboration_renewal_event on "collaboration_renewal" (event);
create index collaboration_renewal_agreement on "collaboration_renewal" ("agreement");

create table "collaboration_confirmation" (
    "version" text not null references "collaboration_version" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "plan_version" text not null references "plan_version" (id) deferrable initially deferred,
    "confirmed_on" text not null,
    "reason" text not null,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("version", "plan_version")
);
create index collaboration_confirmation_event on "collaboration_confirmation" (event);
create index collaboration_confirmation_agreement on "collaboration_confirmation" ("agreement");

create table "revision_need" (
    "version" text not null references "collaboration_version" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "found_on" text not null,
    "reason" text not null,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "registered_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("version", "record")
);
create index revision_need_event on "revision_need" (event);
create index revision_need_agreement on "revision_need" ("agreement");

create table "collaboration_report" (
    "version" text not null references "collaboration_version" (id) deferrable initially deferred,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "reported_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("version")
);
create index collaboration_report_event on "collaboration_report" (event);
create index collaboration_report_agreement on "collaboration_report" ("agreement");

-- Not a fact: a draft is worked on until it is drawn up.
create table collaboration_draft (
    series text not null primary key,
    revision bigint not null,
    terms text not null,
    person text not null,
    saved_at text not null
);

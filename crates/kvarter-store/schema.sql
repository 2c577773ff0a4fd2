-- The schema today, in one piece and for people to read. It is made by the files in migrations/, in order,
-- and a test keeps the two equal. Days and instants are ISO 8601, digests hexadecimal, lists canonical JSON.
-- Every table of facts ends with the number of the event that recorded the row.

-- Which migrations have been applied.
create table migration (
    name text not null primary key,
    digest text not null
);

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

-- Plans: versions as they were adopted, what partners accepted, statistics that goals are judged by.

create table "plan_version" (
    "id" text not null,
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "district" text not null,
    "district_name" text not null,
    "serial" bigint not null,
    "content_digest" text not null,
    "adopted_on" text not null,
    "adopted_by" text not null,
    "registered_on" text not null,
    "unchanged" text,
    "goals" bigint not null,
    "interventions" bigint not null,
    "overrides" bigint not null,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "person" text not null references "person" (id) deferrable initially deferred,
    "record" text not null references "record" (id) deferrable initially deferred,
    "document" text not null references "document" (digest) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("id")
);
create index plan_version_event on "plan_version" (event);
create index plan_version_agreement on "plan_version" ("agreement");

create table "plan_content" (
    "version" text not null references "plan_version" (id) deferrable initially deferred,
    "content" text not null,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("version")
);
create index plan_content_event on "plan_content" (event);

create table "plan_report" (
    "version" text not null references "plan_version" (id) deferrable initially deferred,
    "duty" text not null references "duty" (id) deferrable initially deferred,
    "reported_on" text not null,
    "record" text not null references "record" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("version", "duty")
);
create index plan_report_event on "plan_report" (event);

create table "goal_acceptance" (
    "agreement" text not null references "agreement" (id) deferrable initially deferred,
    "district" text not null,
    "goal" text not null,
    "wording" text not null,
    "partner" text not null,
    "partner_name" text not null,
    "accepted_on" text not null,
    "registered_on" text not null,
    "evidence" text,
    "person" text not null references "person" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("agreement", "district", "goal", "partner", "wording")
);
create index goal_acceptance_event on "goal_acceptance" (event);

create table "observation_file" (
    "programme" text not null,
    "document" text not null references "document" (digest) deferrable initially deferred,
    "name" text not null,
    "loaded_on" text not null,
    "by" text not null references "organisation" (id) deferrable initially deferred,
    "person" text not null references "person" (id) deferrable initially deferred,
    event bigint not null references event (seq) deferrable initially deferred,
    primary key ("programme", "document")
);
create index observation_file_event on "observation_file" (event);

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

-- What is not a fact: sessions, spent form tokens, jobs, pages initialled and not yet sealed. None of it is
-- covered by the log.

create table session (
    token_digest text not null primary key,
    person text not null,
    mandate text not null,
    csrf text not null,
    created_at text not null,
    seen_at text not null,
    expires_at text not null
);
create index session_person on session (person);

create table form_token (
    token text not null primary key,
    result text not null,
    spent_at text not null
);

create table job (
    id text not null primary key,
    kind text not null,
    input text not null,
    total bigint not null,
    done bigint not null,
    failed text not null,
    created_at text not null,
    finished_at text,
    lease_until text
);
create index job_waiting on job (created_at, id);

create table page_mark (
    agreement text not null,
    person text not null,
    page bigint not null,
    marked_at text not null,
    primary key (agreement, person, page)
);

create table draft_edit (
    series text not null,
    part text not null,
    serial bigint not null,
    body text not null,
    aside bigint not null,
    settles bigint,
    person text not null,
    person_name text not null,
    saved_at text not null,
    primary key (series, part, serial)
);

create table draft_presence (
    series text not null,
    person text not null,
    person_name text not null,
    part text not null,
    seen_at text not null,
    primary key (series, person)
);

create table draft_comment (
    id text not null primary key,
    series text not null,
    part text not null,
    person text not null,
    person_name text not null,
    words text not null,
    written_at text not null,
    settled_at text,
    settled_by text
);
create index draft_comment_series on draft_comment (series);

create table draft_task (
    id text not null primary key,
    series text not null,
    part text not null,
    partner text not null,
    words text not null,
    last_day text,
    given_by text not null,
    given_at text not null,
    done_at text,
    done_by text
);
create index draft_task_series on draft_task (series);

create table collaboration_draft (
    series text not null primary key,
    revision bigint not null,
    terms text not null,
    person text not null,
    saved_at text not null
);

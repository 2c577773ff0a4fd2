-- Plans: versions as they were adopted, what partners accepted, statistics that goals are judged by; and drafts.

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

-- Not facts: a draft is worked on until it is adopted. Its edits are kept all the same, so nobody loses a word.
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

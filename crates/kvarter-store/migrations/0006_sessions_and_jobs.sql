-- What is not a fact: sessions, spent form tokens, jobs. None of it is covered by the log.

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

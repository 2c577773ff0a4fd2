# The terminal's words.
cli-failed-io = Reading or writing failed: { $cause ->
        [not-found] a file or folder is not there
        [not-permitted] permissions do not suffice
        [read-only] the disk can only be read
        [full] the disk is full
        [not-text] it is not text in UTF-8
       *[other] the system says: { $cause }
    }
cli-failed-denied = This may not be done from here.
cli-failed-not-found = What was asked for does not exist. Check the id.
cli-failed-conflict = Someone else did the same at the same moment. Look at how it stands, and try again.
cli-failed-unavailable = The database or the disk cannot be reached, and nothing has changed. Cause: { $cause }
    Run kvarter doctor to see what is wrong.
cli-failed-internal = The fault is ours, and nothing has changed. Cause: { $cause }
cli-problem-unnamed = { $code }: { $values }

# Programmes
cli-check-problems = { $programme }: { $count ->
        [0] no problems
        [one] 1 problem
       *[other] { $count } problems
    }
cli-check-warnings = Warnings:
cli-check-no-coverage = Coverage is counted when the problems are corrected.
cli-coverage = Coverage: { $binding_covered } of { $binding } sentences that bind or permit, { $covered } of { $sentences } sentences in all
cli-coverage-uncovered = UNCOVERED
cli-carrier-obligation = obligation
cli-carrier-permission = permission
cli-carrier-intent = intent
cli-carrier-declaration = declaration
cli-duties-counted = { $dated ->
        [one] 1 duty with a day
       *[other] { $dated } duties with a day
    }, { $undated } without.
cli-duties-none = No duties answer to that. There are duties once an agreement is in force.
cli-duties-prospective = The duties below follow if the agreement enters into force; days are worked out as if that were today.
cli-reason-standing = standing
cli-reason-no-day-named = no day named
cli-reason-after-event = after an event
cli-reason-condition-of-validity = condition of validity
cli-reason-passed-before-force = day has passed

# Columns
cli-column-day = Last day
cli-column-clause = Clause
cli-column-debtor = Who
cli-column-creditor = To whom
cli-column-owes = Who to whom
cli-column-duty = Duty
cli-column-standing = Stands
cli-column-sentence = Sentence
cli-column-carrier = Carried by
cli-column-text = Text
cli-column-day-registered = Day
cli-column-direction = Direction
cli-column-number = Number
cli-column-organisation = With
cli-column-counterpart = From or to
cli-column-subject = Subject
cli-column-mandate = Mandate
cli-column-name = Name
cli-column-role = As
cli-column-from = From

# Agreements
cli-issue-working = Issuing agreements
cli-issued = { $count ->
        [one] 1 agreement is issued, with two originals and a letter:
       *[other] { $count } agreements are issued, each with two originals and a letter:
    }
cli-issue-refused = { $count ->
        [one] 1 municipality could not be issued an agreement:
       *[other] { $count } municipalities could not be issued an agreement:
    }
cli-in-force-since = In force since { $day }.
cli-not-in-force = Not yet in force. This is missing:
cli-compare-identical = Identical in wording (likalydande), and in every other respect.
cli-compare-likalydande = Identical in wording (likalydande): two originals of one agreement.
cli-compare-same-text = The same common text, but two different agreements: what is filled in differs. So they are not two originals of one agreement.
cli-compare-differ = Not identical: the text differs.
cli-compare-parameters = Filled in otherwise (first | second):
cli-compare-deviations = { $b } departs from { $a }:
cli-compare-from-text = { $file } departs from the programme's text:
cli-compare-place = page { $page }, § { $clause } { $heading }
cli-compare-place-without-clause = page { $page }
cli-compare-words = expected { $expected }, found { $found }
cli-hole-reference = reference number
cli-hole-original = original
cli-hole-municipality = municipality
cli-hole-districts = districts
cli-hole-district-name = district's name
cli-hole-district-code = district's code
cli-hole-code-system = code system
cli-hole-state-place = the state's place
cli-hole-state-day = the state's day
cli-hole-state-year = the state's year
cli-hole-state-signatory = the state's signatory
cli-hole-municipality-place = the municipality's place
cli-hole-municipality-day = the municipality's day
cli-hole-municipality-year = the municipality's year
cli-hole-municipality-signatory = the municipality's signatory

# The register
cli-direction-in = in
cli-direction-out = out
cli-direction-internal = drawn up
cli-records-counted = { $shown } of { $total } records.
cli-record-kept-apart = (kept apart: marked for secrecy)
cli-record-their-reference = Their number
cli-record-routed-to = Passed to
cli-record-agreement = Agreement
cli-record-document = Document
cli-record-reference = The matter's number
cli-record-event = Event in the log

# The log
cli-log-verifying = Recomputing the log
cli-log-sound = Everything is as it was: log and facts agree with each other.
cli-log-sound-and-continued = Everything is as it was, and the log continues the one that the checkpoint was taken of.
cli-log-unsound = The log does not verify. Change nothing; copy the database and the documents as they are, and compare with a backup.
cli-log-counted = { $events } events, { $facts } facts, { $documents } documents.
cli-log-root = Root: { $root }
cli-log-more-findings = … and { $count } more.
cli-trouble-event = event { $event }
cli-trouble-event-missing = An event is missing
cli-trouble-event-unknown = An event is there that the log has no place for
cli-trouble-event-altered = An event has been altered
cli-trouble-tree-altered = The tree has been altered
cli-trouble-head-altered = The log's head has been altered
cli-trouble-history-rewritten = The log is not the one that the checkpoint was taken of
cli-trouble-history-cut-short = The log is shorter than the checkpoint says
cli-trouble-fact-missing = A fact is missing
cli-trouble-fact-unknown = A fact is there that no event has written
cli-trouble-fact-altered = A fact has been altered
cli-trouble-document-missing = A document is missing
cli-trouble-document-altered = A document has been altered
cli-trouble-unreadable = A table cannot be read

# The database
cli-migrate-nothing = The database is of this version already.
cli-migrate-applied = Applied:

# People
cli-person-added = { $name } has been added, with id { $id }.
cli-person-added-with-login = { $name } has been added, with id { $id }, and can sign in.
cli-password-place = the password
cli-password-ask = Password (at least 12 characters):
cli-password-again = Once more:

# Serving
cli-serving = Kvarter listens on { $here } and is reached at { $public }. End with ctrl-c.

# The demonstration
cli-demo-carrying-on = Carrying the case on
cli-demo-open = Stockholm's agreement is at
cli-demo-today = In the demonstration it is { $day }.
cli-demo-next = The next event is on { $day }; { $left } are left. The button on every page carries the case on.
cli-demo-done = The case has been carried to its end.
cli-demo-people = You can sign in as anyone of these, at { $address }:
cli-demo-look = Look at:
cli-demo-look-agreement = the agreement, with its duties in the margin and what is missing for it to be in force
cli-demo-look-duties = every duty, both parties'
cli-demo-look-registry = the register
cli-demo-look-check = whether two copies are identical
cli-demo-kept = Everything is kept in { $folder }. End with ctrl-c.
cli-demo-not-kept = End with ctrl-c; everything is gone then. Give --data to keep it.
cli-demo-no-browser = No browser could be opened; open the address by hand.

# The doctor
cli-doctor-well = All is well.
cli-doctor-ill = Something is wrong; see above.
doctor-part-settings = Settings
doctor-part-programmes = Programmes
doctor-part-typesetting = Typesetting
doctor-part-database = Database
doctor-part-migrations = Schema
doctor-part-documents = Documents
doctor-part-log = Log
doctor-part-room = Disk space
doctor-well = { $part }: { $detail }
doctor-settings-well = The settings can be read ({ $detail }).
doctor-programmes-well = The programmes hold together: { $detail }.
doctor-programmes-broken = Programmes with problems: { $detail }.
doctor-programmes-broken-remedy = Run kvarter programme check with the programme's id or folder.
doctor-typesetting-well = Pages can be set; templates and typefaces are whole.
doctor-migrations-well = The schema is of this version.
doctor-migrations-pending = The schema is older than the program; these remain: { $detail }.
doctor-migrations-pending-remedy = Back up, and run kvarter migrate.
doctor-database-absent = There is no database: { $detail }.
doctor-database-absent-remedy = Check the path, or run kvarter migrate to make it.
doctor-documents-well = Documents can be written and read.
doctor-log-well = The log's number of events and root: { $detail }.
doctor-room-well = { $detail } MB free.
doctor-room-little = Only { $detail } MB free.
doctor-room-little-remedy = Make room. When the disk is full, acts are refused; nothing is half written.
doctor-unavailable = { $part }: cannot be reached. { $detail }
doctor-unavailable-remedy = Check that the service is running, the address, the permissions and the disk.
doctor-malformed = { $part }: set wrongly. { $detail }
doctor-malformed-remedy = Correct the setting.
doctor-corrupt = { $part }: not what it should be. { $detail }
doctor-corrupt-remedy = Change nothing; copy everything as it is, and compare with a backup that verifies.

# What is to be corrected in arguments, files and settings.
problem-argument-not-a-day = “{ $written }” is not a day. Write year-month-day, as 2008-10-20.
problem-argument-not-a-number = This must be a whole number, above zero where it numbers something.
problem-argument-not-among = “{ $written }” does not exist. Choose among: { $known }.
problem-agreement-not-found = There is no agreement { $written }. { $known ->
        [none] No agreements have been issued.
       *[other] Those that exist are { $known }.
    }
problem-agreement-not-registered-then = The agreement { $written } was not registered on { $day }. What is shown for a day is what was registered then. Give a later day.
problem-record-not-found = There is no record { $written }. Look with kvarter registry list.
problem-nobody-to-issue-to = It is not said which municipalities are to be issued agreements. Give --all, or a --municipality for each.
problem-file-unreadable = The file cannot be read: { $cause ->
        [not-found] it does not exist
        [not-permitted] permissions do not suffice
        [is-a-folder] it is a folder
        [not-in-a-folder] a part of the path is a file
        [not-text] it is not text in UTF-8
        [read-only] the disk can only be read
        [full] the disk is full
       *[other] { $cause }
    }. Check path and permissions.
problem-not-a-folder = “{ $written }” is a file. Give a folder.
problem-not-a-checkpoint = The file is not a checkpoint. Give one that kvarter log checkpoint has written.
problem-proof-backwards = The earlier log cannot be larger than the later. Exchange --from and --to.
problem-log-not-so-long = The log has { $size } events, but { $asked } is asked for. Give a number that exists.
problem-passwords-differ = The passwords were not the same. Try again.
problem-password-not-text = The password is not text in UTF-8. Write it on one line.
problem-cannot-listen = The address cannot be listened on: { $cause ->
        [in-use] another program has it
        [not-here] it is not this machine's
        [not-permitted] permissions do not suffice
       *[other] { $cause }
    }. Choose another address or port, or end the program that has it.
problem-house-not-named = It is not said which house is meant. Give --data DIR or --settings FILE, or stand in a folder with kvarter.toml.
problem-house-without-database = There is no database. Check the path, or run kvarter migrate to make it.
problem-house-cannot-be-made = The folder cannot be made: { $cause ->
        [not-found] it does not exist
        [not-permitted] permissions do not suffice
        [is-a-file] it is a file
        [is-a-folder] it is a folder
        [not-in-a-folder] a part of the path is a file
        [not-text] it is not text in UTF-8
        [read-only] the disk can only be read
        [full] the disk is full
       *[other] { $cause }
    }. Check path and permissions.
problem-settings-unreadable = The settings file cannot be read: { $cause ->
        [not-found] it does not exist
        [not-permitted] permissions do not suffice
        [is-a-folder] it is a folder
        [not-in-a-folder] a part of the path is a file
        [not-text] it is not text in UTF-8
        [read-only] the disk can only be read
        [full] the disk is full
       *[other] { $cause }
    }. Check path and permissions.
problem-settings-is-a-folder = This is a folder. Give the settings file; a folder is given with --data.
problem-settings-too-large = The file is larger than { $bytes_max } bytes. Is it the right file?
problem-settings-not-text = The file is not text in UTF-8. Save it as UTF-8.
problem-settings-key-unknown = There is no key { $key }.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    } Keys that exist: { $known }.
problem-settings-wrong-kind = The value must be { $kind ->
        [text] text in quotation marks
        [texts] a list of texts, as ["folder"]
       *[truth] true or false
    }. Correct it.
problem-settings-empty = The value is empty. Fill it in, or remove the key.
problem-settings-not-an-address = “{ $written }” is not an address to listen on. Write IP address and port, as 127.0.0.1:8008.
problem-settings-not-a-web-address = “{ $written }” is not a web address. Write it as https://kvarter.example, without a path.
problem-settings-secure-without-https = With cookies kept to https nobody can sign in at an address with http. Give public_address with https, or remove the key.
problem-settings-not-an-origin = “{ $written }” cannot be the log's name. Write a name without spaces, such as the host's.
problem-settings-origin-missing = An installation with a public_address shows checkpoints to others, and those need the log's name. Give log_origin, such as the host's name, and never change it.
problem-settings-no-such-folder = There is no folder { $folder }. Check the path.
problem-settings-no-database = It is not said where the database is. Give data or database in the file, { $variable } in the environment, or --data.
problem-settings-not-a-database = The address must begin with sqlite: or postgres:. Correct it.
problem-settings-database-in-memory = A database in memory is gone when the program ends. Give a file.
problem-settings-no-documents = It is not said where the documents are. Give data, documents.folder or documents.s3 in the file, or { $variable } in the environment.
problem-settings-documents-in-two-places = Documents can be in a folder or in a bucket, not both; the other is given at { $other }. Remove one of them.
problem-settings-bucket-lacks = { $key } is missing. Give it in the file, or { $variable } in the environment.
problem-person-without-organisation = It does not say for which organisation. Give its code or name, such as 0180 or Stockholms stad.
problem-person-without-role = It does not say as what. Choose among: { $known }.
cli-issued-before = All of them have their agreements already; nothing new was issued.

doctor-part-access = Access
doctor-access-well = Only the account itself can get at database and documents.
doctor-access-wide = Other accounts on the machine can get at: { $detail }.
doctor-access-wide-remedy = There are password hashes and records marked secret. Run chmod 700 on the folders and chmod 600 on the database.
cli-compare-likalydande-but = Identical to each other, but not to the common text: both depart in the same way.
cli-failed-corrupt = What is stored is not a whole database of Kvarter. Change nothing; copy the files as they are, and compare with a backup. The database says: { $cause }
cli-trouble-other-log = The checkpoint was taken of another log
cli-trouble-schema-foreign = The schema has something that is not ours and that can alter or hide facts
cli-trouble-schema-missing = The schema lacks something
cli-trouble-migration-altered = A migration is not the one that the program has
cli-trouble-engine = the database says: { $detail }
cli-log-strays = { $count ->
        [one] 1 document belongs to no fact, probably left of something that was handed in and refused:
       *[other] { $count } documents belong to no fact, probably left of what was handed in and refused:
    }
doctor-part-schema = What the schema holds
doctor-schema-well = The schema is what the migrations make, and nothing else.
doctor-schema-foreign = The schema has something that is not ours and that can alter or hide facts: { $detail }.
doctor-schema-foreign-remedy = Change nothing. Copy the database as it is, run kvarter log verify, and find out who put it there.
doctor-schema-missing = The schema lacks: { $detail }.
doctor-schema-missing-remedy = Change nothing. Copy the database as it is, and compare with a backup that verifies.
doctor-migrations-altered = Migrations are not those that the program has: { $detail }.
doctor-migrations-altered-remedy = See that it is the right database and the right version. If it is, someone has changed it: run kvarter log verify.
doctor-strays-well = Documents that belong to no fact: { $detail }.
doctor-part-strays = Stray documents

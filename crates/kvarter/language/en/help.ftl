# The terminal's help, and what is said when arguments cannot be read.
help-usage = Usage:
help-heading-verbs = Commands
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-house = Which house
help-examples = Examples:
help-arg-help = Shows help (short with -h, more with --help)
help-arg-version = Shows the version
help-arg-language = The language of answers: sv or en [otherwise: English if LANG or LC_ALL says so, or else Swedish]
help-arg-json = Answers with JSON
help-arg-settings = The settings file [otherwise: ./kvarter.toml, if it is there]
help-arg-data = A folder with everything in it: database and documents. Goes before the settings file
help-kvarter = From clause to duty to register: agreements between state and municipality as living documents.
help-kvarter-more = The text of a programme is data. From it come two identical originals, the acts that make them valid, and dated duties for both parties, each with the act that met it. Begin with kvarter demo.
help-kvarter-after =
    Exit codes:
      0  yes: it is done, or it is as asked
      1  no: problems were found, or the agreement is not valid, the copies differ, the log does not verify
      2  asked wrongly: an argument, a file or a setting is not usable, or names what does not exist
      3  could not: the database or the disk is away, or the fault is ours
help-demo = The Stockholm case of 2008, in a house of its own on this machine.
help-demo-more = Replays the agreement of the source and stops where the source stops: the state has signed, the municipality's line is blank, and the agreement is not yet in force. Then anyone can be signed in as, and the case carried on, by hand or act by act. Listens on this machine only; the data is gone when it ends, unless --data says where to keep it.
help-demo-until = Carries the case on to a day, as 2010-12-31
help-demo-port = The port [otherwise: 8008, or the next that is free]
help-demo-data = A folder to keep the data in, and to carry on from
help-demo-open = Opens the first page in the browser
help-serve = Serves the house on your own data.
help-serve-more = Makes the house if it is not there, and brings the database to this version. Listens on loopback unless the settings say otherwise; put a web server you trust in front for TLS. What happens is told on standard error as KVARTER_LOG asks (info, debug, kvarter=debug). Ends gently on SIGTERM and on ctrl-c.
help-migrate = Brings a database to this version, and lists what was applied.
help-migrate-more = Makes the house if it is not there. Migrations go forward only, and each is safe while the version before still runs.
help-migrate-json = Answers with JSON: “applied”, a list of names
help-programme = Programmes: are they right, what do they oblige, which sentences do they cover.
help-programme-check = Checks programmes, and tells every problem at once with its place.
help-programme-check-more = Agreement and letter are set as specimens too: every word in which they depart from the source is a problem. A sentence that binds someone and that no entry quotes is a warning, and the coverage is told. Ends with 1 if there are problems; warnings alone end with 0.
help-programme-check-programme = A programme that comes with Kvarter, by its id, or the folder of another. All that come with it, if left out
help-programme-check-json = Answers with JSON: one object per programme
help-programme-duties = Lists the duties that follow for a municipality from the day the agreement is in force.
help-programme-duties-more = As JSON: a list with one object per duty. `id`, `obligation`, `clause`, `debtor`, `creditor`, `object` (such as a district's code), `object_name`, `object_kind`, `year`; the last day that the text names (`nominal`), that is counted (`effective`) and that lag (1930:173) would give (`statutory`), or the `reason` why there is none; `says`, the words it rests on, and `reading`, what was chosen where the words can be read in two ways.
help-programme-duties-programme = A programme's id or folder
help-programme-duties-municipality = A municipality on the send list, by its code or any name it goes by
help-programme-duties-in-force = The day from which the agreement is in force, as 2008-10-20
help-programme-duties-json = Answers with JSON: one object per duty
help-programme-coverage = Shows which sentences of the text are carried by an entry, and which are not.
help-programme-coverage-more = Ends with 1 if a sentence that binds someone is carried by nothing.
help-programme-coverage-programme = A programme's id or folder
help-programme-coverage-json = Answers with JSON: the counts (`coverage`), and one object per sentence (`sentences`)
help-agreement = Agreements: issue them, see how one stands, and whether two copies are identical.
help-agreement-issue = Issues agreements: for each municipality two originals and the covering letter.
help-agreement-issue-more = Each municipality is a whole of its own, so the same command can be given again after an interruption: what is issued already is passed over. A municipality without district codes cannot be issued one (§ 2); give its codes with --districts. Ends with 1 if any municipality was refused.
help-agreement-issue-programme = The programme's id
help-agreement-issue-all = Every municipality on the send list
help-agreement-issue-municipality = One municipality, by its code or any name it goes by; can be given several times
help-agreement-issue-reference = The letter's reference number, which is also the matter's
help-agreement-issue-offer-reference = The number of the offer [otherwise: the programme's]
help-agreement-issue-offer-decision = What the offer was decided by
help-agreement-issue-quote-on-return = The number to be quoted on return [otherwise: the programme's]
help-agreement-issue-state-signatory = The name under the state's line
help-agreement-issue-electronic = One file for both parties, to be signed with keys, instead of two originals on paper
help-agreement-issue-officer = The desk officer's name on the letter
help-agreement-issue-municipality-signatory = The name under a municipality's line, as 0180=NAME; can be given several times
help-agreement-issue-dated = The day on the letter [otherwise: today]
help-agreement-issue-districts = A list of district codes to register first, with the heading municipality,code,name
help-agreement-issue-json = Answers with JSON: the dispatch, agreements issued, and municipalities refused with the reasons
help-agreement-show = Shows an agreement: its parties and districts, whether it is in force, and its duties.
help-agreement-show-agreement = The agreement: programme and municipality, as lua-2008/0180
help-agreement-show-as-of = How the duties stood on a day [otherwise: today]
help-agreement-validity = Tells whether an agreement is in force, with the proof: each condition, its clause, what shows that it is met or what is missing.
help-agreement-validity-more = Ends with 1 if the agreement is not in force.
help-agreement-validity-agreement = The agreement: programme and municipality, as lua-2008/0180
help-agreement-validity-as-of = By what had been met on a day [otherwise: today]
help-agreement-compare = Compares two PDFs: are they word for word the same agreement (likalydande)?
help-agreement-compare-more =
    If not, tells page, clause and words of every place where they part, beside the programme's own text too. No house is needed. Ends with 0 if they are likalydande and have the programme's text, 1 if not, and 2 if a file cannot be read or is no agreement.

    As JSON: `likalydande`, `identical`, `same_agreement`, `same_text`; `parameters` that are filled otherwise (`parameter`, `a`, `b`); `deviations` of B from A, and of each from the programme's text (`a_from_text`, `b_from_text`), each with `kind`, `page`, `clause`, `expected`, `found`, `context`.
help-agreement-compare-a = The first file
help-agreement-compare-b = The second file
help-agreement-compare-programme = The programme whose text it is, by id or folder [otherwise: lua-2008]
help-duty = Duties of agreements in force, with how each stands.
help-duty-list = Lists duties by their last day, both parties' beside each other.
help-duty-list-more = What the state owes the whole programme stands once. As JSON: one object per duty with all that was frozen when the agreement entered into force, and `standing` with its `stands` and days.
help-duty-list-programme = The programme [otherwise: lua-2008]
help-duty-list-agreement = Only those of an agreement, as lua-2008/0180
help-duty-list-debtor = Only those that one side owes: municipality or state
help-duty-list-clause = Only those that rest on a clause, as 4
help-duty-list-stands = Only those that stand so: upcoming, due-soon, overdue, met, met-late, excused, extended, standing, awaiting-event, triggered, undated, before-validity or not-owed
help-duty-list-year = Only those with their last day in a year
help-duty-list-as-of = How they stood on a day [otherwise: today]
help-duty-list-json = Answers with JSON: one object per duty
help-registry = The register (diarium): records in and out.
help-registry-list = Lists records, the latest first. What is kept apart by a secrecy marking is left out.
help-registry-list-organisation = Only an organisation's, by its code or any name it goes by
help-registry-list-agreement = Only those about an agreement, as lua-2008/0180
help-registry-list-words = Only those with these words in number, subject, counterpart or reference
help-registry-list-limit = At the most so many; 0 for all [otherwise: 100]
help-registry-list-json = Answers with JSON: how many there are in all, and one object per record
help-registry-show = Shows one record, with its matter's reference numbers and the event that registered it.
help-registry-show-record = The record's id, as registry list tells it
help-log = The log of all acts: is it whole, and proofs of it to give away.
help-log-verify = Recomputes everything from what is stored, and names every place that is not as it was.
help-log-verify-more = Reads each row, event and document, and sees that the schema is ours. Alone this shows that log and data agree with each other; with a checkpoint kept elsewhere, that nothing before it has been altered, removed or put in between. Ends with 1 if anything is not as it was. Only reads; can be run while the server runs.
help-log-verify-checkpoint = A checkpoint kept elsewhere, as log checkpoint wrote it, as text or JSON
help-log-verify-json = Answers with JSON: size, root, counts and every finding
help-log-checkpoint = Writes the log's checkpoint: how many events, and the root over them.
help-log-checkpoint-more = Keep it with someone else. Whoever can rewrite the database cannot rewrite that.
help-log-checkpoint-json = Answers with JSON instead of the text of a signed note
help-log-proof = Writes a proof (RFC 6962) as JSON: that an event is in the log, or that the log continues an earlier one.
help-log-proof-more = Whoever holds a checkpoint can check it without us; nothing can be read from it about other events.
help-log-proof-event = The event's number, from 1
help-log-proof-from = The size of the earlier log
help-log-proof-to = The size of the later log [otherwise: the present]
help-log-proof-json = Answers with JSON, which a proof always is
help-person = People who act for an organisation, and can sign in.
help-person-add = Adds a person with a mandate: for whom, as what, from when.
help-person-add-more = With --login the person can sign in; the password is asked for, or read as the first line of standard input, and is never an argument. Without it the person can only be named in records, as a signatory is.
help-person-add-name = The name
help-person-add-organisation = The organisation, by its code or any name it goes by
help-person-add-role = As what: officer, registrar, minister, chair, deputy-chair, coordinator, administrator, statistician or evaluator
help-person-add-from = The mandate's first day [otherwise: today]
help-person-add-to = The mandate's last day, if it is known
help-person-add-evidence = What shows the mandate: a decision, minutes, an order of deputies
help-person-add-login = The name to sign in with
help-person-add-json = Answers with JSON: the person's and the mandate's ids
help-person-list = Lists people and mandates, with the ids by which other verbs name them.
help-person-list-organisation = Only an organisation's, by its code or any name it goes by
help-person-list-all = Mandates that have ended or not begun as well
help-person-list-json = Answers with JSON: one object per mandate
help-doctor = Looks at settings, database, documents, log and disk, and says what is wrong and what to do.
help-doctor-more = Writes one small document and reads it back; otherwise only reads. It does not verify the log: that is kvarter log verify. Ends with 1 if anything is wrong, and with 2 if the settings are.
help-doctor-json = Answers with JSON: one object per thing looked at
help-completions = Writes completions for a shell to standard output.
help-completions-shell = Which shell: bash, elvish, fish, powershell or zsh
asked-no-verb = It does not say what to do.
asked-verb-unknown = There is no command { $verb }.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    }
asked-argument-unknown = There is no argument { $argument } here.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    }
asked-value-missing = { $argument } lacks its value. Write it after.
asked-value-unusable = { $argument } cannot be “{ $value }”.{ $known ->
        [none] {""}
       *[other] {" "}Choose among: { $known }.
    }
asked-argument-missing = This is missing: { $arguments }.
asked-arguments-conflict = { $argument } cannot be given together with { $other }.
asked-argument-twice = { $argument } can only be given once.
asked-otherwise = The arguments cannot be read.
asked-see-help = Write --help after the command to see how it is used.
asked-language-unknown = KVARTER_LANGUAGE is “{ $written }”. The languages are sv and en.

help-demo-electronic = The agreement is one file that is signed with keys made for trying, instead of two originals on paper
help-verify = Checks the signatures in a PDF: is it whole, who signed what and when, is each page the one that was initialled, and did whoever signed hold the office.
help-verify-more = With --data or --settings an installation is asked too, which knows its agreements and mandates. Without, only the file is needed, and the certificates that you trust. Ends with 0 if the file passes and 1 if it does not. As JSON: digest; report with verdict (and because, the standard’s reason), signatures (each with intact, valid, trusted), changes, seal and findings; known, the agreement and version, if the file is one of the installation’s; and offices.
help-verify-file = The file
help-verify-programme = The programme whose words the file should have, by id or folder [otherwise: lua-2008]
help-verify-anchors = A folder with the certificates that you trust, in PEM or DER

help-evaluate = Did it work? Whether an outcome changed because of a programme, from a panel of areas over time.
help-evaluate-more = Reads a CSV file with one row for each area and period (comma, semicolon or tab; a decimal comma is fine where the cells are not parted by commas), compares the treated with what others give reason to expect, and says what may be said: a grade from A to E with its reasons. Whether a goal was attained is another question. With a plan file, everything that is done otherwise than it says is labelled; --lock fixes the plan and its digest in a file beside it, before the results exist. Ends with 0 if something could be estimated, whatever the verdict; with 1 if the method can say nothing of the panel, with the reasons; and with 2 if arguments, plan or panel are wrong. As JSON: measures (the units), plan, panel, method, estimate, interval, test, series, fit, weights, placebos, in_time, leave_one_out, diagnostics, detectable, event_study, cells, cautions, left_out, circumstances and verdict. A value that is not there is null with its reason.
help-evaluate-plan = A plan file, which can say all that the arguments say; what is given here goes first and is labelled as a deviation
help-evaluate-panel = The panel: a CSV file in UTF-8 with a row of names
help-evaluate-unit = The column with the areas
help-evaluate-time = The column with the periods, as whole numbers
help-evaluate-outcome = The column with the outcome
help-evaluate-treated = The treated areas, or a column that has 1 for them (from the start, or always if --start is given) and 0 otherwise
help-evaluate-cohort = The column with the period in which each area begins; 0 or nothing for those that never do
help-evaluate-start = The first period with the programme
help-evaluate-method = The method: sc (synthetic control), penalised-sc, asc (ridge-augmented), sdid (synthetic difference-in-differences), did (difference-in-differences) or cs (Callaway and Sant’Anna, for different starts)
help-evaluate-placebo = What the estimate is held against: space (areas where nothing happened), time (earlier starts), conformal or standard-error [otherwise: standard-error for did and cs with at least ten treated, else space]
help-evaluate-covariates = What areas should be alike in (sc; with periods as name:1980-1988) or what is adjusted for (did, cs). Other methods use none
help-evaluate-donors = The areas that may be compared with [otherwise: all that are not treated]
help-evaluate-exclude = Areas that may not be compared with: neighbours, and those that had programmes of their own
help-evaluate-nearest = Only so many to compare with: those most like the treated before the start
help-evaluate-window = The periods that are used, as 1970-2000 [otherwise: all]
help-evaluate-intended = Which way it was meant to go: increase or decrease
help-evaluate-relevant = The smallest effect that matters, in the outcome’s unit. Without it no absence of effect can be shown
help-evaluate-alpha = The limit for what counts as unusual [otherwise: 0.05]
help-evaluate-seed = The seed of what is drawn by lot [otherwise: 0]
help-evaluate-ring-excluded = Neighbours that the programme may spill over to are kept out of the comparison
help-evaluate-movers = The share of residents at the end who did not live there at the start, between 0 and 1
help-evaluate-breaks = A break in the series or the borders: definition, border or collection, the period, and handled if it is. Can be given several times
help-evaluate-pdf = Writes the study as a PDF, in the language of answers
help-evaluate-lock = Locks the plan file instead of evaluating: writes its content and digest beside it
help-evaluate-power = Before the programme: tries on the periods before the start how large an effect would be found, and how often the test gives a false alarm. The start may then be after the panel’s last period
help-evaluate-periods-after = With --power: as many periods from the start on as the plan has [otherwise: those of the window, or a third of those before]

# Plans and the plan workshop.

## Rooms
nav-plans = Plans
plans-title = Strategic district plans
plans-lede = One plan for each district that the agreements cover: what is to be reached, how and when, and what has changed since the last one.
plans-district = District
plans-municipality = Municipality
plans-version = Plan
plans-goals = Goals
plans-interventions = Interventions
plans-none = No version has been adopted
plans-no-agreement = No agreement has been issued yet. Plans are shown when there are districts to plan for.
plans-draft = Plan workshop
plans-load-statistics = Load statistics

## A version
plan-title = { $district }: strategic district plan, version { $number }
plan-version-name = Version { $number }
plan-version-of = Version { $number }, adopted { $day }
plan-versions = Versions
plan-adopted-on = Adopted
plan-adopted-by = Adopted by
plan-record = Registry number
plan-digest = Digest of the content
plan-reported = Reported
plan-received = Received { $day }, registry number { $number }
plan-do-report = Report the plan
plan-do-compare = Compare with the last version
plan-document = The plan as a document
plan-unchanged = Revised without change:
plan-milestone = Milestone
plan-path = From { $from } { $unit } ({ $start }) to { $to } { $unit } ({ $end })
plan-series = The figures for the district
plan-source = { $source } Published { $day }.
plan-smart = Judged by the SMART criteria
plan-overridden = Accepted all the same:
plan-served-by = Interventions for the goal:
plan-compare-title = { $district }: what has changed in the plan
plan-compare-with = compared with
plan-compare-none = The versions say the same.

## Parts
part-kind-text = Text
part-kind-goal = Goal
part-kind-intervention = Intervention
part-kind-document = Document
part-kind-lesson = Lesson
part-kind-allocation = Allocation
part-section-document = Documents taken into account
part-section-allocation = Needs weighed in the allocation of resources
part-section-lesson = What we learned and what changed
part-add-goal = Add a goal
part-add-intervention = Add an intervention
part-add-document = Add a document
part-add-lesson = Add a lesson
part-add-allocation = Add a budget year
part-unnamed = without a name
part-indicator-none = None chosen
part-override = Why the shortcoming in “{ $criterion }” is accepted

## The workshop
workshop-title = Plan workshop: { $district }
workshop-whole = Nothing is missing. The partnership can adopt the plan.
workshop-missing = { $whole } of the mandatory parts are ready. { $count ->
    [one] One thing remains
   *[other] { $count } things remain
    } before the partnership can adopt the plan.
workshop-section-whole = Ready
workshop-faults = { $count ->
    [one] one thing remains
   *[other] { $count } things remain
    }
workshop-comments-count = { $count ->
    [one] one comment
   *[other] { $count } comments
    }
workshop-beside = two wordings to choose between
workshop-present = Also here: { $people }
workshop-no-consultation = No consultation with residents on the plan has been registered yet.
workshop-consultations = Consultation with residents: { $days }.
workshop-saved-by = Saved by { $person } { $when }
workshop-saved-at = Saved { $when }
workshop-never-saved = Nothing has been written here yet.
workshop-save = Save
workshop-fetch-base = Fetch the base value from the statistics
workshop-back = To the plan
workshop-next = Next part:
workshop-aside = Judgement, comments and tasks
workshop-to-do = Remaining
workshop-part-whole = Nothing remains in this part.
workshop-beside-title = Two have written at once
workshop-beside-lede = What was saved first stands. The other is kept beside it, and nothing is lost. Choose which is to hold.
workshop-stands = Stands in the plan
workshop-beside-it = Kept beside it
workshop-keep-standing = Keep what stands
workshop-take-beside = Take what is beside it
workshop-whole-part = The whole part
workshop-taken-away = Taken away
workshop-kept = Kept
workshop-removed = The part has been taken away. If it is saved again it comes back.
workshop-remove = Take the part away
workshop-comments = Comments
workshop-comment = New comment
workshop-do-comment = Comment
workshop-settle-comment = Mark as settled
workshop-comment-settled = Settled by { $person }
workshop-tasks = Tasks for partners
workshop-task-partner = For
workshop-task-words = What is to be done
workshop-task-day = By which day, if there is one
workshop-do-task = Give the task
workshop-finish-task = Mark as done
workshop-task-by = by { $day }
workshop-task-given = From { $person }
workshop-task-done-by = done by { $person }
workshop-accept = Register acceptance: { $partner }
workshop-history = Earlier wordings
workshop-history-lede = All that has been saved in the part, the latest first.
workshop-history-aside = Kept beside, because somebody else had saved before.
workshop-history-settles = Settled which wording holds.
workshop-exchange = Export and import

## Acts
act-accept-goal = Register the acceptance of a goal
act-accept-goal-lede = The acceptance is of the goal as it is worded now. If its words, measure, target or day change, a new one is needed.
act-accept-goal-button = Register the acceptance
act-adopt-plan = Adopt the plan
act-adopt-plan-short = Adopt the plan
act-adopt-plan-lede = The partnership’s decision is registered. The plan becomes a version that cannot be changed; work goes on in a new draft.
act-adopt-plan-button = Register that the plan is adopted
act-report-plan = Report the plan to the Government Offices
act-report-plan-lede = The plan is handed over as adopted, registered in both registers and given a registry number at the ministry.
act-report-plan-button = Report the plan
act-load-observations = Load statistics
act-load-observations-lede = A file with figures for districts and comparable areas, a row for each figure, with source and day of publication. Everything in the file is checked before anything is kept.
act-load-observations-button = Load the file
fact-goal = Goal
fact-target = Target
fact-partner = Partner
fact-goals = Number of goals
fact-interventions = Number of interventions
fact-last-version = Last version
fact-adopted = Adopted
field-accepted_on = Day of the acceptance
field-accept-goal-evidence = What shows the acceptance
field-accept-goal-evidence-hint = Minutes or a letter. Not needed when the partner registers it.
field-adopted_on = Day of the partnership’s decision
field-adopted_by = Meeting and paragraph
field-adopted_by-hint = For example “The partnership’s meeting on 10 December 2008, § 4”.
field-unchanged = Why the plan is revised without change
field-unchanged-hint = Only if the plan says the same as last year.
field-programme = Programme
field-load-observations-document = File of statistics
field-load-observations-document-hint = Comma-separated text (CSV) in UTF-8, no more than 16 MB.

## Fields of a part
field-text = Text
field-area = Target area
field-problem = The problem
field-problem-hint = What in the situation the goal answers to.
field-part-goal-statement = The goal, in a sentence
field-part-goal-statement-hint = What is to be reached, and for whom.
field-national_goal = National goal that it derives from
field-municipal_goal = Municipal goal that it derives from
field-indicator = Indicator
field-group = Group
field-group-hint = For example 20–64 years.
field-unit = Unit
field-base_value = Base value
field-base_period = Period of the base value
field-base_period-hint = Year, month or several years: 2007, 2007-06, 2005–2007.
field-base_source = Source of the base value
field-base_published = Published
field-base_state = The base value is
field-target = Target
field-by = To be reached by
field-milestones = Milestones
field-milestones-hint = One on each line: 2009-12-31: 53.5
field-owner = Answers for the goal
field-partners = Partners whose acceptance is needed
field-title = Title
field-part-intervention-title = Name of the intervention
field-part-document-title = Title of the document, with year or number
field-description = What is done
field-goals = Goals that it is to lead to
field-responsible = Answers for it
field-district = District
field-part-intervention-from = From
field-to = Until
field-output = Output
field-output-hint = What is done, counted: places, visits, meetings.
field-outcome = Expected outcome
field-budget = Ordinary budget or steering document
field-learning = How what we learn comes back
field-kind = Kind
field-regard = What of it was taken into account, and how
field-learned = What we learned
field-source = How we know
field-changed = What has changed in the plan
field-concerns = Goals and interventions that changed
field-year = Budget year
field-part-allocation-statement = How the district and its inhabitants were considered
field-decision = Budget decision

## Receipts
flash-part-saved = Saved.
flash-part-merged = Saved. Somebody else had saved meanwhile; the changes have been put together.
flash-part-contested = Somebody else has written something else in the same place. Yours is kept beside it, and nothing is lost.
flash-part-added = Added. Fill it in and save.
flash-part-removed = The part has been taken away. It can be found among earlier wordings.
flash-part-settled = Settled.
flash-comment-added = The comment is saved.
flash-comment-settled = The comment is settled.
flash-task-given = The task is given.
flash-task-done = The task is done.
flash-goal-accepted = The acceptance is registered.
flash-plan-adopted = The plan is adopted as version { $number }.
flash-plan-reported = The plan has been reported and given registry number { $number }.
flash-observations-loaded = The statistics are loaded.

## Problems
problem-base-without-value = The base value is missing, but its source or period is filled in. Write the value, or empty the fields.
problem-milestone-impossible = The milestone “{ $written }” cannot be read. Write day, colon and value: 2009-12-31: 53.5
problem-no-figure-to-fetch = There is no figure to fetch for { $indicator } and the group { $group }. Choose an indicator and a group that the statistics have.
problem-plan-section-unknown = The plan has no text called { $section }.
problem-words-missing = Write something first.
problem-task-for-no-partner = { $partner } is not in the partnership today. Choose a partner that is.
problem-task-in-the-past = The day has passed. Choose { $today } or a later day.
problem-acceptance-without-evidence = The partner is not registering it. Name the minutes or letter that show the acceptance.
problem-adoption-without-meeting = It is not said where the plan was adopted. Name the meeting and paragraph.
problem-adopted-before-the-last = The last version was adopted on { $last }. This one cannot have been adopted before that, on { $day }.
problem-plan-already-reported = Version { $version } has been reported already. The plan is to be revised every year: adopt a new version.
problem-plan-version-superseded = Version { $version } has a successor. Report the latest.
problem-plan-not-owed = No report remains for { $year } or earlier.
subject-plan-adopted = Strategic district plan adopted
subject-plan-version = version

## A district
district-plan = How the district is to develop according to the strategic plan:
district-no-plan = No plan has been adopted for the district yet.
district-no-goal = No goal has been adopted.
district-no-intervention = No interventions have been adopted.
district-said = What residents said, and what became of it
district-nothing-said = Nothing has been registered yet.
district-you-said = You said
district-we-did = We did
district-not-answered = Not answered yet.
district-promises = What has been promised for the district

## At the terminal
help-plan = District plans: drafts judged, versions read, compared and reported.
help-plan-show = Shows an adopted version: its goals and how each is judged, its interventions, its lessons.
help-plan-show-number = Which version [default: the latest]
help-plan-check = Judges a draft: what is missing, and how each goal stands against the five criteria.
help-plan-check-more = Ends with 1 if anything stands in the way of the partnership adopting the plan.
help-plan-diff = Tells how two versions differ.
help-plan-diff-from = The earlier version [default: the one before the later]
help-plan-diff-to = The later version [default: the latest]
help-plan-report = Reports the latest version to the state, and answers with the receipt.
help-arg-district = The agreement and the district’s code, as lua-2008/0180/01800154
help-arg-mandate = The mandate by which it is done, as kvarter person list names it
cli-column-smart = SMART
cli-column-target = Target
cli-column-goal = Goal
problem-argument-not-a-district = { $written } is no district of an agreement. Write agreement and code: lua-2008/0180/01800154.
problem-no-such-plan = There is no agreement with a district { $written }. kvarter duty list shows the districts.
problem-plan-without-versions = No version has been adopted for { $written }. kvarter plan check tells what remains in the draft.
problem-no-such-version = There is no version { $written }. There are { $known }.
problem-mandate-not-held = No mandate { $written } holds today. kvarter person list shows those that do.

## A plan printed
plan-print = Print in English
plan-print-title = Strategic district plan for { $district }
plan-print-subtitle = { $from }–{ $to }, version { $number }
plan-print-demo = The plan belongs to a demonstration and is not the municipality’s. What the parties do, say and decide in it is made up.
plan-print-contents = Contents
plan-print-criteria = Each goal is judged by five criteria ({ $clause }, rule set { $version }). The judgement is worked out from what the goal says, the statistics and the partners’ acceptances.
plan-print-from = From
plan-print-to = To
plan-print-by = By
plan-print-time = Time
plan-print-document = Document
plan-print-consultations = Consultation with residents
plan-print-acceptances = Who has accepted the goals
plan-print-sources = Where the figures come from
plan-print-day = Day
plan-print-said = What was said
plan-print-done = What was done
plan-print-evidence = Evidence

## The desk
desk-task = A task in the plan
desk-task-button = To the task
desk-accept = Waits to be accepted
desk-accept-button = Register the acceptance
problem-agreement-not-in-force = The agreement is not in force yet. The plan can be adopted when it is.

## Plans as files
exchange-lede = The plan can be written in an ordinary word processor or spreadsheet and taken in again. Everything in the file is checked before anything is kept.
exchange-out = Take out
exchange-in = Take in
exchange-in-lede = What the file has is taken into the draft. What it does not have is left as it is, and earlier wordings are kept.
exchange-do = Take in the file
exchange-draft = The draft
exchange-empty = Empty form
exchange-md = as text (Markdown)
exchange-docx = as a Word document
exchange-xlsx = goals and interventions as a workbook
field-import-plan-document = File
field-import-plan-document-hint = Markdown (.md), Word (.docx) or workbook (.xlsx), no more than 5 MB.
flash-plan-imported = { $number ->
    [one] Taken in: one part changed.
   *[other] Taken in: { $number } parts changed.
}
flash-plan-imported-in-part = { $number ->
    [one] Taken in: one part changed. Hidden sheets or rows were left out.
   *[other] Taken in: { $number } parts changed. Hidden sheets or rows were left out.
}
problem-plan-file-of-unknown-kind = { $name } is no kind of file that can be taken in. Choose one that ends in { $known }.
help-plan-new = Writes an empty form to fill in: Markdown, Word or workbook, by the file’s ending.
help-plan-export = Writes the draft or a version to a file.
help-plan-export-number = Which version [default: the draft]
help-plan-import = Takes a file into the draft: all of it, or nothing and every fault.
help-plan-import-file = The file: .md, .docx or .xlsx
help-arg-output = The file that is written: .md, .docx or .xlsx
cli-plan-written = Wrote { $file }.
problem-file-cannot-be-written = { $file } cannot be written: { $cause ->
        [not-found] the folder does not exist
        [not-permitted] the permissions do not allow it
        [is-a-folder] it is a folder
        [not-in-a-folder] a part of the path is a file
        [read-only] the disk can only be read
        [full] the disk is full
       *[other] { $cause }
    }. Give another place.

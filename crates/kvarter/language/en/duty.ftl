# Duties: who owes whom what, until when, and how it stands.
debtor-municipality = The municipality
debtor-state = The state
debtor-both = Both parties
creditor-municipality = the municipality
creditor-state = the state
creditor-government-offices = the Government Offices
creditor-each-other = each other
creditor-others = other municipalities and stakeholders
creditor-eukn = EUKN
owes = { $debtor } to { $creditor }
force-shall = shall
force-does = does
force-answers = answers for
force-agreed = agrees on
force-should = should
force-asked = is asked to

# How a duty stands: a word, a line, a sentence.
standing-word-upcoming = Upcoming
standing-word-due-soon = Due soon
standing-word-overdue = Overdue
standing-word-met = Met
standing-word-met-late = Met late
standing-word-excused = Met within extension
standing-word-extended = Extended
standing-word-standing = Continuous
standing-word-awaiting-event = Waiting
standing-word-triggered = To be done
standing-word-undated = No day
standing-word-before-validity = Condition of validity
standing-word-not-owed = Not owed
standing-word-not-yet = Not yet owed

standing-line-upcoming = By { $last_day }, in { $days_left ->
    [one] one day
   *[other] { $days_left } days
}
standing-line-due-soon = { $days_left ->
    [0] The last day is today
    [one] One day left until { $last_day }
   *[other] { $days_left } days left until { $last_day }
}
standing-line-overdue = Overdue, { $days_late ->
    [one] one day
   *[other] { $days_late } days
}
standing-line-met = Met on { $on }
standing-line-met-late = Met on { $on }, { $days_late ->
    [one] one day
   *[other] { $days_late } days
} late
standing-line-excused = Met on { $on }, within the extension
standing-line-extended = Extended to { $last_day }
standing-line-standing = Continuous, { $acts ->
    [0] no record yet
    [one] one record
   *[other] { $acts } records
}
standing-line-awaiting-event = Begins when { $event }
standing-line-triggered = To be done, { $days_since ->
    [one] one day has
   *[other] { $days_since } days have
} passed
standing-line-undated = No day has been agreed
standing-line-before-validity = Missing
standing-line-not-owed = Not owed, the day had passed
standing-line-not-yet = Begins when the agreement enters into force

standing-upcoming = The last day is { $last_day }, in { $days_left ->
    [one] one day
   *[other] { $days_left } days
}.
standing-due-soon = { $days_left ->
    [0] The last day is today, { $last_day }.
    [one] One day is left until the last day, { $last_day }.
   *[other] { $days_left } days are left until the last day, { $last_day }.
}
standing-overdue = The last day, { $last_day }, passed { $days_late ->
    [one] one day
   *[other] { $days_late } days
} ago. Nothing is registered.{ $original ->
    [none] { "" }
   *[other] { " " }Under the agreement the last day was { $original }; an extension was granted.
}
standing-met = { $last_day ->
    [none] Met on { $on }.
   *[other] Met on { $on }. The last day was { $last_day }.
}
standing-met-late = Met on { $on }, { $days_late ->
    [one] one day
   *[other] { $days_late } days
} after the last day, { $last_day }.
standing-excused = Met on { $on }, within the extension to { $last_day }{ $reference ->
    [none] { "" }
   *[other] { " " }({ $reference })
}. Under the agreement the last day was { $original }.
standing-extended = Extended to { $last_day }, decided on { $decided_on }{ $reference ->
    [none] { "" }
   *[other] { " " }({ $reference })
}. Under the agreement the last day was { $original }. { $days_left ->
    [0] The extension ends today.
    [one] One day is left.
   *[other] { $days_left } days are left.
}
standing-standing = Applies all the time. { $acts ->
    [0] Nothing is registered yet.
    [one] One record is registered, of { $latest }.
   *[other] { $acts } records are registered, the latest of { $latest }.
}
standing-awaiting-event = Begins when { $event }. That has not happened.{ $acts ->
    [0] { "" }
    [one] { " " }One record is registered all the same.
   *[other] { " " }{ $acts } records are registered all the same.
}
standing-triggered = To be done: { $event } on { $since }. The text names no number of days; { $days_since ->
    [one] one day has
   *[other] { $days_since } days have
} passed.
standing-undated = The text names no day, and the parties have agreed on none.
standing-before-validity = A condition of the agreement's validity. It is not met yet.
standing-not-owed = Every day that the text names had passed when the agreement entered into force.
standing-not-yet = Owed only when the agreement has entered into force.
standing-word-registered-late = { $word }, registered late
standing-line-registered-late = { $line }, registered only on { $day }
standing-registered-late = { $sentence } Registered only on { $day }, after the last day.
standing-extended-late = { $sentence } An extension to { $until } was granted only on { $day }, when the last day had passed.
standing-line-half = { $done ->
    [state] The state is done, the municipality remains
   *[municipality] The municipality is done, the state remains
}. { $rest }
standing-half = { $done ->
    [state] The state has done its part, on { $day }; the municipality’s remains.
   *[municipality] The municipality has done its part, on { $day }; the state’s remains.
} { $rest }

# What can happen, as a clause: “begins when …”.
event-approved-by-municipality = the executive board has approved the agreement
event-approved-by-state = the Government, or whoever it has authorised, has approved the agreement
event-originals-signed = the chair has signed both originals
event-pages-initialled = every page of both originals has been initialled
event-original-returned = one original has been returned with a copy of the decision
event-original-kept = the municipality has taken the other original into its keeping
event-link-sent = the municipality has sent its web address
event-links-published = the state has published the municipalities' links
event-joint-review-recorded = the parties have reviewed the work together
event-budget-fit-recorded = the work has been entered in a budget or a steering document
event-work-directed = work has been directed to the district
event-effects-followed-up = the effects have been followed up
event-partnership-formed = the local partnership has been formed
event-actors-invited = other actors have been invited
event-residents-engaged = residents have taken part
event-values-dialogue-held = a dialogue on common values has been held
event-coordination-organised = the coordination has been organised
event-plan-drawn-up = a district plan has been drawn up
event-goals-set = local goals have been set
event-goals-made-followable = the goals have been made possible to follow up
event-goals-assessed = the goals have been assessed by the criteria
event-needs-weighed = the district's needs have been weighed
event-plan-reported = a revised plan has been reported
event-collaboration-concluded = a collaboration agreement has been concluded
event-collaboration-based-on-plans = the collaboration agreement rests on the plans
event-collaboration-need-found = a need to revise a collaboration agreement has been found
event-collaboration-revised = a collaboration agreement has been revised
event-collaboration-reported = a collaboration agreement has been reported
event-state-dialogue-held = the state and the municipality have held a dialogue
event-statistics-available = statistics at district level have been made available
event-followup-reported = the yearly account has been reported
event-compilation-published = the yearly compilation has been published
event-evaluation-made = an evaluation has been made
event-knowledge-shared = experience and knowledge has been spread
event-evaluation-published = results of an evaluation have been made available
event-eukn-contributed = experience and knowledge has been made available to EUKN
event-conference-held = the national conference has been held

# When.
due-by = By { $day }
due-yearly = By { $day } each year
due-each-year = Each year. The text names no day; the last day of the year is our reading
due-standing = Applies all the time
due-undated = The text names no day
due-after = When { $event }
due-before-validity = Before the agreement is valid
due-per-district = { $due }, for { $count ->
    [one] the district
   *[other] each of the { $count } districts
}
due-per-programme = { $due }, once for the whole programme
due-agreed = { $due }; the parties have agreed on { $days }
due-statutory = Under the Act (1930:173) § 2 the last day would be { $days }. That Act concerns days set by statute; here the agreed day counts.
day-month = { $day } { $month }

# The list.
duties-title = Commitments
duties-lede = Every duty under the agreements, the municipalities' and the state's side by side.
duties-none = No duties match.
duties-none-all = Show all
duties-none-yet = No agreement is in force yet, so nobody owes anybody anything. The agreement says what will be owed.
duties-count = { $count ->
    [0] No duties
    [one] One duty
   *[other] { $count } duties
}
duties-filter-party = Party
duties-filter-agreement = Agreement
duties-filter-clause = Clause
duties-filter-standing = Standing
duties-filter-year = Last day in
duties-as-calendar = Calendar
duties-as-list = List
duties-feed = Subscribe (iCalendar)
duties-json = Download as JSON
duty-no-day = No day
duty-contractual-day = Under the agreement { $day }
calendar-title = Commitments as a calendar
calendar-lede = Last days in { $year }, month by month.
calendar-years = Years
calendar-no-days = No last days

# One duty.
duty-words = The words of the agreement
duty-reading = Our reading
duty-clause = Clause
duty-owed-by = Owed by
duty-owed-to = Owed to
duty-force = How the words bind
duty-object = Concerns
duty-object-all = The whole agreement
duty-object-programme = The whole programme, all municipalities
duty-object-collaboration = Every collaboration agreement
duty-nominal = Last day in the text
duty-effective = Last day that counts
duty-statutory = Last day if the Act (1930:173) applied
duty-reminders = Reminders
duty-reminders-days = { $days } days before
duty-acts = What has been done
duty-acts-none = Nothing is registered.
duty-act-on = Day
duty-act-what = What
duty-act-record = Registry number
duty-act-met = Met
duty-act-met-by = { $by ->
    [state] Met by the state
   *[municipality] Met by the municipality
}
duty-act-received = Received that day according to { $name }, who attested it on { $day }
duty-act-registered = { $what } (registered on { $day })
duty-act-extended = Extended to { $day }
duty-act-agreed = { $both ->
    [yes] Agreed day: { $day }, according to { $by ->
        [state] the state
       *[municipality] the municipality
    }
   *[no] { $by ->
        [state] The state gives { $day } as the agreed day; the municipality has not registered the same day
       *[municipality] The municipality gives { $day } as the agreed day; the state has not registered the same day
    }
}
duty-act-occurred = What it waited for has happened
duty-in-agreement = See the words in the agreement
duty-clause-and-agreement = { $clause }, { $agreement }
duty-when = When
duty-statutory-why = The Act concerns days set by statute. Here the agreed day counts.
document = Document
duty-do-meet = Register that it is done
duty-do-extend = Extend the last day
duty-do-agree = State the agreed day
duty-do-correct = Correct
corrected = Corrected on { $day } by { $name }: { $reason }
correction-of-discharge = That the commitment is met
correction-of-extension = The extension
correction-of-agreed-day = The agreed day
correction-of-approval = The approval
correction-of-meeting = The meeting
correction-of-dialogue = The dialogue
correction-of-regional-contact = The consultation at the regional level
corrected-approval = Approved by { $body }, { $day }.
correct-approval = Correct the approval
standing-half-overdue = { $done ->
    [state] The state has done its part, on { $day }; the municipality’s remains.
   *[municipality] The municipality has done its part, on { $day }; the state’s remains.
} The last day, { $last_day }, passed { $days_late ->
    [one] one day
   *[other] { $days_late } days
} ago.
feed-name = Duties: { $name }

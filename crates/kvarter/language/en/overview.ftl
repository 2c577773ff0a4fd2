# The overview.
overview-title = Overview
overview-lede = Who has reported what, when, on time or late. The state and the municipalities side by side.
overview-of = Overview { $year }
overview-subtitle = { $programme }, as of { $day }
overview-years-caption = Duties with their last day in the year
overview-nothing = No last days
overview-count = { $word }: { $count }
overview-duty = Duty
overview-last-day = Last day
overview-reported = Reported
overview-not-reported = Not reported
overview-standing = Standing
overview-acts = Records in the year
overview-as-pdf = Download as PDF
overview-as-json = Download as JSON
overview-dated-caption = { $name }: duties with their last day in the year
overview-undated = { $count ->
    [one] One duty without a last day
   *[other] { $count } duties without a last day
}
overview-undated-caption = { $name }: duties without a last day
overview-without = Municipalities without an agreement in force
overview-without-why = They owe nothing yet. That is why they are not in the tables.
overview-note-late = The last day counts. What is reported within an extension is not late. What the state owes the whole programme stands once.
overview-note-address = The same overview, always current: { $address }
overview-total-all = duties with a last day
overview-total-met = met on time
overview-total-late = met late
overview-total-overdue = overdue
overview-paper-duty = { $clause } { $what }
overview-file = overview-{ $programme }-{ $year }

# The plan's own words: criteria, outcomes, fields. The field base.value is called plan-field-base-value.

## The criteria
criterion-specific = Specific
criterion-measurable = Measurable
criterion-accepted = Accepted
criterion-realistic = Realistic
criterion-time-bound = Time-bound
outcome-holds = met
outcome-falls-short = falls short
outcome-cannot-tell = cannot be judged
level-error = must be met
level-warning = should be met; a shortcoming is accepted with a reason
level-information = information

## S: one measure, one area, one group, and an outcome rather than an activity
smart-goal-without-words = The goal is not worded. Write in one sentence what is to have been reached.
smart-goal-is-activity = The sentence begins with “{ $word }” and says what is to be done, not what is to become better. Write the outcome, and enter the activity as an intervention.
smart-goal-lacks = There is no information on { $field ->
        [indicator] which indicator measures the goal
        [group] which group the goal is about
        [area] which target area the goal belongs to
       *[other] { $field }
    }. Fill it in.
smart-goal-has-several = { $field ->
        [indicator] The goal has more than one indicator: “{ $written }”. Two measures are two goals.
       *[other] The goal is about more than one group: “{ $written }”. Two groups are two goals.
    } Divide the goal.
smart-goal-is-one = The goal has one indicator, one target area and one group ({ $group }), and is worded as an outcome.

## M: the series exists, it is released, and a value comes in time
smart-target-missing = The target is missing. Give it in the same unit as the base value.
smart-base-missing = The base value is missing. Without a starting point nobody can see whether anything has changed. Take it from the statistics.
smart-base-without-source = The source of the base value is missing. Say who published the figure and where.
smart-base-without-period = It does not say what time the base value is about. Give a year, a month or several years, for example 2005–2007.
smart-base-after-today = The base value is about { $period }, which has not begun. Give the latest known value.
smart-base-without-vintage = It does not say when the base value was published. Statistics are corrected afterwards, so the day belongs to the value. Give it.
smart-indicator-missing = No indicator is chosen. Choose one in the statistics.
smart-indicator-unknown = There is no indicator { $indicator } in the statistics. Choose one that exists, or load its values.
smart-unit-differs = { $written ->
        [none] The goal has no unit
       *[other] The goal is given in { $written }
    }, but the indicator is measured in { $unit }. Use the indicator’s unit.
smart-series-missing = There are no values of { $indicator } in { $area } for the group { $group }. Choose a group that is measured, or load the values.
smart-series-kept-back = The latest value of { $indicator } is not released, so that nobody can be recognised. Choose a larger group or another measure.
smart-series-exists = There are values of { $indicator } in the district. Once the last day is set, it shows whether a new one comes in time.
smart-value-in-time = { $indicator } for { $period } will have been published by { $day }. The goal can be followed up.
smart-value-too-late = No new value of { $indicator } will have been published by { $day }. The latest is about { $period }, and values come { $lag } days after the end of the period. Choose a measure that comes earlier, or a later day.

## A: the partners that the goal names have accepted it
smart-no-partner-named = No partner is named. Name those whose acceptance the goal needs.
smart-partner-unknown = { $partner } is not in the partnership. Choose a partner that is.
smart-partner-has-left = { $partner } left the partnership { $day ->
        [none] before today
       *[other] on { $day }
    }. Whoever is no longer in it cannot carry the goal. Choose another partner.
smart-accepted-by = { $partner } accepted the goal on { $day }.
smart-accepted-other-words = { $partner } has accepted the goal as it was worded before. When words, measure, target or day change, it has to be accepted anew. Ask for it.
smart-not-accepted = { $partner } has not accepted the goal. Ask for the acceptance.

## R: the change per year among those that comparable areas have seen
smart-change-unknown = The change that the goal requires cannot be worked out. Give the base value with its period, the target and the day.
smart-change-none = The goal requires no change: the target is the same as the base value.
smart-history-too-short = The statistics have fewer than { $least } changes to compare with. Whether the goal is reasonable must be judged in another way. Write how.
smart-change-seen = The goal requires { $required } { $unit ->
        [procent] percentage points
       *[other] { $unit }
    } a year. { $did } of { $districts } comparable areas have seen a change as large, or larger, over { $span ->
        [one] 1 year
       *[other] { $span } years
    }. Of their { $changes } changes { $percentile } per cent were smaller. Those that came furthest: { $best }.
smart-change-seldom-seen = The goal requires { $required } { $unit ->
        [procent] percentage points
       *[other] { $unit }
    } a year. That is rare: { $did } of { $districts } comparable areas have seen a change as large over { $span ->
        [one] 1 year
       *[other] { $span } years
    }. Of their { $changes } changes { $percentile } per cent were smaller. Those that came furthest: { $best }. Lower the target, or write why it is possible all the same.
smart-change-never-seen = The goal requires { $required } { $unit ->
        [procent] percentage points
       *[other] { $unit }
    } a year. None of { $districts } comparable areas has seen a change as large over { $span ->
        [one] 1 year
       *[other] { $span } years
    }. Of their { $changes } changes { $percentile } per cent were smaller. Those that came nearest: { $best }. Lower the target, or write why it is possible all the same.

## T: a day within the agreement's period, with milestones on the way
smart-day-missing = The day is missing. Give the day by which the goal is to be reached.
smart-day-outside-period = { $day } lies outside the agreement’s period, { $from } to { $to }. Choose a day within it.
smart-day-before-base = { $day } does not lie after the time that the base value is about ({ $period }). Choose a later day.
smart-milestones-out-of-order = The milestones are not in order of time between the base value and the day. Put them in order.
smart-milestones-missing = There are { $years } years between the base value and the day, without milestones. Set at least one, so that it shows on the way whether things go in the right direction.
smart-day-inside-period = The day, { $day }, lies within the agreement’s period.

## What stands beside a value
cell-state-final = final
cell-state-preliminary = preliminary
cell-state-estimated = estimated
cell-state-perturbed = with added noise
cell-state-suppressed = not released
cell-state-missing = missing

## Documents that the plan was drawn up with regard to
document-kind-comprehensive-plan = comprehensive planning
document-kind-regional-programme = regional development programme
document-kind-structural-fund-programme = structural-fund programme
document-kind-other = other relevant document

## Differences
change-added = new
change-removed = removed
change-changed = changed

## Kinds of parts

## Fields
plan-field-text = Text
plan-field-area = Target area
plan-field-statement = Goal
plan-field-problem = Problem
plan-field-national_goal = National goal
plan-field-municipal_goal = Municipal goal
plan-field-indicator = Indicator
plan-field-unit = Unit
plan-field-group = Group
plan-field-base = Base value
plan-field-base-value = Base value
plan-field-base-period = Period of the base value
plan-field-base-source = Source of the base value
plan-field-base-published = Base value published
plan-field-base-state = Nature of the base value
plan-field-target = Target
plan-field-by = By
plan-field-milestones = Milestones
plan-field-owner = Responsible for the goal
plan-field-partners = Partners
plan-field-overrides = Reasons
plan-field-overrides-specific = Reason, specific
plan-field-overrides-measurable = Reason, measurable
plan-field-overrides-accepted = Reason, accepted
plan-field-overrides-realistic = Reason, realistic
plan-field-overrides-time-bound = Reason, time-bound
plan-field-title = Title
plan-field-description = Description
plan-field-district = District
plan-field-responsible = Responsible
plan-field-from = From
plan-field-to = Until
plan-field-output = Output
plan-field-outcome = Outcome
plan-field-budget = Ordinary budget or steering document
plan-field-learning = How what is learned comes back
plan-field-goals = Goals that the intervention serves
plan-field-kind = Kind
plan-field-regard = How it was taken into account
plan-field-learned = What was learned
plan-field-source = Basis
plan-field-changed = What changed
plan-field-concerns = Goals and interventions concerned
plan-field-year = Budget year
plan-field-decision = Budget decision
plan-field-allocation-statement = How the needs were weighed

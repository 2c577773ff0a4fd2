# Evaluation: what may be said of an effect, for whoever is no statistician.
evaluation-question = What happened to { $outcome } in { $treated } from { $start }?
evaluation-many = { $count } areas
evaluation-locked = The plan is locked in { $file }.
    Digest (SHA-256): { $digest }
    Publish the digest before the results exist. Then anyone can see that nothing was chosen for the result’s sake.
evaluation-grade = Grade { $grade }
evaluation-grade-a = An effect is shown, and nothing speaks against it.
evaluation-grade-b = An effect is shown, with one reservation.
evaluation-grade-c = An effect is seen, with several reservations.
evaluation-grade-d = No effect is seen, and one that matters would have been.
evaluation-grade-e = It cannot be determined.
evaluation-finding-as-intended = { $outcome } { $direction ->
    [increase] increased
   *[decrease] decreased
} because of the programme, as intended: by { $size } on average in each period.
evaluation-finding-against = { $outcome } { $direction ->
    [increase] increased
   *[decrease] decreased
} because of the programme, against what was intended: by { $size } on average in each period.
evaluation-finding-effect = { $outcome } { $direction ->
    [increase] increased
   *[decrease] decreased
} because of the programme: by { $size } on average in each period. Which way was intended is not said.
evaluation-finding-none = The programme did not change { $outcome } by anything that matters.
evaluation-finding-undetermined = Whether the programme changed { $outcome } cannot be said from these figures.
evaluation-not-attainment = The grade is about whether the programme had an effect. Whether a goal was attained is another question with an answer of its own: a goal can be met because the whole country improves, and missed although the programme helped.
evaluation-heading-reasons = The reasons
evaluation-heading-numbers = The numbers
evaluation-heading-weights = The comparison is made of
evaluation-heading-assumed = What has been assumed
evaluation-heading-unexamined = What could not be examined
evaluation-heading-cautions = To read the numbers with
evaluation-heading-plan = The plan
evaluation-heading-sources = The data
evaluation-heading-method = The method
evaluation-heading-words = What the words mean
evaluation-heading-series = { $outcome }, period by period
evaluation-heading-placebos = The same computation where nothing happened
evaluation-heading-events = The effect before and after the start
evaluation-heading-left-out = Other trials
evaluation-gravity-blocks = Prevents a verdict
evaluation-gravity-reservation = Reservation
evaluation-gravity-note = To know
evaluation-reason-bad-number = One of the numbers that the verdict rests on cannot be used ({ $name }).
evaluation-reason-break-not-handled = { $kind ->
    [definition] What is counted was defined anew
    [border] The area’s borders were moved
   *[collection] The way of collecting changed
} from { $period }, and that has not been handled.
evaluation-reason-too-few-periods-before = Only { $found } periods before the start; at least { $needed } are needed to see what was usual.
evaluation-reason-no-period-after = There is no period after the start.
evaluation-reason-too-few-donors = With so few to compare with ({ $found } areas) the test can give p = { $least } at least, so no result could have counted as unusual.
evaluation-reason-poor-fit = The comparison does not follow the area before the start: the error is { $percent } per cent of the difference between areas.
evaluation-reason-far-from-hull = The area is far outside what the others can be mixed to ({ $percent } per cent of the difference between areas).
evaluation-reason-most-moved = Most residents are others than at the start ({ $percent } per cent).
evaluation-reason-few-periods-before = Few periods before the start: { $found }, preferably { $ample }.
evaluation-reason-weak-fit = The comparison follows the area poorly before the start: the error is { $percent } per cent of the difference between areas.
evaluation-reason-fit-unknown = How well the comparison followed the area before the start could not be examined.
evaluation-reason-outside-hull = The area is somewhat outside what the others can be mixed to ({ $percent } per cent of the difference between areas).
evaluation-reason-concentrated = Nearly all the weight is on one or two areas (as much as { $effective } equal ones).
evaluation-reason-rests-on-one-donor = Without one of the areas compared with, the estimate is another: between { $low } and { $high }.
evaluation-reason-effect-before-start = Nearly as large a change is seen before the start ({ $backdated }).
evaluation-reason-many-moved = Many residents are others than at the start ({ $percent } per cent).
evaluation-reason-break-handled = { $kind ->
    [definition] What is counted was defined anew
    [border] The area’s borders were moved
   *[collection] The way of collecting changed
} from { $period }; that has been handled.
evaluation-reason-no-ring = Neighbours that the programme may spill over to are not said to be kept out of the comparison.
evaluation-reason-deviates = { $count ->
    [one] One thing was
   *[other] { $count } things were
} done otherwise than in the locked plan.
evaluation-reason-no-locked-plan = No plan was locked before the results existed.
evaluation-reason-unusual = The estimate is unusual among those where nothing happened: p = { $p }, the limit is { $alpha }.
evaluation-reason-not-unusual = The estimate is not unusual among those where nothing happened: p = { $p }, the limit is { $alpha }.
evaluation-reason-would-have-been-seen = An effect of { $relevant }, the smallest that matters, would have been seen; what can be found is { $detectable }.
evaluation-reason-could-have-been-missed = An effect that matters could have been missed: { $relevant ->
    [none] how large such a one is has not been decided
   *[other] the smallest is { $relevant }
}, and { $detectable ->
    [none] what can be found is not known
   *[other] what can be found is { $detectable }
}.
evaluation-reason-no-p-value = There is no test to hold the estimate against.
evaluation-why-not-of-method = does not belong to the method
evaluation-why-unknown-unit = the panel has no unit { $unit }
evaluation-why-nobody-treated = nobody is treated while observed
evaluation-why-treated-is-donor = { $unit } is treated and cannot be compared with itself
evaluation-why-too-few-donors = { $found ->
    [one] there is one to compare with
   *[other] there are { $found } to compare with
}, { $needed } are needed
evaluation-why-too-few-periods-before = { $found ->
    [one] there is one period before the start
   *[other] there are { $found } periods before the start
}, { $needed } are needed
evaluation-why-no-period-after = there is no period from the start { $start }
evaluation-why-empty-window = the window { $from }–{ $to } has no periods
evaluation-why-treated-missing = { $unit } has no value in { $period }
evaluation-why-constant-outcome = the outcome is the same number everywhere before the start, so there is nothing to compare
evaluation-why-no-predictor = none of the properties compared differs between areas
evaluation-why-unknown-covariate = the panel has no column { $covariate }
evaluation-why-predictor-missing = { $unit } has no value of property number { $predictor }
evaluation-why-predictor-not-before = property number { $predictor } is not measured before the start
evaluation-why-bad-number = { $name } is no number that can be used
evaluation-why-not-applicable = the method does not fit here ({ $why })
evaluation-why-overflow = the numbers are too large to compute with
evaluation-why-all-missing = no value is there
evaluation-why-too-few-periods = there are only { $periods } periods
evaluation-why-not-identified = { $terms } cannot be told apart from what areas and periods have in common
evaluation-why-no-degrees-of-freedom = there are more unknowns than data
evaluation-why-no-whole-units = no area has values in all periods
evaluation-why-too-large-for-method = the panel is too large for the method
evaluation-why-nothing-to-sum-up = no period after a start could be estimated
evaluation-why-no-standard-error = with so few treated there is no honest standard error
evaluation-why-no-base = there is no period before the start
evaluation-why-collinear = the properties determine each other
evaluation-why-no-overlap = some are all but sure to be treated, so there is nobody to compare with
evaluation-why-not-settled = the computation of the comparison’s weights did not settle
evaluation-why-test-cannot-reject = the test can give p = { $least } at least and never reject at { $alpha }
evaluation-why-interval-without-bound = the interval has no bound
evaluation-why-no-constant-effect = no effect that is equal in every period agrees with the test
evaluation-why-too-many-donors = { $found } areas have weight, too many to leave out one at a time
evaluation-why-nothing-before-start = nothing before the start can be compared
evaluation-why-placebos-fit-perfectly = some of the comparisons follow their area to the last digit before the start, so the ratio says nothing
evaluation-caution-placebos-fit-perfectly = { $count ->
    [one] One comparison follows its area
   *[other] { $count } comparisons follow their areas
} nearly to the last digit before the start. The ratio is then arbitrarily large; take more periods or compare with fewer areas.
evaluation-caution-starts-overlap = The earlier starts share periods with each other and are not independent. Read the p-value with care.
evaluation-caution-conformal-from-outcomes = The test is made with a synthetic control from the outcome alone, not with the method that the estimate comes from.
evaluation-caution-assignments-drawn = { $count } assignments are drawn by lot; not all could be tried.
evaluation-caution-staggered-starts = The starts differ ({ $count }). A single number may then weigh some effects with the wrong sign; the method cs is made for that.
evaluation-caution-no-never-treated = All are treated in the end; those that began early serve as comparison.
evaluation-caution-few-units = Few areas in all ({ $count }): the uncertainty is likely larger than it looks.
evaluation-caution-few-treated = Few treated ({ $treated }) or untreated ({ $untreated }) areas.
evaluation-caution-exact-fit = The model fits exactly, so there is no uncertainty to measure.
evaluation-caution-missing-cells = { $count } values are missing and left out.
evaluation-caution-units-with-gaps = { $count } areas lack a value and are left out.
evaluation-caution-small-cohort = Only { $count } areas began in { $cohort }.
evaluation-caution-few-controls = Only { $count } areas to compare with.
evaluation-caution-cells-left-out = { $count } combinations of start and period could not be estimated.
evaluation-caution-other-caution = The method has another reservation.
evaluation-caution-started-before = { $count } areas had begun before the panel begins and are left out.
evaluation-left-out-excluded = excluded
evaluation-left-out-missing = no value in { $period }
evaluation-left-out-predictor-lacking = no value of property number { $predictor }
evaluation-label-estimate = Estimated effect
evaluation-label-interval = Interval
evaluation-label-p = P-value
evaluation-label-least = Least possible p-value
evaluation-label-rank = Rank
evaluation-label-fit-before = Error before the start (RMSPE)
evaluation-label-fit-after = Difference after the start (RMSPE)
evaluation-label-ratio = Ratio
evaluation-label-detectable = Can be found
evaluation-label-in-time = Earlier start
evaluation-label-without-one = Without one area
evaluation-label-comparison = Comparison
evaluation-label-periods = Periods
evaluation-label-effective = Effective areas
evaluation-label-hull = Distance to the others
evaluation-label-standard-error = Standard error
evaluation-label-unit = Area
evaluation-label-weight = Weight
evaluation-label-effect-without = Effect without
evaluation-label-field = What
evaluation-label-planned = By the plan
evaluation-label-done = Done
evaluation-label-file = File
evaluation-label-digest = Digest of the file
evaluation-label-rows = Extent
evaluation-label-method = Method
evaluation-label-paper = Source
evaluation-label-test = Test
evaluation-label-plan-digest = Digest of the plan
evaluation-label-window = Periods used
evaluation-said-estimate = { $effect } { $outcome } on average in each period
evaluation-said-none = none: { $why }
evaluation-said-interval = { $low } to { $high } ({ $level } per cent; { $from ->
    [inverted-placebo] the equal effects that the placebo test does not reject
    [inverted-permutation] the effects that the permutation test does not reject
    [conformal] the equal effects that the conformal test does not reject
   *[other] from the standard error
})
evaluation-said-span = { $low } to { $high }
evaluation-said-least-none = no limit: the test rests on a standard error
evaluation-said-rank = { $rank } of { $compared } by the ratio; 1 is the most unusual
evaluation-said-more = and { $count } more
evaluation-said-compared = { $compared } compared, the true one among them
evaluation-said-fit = { $size }{ $percent ->
    [none] {""}
   *[other] {" "}({ $percent } per cent of the difference between areas)
}
evaluation-said-detectable = { $effect } in four cases of five ({ $from ->
    [placebos] tried on the areas where nothing happened
   *[other] approximate, from the interval’s width
})
evaluation-said-in-time = { $effect } from { $start }, although nothing happened then
evaluation-said-early = { $effect } on average before the start, where it should be nothing
evaluation-said-without-one = between { $low } and { $high } when one of { $count } areas is left out
evaluation-said-comparison = { $count } areas
evaluation-said-periods = { $before } before the start, { $after } from it on
evaluation-said-panel = { $units } areas, { $periods } periods ({ $from }–{ $to }), { $rows } rows; { $missing } values are missing
evaluation-said-left-out = Not in the comparison: { $units }
evaluation-plan-locked = The plan was locked before the run, and everything was done by it.
evaluation-plan-deviates = The plan was locked before the run. This was done otherwise:
evaluation-plan-not-locked = No plan is locked.
evaluation-plan-file-deviates = The plan file is not locked. This was done otherwise than it says:
evaluation-method-sc = Synthetic control
evaluation-method-penalised-sc = Synthetic control with a penalty for distance
evaluation-method-asc = Ridge-augmented synthetic control
evaluation-method-sdid = Synthetic difference-in-differences
evaluation-method-did = Difference-in-differences
evaluation-method-cs = Difference-in-differences with different starts
evaluation-variant-outcomes = weights from the outcome before the start
evaluation-variant-predictors = weights from properties, each as important as makes the outcome before the start fit best
evaluation-variant-plain = without adjustment
evaluation-variant-adjusted = adjusted for properties
evaluation-paper-sc = Abadie, Diamond and Hainmueller 2010, Journal of the American Statistical Association 105
evaluation-paper-penalised-sc = Abadie and L’Hour 2021, Journal of the American Statistical Association 116
evaluation-paper-asc = Ben-Michael, Feller and Rothstein 2021, Journal of the American Statistical Association 116
evaluation-paper-sdid = Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021, American Economic Review 111
evaluation-paper-did = Angrist and Pischke 2009, Mostly Harmless Econometrics, ch. 5
evaluation-paper-cs = Callaway and Sant’Anna 2021, Journal of Econometrics 225
evaluation-test-space = Placebo in space: the same computation for each area where nothing happened
evaluation-test-time = Placebo in time: the same computation with each earlier start
evaluation-test-conformal = Conformal test in moved blocks (Chernozhukov, Wüthrich and Zhu 2021)
evaluation-test-standard-error = The method’s own standard error
evaluation-assumes-no-anticipation = Nothing changed in advance because the programme was expected.
evaluation-assumes-no-spillover = The programme did not affect the areas that are compared with.
evaluation-assumes-synthetic = Those that moved together before the start would have gone on doing so without the programme.
evaluation-assumes-parallel = Treated and untreated would have changed equally much without the programme.
evaluation-assumes-sdid = Weighted by areas and periods, treated and untreated would have changed equally much without the programme.
evaluation-assumes-same-meaning = The outcome is measured in the same way in all areas and periods, but where a break is stated.
evaluation-assumes-nothing-else = Nothing else that touched the treated alone happened at the same time.
evaluation-unexamined-movers = Whether the residents are the same: the share who moved is not stated.
evaluation-unexamined-breaks = Whether the series or the borders were broken: no break is stated, and the numbers do not show it.
evaluation-unexamined-ring = Whether the programme spilled over to neighbours in the comparison.
evaluation-unexamined-relevant = How large an effect would matter is not stated.
evaluation-unexamined-value = { $label }: { $why }.
evaluation-unexamined-many = Other outcomes. Whoever tries many outcomes finds something unusual in the end.
evaluation-series-treated = Treated
evaluation-series-comparison = Comparison
evaluation-series-start = Start { $start }
evaluation-series-alternative = Curves from { $from } to { $to }. Just before the start the treated were at { $observed } and the comparison at { $comparison }; at the end they were at { $observed_last } and { $comparison_last }.
evaluation-series-caption = Solid line: the treated. Dashed: the comparison, what was to be expected without the programme. The upright line is the start.
evaluation-placebos-alternative = The difference between true and expected for the treated and for { $count } areas where nothing happened, from { $from } to { $to }. At the end the treated’s difference was { $last }; the others’ were between { $low } and { $high }.
evaluation-placebos-caption = Thick line: the treated’s difference from the comparison. Grey lines: the same computation for areas where nothing happened. If the thick one stands out after the start but not before, it is unusual.
evaluation-events-alternative = Estimated effect from { $from } to { $to } periods counted from the start: { $values }.
evaluation-events-start = Start
evaluation-events-caption = Points: the estimated effect so many periods from the start. Bars: intervals. Before the start the points should be at nothing.
evaluation-word-synthetic = Synthetic control
evaluation-means-synthetic = A mix of other areas that before the start looked like the treated. It shows what was to be expected without the programme.
evaluation-word-placebo = Placebo
evaluation-means-placebo = The same computation where nothing happened. If the true result is not larger than these, it may be chance.
evaluation-word-p = P-value
evaluation-means-p = How large a share of those compared differs at least as much. Small means unusual.
evaluation-word-interval = Interval
evaluation-means-interval = The effects that the data do not speak against.
evaluation-word-rmspe = RMSPE
evaluation-means-rmspe = The root of the mean of the squared differences between true and expected: an average error.
evaluation-word-detectable = Can be found
evaluation-means-detectable = The smallest effect that the test would have found in four cases of five.
evaluation-pdf-reference = Evaluation of effect
evaluation-pdf-written = Written: { $file }

# Before the intervention: what could be found at all.
evaluation-power-question = What could be found in { $outcome } if { $treated } has a programme from { $start }?
evaluation-power-answer = The smallest change in { $outcome } that the plan finds in four cases of five is { $effect } on average per period (with the luck of the trials between { $low } and { $high ->
    [none] more than was tried
   *[other] { $high }
}).
evaluation-power-answer-none = No size is found in four cases of five: { $why }.
evaluation-power-enough = The smallest effect that matters, { $effect }, is found in { $percent } per cent of the trials. The plan is enough for it.
evaluation-power-not-enough = The smallest effect that matters, { $effect }, is found in only { $percent } per cent of the trials. The plan is not enough for it: more periods, more areas or another test are needed, or the question can probably not be settled.
evaluation-power-relevant-none = Whether the plan is enough for what matters cannot be said: { $why }.
evaluation-power-false-alarm = Where nothing was added, something is found all the same in { $percent } per cent of the trials (Monte Carlo error { $error }; { $trials } trials leave { $low } to { $high } per cent). The plan’s limit is { $alpha } per cent.
evaluation-power-false-alarm-none = How often the test gives a false alarm cannot be said: it gave no answer in any trial.
evaluation-power-found = { $percent } per cent (± { $error })
evaluation-power-rests-every = Each of { $candidates } untreated areas has stood in for the treated one once, and an effect was added. Nothing is drawn by lot.
evaluation-power-rests-drawn = { $trials } times { $treated ->
    [one] one area was
   *[other] { $treated } areas were
} drawn by lot among { $candidates } untreated, and an effect was added. The same seed gives the same answer.
evaluation-power-rests-periods = Only the { $before } periods before { $start } are read. The last { $after } of them stand in for those after the start ({ $from ->
    [asked] the number was given
    [window] the window has so many periods from the start on
   *[third] nothing was said, so a third was taken
}).
evaluation-power-rests-alike = Assumed: the periods after the start will be as uneven as those before, and the treated are as easy to follow as the untreated.
evaluation-power-rests-constant = Assumed: the effect is the same in every period and every treated area. One that grows is seen later.
evaluation-power-rests-shorter = The trials have { $tried_before } periods before the start; the evaluation will have { $before }. The answer is therefore cautious, if anything.
evaluation-heading-power-curve = How often an effect is found
evaluation-heading-power-rests = What the answer rests on
evaluation-label-seed = Seed
evaluation-why-power-always-refused = the method gave no answer in any trial
evaluation-why-power-not-found = not even { $largest }, the largest that was tried, is found so often
evaluation-why-power-no-relevant = give the smallest effect that matters with --relevant
evaluation-caution-power-false-alarms = The test gives false alarms more often than the plan’s limit where nothing happened. What seems to be found is therefore partly false alarm; choose another test or another method.
evaluation-caution-power-refused = In { $count } trials the method gave no answer. They are not counted.
evaluation-caution-power-from-outcomes = The properties are measured in periods that the trials cannot use. The trials compare by the outcome alone.
evaluation-caution-power-perfect-fit = In { $count } trials some comparison follows its area to the last digit before the start: there are too few periods for so many areas, and the ratio says nothing. The answer is then worse than what the plan will do. Try fewer periods after the start (--periods-after), fewer areas (--nearest) or another test.
evaluation-caution-power-left-out = { $count ->
    [one] One area
   *[other] { $count } areas
} lack values before the start and are not included.

# What to correct in a district plan and in the statistics it rests on: what is wrong, why, and what would do.
# Where a name comes in two languages each bundle chooses its own; selecting on the other makes both take the same values.

## The parts
problem-plan-part-missing = { $section ->
        *[other] { $part ->
            *[other] “{ $section_en }” is missing under { $part_en }. A district plan is to contain all eight parts. Write the text.
        }
    }
problem-plan-area-without-goal = { $area ->
        *[other] There is no goal for { $area_en }. The plan is to have goals in all four target areas. Add at least one.
    }
problem-plan-without-interventions = There are no interventions. The plan is to list those that are expected to lead to the goals being reached. Add at least one.
problem-plan-without-documents = No documents are given. The plan is to be drawn up with regard to comprehensive planning, regional development programmes, structural-fund programmes and other relevant documents. Enter them, and how they were taken into account.
problem-plan-without-allocation = It does not say how the needs of the district were weighed when resources were allocated. The municipality is to consider each district when it allocates resources. Write how, for at least one budget year.
problem-plan-too-many = { $kind ->
        [goal] There are more than { $max } goals
       *[other] There are more than { $max } interventions
    }, which is the most that a plan holds. Merge or remove some.
problem-text-too-long = The text has { $length } characters; at most { $max } fit. Shorten it, or move parts to an annex.
problem-part-malformed = The part cannot be read. The reader says: { $detail }. What was saved still stands. Correct it and save again.

## The goals
problem-goal-twice = There are two goals called { $goal }. Each goal has its own name through all years. Remove one of them.
problem-goal-without-area = Goal { $goal } belongs to no target area. Choose work, education, safety or growth.
problem-goal-area-unknown = The target area { $area } of goal { $goal } is not in the programme. Choose one that is.
problem-goal-without-words = Goal { $goal } is not worded. Write in one sentence what is to have been reached.
problem-goal-without-problem = Goal { $goal } does not say which problem it answers. The chain from problem to lesson begins there. Describe the problem.
problem-goal-without-owner = Nobody is responsible for goal { $goal }. Enter the organisation that answers for it.
problem-goal-without-origin = Goal { $goal } lacks its origin. Local goals are to be set from both national and municipal goals. Enter the one that is missing.
problem-goal-without-intervention = No intervention serves goal { $goal }. The plan lists the interventions that are expected to lead to the goals being reached. Tie an intervention to the goal, or add one.
problem-goal-day-outside-period = Goal { $goal } is to be reached by { $day }, outside the agreement’s period { $from } to { $to }. Choose a day within it.
problem-goal-not-followable = Goal { $goal } is not { $criterion ->
        [specific] specific
        [measurable] measurable
        [accepted] accepted
        [realistic] realistic
       *[time-bound] time-bound
    } ({ $letter }), and goals are to be possible to follow up. The reasons stand beside the goal. Here no explanation helps: correct the goal.
problem-goal-criterion-missed = Goal { $goal } is not { $criterion ->
        [specific] specific
        [measurable] measurable
        [accepted] accepted
        [realistic] realistic
       *[time-bound] time-bound
    } ({ $letter }). It should be. Correct the goal, or explain why the shortcoming is accepted.
problem-goal-criterion-unknown = It cannot be judged whether goal { $goal } is { $criterion ->
        [specific] specific
        [measurable] measurable
        [accepted] accepted
        [realistic] realistic
       *[time-bound] time-bound
    } ({ $letter }). Fill in what is missing, or explain why the goal is adopted all the same.
problem-override-says-nothing = The reason why goal { $goal } is not { $criterion ->
        [specific] specific
        [measurable] measurable
        [accepted] accepted
        [realistic] realistic
       *[time-bound] time-bound
    } is too short to say anything. It goes with the plan and is to be understood. Write why the shortcoming is accepted.
problem-base-value-without-source = The base value of goal { $goal } lacks a source. No figure stands without one. Say who published it and where.
problem-base-value-without-period = It does not say what time the base value of goal { $goal } is about. Give a year, a month or several years, for example 2005–2007.

## The interventions
problem-intervention-twice = There are two interventions called { $intervention }. Each has its own name through all years. Remove one of them.
problem-intervention-without-title = Intervention { $intervention } has no title. Write it.
problem-intervention-without-goal = Intervention { $intervention } serves no goal. Interventions are to lead to the goals being reached. Choose at least one goal.
problem-intervention-for-no-goal = Intervention { $intervention } is to serve goal { $goal }, which is not in the plan. Choose a goal that is.
problem-intervention-outside-agreement = Intervention { $intervention } is directed to { $district ->
        [none] no district
       *[other] { $district }
    }, which the agreement does not cover. The work is to be directed to the agreement’s districts. Choose one of them.
problem-intervention-in-other-district = Intervention { $intervention } is directed to { $district }, which has a plan of its own. Choose this plan’s district, or move the intervention to the other plan.
problem-intervention-lacks = { $field ->
        [responsible] Nobody is responsible for intervention { $intervention }. Enter the organisation that answers for it.
        [output] The output of intervention { $intervention } is missing. Say what is to be done, and how much.
        [outcome] The outcome of intervention { $intervention } is missing. Say what it is expected to lead to.
        [from] The first day of intervention { $intervention } is missing. Enter it.
       *[other] The field { $field } of intervention { $intervention } is missing. Fill it in.
    }
problem-intervention-without-budget = It does not say which budget carries intervention { $intervention }. The work is to fit within each party’s ordinary budget and steering. Enter the budget or the steering document.
problem-intervention-ends-before-it-begins = Intervention { $intervention } ends before it begins. Correct one of the days.
problem-intervention-after-period = Intervention { $intervention } begins on { $day }, after the agreement’s period has ended on { $to }. Choose an earlier day.

## Documents, lessons, allocation
problem-document-lacks = { $field ->
        [title] Document { $document } has no title. Write it, with year or number.
       *[other] It does not say how document { $document } was taken into account. Write what in it matters here, and what that led to.
    }
problem-lesson-lacks = { $field ->
        [learned] Lesson { $lesson } does not say what was learned. Write it.
        [source] It does not say what lesson { $lesson } builds on. Give the follow-up, evaluation or meeting.
       *[other] It does not say what changed because of lesson { $lesson }. Write it, or that nothing changed and why.
    }
problem-allocation-without-year = The budget year of allocation { $allocation } is missing. Enter the year in four digits.
problem-allocation-says-nothing = Allocation { $allocation } does not say how the needs of the district were weighed. Write it.

## Adopting and revising
problem-plan-without-consultation = { $since ->
        [none] No consultation with the inhabitants of the district is registered before the adoption.
       *[other] No consultation with the inhabitants of the district is registered after { $since }, when the plan before was adopted.
    } The plan is to be drawn up in consultation with them. Hold the consultation, and register it before the plan is adopted.
problem-first-version-unchanged = This is the district’s first plan, and there is nothing to revise without change. Leave the field empty.
problem-revised-without-change = The plan is word for word the one before. It is to be revised every year by the experience there is. Change it, or write why it need not change.
problem-changed-yet-unchanged = The plan is said to be revised without change, but it differs from the one before. Remove the reason, and write what was learned and what changed.
problem-revision-without-lesson = The plan has changed, but no new lesson says why. The revision is to start from the experience and knowledge there is. Add at least one lesson.

## Acceptance
problem-acceptance-of-no-goal = There is no goal { $goal } in the district’s plan. Choose a goal that exists.
problem-acceptance-of-unfinished-goal = Goal { $goal } is not finished. Whoever accepts a goal accepts its words, its target and its day. Fill them in first.
problem-acceptance-of-other-words = Goal { $goal } has changed since it was shown. An acceptance is of the goal as it reads. Read it again, and accept it as it stands now.
problem-acceptance-by-no-partner = { $partner } has never been in the partnership. Whoever accepts a goal is in it. Choose a partner, or invite the organisation first.
problem-acceptance-by-former-partner = { $partner } left the partnership on { $last }, and the acceptance is dated { $day }. Whoever accepts a goal is in the partnership that day. Correct the day, or choose another partner.
problem-acceptance-before-partner-joined = { $partner } was not yet in the partnership on { $day }{ $last ->
        [none] {""}
       *[other] {" "}(but had been until { $last })
    }. Whoever accepts a goal is in it that day. Correct the day, or choose another partner.

## Statistics from files
problem-observations-too-large = The file is larger than { $megabytes_max } MB, the most that is read. Split it.
problem-observations-not-text = The file is not text in UTF-8. Save it as CSV, UTF-8.
problem-observations-empty = The file has headings but no values. Add at least one row.
problem-observations-column-missing = The column { $column } is missing. The file is to have all columns, with the headings in the first row. Add it.
problem-observations-row-broken = The row cannot be read; a quotation mark may be missing. Correct it.
problem-observation-cell-empty = The cell in the column { $column } is empty. Fill it in.
problem-cell-is-formula = The cell begins like a formula. Formulas are not read. Write the value instead.
problem-observation-lag-impossible = { $written } will not do as a number of days. Say how many days after the end of the period the value is published, between 0 and 3660.
problem-period-impossible = { $written ->
        [none] The period is missing.
       *[other] { $written } is not a period.
    } Write a year, a month or several years: 2007, 2007-06 or 2005–2007.
problem-observation-state-unknown = { $written } is nothing that can stand beside a value. Choose final, preliminary, estimated, perturbed, suppressed or missing.
problem-number-impossible = The value is not a number. Write digits, with a comma or a point before the decimals.
problem-observation-value-kept-back = The value { $written } stands in a cell whose value is not released or is missing. A suppressed value is not nought. Remove the value, or change what is said of it.
problem-observation-published-impossible = { $written ->
        [none] The day of publication is missing.
       *[other] { $written } cannot be the day the value was published: it is not a day, or it is before the period begins.
    } Write the day as YYYY-MM-DD.
problem-indicator-told-twice = The indicator has another unit or lag on an earlier row. An indicator has one of each. Correct the rows so that they say the same.

## What a programme says of plans
problem-plan-obligation-unknown = There is no obligation { $id } in the programme. Give the obligation that reporting the plan meets.
problem-plan-words-not-in-clause = “{ $says }” is not in the clause that is given. Quote word for word, or correct the reference.
problem-plan-words-not-in-ordinance = The words “{ $says }” do not stand in the section that is given, as { $file } has it. Correct the words or the reference, or copy the section into { $file }.
problem-plan-section-twice = The section { $id } stands twice. Give one of them another id.
problem-plan-without-parts = The programme does not say which parts a plan is to have. Add at least one part.
problem-plan-part-sections = The part { $part } is to have sections if it is made of texts, and otherwise none. Correct it.
problem-percent-impossible = { $written } will not do. Give a whole number from 50 to 99.

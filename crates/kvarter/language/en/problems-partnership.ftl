# What to correct in the partnership: what is so, why, and what to do.
problem-partnership-without-agreement = The agreement is not in force yet. The partnership is formed under an agreement in force (§ 3). Wait until both parties' approvals and the originals are in place.
problem-partnership-before-in-force = { $day } is before the agreement entered into force on { $in_force }. What is done in the partnership is done under the agreement. Correct the day.

## Partners
problem-partner-name-missing = The name is missing. A partner goes by its name. Write the organisation's name.
problem-partner-name-unreadable = { $name } has neither letters nor digits. Write the organisation's name.
problem-partner-twice = { $name } is among the partners already. Each partner is entered once. Choose it in the list instead.
problem-partner-orgnr-twice = { $name } has the organisation number { $orgnr } already. Two partners never have the same number. Correct the number, or choose the partner in the list.
problem-partner-organisation-twice = { $name } is tied to that organisation already. Choose the partner in the list instead.
problem-required-partner-unknown = { $written } is not among the authorities that the programme names. Choose one of them, or none.
problem-organisation-unknown = { $written } is no authority that is entered here. Choose one in the list, or leave the field empty.
problem-organisation-name-missing = The name is missing. Write the authority's name.
problem-organisation-twice = { $name } is entered already. Go to the list of organisations.
problem-mandate-without-decision = The decision is missing. Who takes part by order does so by a decision of the Government (§ 3). Give the decision's reference number, or choose that the partner takes part of its own will.
problem-partner-already-in = { $name } is in the partnership already from { $from }{ $last ->
        [none] {""}
       *[other] {" to "}{ $last }
    }. To change how it takes part: first register that the partner leaves, and then that it joins from the day after.
problem-partner-not-in = The partner is not in the partnership, and so cannot leave it. Choose another partner.
problem-partner-has-left = { $name } has left the partnership already; the last day was { $last }.
problem-departure-before-joining = { $day } is before the first day { $from }. Correct the day.

## Invitations
problem-invited-is-in = { $name } has taken part since { $from }. Who takes part need not be invited.
problem-invitation-waits = { $name } has an invitation of { $day } that has not been answered. Register the answer to it first.
problem-invitation-answered = The invitation was answered on { $day }. Invite anew if something has changed.
problem-answer-before-invitation = { $day } is before the invitation of { $invited }. Correct the day.

## Work
problem-description-missing = The description is missing. Describe steering, working groups and how the work connects to the ordinary organisation.
problem-group-name-missing = The name is missing. Give the working group a name.
problem-group-twice = There is a working group called { $name } already. Choose another name.
problem-group-unknown = There is no such working group. Choose one in the list.
problem-partner-in-group = { $name } is in the working group already.
problem-present-not-in = { $name } was not in the partnership on { $day }. Only who takes part can be counted in. Correct the day, or take the partner away.
problem-meeting-before-group = { $day } is before the working group was formed on { $from }. Correct the day.
problem-meeting-without-partners = Nobody is ticked. A meeting of the partnership has at least one partner besides the municipality. Tick those who were there.
problem-decision-without-number = A decision lacks its paragraph. Decisions must be found in the minutes. Begin the line with the paragraph, such as “§ 3 The plan is adopted.”
problem-decision-without-words = A decision has a paragraph and no words. Write what was decided.
problem-decision-number-twice = The paragraph { $number } stands twice. Correct one of them.
problem-counterpart-missing = The counterpart is missing. Name the regional actor, the fund or the partner.
problem-outcome-missing = The outcome is missing. Write in short what the consultation led to.

## Dialogue with residents
problem-district-outside-agreement = { $district } is no district of the agreement. Choose one of the agreement's districts.
problem-dialogue-form-missing = The form is missing. Write how the dialogue was held, such as an open meeting or a walk.
problem-dialogue-theme-missing = The theme is missing. Write what the dialogue was about.
problem-dialogue-said-missing = What was said is missing. Write what residents put forward, without pointing anyone out.
problem-response-missing = The response is missing. Write what was done, or why it was not.
problem-response-before-dialogue = { $day } is before the dialogue of { $held }. Correct the day.
problem-count-impossible = { $count } is no number of people. Write a whole number, or leave the field empty.
problem-personal-identity-number = The text contains what looks like a personal identity number. What stands here is public and must not point anyone out. Take the number away.
problem-personal-mail-address = The text contains an e-mail address. What stands here is public and must not point anyone out. Take the address away.
problem-personal-telephone-number = The text contains what looks like a telephone number. What stands here is public and must not point anyone out. Take the number away.

## Needs
problem-need-without-address = The addressee is missing. Name the ministry or authority that the need is put to.
problem-need-without-words = The need is missing. Write what is needed and why.
problem-answer-without-words = The answer is missing. Write what the state does, or why it does not.
problem-answer-before-need = { $day } is before the need was raised on { $raised }. Correct the day.

## Collaboration agreements
problem-collaboration-without-purpose = The purpose is missing. Write what the collaboration is to lead to.
problem-collaboration-without-commitments = There are no commitments. An agreement says who does what. Add at least one.
problem-collaboration-ends-before-it-begins = The last day { $to } is before the first { $from }. Correct one of the days.
problem-commitment-without-words = The commitment does not say what is to be done. Write what, or take the commitment away.
problem-commitment-without-resources = The commitment does not say with which resources. The work is to fit into the parties' ordinary budget and steering processes. Write how.
problem-commitment-without-day = The commitment has no day. Say when it is to be done at the latest.
problem-commitment-outside-period = { $day } lies outside the agreement's period { $from } to { $to }. Correct the day.
problem-commitment-without-plan = The commitment is bound to no adopted district plan. The agreements are to start from the plans. Choose a goal or an intervention.
problem-commitment-orphan = { $element } is neither a goal nor an intervention of the plan { $plan }. The agreements are to start from the plans. Choose a goal or an intervention that is there.
problem-commitment-on-superseded-plan = The commitment is bound to version { $serial } of the plan for { $district }, which version { $newer } has taken the place of. Bind it to the plan that holds.
problem-signatory-name-missing = The signatory's name is missing. Write the name as it stands in clear.
problem-signed-before-drawn-up = { $day } is before the agreement was drawn up on { $drawn_up }. Correct the day.
problem-signed-version-superseded = There is a newer version. The older can be signed no longer.
problem-side-has-signed = { $side ->
        [municipality] The municipality
       *[partner] The partner
    } has signed this version already.
problem-partner-not-in-that-day = The partner is not in the partnership on { $day }. Agreements are made with those who are in the partnership or support it. Correct the day, or register that the partner joins.
problem-confirmation-without-reason = The reason is missing. Write why the agreement can hold unchanged beside the new plan.
problem-nothing-to-confirm = There is nothing to confirm: the agreement starts from that plan already, or has been confirmed.
problem-half-signed-version = An earlier version has been signed by one party. Let the other sign before a new one is drawn up.
problem-no-keys-to-collaborate = There are no keys to sign with here. Choose paper.
problem-partner-without-people = { $name } has nobody who can sign in and sign with a key. Choose paper, or tie the partner to an authority that is entered here.
problem-revision-without-reason = The reason is missing. Write why the agreement needs to be revised.
problem-need-before-concluded = { $day } is before the agreement was concluded on { $since }. Correct the day.
problem-revision-under-way = The revision is under way already. Go on in the draft.
problem-nothing-to-report = There is no revised agreement to report. It is reported when both have signed it.
problem-collaboration-is-electronic = The agreement is signed with keys in the file, not on paper.
problem-collaboration-is-paper = The agreement is signed on paper; the registrar attests the signatures.

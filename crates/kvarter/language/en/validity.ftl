# The proofs: what shows that a condition is met, what is missing, what one should notice.
evidence-approved-state = { $body }, { $day }{ $authority ->
        [none] {""}
       *[other] , by authority of { $authority }
    }{ $paragraph ->
        [none] {""}
       *[other] , { $paragraph }
    }
evidence-approved-municipality = { $body }, { $day }{ $paragraph ->
        [none] {""}
       *[other] , { $paragraph }
    }{ $authority ->
        [none] {""}
       *[other] , by authority of { $authority }
    }
evidence-signed = Original { $mark }, { $name }, { $place } { $day }
evidence-initialled = Original { $mark }, all { $pages } pages, { $day }
evidence-approved-before-signed = { $party ->
        [state] The state
       *[municipality] The municipality
    }: approved { $decided_on }, signed { $signed_on }
evidence-in-office = { $name }, { $role ->
        [minister] minister
        [chair] chair
        [deputy-chair] deputy chair
       *[other] signatory
    } since { $from_day }, signed original { $mark } on { $day }{ $evidence ->
        [none] {""}
       *[other] . { $evidence }
    }
evidence-returned = Original { $mark } with a copy of the decision, received { $day }
evidence-reference-quoted = { $quoted } was quoted on { $day }; the letter asks for { $asked }
evidence-kept = Original { $mark }, { $place }, from { $day }

missing-approved-state = approval by the Government or whoever it has authorised
missing-approved-municipality = the executive board’s decision
missing-signed-state = the state’s signature on original { $mark }
missing-signed-municipality = the municipality’s signature on original { $mark }
missing-original = original { $mark }
missing-initialled-state = the state’s initials on page { $pages } of original { $mark } ({ $count } of { $of })
missing-initialled-municipality = the municipality’s initials on page { $pages } of original { $mark } ({ $count } of { $of })
missing-approval-came-after = { $party ->
        [state] the state’s
       *[municipality] the municipality’s
    } approval of { $decided_on } came after the signature of { $signed_on }
missing-approval-of-signature = { $party ->
        [state] the state’s
       *[municipality] the municipality’s
    } signature of { $signed_on } lacks approval
missing-nothing-signed = { $party ->
        [state] the state’s
       *[municipality] the municipality’s
    } signature
missing-mandate = the mandate of { $name }
missing-in-office = { $name } did not hold the mandate when original { $mark } was signed on { $day } ({ $role ->
        [minister] minister
        [chair] chair
        [deputy-chair] deputy chair
       *[other] another role
    } from { $from_day }){ $problem ->
        [deputy-without-evidence] ; the decision on the deputy is missing
       *[other] {""}
    }{ $evidence ->
        [none] {""}
       *[other] . { $evidence }
    }
missing-returned = one original with a copy of the decision, returned to the ministry
missing-return-not-registered = the ministry’s registration of original { $mark }, sent back { $sent_on }
missing-reference-quoted = the number { $asked } on return
missing-reference-is-another = { $quoted } was quoted instead of { $asked }; it is another of the matter’s numbers ({ $role ->
        [own] the municipality’s own
        [counterparty] the other party’s
        [offer] the offer’s
        [decision] the decision’s
        [letter] the letter’s
       *[other] known in the matter
    })
missing-reference-is-unknown = { $quoted } was quoted instead of { $asked }; the matter does not know that number
missing-reference-not-quoted = the number { $asked } was not quoted
missing-kept = the other original in the municipality’s custody
missing-kept-unsigned = the municipality’s signature on original { $mark }, which it keeps

remark-minutes-not-adjusted = It is not registered that the minutes have been adjusted.
remark-references-conflict = The letter has number { $letter }, asks for { $asked } on return and refers to the offer { $offer }. All lead to the same matter.
remark-several-in-office = { $name } was not alone in the office on { $day }: { $others } held it too. See who was to sign.
remark-another-name-printed = { $name } has signed, but { $printed } is printed under the line.
in-force-contradicted = The agreement entered into force on { $day }, but what is now registered no longer shows that every condition was met. Missing: { $next }.

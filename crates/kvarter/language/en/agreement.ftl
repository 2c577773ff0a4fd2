# The list of agreements.
agreements-title = Agreements
agreements-lede = The agreements word for word, with every duty beside its sentence.
agreements-caption = { $name }
agreements-law = Rests on { $law }
agreements-municipality = Municipality
agreements-standing = Standing
agreements-districts = Districts
agreement-not-issued = No agreement sent
agreement-not-issued-then = On { $day } the agreement had not been written yet
agreement-not-issued-now = See how it stands today
agreement-none-without-codes = { $name } is on the send list, but no agreement has been issued. An agreement covers districts with codes (§ 2), and none are registered for the municipality.
agreement-none-yet = { $name } is on the send list, but no agreement has been issued yet. Its districts are registered.
agreement-none-others = See all agreements
in-force = In force since { $day }
not-in-force = Not yet in force
in-force-why = On that day the last condition was met: { $condition }.
in-force-why-all = On that day the last condition was met.
not-in-force-why = { $count ->
    [one] One condition is not met.
   *[other] { $count } conditions are not met.
} Next: { $next }.

# The proof.
proof-title = { $name } ({ $clause })
proof-met-on = Met on { $day }
proof-missing = { $count ->
    [one] One
   *[other] { $count }
} of { $of } conditions missing
proof-met = Met:
proof-lack = Missing:
proof-advice = To be noticed:
proof-reading = Our reading
proof-certificate = Certificate of validity (PDF)
condition-included = { $proof }
condition-included-missing = see the other proof
condition-approved-by-municipality = The executive board has approved the agreement
condition-approved-by-state = The Government, or whoever it has authorised, has approved the agreement
condition-signed-by-municipality = The chair of the executive board has signed both originals
condition-signed-by-state = The state has signed both originals
condition-initialled-by-municipality = The chair has initialled every page of both originals
condition-initialled-by-state = The state has initialled every page of both originals
condition-approval-before-signature = The approval came before the signature
condition-signatory-in-office = The one who signed held the office that day
condition-returned-with-decision = One original has come back with a copy of the decision
condition-reference-quoted = The registry number asked for was quoted on return
condition-kept-by-municipality = The municipality keeps the other original

# The head of the page.
parties = The state and { $municipality }
fact-parties = Parties
fact-period = Period
fact-law = Ordinance
fact-page = The municipality's own page
fact-page-none = No link is registered. The covering letter asks for it.
fact-originals = Originals
fact-original = Original { $mark }
fact-alike = A and B are alike word for word.
fact-not-alike = A and B are not alike word for word.
fact-references = Registry numbers
fact-references-conflict = The numbers do not agree. They are given as they stand; all lead to the same matter.
fact-filled = Filled in in this agreement only
held-by-state = at the ministry
held-by-municipality = at the municipality
original-kept = { $pages } pages, { $holder }: { $place }, from { $day }
original-where-unknown = { $pages } pages; where it is kept is not registered
reference-letter = the covering letter's
reference-offer = the offer's
reference-to-quote = to be quoted on return
reference-municipality = the municipality's
reference-quoted = quoted on return
hole-municipality = The municipality as party
hole-districts = Districts with codes
hole-municipality-signatory = Name under the municipality's line
hole-municipality-place = Place on the municipality's line
hole-state-signatory = Name under the state's line
tally-title = How the duties stand
tally-will-be = This is what will be owed
tally-party = Party
as-of-label = Show as of
as-of-hint = YYYY-MM-DD
as-of-wrong = Write a day that has been, as YYYY-MM-DD. What is shown is today.
as-of-print = As of { $day }. Printed from { $address }
as-of-past = This is how it stood on { $day }.
as-of-now = Show as of today
party-filter = Duties of
party-filter-all = Both parties
steps-title = What you can do now
open-signing-room = Open the signing room
step-approve = Register the decision to approve
step-attest = Attest signature and initials
step-send = Send the agreement
step-receive = Register the agreement as received
step-send-back = Register that an original is sent back
step-keep = Register where the other original is kept
step-register-return = Register the returned original

# The text and the margin.
contents = Contents
text-label = The text of the agreement
letter-heading = Annex: the covering letter
letter-facts = Ministry of Integration and Gender Equality, { $day }, { $number }
letter-recipients = The send list, { $count } municipalities
stamp-received = Rec. { $day }
stamp-number = No. { $number }
stamp-routed = To: { $to }
duty-key = Duty { $key }
note-permission = { $party } may
note-intent = { $party } intends
note-more = { $count ->
    [one] and one more record
   *[other] and { $count } more records
}
note-reading = Our reading
note-document = document
note-link = web page
standing-some = { $word }, { $count } of { $of }
standing-word-missing = Missing
grid-show = Show { $count } districts
grid-district = District
grid-year = Year
grid-standing = Standing
grid-overdue = missing
grid-acts = { $acts ->
    [0] no record
    [one] one record
   *[other] { $acts } records
}
record-unnumbered = the record
signed-both = Signed on both originals, { $day }
signed-one = Signed on original { $mark }, { $day }
signature-missing = Signature missing
signatures-label = Signatures

# The certificate.
certificate-title = Certificate of the agreement's validity
certificate-subtitle = Local development agreement between the state and { $municipality }, as of { $day }
certificate-programme = Programme
certificate-districts = Districts
certificate-met = met
certificate-missing = missing
certificate-advice = to be noticed
certificate-address = How it stands now is shown at { $address }.
certificate-log = What is said rests on a log of { $size } events with the root { $root }. With these anyone can check that nothing has been changed.
certificate-file = validity-{ $agreement }
as-of-no-such-day = “{ $written }” is no day that has been. This is how it stands today.

# What to correct: what is so, why (the rule), and what to do. The page shows the clause beside it.

## Days and fields
problem-day-missing = The day is missing. Write it as YYYY-MM-DD, for example 2008-10-15.
problem-day-impossible = { $written } is not a day. Write it as YYYY-MM-DD, for example 2008-10-15.
problem-day-in-the-future = { $day } has not come yet: today is { $today }, and only what has happened can be registered. Correct the day.
problem-text-cannot-be-kept = The text has characters that cannot be saved. Remove them and try again.
problem-choice-missing = Nothing is chosen. Choose one of the alternatives.
problem-choice-impossible = There is no such choice. Choose one of the alternatives in the form.
problem-statement-missing = The statement is not ticked. What is registered is to be attested by whoever has seen it. Tick the box if it is so.

## Issuing and sending
problem-letter-without-reference = The letter’s reference number is missing. A record that is sent out has a number in the register. Enter the number.
problem-offer-without-reference = The offer’s reference number is missing. The letter refers to the Government’s offer by its number. Enter the number.
problem-letter-without-number-to-quote = The number to be quoted on return is missing. The letter asks the municipality to quote it. Enter the number.
problem-state-without-signatory = The name on the state’s signature line is missing. It stands in the text of the agreement. Enter the name.
problem-letter-without-officer = The desk officer’s name is missing. It stands at the head of the letter. Enter the name.
problem-municipality-not-on-send-list = { $municipality } is not on the send list. Agreements are issued to the municipalities on the programme’s send list. Choose one of them.
problem-municipality-without-district-codes = { $municipality } has no districts with codes, and without codes an agreement covers nothing (§ 2). Register them first, with a list.
problem-nothing-to-issue = There is nothing to issue: everyone chosen has an agreement already. Choose another municipality, or go back to the board.
problem-already-sent = The agreement has been sent already. It is sent once. The board shows when.
problem-no-covering-letter = The agreement has no covering letter. The originals are sent with the letter. Issue the agreement first.
problem-sent-before-dated = The agreement cannot have been sent on { $day }: the letter is dated { $dated }. Correct the day.
problem-not-yet-sent = The agreement has not been sent. What has not been sent cannot have been received. Wait until the ministry has registered the dispatch.
problem-received-before-sent = { $day } is before it was sent, on { $sent_on }. What is received has been sent first. Correct the day.
problem-already-received = The agreement is registered as received already. The number stands on the agreement’s page.
problem-not-yet-received = The agreement is not registered as received. The municipality decides on what it has received. Register the receipt first.
problem-no-matter-yet = The organisation has no matter about the agreement yet. Every record is registered in a matter. First register that the agreement has been received.

## Approval
problem-approval-without-body = The body that decided is missing. The agreement is to be approved by the executive board, and by the Government or whoever it has authorised. Enter the body.
problem-already-approved = This party has approved the agreement already. One approval is enough. The decision stands on the agreement’s page.
problem-approval-without-paragraph = The paragraph of the minutes is missing. The decision must be possible to find. Enter the paragraph, for example § 12.
problem-approval-without-copy = The copy of the decision is missing. The original is to be returned together with a copy of the executive board’s decision. Choose the file.
problem-minutes-adjusted-before-decision = The minutes cannot have been adjusted on { $day }: the decision was taken on { $decided_on }. Correct one of the days.
problem-approved-before-issued = The decision cannot have been taken on { $day }: the agreement was issued on { $issued_on }. Correct the day.
problem-approved-after-signature = The decision of { $day } is later than the signature of { $signed_on }. The agreements are to be signed after approval. Correct the day, or see which decision the signature rests on.
problem-approval-by-other-body-municipality = { $body } is not the municipal executive board (kommunstyrelsen), which is to approve the agreement. If the board has delegated the decision, enter the delegation. Otherwise register the board’s own decision.
problem-approval-by-other-body-state = { $body } is not the Government (regeringen). Whoever the Government has authorised can approve; then enter the authorisation.

## Signing
problem-no-such-original = There is no original { $mark }. The agreement has two originals, A and B. Choose one of them.
problem-no-such-mandate = The signatory is not chosen, or holds no mandate here. Choose whoever signed.
problem-nothing-attested = Nothing is ticked. Tick the pages that bear the initials, or the signature.
problem-no-such-page = There is no page { $pages }: the original has { $last } pages. Choose among them.
problem-already-initialled = The initials on page { $pages } of original { $mark } are attested already. Leave those pages.
problem-already-signed = Original { $mark } has been signed by the party already. Leave the signature.
problem-signature-without-place = The place beside the signature is missing. The line in the agreement has place and day. Enter the place as it stands on the paper.
problem-signature-before-approval = The signature cannot be registered yet: { $party ->
        [state] the state’s approval
       *[municipality] the executive board’s decision
    } is not registered. The agreements are to be signed after approval. Register the approval first.
problem-signed-before-decision = { $day } is before the decision of { $decided_on }. The agreements are to be signed after approval. Correct the day that stands beside the signature.
problem-state-has-not-signed = The state has not signed original { $mark }. The ministry signs before the agreement is sent. Register the state’s signature first.
problem-state-has-not-initialled = The state’s initials are missing on page { $pages } of original { $mark }. The letter says that the ministry’s initials are on each page. Register the state’s initials first.
problem-signatory-of-another-organisation = { $name } holds a mandate in another organisation. Each party signs through its own. Choose another signatory.
problem-signatory-not-authorised = { $name } holds a mandate that does not include signing. The chair of the executive board signs for the municipality, the minister for the state. Choose another signatory.
problem-deputy-without-evidence = { $name } is a deputy, and nothing shows that the deputy may sign in the chair’s place. Enter the mandate with the decision that shows it.
problem-signatory-no-longer-in-office = { $name } no longer held the mandate on { $day }: it ended on { $last_day }. Whoever signs holds the mandate on that day. Correct the day, or choose whoever held it.
problem-signatory-not-yet-in-office = { $name } did not yet hold the mandate on { $day }: it began on { $first_day }. Whoever signs holds the mandate on that day. Correct the day, or choose whoever held it.
problem-scan-of-other-length = The scan has { $pages } pages and the original { $of }. The whole original must be seen. Scan every page, or upload one page at a time as a picture.

## Return and custody
problem-return-without-decision = The copy of the decision is not enclosed. The original is to be returned together with a copy of the executive board’s decision. Tick that the copy is enclosed, and register the decision with its copy if that is not done.
problem-already-sent-back = Original { $mark } has been sent back already. Day and number stand on the agreement’s page.
problem-other-original-sent-back = The other original has been sent back already. One is returned and the other kept by the municipality. Keep this one.
problem-return-before-signature = Original { $mark } is not signed by the municipality. It is returned signed and initialled. Register the signature first.
problem-returned-before-signed = { $day } is before the signature of { $signed_on }. The original is returned signed. Correct the day.
problem-return-before-initials = The municipality’s initials are missing on page { $pages } of original { $mark }. Every page is to be initialled before the original is returned. Register the initials first.
problem-not-yet-sent-back = Original { $mark } is not registered as sent back. Wait until the municipality has registered that, or ask its registrar.
problem-already-returned = Original { $mark } is registered as returned already. The number stands on the agreement’s page.
problem-custody-without-place = The place is missing. Enter where the original is kept: archive, series or shelf.
problem-kept-original-was-sent-back = Original { $mark } has been sent back and cannot be kept by the municipality. The other copy is to be kept. Choose the other original.
problem-kept-original-was-sent = Original { $mark } has been sent to the municipality and is not registered as returned. Register its return first.
problem-kept-before-it-came = The original cannot have been kept from { $day }: it was here on { $since } at the earliest. Correct the day.
problem-already-kept = Original { $mark } is already kept here since { $from_day }: { $place }. If it has been moved, enter the new place and a later day.

## Commitments
problem-discharge-by-someone-else = The commitment is { $debtor ->
        [state] the state’s
        [both] both parties’
       *[municipality] the municipality’s
    }, and only whoever answers for it can report it. Sign in for that party.
problem-discharge-shows-nothing = Nothing shows what was done. Add a document, a web address or a sentence on what was done.
problem-not-a-web-address = { $link } is not a web address. Write it with https:// first.
problem-act-before-its-cause = What gave rise to the commitment has a later day than the act. The cause comes first. Correct one of the days.
problem-extension-by-debtor = Whoever owes it cannot extend it. The other party decides.
problem-extension-of-met-duty = The commitment is met already, so its day cannot be moved.
problem-extension-without-day = The commitment has no last day to move. Where the text names no day, the parties can agree on one.
problem-extension-not-later = The new last day { $until } is not later than { $last_day }. An extension gives more time. Choose a later day.
problem-agreed-day-where-text-decides = The text decides the day already. A day can be agreed only where the text names none. To move a last day, grant an extension.
problem-discharge-without-document = The document is missing. What the agreement says is to be handed over is reported with the document itself. Choose the file.
problem-discharge-without-link = The web address is missing. The commitment concerns a web address, and is met by it. Write the address with https:// first.
problem-discharge-by-words-alone = A few words are not enough: the commitment is met once, and that is to be shown. Add a document or a web address.
problem-discharge-before-in-force = { $day } is before { $in_force }, when the agreement entered into force. What was done before then meets no commitment. Correct the day.
problem-discharge-before-issued = { $day } is before { $in_force }, when the agreement was issued. Correct the day.
problem-discharge-before-its-year = The commitment is for { $year }, and { $day } is in an earlier year. Each year’s commitment is met in its year. Choose the right year’s commitment, or correct the day.
problem-handed-over-when-received = What is handed over counts from the day it is received. It is registered here today, { $today }, and that day holds. If it came on paper on { $day }, the receiver’s registrar can attest that.
problem-received-before-written = The document cannot have come in on { $day }: it is dated { $dated }. Correct one of the days.
problem-decided-before-in-force = { $day } is before { $in_force }, when the agreement entered into force. Before then there was nothing to decide on. Correct the day.
problem-day-too-far-off = { $day } is too far ahead. A last day can be at most a year after the programme’s end, { $furthest }. Choose an earlier day.
problem-extension-of-shared-duty = The state owes this to all municipalities of the programme. None of them can move the day alone.
problem-day-agreed-already = The parties have already agreed on { $last_day }. That day is moved only by an extension, by the other party.
problem-day-agreed-by-you-already = You have already registered { $day }. The day holds once the other party has registered the same day.
problem-agreed-day-passed = { $day } had already passed on { $agreed_on }, when the parties agreed. Choose a day that lies ahead.
problem-correction-without-reason = The reason is missing. Whoever reads is to understand what was wrong. Write a sentence.
problem-correction-of-condition = What was judged when the agreement entered into force is not corrected here: the commitments rest on it.
problem-correction-when-in-force = The agreement has been in force since { $day }, and the commitments rest on the approval. It is no longer corrected here; register a record about the mistake instead.

## Registry
problem-record-without-number = The reference number is missing. Every record has a number in the register. Enter the matter’s number.
problem-record-without-subject = It does not say what the record is about. The register is to say so briefly. Write a line.
problem-record-without-counterpart = Sender or recipient is missing. The register is to say from whom the record came or to whom it went. Enter the name.
problem-record-dated-after-received = The record is dated after { $day }, when it was received or drawn up. Correct one of the days.
problem-secrecy-without-provision = The provision is missing. A secrecy marking says which provision it rests on. Enter it, for example OSL ch. 21 s. 7.
problem-secrecy-separates-nothing = Nothing is kept apart. A marking says which items are kept apart. Tick at least one, or lift the marking.
problem-no-such-agreement = There is no agreement { $id } that concerns your own organisation. Choose an agreement in the list, or none.

## Uploads
problem-upload-empty = The file is empty, or no file is chosen. Choose the file again.
problem-upload-too-large = The file is too large: at most { $megabytes_max } MB is accepted. Scan at a lower resolution, or split the file.
problem-upload-of-unknown-kind = { $name } is neither a PDF nor a picture of a page. PDF, PNG, JPEG and TIFF are accepted. Save the file in one of these and choose it again.
problem-upload-damaged = { $name } cannot be read: the file is damaged or incomplete. Make it anew and choose it again.
problem-upload-too-many-pages = { $name } has more pages than are accepted. Split the file.
problem-upload-encrypted = { $name } is protected by a password. What is registered must be possible to read. Save the file without protection and choose it again.

## Lists of districts
problem-list-too-large = The list is too large. Split it.
problem-list-not-text = The list is not text in UTF-8. Save it as CSV (UTF-8) and choose it again.
problem-list-without-columns = The first line of the list is to read { $columns }, parted by commas or semicolons. Add the heading and choose the file again.
problem-list-row-unreadable = The line cannot be read as CSV. See that quotation marks are closed.
problem-list-empty = The list has no lines. Add the districts and choose the file again.
problem-no-such-organisation = There is no organisation called { $name }. Write the municipality’s code, or its name as it stands on the send list.
problem-district-without-name = District { $code } has no name. The agreement lists the districts by name and code. Enter the name.
problem-district-code-malformed = { $code } is not a code for { $name }. { $system ->
        [deso-2018] A DeSO code is like 0180C1010
        [deso-2025] A DeSO code is like 0180C1010, with or without _DeSO2025
        [regso-2020] A RegSO code is like 0180R036
        [regso-2025] A RegSO code is like 0180R036, with or without _RegSO2025
       *[sams] A SAMS code has eight digits
    }. Correct the code.
problem-district-code-wrong-municipality = Code { $code } for { $name } does not belong to the municipality. The code begins with the municipality’s own, { $municipality }. Correct the code.
problem-district-code-duplicate = Code { $code } for { $name } is in the list already. Each district has its own code. Correct one of them.
problem-district-code-registered-otherwise = Code { $code } is registered already under another name. A registered code is not overwritten. Correct the code or the name.

## People and signing in
problem-sign-in-failed = The name and password do not match. Try again.
problem-sign-in-too-many = Too many attempts. Wait a quarter of an hour and try again.
problem-sign-in-without-mandate = No mandate holds today, so there is nothing to do signed in. Speak to the organisation’s administrator.
problem-person-without-name = The name is missing. It stands beside signatures and in the register. Enter first name and surname.
problem-mandate-ends-before-it-begins = The mandate cannot end before it has begun. Correct one of the days.
problem-mandate-ended-already = The mandate has ended on that day or earlier already. Nothing needs doing.
problem-mandate-ends-before-act = The mandate cannot end on { $day }: as late as { $last }, { $name } signed or initialled an agreement by it. Enter that day or a later one.
problem-login-empty = The sign-in name is missing. Enter one, or leave both name and password empty.
problem-login-taken = The sign-in name { $login } is taken. Choose another.
problem-password-too-short = The password is too short: it is to have at least { $min } characters. A few words in a row do well.
problem-password-too-easy = The password is too easy to guess: it resembles the name. Choose another.
problem-role-of-other-kind-of-organisation = The role is not found in that kind of organisation. Choose another role.
problem-orgnr-malformed = { $orgnr } is not an organisation number. Write it as NNNNNN-NNNN.
problem-orgnr-check-digit = { $orgnr } has the wrong check digit. Compare with the source.

## Other
problem-in-force-after-period = { $day } is after the programme’s last day, { $last_day }. Choose a day in the period.
problem-no-such-programme = There is no programme { $programme }. Those that come with the product are { $shipped }. Name one of them, or a folder.
problem-clock-before-last-event = The day cannot be set to { $day }: something is registered on a later day already. Choose a later day.
problem-upload-missing = No file was chosen. Choose at least one PDF to check.

# Signing with keys.
problem-original-is-electronic = The agreement is a file that is signed with keys. It cannot be attested as paper. Whoever is to sign does so in the signing room.
problem-original-is-paper = The agreement is issued on paper. It cannot be signed with a key. The registrar attests what the paper bears.
problem-pages-not-initialled = The covering letter asks for initials on every page. Page { $pages } is not initialled. Initial it first.
problem-no-keys-here = There are no keys in this installation, so { $name } cannot sign electronically. Whoever runs the installation sets that up.
problem-key-missing = There is no key for { $name }. Whoever runs the installation puts it in.
problem-key-passphrase-wrong = The passphrase does not open the key of { $name }. Write it once more.
problem-key-of-another-certificate = The key of { $name } does not belong to the certificate in the same file. Ask for a new key file.
problem-key-unusable = The key could not be used: { $cause }
problem-key-names-another = The key’s certificate is issued to { $named }, not to { $name }. Each signs with a key of their own.
problem-certificate-not-valid = The certificate of { $name } is valid from { $from_day } to { $to_day }, not today. Get a new certificate.
problem-anchor-unreadable = The file among the trusted certificates cannot be read as a certificate.
problem-package-broken = The package that came back is not whole: a file in it has been replaced or is missing, or its timestamp does not hold. Ask the municipality to send it again.
problem-package-unreadable = The file begins as a package but cannot be opened. Ask for it once more.
problem-package-of-another-agreement = The agreement in the package is not this agreement’s file. The covering letter asks for the municipality’s own agreement. Ask the municipality to send the right file.
problem-package-without-decision = The package does not hold the copy of the executive board’s decision that is registered. The covering letter asks for the copy. Ask the municipality to send it.
problem-in-force-before-period = { $day } is before the first day of the programme, { $first_day }. Choose a day in the period.
problem-demo-until-before-beginning = { $day } is before the first day of the case, { $first_day }. Choose that day or a later one.
problem-filter-unknown = { $name }={ $written } cannot be chosen. Choose among: { $known }.

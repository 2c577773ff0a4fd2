# The register.
registry-title = Registry
registry-lede = Public records, in and out, at the ministry and the municipalities. What is marked for secrecy stays with its day and number.
registry-whose = Whose register
registry-words = Words in subject, sender or number
registry-new = Register a record
records-count = { $count ->
    [one] One record
   *[other] { $count } records
}
direction-in = Received
direction-out = Sent
direction-internal = Drawn up
record-day = Day
record-number = Number
record-direction = Direction
record-counterpart = Sender or recipient
record-subject = Subject
record-not-shown = None given
record-withheld = Not shown: marked for secrecy
record-register = Register
record-dated = The record's own day
record-their-reference = Sender's number
record-routed-to = Passed to
record-matter = Matter
record-agreement = Agreement
record-references = The matter's numbers
record-document = Document
record-no-document = No file is kept here
record-secrecy = Secrecy marking
record-secrecy-by = Marked under { $provision } on { $day } by { $authority }.
record-secrecy-separates = Kept apart: { $what }. The marking is a warning; the question is examined when someone asks for the record.
record-proof = Proof from the log (JSON)
record-mark = Change the secrecy marking
separated-counterpart = sender or recipient
separated-subject = the subject
separated-document = the document
reference-role-own = own number
reference-role-counterparty = the other party's number
reference-role-offer = the offer
reference-role-decision = decision
reference-role-letter = the covering letter
reference-role-to-quote = to be quoted on return
reference-role-quoted = quoted on return

# Words for the register and for documents. The register is kept in Swedish; these are for readers.
register-main = Main register
subject-letter = Signing of local development agreement
subject-approval = Decision to approve the local development agreement
subject-return = Signed original of the local development agreement with a copy of the decision
subject-extension = Extension
subject-agreed-day = Agreed day
document-minutes = Extract of minutes
document-day = Day

# Fields and signatures in the file that is signed with keys.
field-initials-state = The state’s initials
field-initials-municipality = The municipality’s initials
field-signature-state = The state’s signature
field-signature-municipality = The municipality’s signature
field-initialling-state = The state’s initialling of the pages
field-initialling-municipality = The municipality’s initialling of the pages
field-timestamp = Timestamp
field-page = page
reason-initials-state = Initials on every page
reason-initials-municipality = Initials on every page
reason-signature-state = Signature for the state
reason-signature-municipality = Signature for the municipality
signed-with-key = Signed with a key
cover-to = To
cover-agreement = Agreement
cover-reference = Number to be quoted
cover-words = The agreement is hereby returned, signed and initialled on every page, with a copy of the executive board’s decision. The files in the package have the fingerprints stated below.

# The partnership in the register.
subject-invitation = Invitation to take part in the local partnership
subject-invitation-accepted = Answer to the invitation: takes part in the local partnership
subject-invitation-declined = Answer to the invitation: does not take part in the local partnership
subject-joined-member = Member of the local partnership
subject-joined-supporter = Supports the local partnership
subject-left = Leaves the local partnership
subject-organisation = The organisation of the local partnership
subject-partnership = the local partnership
subject-group = Working group of the local partnership
subject-group-joined = New in a working group
subject-group-left = Leaves a working group
subject-meeting = Meeting
subject-regional-growth = Consultation on regional growth work
subject-structural-fund = Use of structural funds
subject-support = Consultation on support to the partnership
subject-dialogue-participation = Dialogue on residents' participation
subject-dialogue-values = Dialogue on common values
subject-dialogue-consultation-on-plan = Consultation on a district plan
subject-dialogue-answer = Response to residents
subject-need = Need for coordinated action
subject-need-answer = The state's answer on a need for coordinated action

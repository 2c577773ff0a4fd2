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

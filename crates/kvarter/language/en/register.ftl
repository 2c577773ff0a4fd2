# Words for the register and for documents. The register is kept in Swedish; these are for readers.
register-main = Main register
subject-letter = Signing of local development agreement
subject-approval = Decision to approve the local development agreement
subject-return = Signed original of the local development agreement with a copy of the decision
subject-extension = Extension
subject-agreed-day = Agreed day
document-minutes = Extract of minutes
document-day = Day

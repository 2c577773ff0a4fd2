# Ord som skrivs i registret och i handlingar. Registret förs på svenska.
register-main = Huvuddiariet
subject-letter = Undertecknande av lokalt utvecklingsavtal
subject-approval = Beslut om att godkänna lokalt utvecklingsavtal
subject-return = Undertecknat original av lokalt utvecklingsavtal med kopia av beslut
subject-extension = Anstånd
subject-agreed-day = Överenskommen dag
document-minutes = Protokollsutdrag
document-day = Dag

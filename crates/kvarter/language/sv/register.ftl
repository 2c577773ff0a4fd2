# Ord som skrivs i registret och i handlingar. Registret förs på svenska.
register-main = Huvuddiariet
subject-letter = Undertecknande av lokalt utvecklingsavtal
subject-approval = Beslut om att godkänna lokalt utvecklingsavtal
subject-return = Undertecknat original av lokalt utvecklingsavtal med kopia av beslut
subject-extension = Anstånd
subject-agreed-day = Överenskommen dag
document-minutes = Protokollsutdrag
document-day = Dag

# Fält och underskrifter i den fil som undertecknas med nyckel.
field-initials-state = Statens signum
field-initials-municipality = Kommunens signum
field-signature-state = Statens underskrift
field-signature-municipality = Kommunens underskrift
field-initialling-state = Statens signering av sidorna
field-initialling-municipality = Kommunens signering av sidorna
field-timestamp = Tidsstämpel
field-page = sida
reason-initials-state = Signum på samtliga sidor
reason-initials-municipality = Signum på samtliga sidor
reason-signature-state = Underskrift för staten
reason-signature-municipality = Underskrift för kommunen
signed-with-key = Undertecknat med nyckel
cover-to = Till
cover-agreement = Avtal
cover-reference = Diarienummer att ange
cover-words = Härmed återsänds avtalet, undertecknat och signerat på varje sida, tillsammans med en kopia av kommunstyrelsens beslut. Filerna i paketet har de avtryck som anges nedan.

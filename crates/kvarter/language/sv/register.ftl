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

# Partnerskapet i registret.
subject-invitation = Inbjudan att delta i det lokala partnerskapet
subject-invitation-accepted = Svar på inbjudan: deltar i det lokala partnerskapet
subject-invitation-declined = Svar på inbjudan: deltar inte i det lokala partnerskapet
subject-joined-member = Ingår i det lokala partnerskapet
subject-joined-supporter = Stödjer det lokala partnerskapet
subject-left = Lämnar det lokala partnerskapet
subject-organisation = Det lokala partnerskapets organisation
subject-partnership = det lokala partnerskapet
subject-group = Arbetsgrupp i det lokala partnerskapet
subject-group-joined = Ny i arbetsgrupp
subject-group-left = Lämnar arbetsgrupp
subject-meeting = Möte
subject-regional-growth = Samråd om regionalt tillväxtarbete
subject-structural-fund = Användning av strukturfondsmedel
subject-support = Samråd om stöd till partnerskapet
subject-dialogue-participation = Dialog om de boendes delaktighet
subject-dialogue-values = Dialog om gemensam värdegrund
subject-dialogue-consultation-on-plan = Samråd om stadsdelsplan
subject-dialogue-answer = Svar till de boende
subject-need = Behov av samordnade insatser
subject-need-answer = Statens svar om behov av samordnade insatser

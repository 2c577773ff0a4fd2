# Inloggning.
sign-in-not = Inloggningen gick inte
sign-in-with = Med inloggningsnamn
sign-in-as = Logga in som
sign-in-as-hint = I demonstrationen kan du vara vem som helst av dem som verkar i avtalet.
demo-day-title = Dagen i demonstrationen
demo-day-label = Dag
demo-day-hint = Skriv som ÅÅÅÅ-MM-DD. Klockan går inte tillbaka förbi det som redan är registrerat.
demo-day-button = Sätt dagen

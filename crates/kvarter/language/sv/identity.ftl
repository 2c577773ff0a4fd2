# Inloggning.
sign-in-not = Inloggningen gick inte
sign-in-with = Med inloggningsnamn
sign-in-as = Logga in som
sign-in-as-hint = I demonstrationen kan du vara vem som helst av dem som verkar i avtalet.

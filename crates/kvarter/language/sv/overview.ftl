# Översikten.
overview-title = Översikt
overview-lede = Vem som har redovisat vad, när, i tid eller sent. Staten och kommunerna sida vid sida.
overview-of = Översikt { $year }
overview-subtitle = { $programme }, läget den { $day }
overview-years-caption = Skyldigheter med sista dag under året
overview-nothing = Inga sista dagar
overview-count = { $word }: { $count }
overview-duty = Skyldighet
overview-last-day = Sista dag
overview-reported = Redovisad
overview-not-reported = Inte redovisad
overview-standing = Läge
overview-acts = Handlingar under året
overview-as-pdf = Hämta som PDF
overview-as-json = Hämta som JSON
overview-dated-caption = { $name }: skyldigheter med sista dag under året
overview-undated = { $count ->
    [one] En skyldighet utan sista dag
   *[other] { $count } skyldigheter utan sista dag
}
overview-undated-caption = { $name }: skyldigheter utan sista dag
overview-without = Kommuner utan avtal i kraft
overview-without-why = De är inte skyldiga något ännu. Därför står de inte i tabellerna.
overview-note-late = Sista dagen räknas med. Det som redovisas inom ett anstånd är inte sent. Det staten är skyldig hela programmet står en gång.
overview-note-address = Samma översikt, alltid aktuell: { $address }
overview-total-all = skyldigheter med sista dag
overview-total-met = uppfyllda i tid
overview-total-late = uppfyllda sent
overview-total-overdue = försenade
overview-paper-duty = { $clause } { $what }
overview-file = oversikt-{ $programme }-{ $year }

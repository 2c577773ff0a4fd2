# Skyldigheter: vem som är skyldig vem vad, till när, och hur det står.
debtor-municipality = Kommunen
debtor-state = Staten
debtor-both = Båda parterna
creditor-municipality = kommunen
creditor-state = staten
creditor-government-offices = Regeringskansliet
creditor-each-other = varandra
creditor-others = andra kommuner och intressenter
creditor-eukn = EUKN
owes = { $debtor } till { $creditor }
force-shall = ska
force-does = gör
force-answers = svarar för
force-agreed = är överens om
force-should = bör
force-asked = ombeds

# Hur en skyldighet står: ett ord, en rad, en mening.
standing-word-upcoming = Kommande
standing-word-due-soon = Snart sista dag
standing-word-overdue = Försenad
standing-word-met = Uppfylld
standing-word-met-late = Uppfylld sent
standing-word-excused = Uppfylld inom anstånd
standing-word-extended = Anstånd
standing-word-standing = Löpande
standing-word-awaiting-event = Avvaktar
standing-word-triggered = Ska göras
standing-word-undated = Ingen dag
standing-word-before-validity = Villkor för giltighet
standing-word-not-owed = Inte aktuell
standing-word-not-yet = Gäller ännu inte

standing-line-upcoming = Senast { $last_day }, om { $days_left ->
    [one] en dag
   *[other] { $days_left } dagar
}
standing-line-due-soon = { $days_left ->
    [0] Sista dagen är i dag
    [one] En dag kvar till { $last_day }
   *[other] { $days_left } dagar kvar till { $last_day }
}
standing-line-overdue = Försenad, { $days_late ->
    [one] en dag
   *[other] { $days_late } dagar
}
standing-line-met = Uppfylld { $on }
standing-line-met-late = Uppfylld { $on }, { $days_late ->
    [one] en dag
   *[other] { $days_late } dagar
} sent
standing-line-excused = Uppfylld { $on }, inom anståndet
standing-line-extended = Anstånd till { $last_day }
standing-line-standing = Löpande, { $acts ->
    [0] ännu ingen handling
    [one] en handling
   *[other] { $acts } handlingar
}
standing-line-awaiting-event = Börjar när { $event }
standing-line-triggered = Ska göras, { $days_since ->
    [one] en dag
   *[other] { $days_since } dagar
} har gått
standing-line-undated = Ingen dag är avtalad
standing-line-before-validity = Saknas
standing-line-not-owed = Inte aktuell, dagen hade passerat
standing-line-not-yet = Börjar när avtalet träder i kraft

standing-upcoming = Sista dagen är { $last_day }, om { $days_left ->
    [one] en dag
   *[other] { $days_left } dagar
}.
standing-due-soon = { $days_left ->
    [0] Sista dagen är i dag, { $last_day }.
    [one] En dag återstår till sista dagen, { $last_day }.
   *[other] { $days_left } dagar återstår till sista dagen, { $last_day }.
}
standing-overdue = Sista dagen, { $last_day }, passerade för { $days_late ->
    [one] en dag
   *[other] { $days_late } dagar
} sedan. Ingen handling är registrerad.{ $original ->
    [none] { "" }
   *[other] { " " }Enligt avtalet var sista dagen { $original }; anstånd gavs.
}
standing-met = { $last_day ->
    [none] Uppfylld { $on }.
   *[other] Uppfylld { $on }. Sista dagen var { $last_day }.
}
standing-met-late = Uppfylld { $on }, { $days_late ->
    [one] en dag
   *[other] { $days_late } dagar
} efter sista dagen, { $last_day }.
standing-excused = Uppfylld { $on }, inom anståndet till { $last_day }{ $reference ->
    [none] { "" }
   *[other] { " " }({ $reference })
}. Enligt avtalet var sista dagen { $original }.
standing-extended = Anstånd till { $last_day }, beslutat { $decided_on }{ $reference ->
    [none] { "" }
   *[other] { " " }({ $reference })
}. Enligt avtalet var sista dagen { $original }. { $days_left ->
    [0] Anståndet går ut i dag.
    [one] En dag återstår.
   *[other] { $days_left } dagar återstår.
}
standing-standing = Gäller hela tiden. { $acts ->
    [0] Ingen handling är registrerad ännu.
    [one] En handling är registrerad, { $latest }.
   *[other] { $acts } handlingar är registrerade, den senaste { $latest }.
}
standing-awaiting-event = Börjar när { $event }. Det har inte hänt.{ $acts ->
    [0] { "" }
    [one] { " " }En handling är ändå registrerad.
   *[other] { " " }{ $acts } handlingar är ändå registrerade.
}
standing-triggered = Ska göras: { $event } { $since }. Texten säger inte inom hur många dagar; { $days_since ->
    [one] en dag
   *[other] { $days_since } dagar
} har gått.
standing-undated = Texten anger ingen dag, och parterna har inte avtalat någon.
standing-before-validity = Ett villkor för att avtalet ska gälla. Det är ännu inte uppfyllt.
standing-not-owed = Varje dag som texten anger hade passerat när avtalet trädde i kraft.
standing-not-yet = Gäller först när avtalet har trätt i kraft.
standing-word-registered-late = { $word }, registrerad sent
standing-line-registered-late = { $line }, registrerad först { $day }
standing-registered-late = { $sentence } Registrerad först { $day }, efter sista dagen.
standing-extended-late = { $sentence } Anstånd till { $until } gavs först { $day }, när sista dagen hade passerat.
standing-line-half = { $done ->
    [state] Staten klar, kommunen återstår
   *[municipality] Kommunen klar, staten återstår
}. { $rest }
standing-half = { $done ->
    [state] Staten har gjort sin del, { $day }; kommunens återstår.
   *[municipality] Kommunen har gjort sin del, { $day }; statens återstår.
} { $rest }

# Vad som kan hända, som bisats: ”börjar när …”.
event-approved-by-municipality = kommunstyrelsen har godkänt avtalet
event-approved-by-state = regeringen, eller den som den har bemyndigat, har godkänt avtalet
event-originals-signed = ordföranden har undertecknat båda originalen
event-pages-initialled = varje sida i båda originalen har signerats
event-original-returned = ett original har returnerats med kopia av beslutet
event-original-kept = kommunen har tagit det andra originalet i förvar
event-link-sent = kommunen har skickat sin webbadress
event-links-published = staten har publicerat kommunernas länkar
event-joint-review-recorded = parterna har gjort en gemensam avstämning
event-budget-fit-recorded = arbetet har förts in i en budget eller ett styrdokument
event-work-directed = arbete har riktats mot stadsdelen
event-effects-followed-up = effekterna har följts upp
event-partnership-formed = det lokala partnerskapet har bildats
event-actors-invited = fler aktörer har bjudits in
event-residents-engaged = de boende har deltagit
event-values-dialogue-held = en dialog om gemensam värdegrund har förts
event-coordination-organised = samordningen har organiserats
event-plan-drawn-up = en stadsdelsplan har upprättats
event-goals-set = lokala mål har formulerats
event-goals-made-followable = målen har gjorts uppföljningsbara
event-goals-assessed = målen har prövats mot kriterierna
event-needs-weighed = stadsdelens behov har vägts in
event-plan-reported = en reviderad plan har redovisats
event-collaboration-concluded = en samverkansöverenskommelse har träffats
event-collaboration-based-on-plans = överenskommelsen utgår från planerna
event-collaboration-need-found = behov av att revidera en överenskommelse har konstaterats
event-collaboration-revised = en samverkansöverenskommelse har reviderats
event-collaboration-reported = en samverkansöverenskommelse har redovisats
event-state-dialogue-held = staten och kommunen har fört dialog
event-statistics-available = statistik på stadsdelsnivå har gjorts tillgänglig
event-followup-reported = den årliga redovisningen har lämnats
event-compilation-published = den årliga sammanställningen har publicerats
event-evaluation-made = en utvärdering har gjorts
event-knowledge-shared = erfarenheter och kunskap har spritts
event-evaluation-published = resultat av en utvärdering har gjorts tillgängliga
event-eukn-contributed = erfarenheter och kunskap har gjorts tillgängliga för EUKN
event-conference-held = den nationella konferensen har hållits

# När.
due-by = Senast { $day }
due-yearly = Senast { $day } varje år
due-each-year = Varje år. Texten anger ingen dag; årets sista dag är vår läsning
due-standing = Gäller hela tiden
due-undated = Texten anger ingen dag
due-after = När { $event }
due-before-validity = Innan avtalet får sin giltighet
due-per-district = { $due }, för var och en av { $count ->
    [one] stadsdelen
   *[other] de { $count } stadsdelarna
}
due-per-programme = { $due }, en gång för hela programmet
due-agreed = { $due }; parterna har avtalat { $days }
due-statutory = Enligt lag (1930:173) § 2 vore sista dagen { $days }. Den lagen gäller lagstadgade dagar; här räknas den avtalade.
day-month = { $day } { $month }

# Listan.
duties-title = Åtaganden
duties-lede = Alla skyldigheter enligt avtalen, kommunernas och statens sida vid sida.
duties-none = Inga skyldigheter stämmer med urvalet.
duties-none-all = Visa alla
duties-none-yet = Inget avtal är i kraft ännu, så ingen är skyldig någon något. I avtalet står vad som kommer att gälla.
duties-count = { $count ->
    [0] Inga skyldigheter
    [one] En skyldighet
   *[other] { $count } skyldigheter
}
duties-filter-party = Part
duties-filter-agreement = Avtal
duties-filter-clause = Paragraf
duties-filter-standing = Läge
duties-filter-year = Sista dag under
duties-as-calendar = Kalender
duties-as-list = Lista
duties-feed = Prenumerera (iCalendar)
duties-json = Hämta som JSON
duty-no-day = Ingen dag
duty-contractual-day = Enligt avtalet { $day }
calendar-title = Åtaganden som kalender
calendar-lede = Sista dagar under { $year }, månad för månad.
calendar-years = År
calendar-no-days = Inga sista dagar

# En skyldighet.
duty-words = Avtalets ord
duty-reading = Vår läsning
duty-clause = Paragraf
duty-owed-by = Den som är skyldig
duty-owed-to = Mot vem
duty-force = Orden binder så
duty-object = Gäller
duty-object-all = Hela avtalet
duty-object-programme = Hela programmet, alla kommuner
duty-object-collaboration = Varje samverkansöverenskommelse
duty-nominal = Sista dag enligt texten
duty-effective = Sista dag som räknas
duty-statutory = Sista dag om lag (1930:173) gällde
duty-reminders = Påminnelser
duty-reminders-days = { $days } dagar före
duty-acts = Vad som har gjorts
duty-acts-none = Ingen handling är registrerad.
duty-act-on = Dag
duty-act-what = Vad
duty-act-record = Diarienummer
duty-act-met = Uppfyllt
duty-act-met-by = { $by ->
    [state] Uppfyllt av staten
   *[municipality] Uppfyllt av kommunen
}
duty-act-received = Mottaget den dagen enligt { $name }, som intygade det { $day }
duty-act-registered = { $what } (registrerat { $day })
duty-act-extended = Anstånd till { $day }
duty-act-agreed = { $both ->
    [yes] Avtalad dag: { $day }, enligt { $by ->
        [state] staten
       *[municipality] kommunen
    }
   *[no] { $by ->
        [state] Staten anger { $day } som avtalad dag; kommunen har inte registrerat samma dag
       *[municipality] Kommunen anger { $day } som avtalad dag; staten har inte registrerat samma dag
    }
}
duty-act-occurred = Det som avvaktades har hänt
duty-in-agreement = Se orden i avtalet
duty-clause-and-agreement = { $clause }, { $agreement }
duty-when = När
duty-statutory-why = Lagen gäller lagstadgade dagar. Här räknas den avtalade dagen.
document = Handling
duty-do-meet = Registrera att det är gjort
duty-do-extend = Ge anstånd
duty-do-agree = Ange avtalad dag
duty-do-correct = Rätta
corrected = Rättat { $day } av { $name }: { $reason }
correction-of-discharge = Att åtagandet är uppfyllt
correction-of-extension = Anståndet
correction-of-agreed-day = Den avtalade dagen
correction-of-approval = Godkännandet
correction-of-meeting = Mötet
correction-of-dialogue = Dialogen
correction-of-regional-contact = Samrådet på regional nivå
corrected-approval = Godkänt av { $body }, { $day }.
correct-approval = Rätta godkännandet
standing-half-overdue = { $done ->
    [state] Staten har gjort sin del, { $day }; kommunens återstår.
   *[municipality] Kommunen har gjort sin del, { $day }; statens återstår.
} Sista dagen, { $last_day }, passerade för { $days_late ->
    [one] en dag
   *[other] { $days_late } dagar
} sedan.
feed-name = Åtaganden: { $name }

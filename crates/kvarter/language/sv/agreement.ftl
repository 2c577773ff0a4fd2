# Listan över avtal.
agreements-title = Avtal
agreements-lede = Avtalen ord för ord, med varje skyldighet bredvid sin mening.
agreements-caption = { $name }
agreements-law = Vilar på { $law }
agreements-municipality = Kommun
agreements-standing = Läge
agreements-districts = Stadsdelar
agreement-not-issued = Inget avtal skickat
agreement-not-issued-then = Den { $day } var avtalet ännu inte skrivet
agreement-not-issued-now = Se hur det står i dag
agreement-none-without-codes = { $name } står på sändlistan, men något avtal är inte utfärdat. Ett avtal omfattar stadsdelar med kod (§ 2), och inga är registrerade för kommunen.
agreement-none-yet = { $name } står på sändlistan, men något avtal är inte utfärdat ännu. Stadsdelarna är registrerade.
agreement-none-others = Se alla avtal
in-force = I kraft sedan { $day }
not-in-force = Ännu inte i kraft
in-force-why = Den dagen uppfylldes det sista villkoret: { $condition }.
in-force-why-all = Den dagen uppfylldes det sista villkoret.
not-in-force-why = { $count ->
    [one] Ett villkor är inte uppfyllt.
   *[other] { $count } villkor är inte uppfyllda.
} Näst på tur: { $next }.

# Beviset.
proof-title = { $name } ({ $clause })
proof-met-on = Uppfyllt { $day }
proof-missing = { $count ->
    [one] Ett
   *[other] { $count }
} av { $of } villkor saknas
proof-met = Uppfyllt:
proof-lack = Saknas:
proof-advice = Bör uppmärksammas:
proof-reading = Vår läsning
proof-certificate = Intyg om giltigheten (PDF)
condition-included = { $proof }
condition-included-missing = se beviset ovan
condition-approved-by-municipality = Kommunstyrelsen har godkänt avtalet
condition-approved-by-state = Regeringen, eller den som regeringen har bemyndigat, har godkänt avtalet
condition-signed-by-municipality = Kommunstyrelsens ordförande har undertecknat båda originalen
condition-signed-by-state = Staten har undertecknat båda originalen
condition-initialled-by-municipality = Ordföranden har signerat varje sida i båda originalen
condition-initialled-by-state = Staten har signerat varje sida i båda originalen
condition-approval-before-signature = Godkännandet kom före underskriften
condition-signatory-in-office = Den som undertecknade hade uppdraget den dagen
condition-returned-with-decision = Ett original har kommit tillbaka med en kopia av beslutet
condition-reference-quoted = Det begärda diarienumret är angivet vid återsändningen
condition-kept-by-municipality = Kommunen förvarar det andra originalet

# Huvudet på sidan.
parties = Staten och { $municipality }
fact-parties = Parter
fact-period = Period
fact-law = Förordning
fact-page = Kommunens egen sida
fact-page-none = Ingen länk är registrerad. Följebrevet ber om den.
fact-originals = Original
fact-original = Original { $mark }
fact-alike = A och B är ordagrant lika.
fact-not-alike = A och B är inte ordagrant lika.
fact-references = Diarienummer
fact-references-conflict = Numren stämmer inte överens. De återges som de står; alla leder till samma ärende.
fact-filled = Ifyllt i just detta avtal
held-by-state = hos departementet
held-by-municipality = hos kommunen
original-kept = { $pages } sidor, { $holder }: { $place }, från { $day }
original-where-unknown = { $pages } sidor; var det förvaras är inte registrerat
reference-letter = följebrevets
reference-offer = erbjudandets
reference-to-quote = ska anges vid återsändning
reference-municipality = kommunens
reference-quoted = angivet vid återsändning
hole-municipality = Kommunen som part
hole-districts = Stadsdelar med kod
hole-municipality-signatory = Namn under kommunens rad
hole-municipality-place = Ort vid kommunens rad
hole-state-signatory = Namn under statens rad
tally-title = Så står skyldigheterna
tally-will-be = Det här kommer att gälla
tally-party = Part
as-of-label = Visa läget den
as-of-hint = ÅÅÅÅ-MM-DD
as-of-wrong = Skriv en dag som har varit, som ÅÅÅÅ-MM-DD. Här visas läget i dag.
as-of-print = Läget den { $day }. Utskrift av { $address }
as-of-past = Så stod det den { $day }.
as-of-now = Visa läget i dag
party-filter = Skyldigheter för
party-filter-all = Båda parterna
steps-title = Det du kan göra nu
open-signing-room = Öppna signeringsrummet
step-approve = Registrera beslutet att godkänna
step-attest = Intyga underskrift och signering
step-send = Skicka avtalet
step-receive = Registrera avtalet som inkommet
step-send-back = Registrera att ett original skickas tillbaka
step-keep = Registrera var det andra originalet förvaras
step-register-return = Registrera det återkomna originalet

# Texten och marginalen.
contents = Innehåll
text-label = Avtalets text
letter-heading = Bilaga: följebrevet
letter-facts = Integrations- och jämställdhetsdepartementet, { $day }, { $number }
letter-recipients = Sändlistan, { $count } kommuner
stamp-received = Ink. { $day }
stamp-number = Dnr { $number }
stamp-routed = Till: { $to }
duty-key = Skyldighet { $key }
note-permission = { $party } får
note-intent = { $party } avser
note-more = { $count ->
    [one] och en handling till
   *[other] och { $count } handlingar till
}
note-reading = Vår läsning
note-document = handling
note-link = webbsida
standing-some = { $word }, { $count } av { $of }
standing-word-missing = Saknas
grid-show = Visa { $count } stadsdelar
grid-district = Stadsdel
grid-year = År
grid-standing = Läge
grid-overdue = saknas
grid-acts = { $acts ->
    [0] ingen handling
    [one] en handling
   *[other] { $acts } handlingar
}
record-unnumbered = handlingen
signed-both = Underskrift på båda originalen, { $day }
signed-one = Underskrift på original { $mark }, { $day }
signature-missing = Underskrift saknas
signatures-label = Underskrifter

# Intyget.
certificate-title = Intyg om avtalets giltighet
certificate-subtitle = Lokalt utvecklingsavtal mellan staten och { $municipality }, läget den { $day }
certificate-programme = Program
certificate-districts = Stadsdelar
certificate-met = uppfyllt
certificate-missing = saknas
certificate-advice = bör uppmärksammas
certificate-address = Det aktuella läget visas på { $address }.
certificate-log = Uppgifterna vilar på en logg med { $size } händelser och roten { $root }. Med dem kan vem som helst kontrollera att inget har ändrats.
certificate-file = giltighet-{ $agreement }
as-of-no-such-day = ”{ $written }” är ingen dag som har varit. Här visas läget i dag.

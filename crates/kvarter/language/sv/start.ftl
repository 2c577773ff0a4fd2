# Startsidan, sökningen och om tjänsten.
start-title = Vad staten och kommunerna har lovat varandra
start-lede = { $in_force ->
        [0] Staten erbjuder { $municipalities } kommuner avtal för { $period } om utveckling i stadsdelar med utbrett utanförskap; inget är i kraft ännu.
       *[other] Staten erbjuder { $municipalities } kommuner avtal för { $period } om utveckling i stadsdelar med utbrett utanförskap; { $in_force } är i kraft.
    } Här står vad båda sidor har lovat, ord för ord, och hur det går.
start-how = Så står löftena
start-how-none = Inget avtal är i kraft ännu. Därför är ingen skyldig någon något.
start-to-overview = Översikt för året
start-places = Kommunerna
start-in-force-count = { $in_force } av { $municipalities } avtal är i kraft
start-in-force = I kraft
start-not-sent = Inget avtal skickat
start-map = Varje fält är en kommun på sändlistan. Samma kommuner står i listan.
start-latest = Senast registrerade handlingar
start-latest-none = Inga handlingar är registrerade ännu.
start-to-registry = Hela diariet
start-rests = Arbetet vilar på förordningen ({ $law }) om urbant utvecklingsarbete.
search-title = Sök
search-button = Sök
search-agreements = Avtal och stadsdelar
search-duties = Åtaganden
search-records = Handlingar
search-none = Inget stämmer med ”{ $words }”. Pröva ett annat ord, en stadsdel eller ett diarienummer.
search-all = Visa alla { $count } handlingar
about-lede = Kvarter förvaltar avtal mellan staten och kommuner så att var och en kan se vad som har lovats, av vem, till när och hur det står.
about-how-title = Så räknas det fram
about-how = Avtalets text är utgångspunkten. Varje mening som binder någon är läst som en skyldighet, med orden citerade. Hur en skyldighet står sparas aldrig. Det räknas fram ur daterade handlingar varje gång någon frågar, för dagen i dag eller för en dag som har varit. Där texten lämnar ett val står vår läsning utskriven.
about-check-title = Så kan det kontrolleras
about-check = Varje handling läggs till i en logg som bara kan växa. Med loggens rot kan vem som helst visa att inget har ändrats eller tagits bort.
about-access-title = Tillgänglighet
about-access = Sidorna följer WCAG 2.2 AA, fungerar utan skript, med tangentbord, i förstoring till 400 procent och på papper. Varje karta har en lista och varje färg ett ord.
about-data-title = Personuppgifter
about-data = Namn på dem som undertecknar står i avtalen, som är allmänna handlingar. Den som läser lämnar inga spår: här finns ingen spårning och inga kakor utöver språk och inloggning.
about-licence-title = Licens
about-licence = Kvarter { $version } är fri programvara under European Union Public Licence 1.2.

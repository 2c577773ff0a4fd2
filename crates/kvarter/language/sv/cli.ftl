# Terminalens ord.
cli-failed-io = Det gick inte att läsa eller skriva: { $cause ->
        [not-found] en fil eller mapp finns inte
        [not-permitted] rättigheterna räcker inte
        [read-only] disken kan bara läsas
        [full] disken är full
        [not-text] det är inte text i UTF-8
       *[other] systemet säger (på engelska): { $cause }
    }
cli-failed-denied = Detta får inte göras härifrån.
cli-failed-not-found = Det som efterfrågas finns inte. Kontrollera id:t.
cli-failed-conflict = Någon annan gjorde samma sak i samma stund. Se efter hur det står och försök igen.
cli-failed-unavailable = Databasen eller disken går inte att nå, och inget är ändrat. Systemet säger (på engelska): { $cause }
    Kör kvarter doctor för att se vad som är fel.
cli-failed-internal = Felet är vårt, och inget är ändrat. Orsaken, för den som rättar det (på engelska): { $cause }
cli-problem-unnamed = { $code }: { $values }

# Program
cli-check-problems = { $programme }: { $count ->
        [0] inga problem
        [one] 1 problem
       *[other] { $count } problem
    }
cli-check-warnings = Varningar:
cli-check-no-coverage = Täckningen räknas när problemen är rättade.
cli-coverage = Täckning: { $binding_covered } av { $binding } meningar som binder eller tillåter, { $covered } av { $sentences } meningar i allt
cli-coverage-uncovered = OTÄCKT
cli-carrier-obligation = åtagande
cli-carrier-permission = möjlighet
cli-carrier-intent = avsikt
cli-carrier-declaration = upplysning
cli-duties-counted = { $dated ->
        [one] 1 åtagande med dag
       *[other] { $dated } åtaganden med dag
    }, { $undated } utan.
cli-duties-none = Inga åtaganden svarar mot frågan. Åtaganden finns när ett avtal har börjat gälla.
cli-duties-prospective = Åtagandena nedan följer om avtalet börjar gälla; datumen är räknade som om det skedde i dag.
cli-reason-standing = löpande
cli-reason-no-day-named = ingen dag angiven
cli-reason-after-event = efter händelse
cli-reason-condition-of-validity = villkor för giltighet
cli-reason-passed-before-force = dagen passerad

# Kolumner
cli-column-day = Sista dag
cli-column-clause = Grund
cli-column-debtor = Vem
cli-column-creditor = Till vem
cli-column-owes = Vem till vem
cli-column-duty = Åtagande
cli-column-standing = Läge
cli-column-sentence = Mening
cli-column-carrier = Bärs av
cli-column-text = Text
cli-column-day-registered = Dag
cli-column-direction = Riktning
cli-column-number = Nummer
cli-column-organisation = Hos
cli-column-counterpart = Från eller till
cli-column-subject = Ärendemening
cli-column-mandate = Uppdragets id
cli-column-name = Namn
cli-column-role = Uppdrag
cli-column-from = Från

# Avtal
cli-issue-working = Utfärdar avtal
cli-issued = { $count ->
        [one] 1 avtal är utfärdat, med två original och följebrev:
       *[other] { $count } avtal är utfärdade, vart och ett med två original och följebrev:
    }
cli-issue-refused = { $count ->
        [one] 1 kommun kunde inte få något avtal:
       *[other] { $count } kommuner kunde inte få något avtal:
    }
cli-in-force-since = Gäller från { $day }.
cli-not-in-force = Gäller ännu inte. Det här saknas:
cli-compare-identical = Likalydande, och lika på varje punkt.
cli-compare-likalydande = Likalydande: två original av samma avtal.
cli-compare-same-text = Samma gemensamma text, men två olika avtal: det som fyllts i skiljer. De är alltså inte två original av ett avtal.
cli-compare-differ = Inte likalydande: texten skiljer.
cli-compare-parameters = Ifyllt olika (första | andra):
cli-compare-deviations = { $b } skiljer från { $a }:
cli-compare-from-text = { $file } skiljer från programmets text:
cli-compare-place = sidan { $page }, § { $clause } { $heading }
cli-compare-place-without-clause = sidan { $page }
cli-compare-words = väntat { $expected }, funnet { $found }
cli-hole-reference = diarienummer
cli-hole-original = original
cli-hole-municipality = kommun
cli-hole-districts = stadsdelar
cli-hole-district-name = stadsdelens namn
cli-hole-district-code = stadsdelens kod
cli-hole-code-system = kodsystem
cli-hole-state-place = statens ort
cli-hole-state-day = statens dag
cli-hole-state-year = statens år
cli-hole-state-signatory = statens undertecknare
cli-hole-municipality-place = kommunens ort
cli-hole-municipality-day = kommunens dag
cli-hole-municipality-year = kommunens år
cli-hole-municipality-signatory = kommunens undertecknare

# Diarium
cli-direction-in = inkommen
cli-direction-out = utgående
cli-direction-internal = upprättad
cli-records-counted = { $shown } av { $total } handlingar.
cli-record-kept-apart = (hålls åtskild: sekretessmarkerad)
cli-record-their-reference = Deras nummer
cli-record-routed-to = Överlämnad till
cli-record-agreement = Avtal
cli-record-document = Dokument
cli-record-reference = Ärendets nummer
cli-record-event = Händelse i loggen

# Logg
cli-log-verifying = Räknar om loggen
cli-log-sound = Allt är som det var: logg och uppgifter stämmer med varandra.
cli-log-sound-and-continued = Allt är som det var, och loggen fortsätter den som kontrollpunkten togs av.
cli-log-unsound = Loggen stämmer inte. Ändra ingenting; kopiera databasen och dokumenten som de är, och jämför med en säkerhetskopia.
cli-log-counted = { $events } händelser, { $facts } uppgifter, { $documents } dokument.
cli-log-root = Rot: { $root }
cli-log-more-findings = … och { $count } till.
cli-trouble-event = händelse { $event }
cli-trouble-event-missing = En händelse saknas
cli-trouble-event-unknown = En händelse finns som loggen inte har plats för
cli-trouble-event-altered = En händelse är ändrad
cli-trouble-tree-altered = Trädet är ändrat
cli-trouble-head-altered = Loggens huvud är ändrat
cli-trouble-history-rewritten = Loggen är inte den som kontrollpunkten togs av
cli-trouble-history-cut-short = Loggen är kortare än kontrollpunkten säger
cli-trouble-fact-missing = En uppgift saknas
cli-trouble-fact-unknown = En uppgift finns som ingen händelse har skrivit
cli-trouble-fact-altered = En uppgift är ändrad
cli-trouble-document-missing = Ett dokument saknas
cli-trouble-document-altered = Ett dokument är ändrat
cli-trouble-unreadable = En tabell går inte att läsa

# Databas
cli-migrate-nothing = Databasen är redan i den här versionen.
cli-migrate-applied = Tillämpat:

# Personer
cli-person-added = { $name } är tillagd, med id { $id }.
cli-person-added-with-login = { $name } är tillagd, med id { $id }, och kan logga in.
cli-password-place = lösenordet
cli-password-ask = Lösenord (minst 12 tecken):
cli-password-again = En gång till:

# Servera
cli-serving = Kvarter lyssnar på { $here } och nås på { $public }. Avsluta med ctrl-c.

# Demonstration
cli-demo-carrying-on = För ärendet vidare
cli-demo-open = Stockholms avtal finns på
cli-demo-today = I demonstrationen är det { $day }.
cli-demo-next = Nästa händelse är { $day }; { $left } återstår. Knappen på varje sida för ärendet vidare.
cli-demo-done = Ärendet är fört till sitt slut.
cli-demo-people = Var och en kan man logga in som, på { $address }:
cli-demo-look = Se på:
cli-demo-look-agreement = avtalet, med åtagandena i marginalen och det som saknas för att det ska gälla
cli-demo-look-duties = alla åtaganden, båda parters
cli-demo-look-registry = diariet
cli-demo-look-check = kontrollera om två exemplar är likalydande
cli-demo-kept = Allt sparas i { $folder }. Avsluta med ctrl-c.
cli-demo-not-kept = Avsluta med ctrl-c; då försvinner allt. Ange --data för att spara.
cli-demo-no-browser = Ingen webbläsare kunde öppnas; öppna adressen för hand.

# Doktorn
cli-doctor-well = Allt är i ordning.
cli-doctor-ill = Något är fel; se ovan.
doctor-part-settings = Inställningar
doctor-part-programmes = Program
doctor-part-typesetting = Sättning och typsnitt
doctor-part-database = Databas
doctor-part-migrations = Schema
doctor-part-documents = Dokument
doctor-part-log = Logg
doctor-part-room = Diskutrymme
doctor-well = { $part }: { $detail }
doctor-settings-well = Inställningarna är läsbara ({ $detail }).
doctor-programmes-well = Programmen håller ihop: { $detail }.
doctor-programmes-broken = Program med problem: { $detail }.
doctor-programmes-broken-remedy = Kör kvarter programme check med programmets id eller mapp.
doctor-typesetting-well = Sidor kan sättas; mallar och typsnitt är hela.
doctor-migrations-well = Schemat är i den här versionen.
doctor-migrations-pending = Schemat är äldre än programmet; det här återstår: { $detail }.
doctor-migrations-pending-remedy = Säkerhetskopiera och kör kvarter migrate.
doctor-database-absent = Databasen finns inte: { $detail }.
doctor-database-absent-remedy = Kontrollera sökvägen, eller kör kvarter migrate för att skapa den.
doctor-documents-well = Dokument kan skrivas och läsas.
doctor-log-well = Loggens antal händelser och rot: { $detail }.
doctor-room-well = { $detail } MB ledigt.
doctor-room-little = Bara { $detail } MB ledigt.
doctor-room-little-remedy = Gör plats. När disken är full nekas handlingar; inget blir halvskrivet.
doctor-unavailable = { $part } går inte att nå: { $detail }
doctor-unavailable-remedy = Kontrollera att tjänsten är igång, adressen, rättigheterna och disken.
doctor-malformed = { $part } är fel inställd: { $detail }
doctor-malformed-remedy = Rätta inställningen.
doctor-corrupt = { $part } är inte vad den ska vara: { $detail }
doctor-corrupt-remedy = Ändra ingenting; kopiera allt som det är, och jämför med en säkerhetskopia som verifierar.

# Vad som ska rättas i argument, filer och inställningar.
problem-argument-not-a-day = ”{ $written }” är ingen dag. Skriv år-månad-dag, som 2008-10-20.
problem-argument-not-a-number = Det ska vara ett heltal, större än noll där det är ett nummer.
problem-argument-not-among = ”{ $written }” finns inte. Välj bland: { $known }.
problem-agreement-not-found = Avtalet { $written } finns inte. { $known ->
        [none] Inga avtal är utfärdade.
       *[other] De som finns är { $known }.
    }
problem-agreement-not-registered-then = Avtalet { $written } var inte registrerat den { $day }. Det som visas för en dag är det som var registrerat då. Ange en senare dag.
problem-record-not-found = Handlingen { $written } finns inte. Sök med kvarter registry list.
problem-nobody-to-issue-to = Det framgår inte vilka kommuner som ska få avtal. Ange --all eller en --municipality för var och en.
problem-file-unreadable = Filen går inte att läsa: { $cause ->
        [not-found] den finns inte
        [not-permitted] rättigheterna räcker inte
        [is-a-folder] det är en mapp
        [not-in-a-folder] en del av sökvägen är en fil
        [not-text] den är inte text i UTF-8
        [read-only] disken kan bara läsas
        [full] disken är full
       *[other] { $cause }
    }. Kontrollera sökväg och rättigheter.
problem-not-a-folder = ”{ $written }” är en fil. Ange en mapp.
problem-not-a-checkpoint = Filen är ingen kontrollpunkt. Ange en som kvarter log checkpoint har skrivit.
problem-proof-backwards = Den tidigare loggen kan inte vara större än den senare. Byt plats på --from och --to.
problem-log-not-so-long = Loggen har { $size } händelser, men { $asked } efterfrågas. Ange ett nummer som finns.
problem-passwords-differ = Lösenorden var olika. Försök igen.
problem-password-not-text = Lösenordet är inte text i UTF-8. Skriv det på en rad.
problem-cannot-listen = Det går inte att lyssna på adressen: { $cause ->
        [in-use] ett annat program har den
        [not-here] den är inte den här maskinens
        [not-permitted] rättigheterna räcker inte
       *[other] { $cause }
    }. Välj en annan adress eller port, eller avsluta det program som har den.
problem-house-not-named = Det framgår inte vilket hus som avses. Ange --data MAPP eller --settings FIL, eller stå i en mapp med kvarter.toml.
problem-house-without-database = Databasen finns inte. Kontrollera sökvägen, eller kör kvarter migrate för att skapa den.
problem-house-cannot-be-made = Mappen går inte att skapa: { $cause ->
        [not-found] den finns inte
        [not-permitted] rättigheterna räcker inte
        [is-a-file] det är en fil
        [is-a-folder] det är en mapp
        [not-in-a-folder] en del av sökvägen är en fil
        [not-text] den är inte text i UTF-8
        [read-only] disken kan bara läsas
        [full] disken är full
       *[other] { $cause }
    }. Kontrollera sökväg och rättigheter.
problem-settings-unreadable = Inställningsfilen går inte att läsa: { $cause ->
        [not-found] den finns inte
        [not-permitted] rättigheterna räcker inte
        [is-a-folder] det är en mapp
        [not-in-a-folder] en del av sökvägen är en fil
        [not-text] den är inte text i UTF-8
        [read-only] disken kan bara läsas
        [full] disken är full
       *[other] { $cause }
    }. Kontrollera sökväg och rättigheter.
problem-settings-is-a-folder = Det är en mapp. Ange inställningsfilen; med --data anges en mapp.
problem-settings-too-large = Filen är större än { $bytes_max } byte. Är det rätt fil?
problem-settings-not-text = Filen är inte text i UTF-8. Spara den som UTF-8.
problem-settings-key-unknown = Nyckeln { $key } finns inte.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    } Nycklar som finns: { $known }.
problem-settings-wrong-kind = Värdet ska vara { $kind ->
        [text] text inom citattecken
        [texts] en lista med texter, som ["mapp"]
       *[truth] true eller false
    }. Rätta det.
problem-settings-empty = Värdet är tomt. Fyll i det, eller ta bort nyckeln.
problem-settings-not-an-address = ”{ $written }” är ingen adress att lyssna på. Skriv IP-adress och port, som 127.0.0.1:8008.
problem-settings-not-a-web-address = ”{ $written }” är ingen webbadress. Skriv den som https://kvarter.example, utan sökväg.
problem-settings-secure-without-https = Med kakor bara över https kan ingen logga in på en adress med http. Ange public_address med https, eller ta bort nyckeln.
problem-settings-not-an-origin = ”{ $written }” kan inte vara loggens namn. Skriv ett namn utan mellanslag, som värdnamnet.
problem-settings-origin-missing = Den som har en public_address visar andra kontrollpunkter, och de behöver loggens namn. Ange log_origin, till exempel värdnamnet, och ändra det aldrig.
problem-settings-no-such-folder = Mappen { $folder } finns inte. Kontrollera sökvägen.
problem-settings-no-database = Det framgår inte var databasen finns. Ange data eller database i filen, { $variable } i miljön, eller --data.
problem-settings-not-a-database = Adressen ska börja med sqlite: eller postgres:. Rätta den.
problem-settings-database-in-memory = En databas i minnet försvinner när programmet slutar. Ange en fil.
problem-settings-no-documents = Det framgår inte var dokumenten finns. Ange data, documents.folder eller documents.s3 i filen, eller { $variable } i miljön.
problem-settings-documents-in-two-places = Dokumenten kan finnas i en mapp eller i en hink, inte båda; den andra anges på { $other }. Ta bort en av dem.
problem-settings-bucket-lacks = { $key } saknas. Ange den i filen, eller { $variable } i miljön.
problem-person-without-organisation = Det framgår inte för vilken organisation. Ange dess kod eller namn, som 0180 eller Stockholms stad.
problem-person-without-role = Det framgår inte i vilket uppdrag. Välj bland: { $known }.
cli-issued-before = Alla har redan sina avtal; inget nytt är utfärdat.

doctor-part-access = Åtkomst
doctor-access-well = Bara det egna kontot kommer åt databas och dokument.
doctor-access-wide = Andra konton på maskinen kan komma åt: { $detail }.
doctor-access-wide-remedy = Där finns lösenordens kontrollsummor och sekretessmarkerade handlingar. Kör chmod 700 på mapparna och chmod 600 på databasen.
cli-compare-likalydande-but = Likalydande med varandra, men inte med den gemensamma texten: båda avviker på samma sätt.
cli-failed-corrupt = Det som är lagrat är inte en hel databas från Kvarter. Ändra ingenting; kopiera filerna som de är, och jämför med en säkerhetskopia. Databasen säger (på engelska): { $cause }
cli-trouble-other-log = Kontrollpunkten är tagen av en annan logg
cli-trouble-schema-foreign = I schemat finns något som inte är vårt, och som kan ändra eller gömma uppgifter
cli-trouble-schema-missing = I schemat saknas något
cli-trouble-migration-altered = En migration är inte den som programmet har
cli-trouble-engine = databasen säger (på engelska): { $detail }
cli-log-strays = { $count ->
        [one] 1 dokument hör inte till någon uppgift, troligen en rest av något som lämnades in och nekades:
       *[other] { $count } dokument hör inte till någon uppgift, troligen rester av sådant som lämnades in och nekades:
    }
doctor-part-schema = Schemats innehåll
doctor-schema-well = Schemat är det som migrationerna gör, och inget annat.
doctor-schema-foreign = I schemat finns något som inte är vårt, och som kan ändra eller gömma uppgifter: { $detail }.
doctor-schema-foreign-remedy = Ändra ingenting. Kopiera databasen som den är, kör kvarter log verify, och ta reda på vem som har lagt dit det.
doctor-schema-missing = I schemat saknas: { $detail }.
doctor-schema-missing-remedy = Ändra ingenting. Kopiera databasen som den är, och jämför med en säkerhetskopia som verifierar.
doctor-migrations-altered = Migrationer är inte de som programmet har: { $detail }.
doctor-migrations-altered-remedy = Kontrollera att det är rätt databas och rätt version. Annars har någon ändrat i den: kör kvarter log verify.
doctor-strays-well = Dokument som inte hör till någon uppgift: { $detail }.
doctor-part-strays = Lösa dokument

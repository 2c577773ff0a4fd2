# Terminalens hjälp, och vad som sägs när argumenten inte går att läsa.
help-usage = Användning:
help-heading-verbs = Verb
help-heading-arguments = Argument
help-heading-options = Val
help-heading-house = Vilket hus
help-examples = Exempel:
help-arg-help = Visar hjälp (kort med -h, mer med --help)
help-arg-version = Visar versionen
help-arg-language = Svarens språk: sv eller en [annars: engelska om LANG eller LC_ALL säger så, i övrigt svenska]
help-arg-json = Svarar med JSON
help-arg-settings = Inställningsfilen [annars: ./kvarter.toml, om den finns]
help-arg-data = En mapp med allt i: databas och dokument. Går före inställningsfilen
help-kvarter = Från paragraf till åtagande till diarium: avtal mellan stat och kommun som levande dokument.
help-kvarter-more = Ett programs text är data. Ur den kommer två likalydande original, handlingarna som gör dem giltiga, och daterade åtaganden för båda parter, vart och ett med den handling som uppfyllde det. Börja med kvarter demo.
help-kvarter-after =
    Hur ett verb slutar:
      0  ja: det är gjort, eller det är så
      1  nej: det finns problem, avtalet gäller inte, exemplaren skiljer, loggen stämmer inte
      2  fel frågat: ett argument, en fil eller en inställning går inte att använda, eller nämner något som inte finns
      3  gick inte: databasen eller disken går inte att nå, eller så är felet vårt
help-demo = Stockholms avtal från 2008, i ett eget hus på den här maskinen.
help-demo-more = Spelar upp källans avtal och stannar där källan stannar: staten har undertecknat, kommunens rad är tom och avtalet gäller ännu inte. Sedan kan man logga in som vem som helst och föra ärendet vidare, för hand eller steg för steg. Lyssnar bara på den här maskinen. Allt försvinner när den avslutas, om inte --data säger var det ska sparas.
help-demo-until = För ärendet vidare till en dag, som 2010-12-31
help-demo-port = Porten [annars: 8008, eller nästa som är ledig]
help-demo-data = En mapp att spara i, och att fortsätta från
help-demo-open = Öppnar första sidan i webbläsaren
help-serve = Serverar huset med egna uppgifter.
help-serve-more = Skapar huset om det inte finns, och för databasen till den här versionen. Lyssnar bara lokalt om inte inställningarna säger annat; sätt en webbserver du litar på framför för TLS. Vad som händer skrivs på standard error så som KVARTER_LOG begär (info, debug, kvarter=debug). Avslutas mjukt av SIGTERM och ctrl-c.
help-migrate = För en databas till den här versionen, och räknar upp vad som tillämpades.
help-migrate-more = Skapar huset om det inte finns. Migrationer går bara framåt, och var och en är säker medan den förra versionen ännu kör.
help-migrate-json = Svarar med JSON: ”applied”, en lista med namn
help-programme = Program: är de riktiga, vad förpliktar de till, vilka meningar täcker de.
help-programme-check = Kontrollerar program, och säger alla problem på en gång med plats.
help-programme-check-more = Avtal och brev sätts också som prov: varje ord där de avviker från källan är ett problem. En mening som binder någon och som inget citerar är en varning, och täckningen räknas. Slutar med 1 om det finns problem; enbart varningar slutar med 0.
help-programme-check-programme = Ett program som följer med Kvarter, med sitt id, eller mappen med ett annat. Alla som följer med, om det utelämnas
help-programme-check-json = Svarar med JSON: ett objekt för varje program
help-programme-duties = Räknar upp åtagandena som följer för en kommun från den dag då avtalet gäller.
help-programme-duties-more = Som JSON: en lista med ett objekt för varje åtagande. `id`, `obligation`, `clause`, `debtor`, `creditor`, `object` (som en stadsdels kod), `object_name`, `object_kind`, `year`; den sista dag som texten nämner (`nominal`), som räknas (`effective`) och som lag (1930:173) skulle ge (`statutory`), eller skälet till att ingen finns (`reason`); `says`, orden det vilar på, och `reading`, vad som valdes där orden kan läsas på två sätt.
help-programme-duties-programme = Ett programs id eller mapp
help-programme-duties-municipality = En kommun på sändlistan, med sin kod eller något av sina namn
help-programme-duties-in-force = Dagen från vilken avtalet gäller, som 2008-10-20
help-programme-duties-json = Svarar med JSON: ett objekt för varje åtagande
help-programme-coverage = Visar vilka av textens meningar som bärs av något, och vilka som inte gör det.
help-programme-coverage-more = Slutar med 1 om en mening som binder någon inte bärs av något.
help-programme-coverage-programme = Ett programs id eller mapp
help-programme-coverage-json = Svarar med JSON: räkningen (`coverage`), och ett objekt för varje mening (`sentences`)
help-agreement = Avtal: utfärda dem, se hur ett står, och om två exemplar är likalydande.
help-agreement-issue = Utfärdar avtal: för varje kommun två original och följebrevet.
help-agreement-issue-more = Varje kommun är en helhet för sig, så samma kommando kan ges igen efter ett avbrott: det som redan är utfärdat hoppas över. En kommun utan stadsdelskoder kan inte få avtal (§ 2); ge koderna med --districts. Slutar med 1 om någon kommun nekades.
help-agreement-issue-programme = Programmets id
help-agreement-issue-all = Alla kommuner på sändlistan
help-agreement-issue-municipality = En kommun, med sin kod eller något av sina namn; kan ges flera gånger
help-agreement-issue-reference = Brevets diarienummer, som också är ärendets
help-agreement-issue-offer-reference = Erbjudandets nummer [annars: programmets]
help-agreement-issue-offer-decision = Vad erbjudandet beslutades genom
help-agreement-issue-quote-on-return = Numret som ska anges vid återsändning [annars: programmets]
help-agreement-issue-state-signatory = Namnet under statens rad
help-agreement-issue-electronic = En fil för båda parter, att undertecknas med nyckel, i stället för två original på papper
help-agreement-issue-officer = Handläggarens namn i brevet
help-agreement-issue-municipality-signatory = Namnet under en kommuns rad, som 0180=NAMN; kan ges flera gånger
help-agreement-issue-dated = Brevets dag [annars: i dag]
help-agreement-issue-districts = En lista med stadsdelskoder att registrera först, med rubrikraden municipality,code,name
help-agreement-issue-json = Svarar med JSON: utskicket, utfärdade avtal, och nekade kommuner med skälen
help-agreement-show = Visar ett avtal: parter och stadsdelar, om det gäller, och dess åtaganden.
help-agreement-show-agreement = Avtalet: program och kommun, som lua-2008/0180
help-agreement-show-as-of = Hur åtagandena stod en dag [annars: i dag]
help-agreement-validity = Säger om ett avtal gäller, med beviset: varje villkor, dess paragraf, vad som visar att det är uppfyllt eller vad som saknas.
help-agreement-validity-more = Slutar med 1 om avtalet inte gäller.
help-agreement-validity-agreement = Avtalet: program och kommun, som lua-2008/0180
help-agreement-validity-as-of = Efter vad som var uppfyllt en dag [annars: i dag]
help-agreement-compare = Jämför två PDF:er: är de ord för ord samma avtal (likalydande)?
help-agreement-compare-more =
    Om inte, sägs sida, paragraf och ord på varje ställe där de skiljer sig, också från programmets egen text. Inget hus behövs. Slutar med 0 om de är likalydande och har programmets text, 1 om inte, och 2 om en fil inte går att läsa eller inte är ett avtal.

    Som JSON: `likalydande`, `identical`, `same_agreement`, `same_text`; `parameters` som är olika ifyllda (`parameter`, `a`, `b`); `deviations` i B från A, och i var och en från programmets text (`a_from_text`, `b_from_text`), var och en med `kind`, `page`, `clause`, `expected`, `found`, `context`.
help-agreement-compare-a = Den första filen
help-agreement-compare-b = Den andra filen
help-agreement-compare-programme = Programmet vars text det är, med id eller mapp [annars: lua-2008]
help-duty = Åtaganden i avtal som gäller, med hur vart och ett står.
help-duty-list = Räknar upp åtaganden efter sista dag, båda parters bredvid varandra.
help-duty-list-more = Det som staten är skyldig hela programmet står en gång. Som JSON: ett objekt för varje åtagande med allt som frystes när avtalet började gälla, och `standing` med `stands` och dagar.
help-duty-list-programme = Programmet [annars: lua-2008]
help-duty-list-agreement = Bara ett avtals, som lua-2008/0180
help-duty-list-debtor = Bara den ena sidans: municipality eller state
help-duty-list-clause = Bara de som vilar på en paragraf, som 4
help-duty-list-stands = Bara de som står så: upcoming, due-soon, overdue, met, met-late, excused, extended, standing, awaiting-event, triggered, undated, before-validity eller not-owed
help-duty-list-year = Bara de med sista dag ett visst år
help-duty-list-as-of = Hur de stod en dag [annars: i dag]
help-duty-list-json = Svarar med JSON: ett objekt för varje åtagande
help-registry = Diariet: handlingar in och ut.
help-registry-list = Räknar upp handlingar, den senaste först. Det som är sekretessmarkerat utelämnas.
help-registry-list-organisation = Bara en organisations, med sin kod eller något av sina namn
help-registry-list-agreement = Bara de som rör ett avtal, som lua-2008/0180
help-registry-list-words = Bara de med de här orden i nummer, ärendemening, motpart eller referens
help-registry-list-limit = Högst så många; 0 för alla [annars: 100]
help-registry-list-json = Svarar med JSON: hur många det är i allt, och ett objekt för varje handling
help-registry-show = Visar en handling, med ärendets nummer och händelsen som registrerade den.
help-registry-show-record = Handlingens id, så som registry list visar det
help-log = Loggen över alla handlingar: är den hel, och bevis ur den att ge bort.
help-log-verify = Räknar om allt från det som är lagrat, och nämner varje ställe som inte är som det var.
help-log-verify-more = Läser varje rad, händelse och dokument, och ser efter att schemat är vårt. Ensamt visar det att logg och uppgifter stämmer med varandra; med en kontrollpunkt som förvarats någon annanstans, att inget före den har ändrats, tagits bort eller skjutits in. Slutar med 1 om något inte är som det var. Läser bara; kan köras medan servern kör.
help-log-verify-checkpoint = En kontrollpunkt som förvarats någon annanstans, så som log checkpoint skrev den, som text eller JSON
help-log-verify-json = Svarar med JSON: storlek, rot, antal och varje fynd
help-log-checkpoint = Skriver loggens kontrollpunkt: hur många händelser, och roten över dem.
help-log-checkpoint-more = Låt någon annan förvara den. Den som kan skriva om databasen kan inte skriva om den.
help-log-checkpoint-json = Svarar med JSON i stället för texten i en signerad not
help-log-proof = Skriver ett bevis (RFC 6962) som JSON: att en händelse är i loggen, eller att loggen fortsätter en tidigare.
help-log-proof-more = Den som har en kontrollpunkt kan pröva det utan oss; inget om andra händelser går att läsa ur det.
help-log-proof-event = Händelsens nummer, från 1
help-log-proof-from = Den tidigare loggens storlek
help-log-proof-to = Den senare loggens storlek [annars: dagens]
help-log-proof-json = Svarar med JSON, vilket ett bevis alltid är
help-person = Personer som handlar för en organisation, och kan logga in.
help-person-add = Lägger till en person med ett uppdrag: för vem, som vad, från när.
help-person-add-more = Med --login kan personen logga in; lösenordet frågas efter, eller läses som första raden på standard input, och är aldrig ett argument. Utan det kan personen bara nämnas i handlingar, så som en undertecknare.
help-person-add-name = Namnet
help-person-add-organisation = Organisationen, med sin kod eller något av sina namn
help-person-add-role = I vilket uppdrag: officer, registrar, minister, chair, deputy-chair, coordinator, administrator, statistician eller evaluator
help-person-add-from = Uppdragets första dag [annars: i dag]
help-person-add-to = Uppdragets sista dag, om den är känd
help-person-add-evidence = Vad som visar uppdraget: ett beslut, ett protokoll, en turordning för ersättare
help-person-add-login = Namnet att logga in med
help-person-add-json = Svarar med JSON: personens och uppdragets id
help-person-list = Visar personer och uppdrag, med de id som andra verb nämner dem med.
help-person-list-organisation = Bara en organisations, med dess kod eller något av dess namn
help-person-list-all = Också uppdrag som är slut eller inte har börjat
help-person-list-json = Svarar med JSON: ett objekt per uppdrag
help-doctor = Ser på inställningar, databas, dokument, logg och disk, och säger vad som är fel och vad man gör.
help-doctor-more = Skriver ett litet dokument och läser tillbaka det; i övrigt läses bara. Loggen verifieras inte: det gör kvarter log verify. Slutar med 1 om något är fel, och med 2 om inställningarna är det.
help-doctor-json = Svarar med JSON: ett objekt för varje sak som sågs på
help-completions = Skriver kompletteringar för ett skal på standard output.
help-completions-shell = Vilket skal: bash, elvish, fish, powershell eller zsh
asked-no-verb = Det står inte vad som ska göras.
asked-verb-unknown = Verbet { $verb } finns inte.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    }
asked-argument-unknown = Argumentet { $argument } finns inte här.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    }
asked-value-missing = { $argument } saknar sitt värde. Skriv det efter.
asked-value-unusable = { $argument } kan inte vara ”{ $value }”.{ $known ->
        [none] {""}
       *[other] {" "}Välj bland: { $known }.
    }
asked-argument-missing = Det här saknas: { $arguments }.
asked-arguments-conflict = { $argument } kan inte anges tillsammans med { $other }.
asked-argument-twice = { $argument } kan bara anges en gång.
asked-otherwise = Argumenten går inte att läsa.
asked-see-help = Skriv --help efter verbet för att se hur det används.
asked-language-unknown = KVARTER_LANGUAGE är ”{ $written }”. Språken är sv och en.

help-demo-electronic = Avtalet är en fil som undertecknas med nycklar gjorda för att prova, i stället för två original på papper
help-verify = Kontrollerar underskrifterna i en PDF: är den hel, vem undertecknade vad och när, är varje sida den som signerades, och hade den som undertecknade uppdraget.
help-verify-more = Med --data eller --settings tillfrågas även en installation, som känner sina avtal och uppdrag. Utan dem behövs bara filen och de certifikat som du litar på. Slutar med 0 om filen godkänns och 1 om den inte gör det. Som JSON: digest; report med verdict (och because, standardens grund), signatures (var och en med intact, valid, trusted), changes, seal och findings; known, avtalet och versionen, om filen är en av installationens; och offices.
help-verify-file = Filen
help-verify-programme = Programmet vars ord filen ska ha, med id eller mapp [annars: lua-2008]
help-verify-anchors = En mapp med de certifikat som du litar på, i PEM eller DER

help-evaluate = Gjorde det någon verkan? Om ett utfall ändrades till följd av en insats, utifrån en panel med områden över tid.
help-evaluate-more = Läser en CSV-fil med en rad för varje område och period (komma, semikolon eller tabb; decimalkomma går bra där cellerna inte skiljs åt med komma), jämför de behandlade med vad andra ger skäl att vänta, och säger vad som får sägas: ett omdöme från A till E med sina skäl. Om ett mål nåddes är en annan fråga. Med en planfil märks allt som görs på annat sätt än den säger; --lock fastställer planen och dess avtryck i en fil bredvid, innan resultaten finns. Slutar med 0 om något kunde skattas, vilket omdömet än blev; med 1 om metoden inte kan säga något om panelen, med skälen; och med 2 om argument, plan eller panel är fel. Som JSON: measures (enheterna), plan, panel, method, estimate, interval, test, series, fit, weights, placebos, in_time, leave_one_out, diagnostics, detectable, event_study, cells, cautions, left_out, circumstances och verdict. Ett värde som inte finns är null med sitt reason.
help-evaluate-plan = En planfil, som kan säga allt som argumenten säger; det som anges här går före och märks som en avvikelse
help-evaluate-panel = Panelen: en CSV-fil i UTF-8 med en rubrikrad
help-evaluate-unit = Kolumnen med områdena
help-evaluate-time = Kolumnen med perioderna, som heltal
help-evaluate-outcome = Kolumnen med utfallet
help-evaluate-treated = De behandlade områdena, eller en kolumn som har 1 för dem (från starten, eller alltid om --start anges) och 0 annars
help-evaluate-cohort = Kolumnen med den period då varje område börjar; 0 eller inget för dem som aldrig gör det
help-evaluate-start = Första perioden med insatsen
help-evaluate-method = Metoden: sc (syntetisk kontroll), penalised-sc, asc (ridge-förstärkt), sdid (syntetisk skillnad i skillnader), did (skillnad i skillnader) eller cs (Callaway och Sant’Anna, för olika starter)
help-evaluate-placebo = Vad skattningen prövas mot: space (områden där inget hände), time (tidigare starter), conformal eller standard-error [annars: standard-error för did och cs med minst tio behandlade, i övrigt space]
help-evaluate-covariates = Vad områdena ska likna varandra i (sc; med perioder som namn:1980-1988) eller vad som justeras för (did, cs). Andra metoder använder inga
help-evaluate-donors = De områden som det får jämföras med [annars: alla som inte är behandlade]
help-evaluate-exclude = Områden som det inte får jämföras med: grannar, och de som haft egna insatser
help-evaluate-nearest = Bara så många att jämföra med: de som liknar de behandlade mest före starten
help-evaluate-window = De perioder som används, som 1970-2000 [annars: alla]
help-evaluate-intended = Åt vilket håll det var tänkt att gå: increase eller decrease
help-evaluate-relevant = Den minsta effekt som betyder något, i utfallets enhet. Utan den kan ingen frånvaro av effekt visas
help-evaluate-alpha = Gränsen för vad som räknas som ovanligt [annars: 0.05]
help-evaluate-seed = Frö för det som dras med lott [annars: 0]
help-evaluate-ring-excluded = Grannar som insatsen kan spilla över på är uteslutna ur jämförelsen
help-evaluate-movers = Andelen boende i slutet som inte bodde där vid starten, mellan 0 och 1
help-evaluate-breaks = Ett brott i serien eller gränserna: definition, border eller collection, perioden, och handled om det är hanterat. Kan anges flera gånger
help-evaluate-pdf = Skriver studien som PDF, på svarens språk
help-evaluate-lock = Låser planfilen i stället för att utvärdera: skriver dess innehåll och avtryck bredvid den
help-evaluate-power = Före insatsen: prövar på perioderna före starten hur stor effekt som skulle hittas, och hur ofta provet larmar i onödan. Starten får då ligga efter panelens sista period
help-evaluate-periods-after = Med --power: så många perioder från starten som planen har [annars: fönstrets, eller en tredjedel av dem före]

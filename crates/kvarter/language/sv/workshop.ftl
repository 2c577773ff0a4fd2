# Planer och planverkstad.

## Rooms
nav-plans = Planer
plans-title = Strategiska stadsdelsplaner
plans-lede = En plan för varje stadsdel som avtalen omfattar: vad som ska uppnås, hur och när, och vad som ändrats sedan sist.
plans-district = Stadsdel
plans-municipality = Kommun
plans-version = Plan
plans-goals = Mål
plans-interventions = Insatser
plans-none = Ingen version är fastställd
plans-no-agreement = Inget avtal är utfärdat än. Planerna visas när det finns stadsdelar att planera för.
plans-draft = Planverkstad
plans-load-statistics = Läs in statistik

## A version
plan-title = { $district }: strategisk stadsdelsplan, version { $number }
plan-version-name = Version { $number }
plan-version-of = Version { $number }, fastställd { $day }
plan-versions = Versioner
plan-adopted-on = Fastställd
plan-adopted-by = Fastställd genom
plan-record = Diarienummer
plan-digest = Innehållets kontrollsumma
plan-reported = Redovisad
plan-received = Mottagen { $day }, diarienummer { $number }
plan-do-report = Redovisa planen
plan-do-compare = Jämför med förra versionen
plan-document = Planen som dokument
plan-unchanged = Reviderad utan ändring:
plan-milestone = Delmål
plan-path = Från { $from } { $unit } ({ $start }) till { $to } { $unit } ({ $end })
plan-series = Statistiken i stadsdelen
plan-source = { $source } Publicerat { $day }.
plan-smart = Prövning mot SMART
plan-overridden = Godtas ändå:
plan-served-by = Insatser för målet:
plan-compare-title = { $district }: vad som ändrats i planen
plan-compare-with = jämförd med
plan-compare-none = Versionerna säger samma sak.

## Parts
part-kind-text = Text
part-kind-goal = Mål
part-kind-intervention = Insats
part-kind-document = Dokument
part-kind-lesson = Lärdom
part-kind-allocation = Resursfördelning
part-section-document = Dokument som beaktats
part-section-allocation = Hänsyn vid resursfördelning
part-section-lesson = Vad vi lärt och vad som ändrats
part-add-goal = Lägg till ett mål
part-add-intervention = Lägg till en insats
part-add-document = Lägg till ett dokument
part-add-lesson = Lägg till en lärdom
part-add-allocation = Lägg till ett budgetår
part-unnamed = utan namn
part-indicator-none = Ingen vald
part-override = Varför bristen i ”{ $criterion }” godtas

## The workshop
workshop-title = Planverkstad: { $district }
workshop-whole = Inget saknas. Planen kan fastställas av partnerskapet.
workshop-missing = { $whole } av de obligatoriska delarna är klara. { $count ->
    [one] En sak återstår
   *[other] { $count } saker återstår
    } innan partnerskapet kan fastställa planen.
workshop-section-whole = Klar
workshop-faults = { $count ->
    [one] en sak återstår
   *[other] { $count } saker återstår
    }
workshop-comments-count = { $count ->
    [one] en kommentar
   *[other] { $count } kommentarer
    }
workshop-beside = två lydelser att välja mellan
workshop-present = Här är också { $people }
workshop-no-consultation = Samråd med de boende om planen är inte registrerat än.
workshop-consultations = Samråd med de boende: { $days }.
workshop-saved-by = Sparat av { $person } { $when }
workshop-saved-at = Sparat { $when }
workshop-never-saved = Inget är skrivet här än.
workshop-save = Spara
workshop-fetch-base = Hämta basvärdet ur statistiken
workshop-back = Till planen
workshop-next = Nästa del:
workshop-aside = Prövning, kommentarer och uppgifter
workshop-to-do = Återstår
workshop-part-whole = Inget återstår i den här delen.
workshop-beside-title = Två har skrivit samtidigt
workshop-beside-lede = Det som sparades först står kvar. Det andra finns bredvid, och inget är borta. Välj vad som ska gälla.
workshop-stands = Står i planen
workshop-beside-it = Finns bredvid
workshop-keep-standing = Behåll det som står
workshop-take-beside = Ta det som finns bredvid
workshop-whole-part = Hela delen
workshop-taken-away = Borttagen
workshop-kept = Kvar
workshop-removed = Delen är borttagen. Sparas den igen kommer den tillbaka.
workshop-remove = Ta bort delen
workshop-comments = Kommentarer
workshop-comment = Ny kommentar
workshop-do-comment = Kommentera
workshop-settle-comment = Markera som klar
workshop-comment-settled = Klar, av { $person }
workshop-tasks = Uppgifter till parter
workshop-task-partner = Till
workshop-task-words = Vad som ska göras
workshop-task-day = Senast, om det finns en dag
workshop-do-task = Ge uppgiften
workshop-finish-task = Markera som gjord
workshop-task-by = senast { $day }
workshop-task-given = Från { $person }
workshop-task-done-by = gjord av { $person }
workshop-accept = Registrera accept: { $partner }
workshop-history = Tidigare lydelser
workshop-history-lede = Allt som sparats i delen, det senaste först.
workshop-history-aside = Sparades bredvid, därför att någon annan sparat före.
workshop-history-settles = Avgjorde vilken lydelse som gäller.
workshop-exchange = Hämta och läs in

## Acts
act-accept-goal = Registrera accept av ett mål
act-accept-goal-lede = Accepten gäller målet som det lyder nu. Ändras ord, mått, målvärde eller dag behövs en ny.
act-accept-goal-button = Registrera accepten
act-adopt-plan = Fastställ planen
act-adopt-plan-short = Fastställ planen
act-adopt-plan-lede = Partnerskapets beslut registreras. Planen blir en version som inte kan ändras; arbetet fortsätter i ett nytt utkast.
act-adopt-plan-button = Registrera att planen är fastställd
act-report-plan = Redovisa planen till Regeringskansliet
act-report-plan-lede = Planen lämnas som den är fastställd, registreras i båda diarierna och får ett diarienummer hos departementet.
act-report-plan-button = Redovisa planen
act-load-observations = Läs in statistik
act-load-observations-lede = En fil med uppgifter om stadsdelar och jämförbara områden, en rad för varje uppgift, med källa och publiceringsdag. Allt i filen prövas innan något sparas.
act-load-observations-button = Läs in filen
fact-goal = Mål
fact-target = Målvärde
fact-partner = Part
fact-goals = Antal mål
fact-interventions = Antal insatser
fact-last-version = Förra versionen
fact-adopted = Fastställd
field-accepted_on = Dag för accepten
field-accept-goal-evidence = Vad som visar accepten
field-accept-goal-evidence-hint = Protokoll eller brev. Behövs inte när parten registrerar själv.
field-adopted_on = Dag för partnerskapets beslut
field-adopted_by = Möte och paragraf
field-adopted_by-hint = Till exempel ”Partnerskapets möte den 10 december 2008, § 4”.
field-unchanged = Varför planen revideras utan ändring
field-unchanged-hint = Fylls i bara om planen säger detsamma som förra året.
field-programme = Program
field-load-observations-document = Fil med statistik
field-load-observations-document-hint = Kommaseparerad text (CSV) i UTF-8, högst 16 MB.

## Fields of a part
field-text = Text
field-area = Målområde
field-problem = Problemet
field-problem-hint = Vad i läget som målet svarar mot.
field-part-goal-statement = Målet, i en mening
field-part-goal-statement-hint = Vad som ska vara uppnått, för vilka.
field-national_goal = Nationellt mål som det utgår från
field-municipal_goal = Kommunalt mål som det utgår från
field-indicator = Indikator
field-group = Grupp
field-group-hint = Till exempel 20–64 år.
field-unit = Enhet
field-base_value = Basvärde
field-base_period = Basvärdet gäller
field-base_period-hint = År, månad eller flera år: 2007, 2007-06, 2005–2007.
field-base_source = Basvärdets källa
field-base_published = Publicerat
field-base_state = Basvärdet är
field-target = Målvärde
field-by = Ska vara nått senast
field-milestones = Delmål
field-milestones-hint = Ett på varje rad: 2009-12-31: 53,5
field-owner = Ansvarar för målet
field-partners = Parter vars accept behövs
field-title = Titel
field-part-intervention-title = Insatsens namn
field-part-document-title = Dokumentets titel, med år eller nummer
field-description = Vad som görs
field-goals = Mål som den ska leda till
field-responsible = Ansvarar
field-district = Stadsdel
field-part-intervention-from = Från
field-to = Till och med
field-output = Prestation
field-output-hint = Det som görs, räknat: antal platser, besök, träffar.
field-outcome = Väntad effekt
field-budget = Ordinarie budget eller styrdokument
field-learning = Så tas det vi lär till vara
field-kind = Slag
field-regard = Vad i det som beaktats, och hur
field-learned = Vad vi lärt
field-source = Varifrån vi vet det
field-changed = Vad som ändrats i planen
field-concerns = Mål och insatser som ändrats
field-year = Budgetår
field-part-allocation-statement = Hur hänsyn tagits till stadsdelen och dess invånare
field-decision = Budgetbeslut

## Receipts
flash-part-saved = Sparat.
flash-part-merged = Sparat. Någon annan hade sparat under tiden; ändringarna är ihopsatta.
flash-part-contested = Någon annan har skrivit annat på samma ställe. Det finns kvar bredvid, och inget är borta.
flash-part-added = Tillagt. Fyll i och spara.
flash-part-removed = Delen är borttagen. Den finns kvar bland tidigare lydelser.
flash-part-settled = Avgjort.
flash-comment-added = Kommentaren är sparad.
flash-comment-settled = Kommentaren är klar.
flash-task-given = Uppgiften är given.
flash-task-done = Uppgiften är gjord.
flash-goal-accepted = Accepten är registrerad.
flash-plan-adopted = Planen är fastställd som version { $number }.
flash-plan-reported = Planen är redovisad och har fått diarienummer { $number }.
flash-observations-loaded = Statistiken är inläst.

## Problems
problem-base-without-value = Basvärdet saknas, men källa eller period är ifylld. Skriv värdet, eller töm fälten.
problem-milestone-impossible = Delmålet ”{ $written }” går inte att läsa. Skriv dag, kolon och värde: 2009-12-31: 53,5
problem-no-figure-to-fetch = Det finns ingen uppgift att hämta för { $indicator } och gruppen { $group }. Välj indikator och grupp som finns i statistiken.
problem-plan-section-unknown = Planen har ingen text som heter { $section }.
problem-words-missing = Skriv något först.
problem-task-for-no-partner = { $partner } ingår inte i partnerskapet i dag. Välj en part som gör det.
problem-task-in-the-past = Dagen har varit. Välj { $today } eller en senare dag.
problem-acceptance-without-evidence = Parten registrerar inte själv. Ange protokoll eller brev som visar accepten.
problem-adoption-without-meeting = Det framgår inte var planen fastställdes. Ange möte och paragraf.
problem-adopted-before-the-last = Förra versionen fastställdes { $last }. Den här kan inte ha fastställts tidigare, { $day }.
problem-plan-already-reported = Version { $version } är redan redovisad. Planen ska revideras varje år: fastställ en ny version.
problem-plan-version-superseded = Version { $version } har en efterföljare. Redovisa den senaste.
problem-plan-not-owed = Ingen redovisning återstår för { $year } eller tidigare.
subject-plan-adopted = Strategisk stadsdelsplan fastställd
subject-plan-version = version

## A district
district-plan = Så ska stadsdelen utvecklas enligt den strategiska planen:
district-no-plan = Ingen plan är fastställd för stadsdelen än.
district-no-goal = Inget mål är fastställt.
district-no-intervention = Inga insatser är fastställda.
district-said = Vad de boende sagt, och vad det blev av det
district-nothing-said = Inget är registrerat än.
district-you-said = Ni sa
district-we-did = Vi gjorde
district-not-answered = Inte besvarat än.
district-promises = Vad som är lovat för stadsdelen

## At the terminal
help-plan = Stadsdelsplaner: utkast prövas, versioner läses, jämförs och redovisas.
help-plan-show = Visar en fastställd version: mål och hur vart och ett prövas, insatser, lärdomar.
help-plan-show-number = Vilken version [annars: den senaste]
help-plan-check = Prövar ett utkast: vad som saknas, och hur varje mål står sig mot de fem kriterierna.
help-plan-check-more = Avslutas med 1 om något står i vägen för att partnerskapet fastställer planen.
help-plan-diff = Visar hur två versioner skiljer sig åt.
help-plan-diff-from = Den tidigare versionen [annars: den före den senare]
help-plan-diff-to = Den senare versionen [annars: den senaste]
help-plan-report = Redovisar den senaste versionen till staten och svarar med kvittot.
help-arg-district = Avtalet och stadsdelens kod, som lua-2008/0180/01800154
help-arg-mandate = Uppdraget som det görs med, som kvarter person list visar det
cli-column-smart = SMART
cli-column-target = Målvärde
cli-column-goal = Mål
problem-argument-not-a-district = { $written } är ingen stadsdel i ett avtal. Skriv avtal och kod: lua-2008/0180/01800154.
problem-no-such-plan = Det finns inget avtal med en stadsdel { $written }. kvarter duty list visar stadsdelarna.
problem-plan-without-versions = Ingen version är fastställd för { $written }. kvarter plan check visar vad som återstår i utkastet.
problem-no-such-version = Det finns ingen version { $written }. De som finns är { $known }.
problem-mandate-not-held = Inget uppdrag { $written } gäller i dag. kvarter person list visar dem som gäller.

## A plan printed
plan-print = Skriv ut på svenska
plan-print-title = Strategisk stadsdelsplan för { $district }
plan-print-subtitle = { $from }–{ $to }, version { $number }
plan-print-demo = Planen hör till en demonstration och är inte kommunens. Vad parterna gör, säger och beslutar i den är påhittat.
plan-print-contents = Innehåll
plan-print-criteria = Varje mål prövas mot fem kriterier ({ $clause }, regeluppsättning { $version }). Prövningen räknas fram ur målets uppgifter, statistiken och parternas accepter.
plan-print-from = Från
plan-print-to = Till
plan-print-by = Senast
plan-print-time = Tid
plan-print-document = Dokument
plan-print-consultations = Samråd med de boende
plan-print-acceptances = Vilka som accepterat målen
plan-print-sources = Varifrån uppgifterna kommer
plan-print-day = Dag
plan-print-said = Vad som sades
plan-print-done = Vad som gjordes
plan-print-evidence = Underlag

## The desk
desk-task = En uppgift i planen
desk-task-button = Till uppgiften
desk-accept = Väntar på accept
desk-accept-button = Registrera accepten
problem-agreement-not-in-force = Avtalet gäller inte än. Planen kan fastställas när det gör det.

## Plans as files
exchange-lede = Planen kan skrivas färdigt i ett vanligt ordbehandlings- eller kalkylprogram och läsas in igen. Allt i filen prövas innan något sparas.
exchange-out = Hämta
exchange-in = Läs in
exchange-in-lede = Det som står i filen tas in i utkastet. Det som filen inte har lämnas som det är, och tidigare lydelser finns kvar.
exchange-do = Läs in filen
exchange-draft = Utkastet
exchange-empty = Tom mall
exchange-md = som text (Markdown)
exchange-docx = som Word-dokument
exchange-xlsx = mål och insatser som kalkylark
field-import-plan-document = Fil
field-import-plan-document-hint = Markdown (.md), Word (.docx) eller kalkylark (.xlsx), högst 5 MB.
flash-plan-imported = { $number ->
    [one] Inläst: en del ändrades.
   *[other] Inläst: { $number } delar ändrades.
}
flash-plan-imported-in-part = { $number ->
    [one] Inläst: en del ändrades. Dolda blad eller rader lämnades utanför.
   *[other] Inläst: { $number } delar ändrades. Dolda blad eller rader lämnades utanför.
}
problem-plan-file-of-unknown-kind = { $name } är inget slags fil som går att läsa in. Välj en som slutar på { $known }.
help-plan-new = Skriver en tom mall att fylla i: Markdown, Word eller kalkylark, efter filens ändelse.
help-plan-export = Skriver ut utkastet eller en version som fil.
help-plan-export-number = Vilken version [annars: utkastet]
help-plan-import = Läser in en fil i utkastet: allt i den, eller inget och varje fel.
help-plan-import-file = Filen: .md, .docx eller .xlsx
help-arg-output = Filen som skrivs: .md, .docx eller .xlsx
cli-plan-written = Skrev { $file }.
problem-file-cannot-be-written = { $file } går inte att skriva: { $cause ->
        [not-found] mappen finns inte
        [not-permitted] rättigheterna räcker inte
        [is-a-folder] det är en mapp
        [not-in-a-folder] en del av sökvägen är en fil
        [read-only] disken kan bara läsas
        [full] disken är full
       *[other] { $cause }
    }. Ange en annan plats.

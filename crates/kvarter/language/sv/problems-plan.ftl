# Vad som ska rättas i en stadsdelsplan och i statistiken den vilar på: vad som är fel, varför, och vad som hjälper.
# Där ett namn kommer i två språk väljer var bunt sitt; valet på det andra gör att båda tar samma värden.

## Delarna
problem-plan-part-missing = { $section_en ->
        *[other] { $part_en ->
            *[other] ”{ $section }” saknas under { $part }. En stadsdelsplan ska innehålla alla åtta delar. Skriv texten.
        }
    }
problem-plan-area-without-goal = { $area_en ->
        *[other] Det finns inget mål för { $area }. Planen ska ha mål i alla fyra målområden. Lägg till minst ett.
    }
problem-plan-without-interventions = Det finns inga insatser. Planen ska förteckna de insatser som förutses leda till måluppfyllelse. Lägg till minst en.
problem-plan-without-documents = Inga dokument är angivna. Planen ska upprättas med beaktande av översiktsplanering, regionala utvecklingsprogram, strukturfondsprogram och andra relevanta dokument. Ange dem, och hur de har beaktats.
problem-plan-without-allocation = Det framgår inte hur stadsdelens behov har vägts in i resursfördelningen. Kommunen ska ta hänsyn till varje stadsdel när resurser fördelas. Skriv hur, för minst ett budgetår.
problem-plan-too-many = { $kind ->
        [goal] Det är fler än { $max } mål
       *[other] Det är fler än { $max } insatser
    }, som är det mesta en plan rymmer. Slå samman eller ta bort några.
problem-text-too-long = Texten har { $length } tecken; högst { $max } ryms. Korta den, eller lägg delar i en bilaga.
problem-part-malformed = Delen går inte att läsa. Läsaren säger (på engelska): { $detail }. Det som var sparat står kvar. Rätta och spara igen.

## Målen
problem-goal-twice = Det finns två mål med beteckningen { $goal }. Varje mål har sin egen genom alla år. Ta bort ett av dem.
problem-goal-without-area = Mål { $goal } hör inte till något målområde. Välj arbete, utbildning, trygghet eller tillväxt.
problem-goal-area-unknown = Målområdet { $area } för mål { $goal } finns inte i programmet. Välj ett som finns.
problem-goal-without-words = Mål { $goal } är inte formulerat. Skriv i en mening vad som ska vara uppnått.
problem-goal-without-problem = Mål { $goal } säger inte vilket problem det svarar mot. Kedjan från problem till lärdom börjar där. Beskriv problemet.
problem-goal-without-owner = Ingen ansvarar för mål { $goal }. Ange den organisation som svarar för det.
problem-goal-without-origin = Mål { $goal } saknar sin utgångspunkt. Lokala mål ska formuleras med utgångspunkt i både nationella och kommunala mål. Ange det mål som saknas.
problem-goal-without-intervention = Ingen insats bidrar till mål { $goal }. Planen förtecknar de insatser som förutses leda till att målen nås. Knyt en insats till målet, eller lägg till en.
problem-goal-day-outside-period = Mål { $goal } ska vara nått { $day }, utanför avtalets tid { $from } till { $to }. Välj en dag inom den.
problem-goal-not-followable = Mål { $goal } är inte { $criterion ->
        [specific] specifikt
        [measurable] mätbart
        [accepted] accepterat
        [realistic] realistiskt
       *[time-bound] tidsatt
    } ({ $letter }), och målen ska vara uppföljningsbara. Skälen står vid målet. Här hjälper ingen motivering: rätta målet.
problem-goal-criterion-missed = Mål { $goal } är inte { $criterion ->
        [specific] specifikt
        [measurable] mätbart
        [accepted] accepterat
        [realistic] realistiskt
       *[time-bound] tidsatt
    } ({ $letter }). Det bör det vara. Rätta målet, eller motivera varför bristen godtas.
problem-goal-criterion-unknown = Det går inte att bedöma om mål { $goal } är { $criterion ->
        [specific] specifikt
        [measurable] mätbart
        [accepted] accepterat
        [realistic] realistiskt
       *[time-bound] tidsatt
    } ({ $letter }). Fyll i det som saknas, eller motivera varför målet ändå antas.
problem-override-says-nothing = Motiveringen till att mål { $goal } inte är { $criterion ->
        [specific] specifikt
        [measurable] mätbart
        [accepted] accepterat
        [realistic] realistiskt
       *[time-bound] tidsatt
    } är för kort för att säga något. Den följer med planen och ska gå att förstå. Skriv varför bristen godtas.
problem-base-value-without-source = Basvärdet för mål { $goal } saknar källa. Ingen siffra står utan den. Ange vem som har publicerat den och var.
problem-base-value-without-period = Det framgår inte vilken tid basvärdet för mål { $goal } gäller. Ange år, månad eller flera år, till exempel 2005–2007.

## Insatserna
problem-intervention-twice = Det finns två insatser med beteckningen { $intervention }. Varje insats har sin egen genom alla år. Ta bort en av dem.
problem-intervention-without-title = Insats { $intervention } har ingen benämning. Skriv den.
problem-intervention-without-goal = Insats { $intervention } bidrar inte till något mål. Insatserna ska leda till måluppfyllelse. Välj minst ett mål.
problem-intervention-for-no-goal = Insats { $intervention } ska bidra till mål { $goal }, som inte finns i planen. Välj ett mål som finns.
problem-intervention-outside-agreement = Insats { $intervention } riktas till { $district ->
        [none] ingen stadsdel
       *[other] { $district }
    }, som inte omfattas av avtalet. Utvecklingsarbetet ska riktas mot avtalets stadsdelar. Välj en av dem.
problem-intervention-in-other-district = Insats { $intervention } riktas till { $district }, som har en egen plan. Välj planens stadsdel, eller flytta insatsen till den andra planen.
problem-intervention-lacks = { $field ->
        [responsible] Ingen ansvarar för insats { $intervention }. Ange den organisation som svarar för den.
        [output] Prestationen saknas för insats { $intervention }. Ange vad som ska göras, och hur mycket.
        [outcome] Effekten saknas för insats { $intervention }. Ange vad den väntas leda till.
        [from] Startdagen saknas för insats { $intervention }. Ange den.
       *[other] Fältet { $field } saknas för insats { $intervention }. Fyll i det.
    }
problem-intervention-without-budget = Det framgår inte vilken budget som bär insats { $intervention }. Arbetet ska rymmas inom varje parts ordinarie budget- och styrningsprocesser. Ange budgeten eller styrdokumentet.
problem-intervention-ends-before-it-begins = Insats { $intervention } slutar innan den börjar. Rätta en av dagarna.
problem-intervention-after-period = Insats { $intervention } börjar { $day }, efter att avtalets tid har gått ut { $to }. Välj en tidigare dag.

## Dokument, lärdomar, resursfördelning
problem-document-lacks = { $field ->
        [title] Dokument { $document } har ingen titel. Skriv den, med år eller nummer.
       *[other] Det framgår inte hur dokument { $document } har beaktats. Skriv vad i det som har betydelse här, och vad det lett till.
    }
problem-lesson-lacks = { $field ->
        [learned] Lärdom { $lesson } säger inte vad som har lärts. Skriv det.
        [source] Det framgår inte vad lärdom { $lesson } bygger på. Ange uppföljning, utvärdering eller möte.
       *[other] Det framgår inte vad som har ändrats med anledning av lärdom { $lesson }. Skriv det, eller att inget har ändrats och varför.
    }
problem-allocation-without-year = Budgetåret saknas för resursfördelning { $allocation }. Ange året med fyra siffror.
problem-allocation-says-nothing = Resursfördelning { $allocation } säger inte hur stadsdelens behov har vägts in. Skriv det.

## Att anta och revidera
problem-plan-without-consultation = { $since ->
        [none] Inget samråd med stadsdelens invånare är registrerat före antagandet.
       *[other] Inget samråd med stadsdelens invånare är registrerat efter { $since }, då den förra planen antogs.
    } Planen ska tas fram i samråd med dem. Håll samrådet, och registrera det innan planen antas.
problem-first-version-unchanged = Detta är stadsdelens första plan, och det finns inget att revidera utan ändring. Lämna fältet tomt.
problem-revised-without-change = Planen är ordagrant den förra. Den ska revideras varje år utifrån de erfarenheter som finns. Ändra den, eller skriv varför den inte behöver ändras.
problem-changed-yet-unchanged = Planen sägs vara reviderad utan ändring, men den skiljer sig från den förra. Ta bort motiveringen, och skriv vad som lärts och vad som ändrats.
problem-revision-without-lesson = Planen har ändrats, men ingen ny lärdom säger varför. Revideringen ska utgå från de erfarenheter och kunskaper som finns. Lägg till minst en lärdom.

## Accept
problem-acceptance-of-no-goal = Det finns inget mål { $goal } i stadsdelens plan. Välj ett mål som finns.
problem-acceptance-of-unfinished-goal = Mål { $goal } är inte färdigt. Den som accepterar ett mål accepterar ord, målvärde och dag. Fyll i dem först.
problem-acceptance-of-other-words = Mål { $goal } har ändrats sedan det visades. En accept gäller målet som det lyder. Läs det igen, och acceptera det som det står nu.
problem-acceptance-by-no-partner = { $partner } har aldrig ingått i partnerskapet. Den som accepterar ett mål ingår där. Välj en part, eller bjud in organisationen först.
problem-acceptance-by-former-partner = { $partner } lämnade partnerskapet { $last }, och accepten är daterad { $day }. Den som accepterar ett mål ingår i partnerskapet den dagen. Rätta dagen, eller välj en annan part.
problem-acceptance-before-partner-joined = { $partner } ingick ännu inte i partnerskapet { $day }{ $last ->
        [none] {""}
       *[other] {" "}(men var med till och med { $last })
    }. Den som accepterar ett mål ingår där den dagen. Rätta dagen, eller välj en annan part.

## Statistik ur filer
problem-observations-too-large = Filen är större än { $megabytes_max } MB, det mesta som läses. Dela den.
problem-observations-not-text = Filen är inte text i UTF-8. Spara den som CSV, UTF-8.
problem-observations-empty = Filen har rubriker men inga värden. Lägg till minst en rad.
problem-observations-column-missing = Kolumnen { $column } saknas. Filen ska ha alla kolumner, med rubrikerna på första raden. Lägg till den.
problem-observations-row-broken = Raden går inte att läsa; kanske saknas ett citattecken. Rätta den.
problem-observation-cell-empty = Cellen i kolumnen { $column } är tom. Fyll i den.
problem-cell-is-formula = Cellen börjar som en formel. Formler läses inte. Skriv värdet i stället.
problem-observation-lag-impossible = { $written } duger inte som antal dagar. Ange hur många dagar efter periodens slut som värdet publiceras, mellan 0 och 3660.
problem-period-impossible = { $written ->
        [none] Perioden saknas.
       *[other] { $written } är ingen period.
    } Skriv år, månad eller flera år: 2007, 2007-06 eller 2005–2007.
problem-observation-state-unknown = { $written } är inget som kan stå vid ett värde. Välj final, preliminary, estimated, perturbed, suppressed eller missing.
problem-number-impossible = Värdet är inget tal. Skriv siffror, med komma eller punkt före decimalerna.
problem-observation-value-kept-back = Värdet { $written } står i en cell vars värde inte lämnas ut eller saknas. Ett undertryckt värde är inte noll. Ta bort värdet, eller ändra uppgiften om det.
problem-observation-published-impossible = { $written ->
        [none] Publiceringsdagen saknas.
       *[other] { $written } kan inte vara dagen då värdet publicerades: den är ingen dag, eller före periodens början.
    } Skriv dagen som ÅÅÅÅ-MM-DD.
problem-indicator-told-twice = Indikatorn har en annan enhet eller eftersläpning på en tidigare rad. En indikator har en av var. Rätta raderna så att de säger samma sak.

## Vad ett program säger om planer
problem-plan-obligation-unknown = Det finns inget åtagande { $id } i programmet. Ange det åtagande som redovisningen av planen uppfyller.
problem-plan-words-not-in-clause = ”{ $says }” står inte i den klausul som anges. Citera ordagrant, eller rätta hänvisningen.
problem-plan-words-not-in-ordinance = Orden ”{ $says }” står inte i den paragraf som anges, så som { $file } återger den. Rätta orden eller hänvisningen, eller skriv av paragrafen i { $file }.
problem-plan-section-twice = Avsnittet { $id } står två gånger. Ge ett av dem ett annat id.
problem-plan-without-parts = Programmet säger inte vilka delar en plan ska ha. Lägg till minst en del.
problem-plan-part-sections = Delen { $part } ska ha avsnitt om den består av texter, och annars inga. Rätta den.
problem-percent-impossible = { $written } duger inte. Ange ett heltal från 50 till 99.

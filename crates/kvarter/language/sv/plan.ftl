# Planens egna ord: kriterier, utfall, fält. Fältet base.value heter plan-field-base-value.

## Kriterierna
criterion-specific = Specifikt
criterion-measurable = Mätbart
criterion-accepted = Accepterat
criterion-realistic = Realistiskt
criterion-time-bound = Tidsatt
outcome-holds = uppfyllt
outcome-falls-short = brister
outcome-cannot-tell = går inte att bedöma
level-error = måste vara uppfyllt
level-warning = bör vara uppfyllt; en brist godtas med en motivering
level-information = upplysning

## S: ett mått, ett område, en grupp, och ett utfall i stället för en aktivitet
smart-goal-without-words = Målet är inte formulerat. Skriv i en mening vad som ska vara uppnått.
smart-goal-is-activity = Meningen börjar med ”{ $word }” och säger vad som ska göras, inte vad som ska bli bättre. Skriv utfallet, och lägg aktiviteten som en insats.
smart-goal-lacks = Det saknas uppgift om { $field ->
        [indicator] vilken indikator som mäter målet
        [group] vilken grupp målet gäller
        [area] vilket målområde målet hör till
       *[other] { $field }
    }. Fyll i den.
smart-goal-has-several = { $field ->
        [indicator] Målet har mer än en indikator: ”{ $written }”. Två mått är två mål.
       *[other] Målet gäller mer än en grupp: ”{ $written }”. Två grupper är två mål.
    } Dela målet.
smart-goal-is-one = Målet har en indikator, ett målområde och en grupp ({ $group }), och är formulerat som ett utfall.

## M: serien finns, den lämnas ut, och ett värde kommer i tid
smart-target-missing = Målvärdet saknas. Ange det i samma enhet som basvärdet.
smart-base-missing = Basvärdet saknas. Utan utgångsläge går det inte att se om något har ändrats. Hämta det ur statistiken.
smart-base-without-source = Basvärdets källa saknas. Ange vem som har publicerat uppgiften och var.
smart-base-without-period = Det framgår inte vilken tid basvärdet gäller. Ange år, månad eller flera år, till exempel 2005–2007.
smart-base-after-today = Basvärdet gäller { $period }, en tid som inte har börjat. Ange det senaste kända värdet.
smart-base-without-vintage = Det framgår inte när basvärdet publicerades. Statistik rättas i efterhand, och därför hör dagen till värdet. Ange den.
smart-indicator-missing = Ingen indikator är vald. Välj en i statistiken.
smart-indicator-unknown = Indikatorn { $indicator } finns inte i statistiken. Välj en som finns, eller läs in dess värden.
smart-unit-differs = { $written ->
        [none] Målet saknar enhet
       *[other] Målet anges i { $written }
    }, men indikatorn mäts i { $unit }. Använd indikatorns enhet.
smart-series-missing = Det finns inga värden för { $indicator } i { $area } för gruppen { $group }. Välj en grupp som mäts, eller läs in värdena.
smart-series-kept-back = Det senaste värdet för { $indicator } lämnas inte ut, för att ingen ska kunna kännas igen. Välj en större grupp eller ett annat mått.
smart-series-exists = Det finns värden för { $indicator } i stadsdelen. När måldagen är satt går det att se om ett nytt kommer i tid.
smart-value-in-time = { $indicator } för { $period } är publicerat senast { $day }. Målet går att följa upp.
smart-value-too-late = Inget nytt värde för { $indicator } är publicerat senast { $day }. Det senaste gäller { $period }, och värdena kommer { $lag } dagar efter periodens slut. Välj ett mått som kommer tidigare, eller ett senare slutdatum.

## A: de parter som målet nämner har accepterat det
smart-no-partner-named = Ingen part är angiven. Ange den eller dem vars accept målet behöver.
smart-partner-unknown = { $partner } ingår inte i partnerskapet. Välj en part som ingår.
smart-partner-has-left = { $partner } lämnade partnerskapet { $day ->
        [none] före i dag
       *[other] { $day }
    }. Den som inte längre ingår kan inte bära målet. Välj en annan part.
smart-accepted-by = { $partner } accepterade målet { $day }.
smart-accepted-other-words = { $partner } har accepterat målet i en tidigare lydelse. När ord, mått, målvärde eller dag ändras behövs en ny accept. Be om den.
smart-not-accepted = { $partner } har inte accepterat målet. Be om accepten.

## R: förändringen per år bland dem som jämförbara områden har haft
smart-change-unknown = Det går inte att räkna ut vilken förändring målet kräver. Ange basvärde med period, målvärde och dag.
smart-change-none = Målet kräver ingen förändring: målvärdet är detsamma som basvärdet.
smart-history-too-short = Statistiken har färre än { $least } förändringar att jämföra med. Om målet är rimligt får bedömas på annat sätt. Skriv hur.
smart-change-seen = Målet kräver { $required } { $unit ->
        [procent] procentenheter
       *[other] { $unit }
    } per år. Så stor förändring, eller större, har { $did } av { $districts } jämförbara områden haft över { $span } år. Av deras { $changes } förändringar var { $percentile } procent mindre. Längst kom { $best }.
smart-change-seldom-seen = Målet kräver { $required } { $unit ->
        [procent] procentenheter
       *[other] { $unit }
    } per år. Det är sällsynt: { $did } av { $districts } jämförbara områden har haft en så stor förändring över { $span } år. Av deras { $changes } förändringar var { $percentile } procent mindre. Längst kom { $best }. Sänk målvärdet, eller skriv varför det ändå är möjligt.
smart-change-never-seen = Målet kräver { $required } { $unit ->
        [procent] procentenheter
       *[other] { $unit }
    } per år. Inget av { $districts } jämförbara områden har haft en så stor förändring över { $span } år. Av deras { $changes } förändringar var { $percentile } procent mindre. Närmast kom { $best }. Sänk målvärdet, eller skriv varför det ändå är möjligt.

## T: en dag inom avtalets tid, med delmål på vägen
smart-day-missing = Slutdatum saknas. Ange den dag då målet ska vara nått.
smart-day-outside-period = { $day } ligger utanför avtalets tid, { $from } till { $to }. Välj en dag inom den.
smart-day-before-base = { $day } ligger inte efter den tid som basvärdet gäller ({ $period }). Välj en senare dag.
smart-milestones-out-of-order = Delmålen står inte i tidsordning mellan basvärdet och slutdatumet. Ordna dem.
smart-milestones-missing = Det är { $years } år mellan basvärdet och slutdatumet, utan delmål. Sätt minst ett delmål, så att det syns på vägen om det går åt rätt håll.
smart-day-inside-period = Slutdatumet { $day } ligger inom avtalets tid.

## Vad som står intill ett värde
cell-state-final = slutligt
cell-state-preliminary = preliminärt
cell-state-estimated = uppskattat
cell-state-perturbed = med tillagt brus
cell-state-suppressed = lämnas inte ut
cell-state-missing = saknas

## Dokument som planen upprättats med beaktande av
document-kind-comprehensive-plan = översiktsplanering
document-kind-regional-programme = regionalt utvecklingsprogram
document-kind-structural-fund-programme = strukturfondsprogram
document-kind-other = annat relevant dokument

## Skillnader
change-added = nytt
change-removed = borttaget
change-changed = ändrat

## Slag av delar

## Fält
plan-field-text = Text
plan-field-area = Målområde
plan-field-statement = Mål
plan-field-problem = Problem
plan-field-national_goal = Nationellt mål
plan-field-municipal_goal = Kommunalt mål
plan-field-indicator = Indikator
plan-field-unit = Enhet
plan-field-group = Grupp
plan-field-base = Basvärde
plan-field-base-value = Basvärde
plan-field-base-period = Basvärdets period
plan-field-base-source = Basvärdets källa
plan-field-base-published = Basvärdet publicerat
plan-field-base-state = Basvärdets art
plan-field-target = Målvärde
plan-field-by = Senast
plan-field-milestones = Delmål
plan-field-owner = Ansvarig för målet
plan-field-partners = Parter
plan-field-overrides = Motiveringar
plan-field-overrides-specific = Motivering, specifikt
plan-field-overrides-measurable = Motivering, mätbart
plan-field-overrides-accepted = Motivering, accepterat
plan-field-overrides-realistic = Motivering, realistiskt
plan-field-overrides-time-bound = Motivering, tidsatt
plan-field-title = Benämning
plan-field-description = Beskrivning
plan-field-district = Stadsdel
plan-field-responsible = Ansvarig
plan-field-from = Från och med
plan-field-to = Till och med
plan-field-output = Prestation
plan-field-outcome = Effekt
plan-field-budget = Ordinarie budget eller styrdokument
plan-field-learning = Återföring av lärdomar
plan-field-goals = Mål som insatsen bidrar till
plan-field-kind = Slag
plan-field-regard = Hur dokumentet beaktats
plan-field-learned = Lärdom
plan-field-source = Underlag
plan-field-changed = Vad som ändrats
plan-field-concerns = Berörda mål och insatser
plan-field-year = Budgetår
plan-field-decision = Budgetbeslut
plan-field-allocation-statement = Hur behoven vägts in

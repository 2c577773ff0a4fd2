# Utvärdering: vad som får sägas om en effekt, för den som inte är statistiker.
evaluation-question = Vad hände med { $outcome } i { $treated } från { $start }?
evaluation-many = { $count } områden
evaluation-locked = Planen är låst i { $file }.
    Avtryck (SHA-256): { $digest }
    Publicera avtrycket innan resultaten finns. Då kan var och en se att inget valdes för resultatets skull.
evaluation-grade = Omdöme { $grade }
evaluation-grade-a = En effekt är visad, och inget talar emot den.
evaluation-grade-b = En effekt är visad, med ett förbehåll.
evaluation-grade-c = En effekt syns, med flera förbehåll.
evaluation-grade-d = Ingen effekt syns, och en som betyder något skulle ha synts.
evaluation-grade-e = Det går inte att avgöra.
evaluation-finding-as-intended = { $outcome } { $direction ->
    [increase] ökade
   *[decrease] minskade
} till följd av insatsen, som avsett: med { $size } i genomsnitt per period.
evaluation-finding-against = { $outcome } { $direction ->
    [increase] ökade
   *[decrease] minskade
} till följd av insatsen, tvärtemot vad som avsågs: med { $size } i genomsnitt per period.
evaluation-finding-effect = { $outcome } { $direction ->
    [increase] ökade
   *[decrease] minskade
} till följd av insatsen: med { $size } i genomsnitt per period. Vilket håll som avsågs är inte angivet.
evaluation-finding-none = Insatsen ändrade inte { $outcome } så mycket att det betyder något.
evaluation-finding-undetermined = Om insatsen ändrade { $outcome } går inte att säga utifrån dessa uppgifter.
evaluation-not-attainment = Omdömet gäller om insatsen hade effekt. Om ett mål nåddes är en annan fråga med ett eget svar: ett mål kan nås för att hela landet förbättras, och missas fast insatsen hjälpte.
evaluation-heading-reasons = Skälen
evaluation-heading-numbers = Talen
evaluation-heading-weights = Jämförelsen består av
evaluation-heading-assumed = Vad som har antagits
evaluation-heading-unexamined = Vad som inte har kunnat undersökas
evaluation-heading-cautions = Att läsa talen med
evaluation-heading-plan = Planen
evaluation-heading-sources = Uppgifterna
evaluation-heading-method = Metoden
evaluation-heading-words = Ordens betydelse
evaluation-heading-series = { $outcome }, år för år eller period för period
evaluation-heading-placebos = Samma beräkning där inget hände
evaluation-heading-events = Effekten före och efter starten
evaluation-heading-left-out = Andra prövningar
evaluation-gravity-blocks = Hindrar ett omdöme
evaluation-gravity-reservation = Förbehåll
evaluation-gravity-note = Att veta
evaluation-reason-bad-number = Ett av talen som omdömet vilar på går inte att använda ({ $name }).
evaluation-reason-break-not-handled = { $kind ->
    [definition] Det som räknas fick en ny definition
    [border] Områdets gränser flyttades
   *[collection] Insamlingen lades om
} från och med { $period }, och det har inte hanterats.
evaluation-reason-too-few-periods-before = Bara { $found } perioder före starten; minst { $needed } behövs för att se vad som var vanligt.
evaluation-reason-no-period-after = Det finns ingen period efter starten.
evaluation-reason-too-few-donors = Provet kan som lägst ge p = { $least } med så få att jämföra med ({ $found } områden), så inget resultat hade kunnat räknas som ovanligt.
evaluation-reason-poor-fit = Jämförelsen följer inte området före starten: felet är { $percent } procent av skillnaden områden emellan.
evaluation-reason-far-from-hull = Området ligger långt utanför det som de andra kan blandas till ({ $percent } procent av skillnaden områden emellan).
evaluation-reason-most-moved = De flesta boende är andra än vid starten ({ $percent } procent).
evaluation-reason-few-periods-before = Få perioder före starten: { $found }, helst { $ample }.
evaluation-reason-weak-fit = Jämförelsen följer området dåligt före starten: felet är { $percent } procent av skillnaden områden emellan.
evaluation-reason-fit-unknown = Hur väl jämförelsen följde området före starten har inte kunnat prövas.
evaluation-reason-outside-hull = Området ligger något utanför det som de andra kan blandas till ({ $percent } procent av skillnaden områden emellan).
evaluation-reason-concentrated = Nästan all vikt ligger på ett eller två områden (motsvarar { $effective } lika stora).
evaluation-reason-rests-on-one-donor = Utan ett av jämförelseområdena blir skattningen en annan: mellan { $low } och { $high }.
evaluation-reason-effect-before-start = Nästan lika stor förändring syns redan före starten ({ $backdated }).
evaluation-reason-many-moved = Många boende är andra än vid starten ({ $percent } procent).
evaluation-reason-break-handled = { $kind ->
    [definition] Det som räknas fick en ny definition
    [border] Områdets gränser flyttades
   *[collection] Insamlingen lades om
} från och med { $period }; det har hanterats.
evaluation-reason-no-ring = Grannar som insatsen kan spilla över på har inte uppgetts vara uteslutna ur jämförelsen.
evaluation-reason-deviates = { $count ->
    [one] En sak gjordes
   *[other] { $count } saker gjordes
} på annat sätt än i den låsta planen.
evaluation-reason-no-locked-plan = Ingen plan låstes innan resultaten fanns.
evaluation-reason-unusual = Skattningen är ovanlig bland dem där inget hände: p = { $p }, gränsen är { $alpha }.
evaluation-reason-not-unusual = Skattningen är inte ovanlig bland dem där inget hände: p = { $p }, gränsen är { $alpha }.
evaluation-reason-would-have-been-seen = En effekt på { $relevant }, den minsta som betyder något, skulle ha synts; det som kan upptäckas är { $detectable }.
evaluation-reason-could-have-been-missed = En effekt som betyder något kan ha missats: { $relevant ->
    [none] hur stor en sådan är har inte bestämts
   *[other] den minsta är { $relevant }
}, och { $detectable ->
    [none] vad som kan upptäckas är inte känt
   *[other] det som kan upptäckas är { $detectable }
}.
evaluation-reason-no-p-value = Det finns inget prov att hålla skattningen mot.
evaluation-why-not-of-method = hör inte till metoden
evaluation-why-unknown-unit = enheten { $unit } finns inte i panelen
evaluation-why-nobody-treated = ingen är behandlad medan den observeras
evaluation-why-treated-is-donor = { $unit } är behandlad och kan inte jämföras med sig själv
evaluation-why-too-few-donors = { $found ->
    [one] det finns en att jämföra med
   *[other] det finns { $found } att jämföra med
}, { $needed } behövs
evaluation-why-too-few-periods-before = { $found ->
    [one] det finns en period före starten
   *[other] det finns { $found } perioder före starten
}, { $needed } behövs
evaluation-why-no-period-after = det finns ingen period från starten { $start }
evaluation-why-empty-window = fönstret { $from }–{ $to } har inga perioder
evaluation-why-treated-missing = { $unit } saknar värde { $period }
evaluation-why-constant-outcome = utfallet är samma tal överallt före starten, så det finns inget att jämföra
evaluation-why-no-predictor = ingen av de jämförda egenskaperna skiljer områdena åt
evaluation-why-unknown-covariate = panelen har ingen kolumn { $covariate }
evaluation-why-predictor-missing = { $unit } saknar värde på egenskap nummer { $predictor }
evaluation-why-predictor-not-before = egenskap nummer { $predictor } mäts inte före starten
evaluation-why-bad-number = { $name } är inget tal som går att använda
evaluation-why-not-applicable = metoden passar inte här ({ $why })
evaluation-why-overflow = talen är för stora att räkna med
evaluation-why-all-missing = inget värde finns
evaluation-why-too-few-periods = det finns bara { $periods } perioder
evaluation-why-not-identified = { $terms } går inte att skilja från det som är gemensamt för områden och perioder
evaluation-why-no-degrees-of-freedom = det finns fler okända än uppgifter
evaluation-why-no-whole-units = inget område har värden i alla perioder
evaluation-why-too-large-for-method = panelen är för stor för metoden
evaluation-why-nothing-to-sum-up = ingen period efter en start kunde skattas
evaluation-why-no-standard-error = med så få behandlade finns inget ärligt medelfel
evaluation-why-no-base = det finns ingen period före starten
evaluation-why-collinear = egenskaperna bestämmer varandra
evaluation-why-no-overlap = några är så gott som säkert behandlade, så det finns inga att jämföra med
evaluation-why-not-settled = beräkningen av jämförelsens vikter blev inte klar
evaluation-why-test-cannot-reject = provet kan som lägst ge p = { $least } och aldrig förkasta vid { $alpha }
evaluation-why-interval-without-bound = intervallet har ingen gräns
evaluation-why-no-constant-effect = ingen effekt som är lika stor varje period stämmer med provet
evaluation-why-too-many-donors = { $found } områden har vikt, för många att utelämna ett i taget
evaluation-why-nothing-before-start = inget före starten kan jämföras
evaluation-why-placebos-fit-perfectly = några av jämförelserna följer sitt område till sista siffran före starten, så kvoten säger ingenting
evaluation-caution-placebos-fit-perfectly = { $count ->
    [one] En jämförelse
   *[other] { $count } jämförelser
} följer sitt område nästan till sista siffran före starten. Då blir kvoten godtyckligt stor; ta med fler perioder eller jämför med färre områden.
evaluation-caution-starts-overlap = De tidigare starterna delar perioder med varandra och är inte oberoende. Läs p-värdet försiktigt.
evaluation-caution-conformal-from-outcomes = Provet görs med en syntetisk kontroll från utfallet ensamt, inte med den metod som skattningen kommer från.
evaluation-caution-assignments-drawn = { $count } tilldelningar är dragna med lott; alla kunde inte prövas.
evaluation-caution-staggered-starts = Starterna är olika ({ $count }). Ett enda tal kan då väga in några effekter med fel tecken; metoden cs är gjord för det.
evaluation-caution-no-never-treated = Alla blir behandlade till slut; de som började tidigt får tjäna som jämförelse.
evaluation-caution-few-units = Få områden i allt ({ $count }): osäkerheten är troligen större än den ser ut.
evaluation-caution-few-treated = Få behandlade ({ $treated }) eller obehandlade ({ $untreated }) områden.
evaluation-caution-exact-fit = Modellen går jämnt ut, så det finns ingen osäkerhet att mäta.
evaluation-caution-missing-cells = { $count } värden saknas och är utelämnade.
evaluation-caution-units-with-gaps = { $count } områden saknar något värde och är utelämnade.
evaluation-caution-small-cohort = Bara { $count } områden började { $cohort }.
evaluation-caution-few-controls = Bara { $count } områden att jämföra med.
evaluation-caution-cells-left-out = { $count } kombinationer av start och period kunde inte skattas.
evaluation-caution-other-caution = Metoden har ytterligare ett förbehåll.
evaluation-caution-started-before = { $count } områden hade börjat innan panelen börjar och är utelämnade.
evaluation-left-out-excluded = utesluten
evaluation-left-out-missing = saknar värde { $period }
evaluation-left-out-predictor-lacking = saknar värde på egenskap nummer { $predictor }
evaluation-label-estimate = Skattad effekt
evaluation-label-interval = Intervall
evaluation-label-p = P-värde
evaluation-label-least = Lägsta möjliga p-värde
evaluation-label-rank = Plats
evaluation-label-fit-before = Fel före starten (RMSPE)
evaluation-label-fit-after = Skillnad efter starten (RMSPE)
evaluation-label-ratio = Kvot
evaluation-label-detectable = Kan upptäckas
evaluation-label-in-time = Tidigare start
evaluation-label-without-one = Utan ett område
evaluation-label-comparison = Jämförelse
evaluation-label-periods = Perioder
evaluation-label-effective = Verksamma områden
evaluation-label-hull = Avstånd till de andra
evaluation-label-standard-error = Medelfel
evaluation-label-unit = Område
evaluation-label-weight = Vikt
evaluation-label-effect-without = Effekt utan
evaluation-label-field = Vad
evaluation-label-planned = Enligt planen
evaluation-label-done = Gjort
evaluation-label-file = Fil
evaluation-label-digest = Filens avtryck
evaluation-label-rows = Omfattning
evaluation-label-method = Metod
evaluation-label-paper = Källa
evaluation-label-test = Prov
evaluation-label-plan-digest = Planens avtryck
evaluation-label-window = Perioder som används
evaluation-said-estimate = { $effect } { $outcome } i genomsnitt per period
evaluation-said-none = inget: { $why }
evaluation-said-interval = { $low } till { $high } ({ $level } procent; { $from ->
    [inverted-placebo] de lika stora effekter som placeboprovet inte förkastar
    [inverted-permutation] de effekter som permutationsprovet inte förkastar
    [conformal] de lika stora effekter som det konforma provet inte förkastar
   *[other] från medelfelet
})
evaluation-said-span = { $low } till { $high }
evaluation-said-least-none = ingen gräns: provet vilar på ett medelfel
evaluation-said-rank = { $rank } av { $compared } efter kvoten; 1 är det mest ovanliga
evaluation-said-more = och { $count } till
evaluation-said-compared = { $compared } jämförda, det verkliga inräknat
evaluation-said-fit = { $size }{ $percent ->
    [none] {""}
   *[other] {" "}({ $percent } procent av skillnaden områden emellan)
}
evaluation-said-detectable = { $effect } i fyra fall av fem ({ $from ->
    [placebos] prövat på områdena där inget hände
   *[other] ungefärligt, från intervallets bredd
})
evaluation-said-in-time = { $effect } från { $start }, fast inget hände då
evaluation-said-early = { $effect } i genomsnitt före starten, där den borde vara noll
evaluation-said-without-one = mellan { $low } och { $high } när ett av { $count } områden utelämnas
evaluation-said-comparison = { $count } områden
evaluation-said-periods = { $before } före starten, { $after } från den
evaluation-said-panel = { $units } områden, { $periods } perioder ({ $from }–{ $to }), { $rows } rader; { $missing } värden saknas
evaluation-said-left-out = Ej med i jämförelsen: { $units }
evaluation-plan-locked = Planen låstes före körningen, och allt gjordes enligt den.
evaluation-plan-deviates = Planen låstes före körningen. Detta gjordes på annat sätt:
evaluation-plan-not-locked = Ingen plan är låst.
evaluation-plan-file-deviates = Planfilen är inte låst. Detta gjordes på annat sätt än den säger:
evaluation-method-sc = Syntetisk kontroll
evaluation-method-penalised-sc = Syntetisk kontroll med straff för avstånd
evaluation-method-asc = Ridge-förstärkt syntetisk kontroll
evaluation-method-sdid = Syntetisk skillnad i skillnader
evaluation-method-did = Skillnad i skillnader
evaluation-method-cs = Skillnad i skillnader vid olika starter
evaluation-variant-outcomes = vikter från utfallet före starten
evaluation-variant-predictors = vikter från egenskaper, deras betydelse vald så att utfallet före starten följs bäst
evaluation-variant-plain = utan justering
evaluation-variant-adjusted = justerad för egenskaper
evaluation-paper-sc = Abadie, Diamond och Hainmueller 2010, Journal of the American Statistical Association 105
evaluation-paper-penalised-sc = Abadie och L’Hour 2021, Journal of the American Statistical Association 116
evaluation-paper-asc = Ben-Michael, Feller och Rothstein 2021, Journal of the American Statistical Association 116
evaluation-paper-sdid = Arkhangelsky, Athey, Hirshberg, Imbens och Wager 2021, American Economic Review 111
evaluation-paper-did = Angrist och Pischke 2009, Mostly Harmless Econometrics, kap. 5
evaluation-paper-cs = Callaway och Sant’Anna 2021, Journal of Econometrics 225
evaluation-test-space = Placebo i rummet: samma beräkning för varje område där inget hände
evaluation-test-time = Placebo i tiden: samma beräkning med varje tidigare start
evaluation-test-conformal = Konformt prov i flyttade block (Chernozhukov, Wüthrich och Zhu 2021)
evaluation-test-standard-error = Metodens eget medelfel
evaluation-assumes-no-anticipation = Ingenting ändrades i förväg för att insatsen väntades.
evaluation-assumes-no-spillover = Insatsen påverkade inte de områden som det jämförs med.
evaluation-assumes-synthetic = De som följdes åt före starten skulle ha fortsatt att följas åt utan insatsen.
evaluation-assumes-parallel = Behandlade och obehandlade skulle ha förändrats lika mycket utan insatsen.
evaluation-assumes-sdid = Vägda efter områden och perioder skulle behandlade och obehandlade ha förändrats lika mycket utan insatsen.
evaluation-assumes-same-meaning = Utfallet mäts på samma sätt i alla områden och perioder, utom där ett brott är angivet.
evaluation-assumes-nothing-else = Inget annat som bara rörde de behandlade hände samtidigt.
evaluation-unexamined-movers = Om de boende är desamma: andelen som flyttat är inte uppgiven.
evaluation-unexamined-breaks = Om serien eller gränserna har brutits: inget brott är uppgivet, och det syns inte i talen.
evaluation-unexamined-ring = Om insatsen har spillt över på grannar som ingår i jämförelsen.
evaluation-unexamined-relevant = Hur stor effekt som skulle betyda något är inte uppgivet.
evaluation-unexamined-value = { $label }: { $why }.
evaluation-unexamined-many = Andra utfall. Den som prövar många utfall hittar till slut något ovanligt.
evaluation-series-treated = Behandlade
evaluation-series-comparison = Jämförelse
evaluation-series-start = Start { $start }
evaluation-series-alternative = Kurvor från { $from } till { $to }. Strax före starten låg de behandlade på { $observed } och jämförelsen på { $comparison }; sist låg de på { $observed_last } och { $comparison_last }.
evaluation-series-caption = Heldragen linje: de behandlade. Streckad: jämförelsen, det som var att vänta utan insatsen. Det lodräta strecket är starten.
evaluation-placebos-alternative = Skillnaden mellan verkligt och väntat för de behandlade och för { $count } områden där inget hände, från { $from } till { $to }. Sist var de behandlades skillnad { $last }; de andras låg mellan { $low } och { $high }.
evaluation-placebos-caption = Tjock linje: de behandlades skillnad mot jämförelsen. Grå linjer: samma beräkning för områden där inget hände. Sticker den tjocka ut efter starten men inte före, är den ovanlig.
evaluation-events-alternative = Skattad effekt från { $from } till { $to } perioder räknat från starten: { $values }.
evaluation-events-start = Start
evaluation-events-caption = Punkter: skattad effekt så många perioder från starten. Streck: intervall. Före starten borde punkterna ligga vid noll.
evaluation-word-synthetic = Syntetisk kontroll
evaluation-means-synthetic = En blandning av andra områden som före starten såg ut som de behandlade. Den visar vad som var att vänta utan insatsen.
evaluation-word-placebo = Placebo
evaluation-means-placebo = Samma beräkning där inget hände. Är det verkliga resultatet inte större än dessa kan det vara en slump.
evaluation-word-p = P-värde
evaluation-means-p = Hur stor andel av de jämförda som avviker minst lika mycket. Litet betyder ovanligt.
evaluation-word-interval = Intervall
evaluation-means-interval = De effekter som uppgifterna inte talar emot.
evaluation-word-rmspe = RMSPE
evaluation-means-rmspe = Roten ur medelvärdet av de kvadrerade skillnaderna mellan verkligt och väntat: ett genomsnittligt fel.
evaluation-word-detectable = Kan upptäckas
evaluation-means-detectable = Den minsta effekt som provet skulle ha hittat i fyra fall av fem.
evaluation-pdf-reference = Utvärdering av effekt
evaluation-pdf-written = Skriven: { $file }

# Före insatsen: vad som alls kan hittas.
evaluation-power-question = Vad skulle kunna hittas i { $outcome } om { $treated } får en insats från { $start }?
evaluation-power-answer = Den minsta ändring av { $outcome } som planen hittar i fyra fall av fem är { $effect } i genomsnitt per period (med slumpen i försöken mellan { $low } och { $high ->
    [none] mer än vad som prövats
   *[other] { $high }
}).
evaluation-power-answer-none = Ingen storlek hittas i fyra fall av fem: { $why }.
evaluation-power-enough = Den minsta effekt som betyder något, { $effect }, hittas i { $percent } procent av försöken. Planen räcker för den.
evaluation-power-not-enough = Den minsta effekt som betyder något, { $effect }, hittas bara i { $percent } procent av försöken. Planen räcker inte för den: fler perioder, fler områden eller ett annat prov behövs, annars går frågan troligen inte att avgöra.
evaluation-power-relevant-none = Om planen räcker för det som betyder något går inte att säga: { $why }.
evaluation-power-false-alarm = Där inget lagts till hittas ändå något i { $percent } procent av försöken (Monte Carlo-fel { $error }; { $trials } försök ger { $low } till { $high } procent). Planens gräns är { $alpha } procent.
evaluation-power-false-alarm-none = Hur ofta provet larmar i onödan går inte att säga: det gav inget svar i något försök.
evaluation-power-found = { $percent } procent (± { $error })
evaluation-power-rests-every = Vart och ett av { $candidates } obehandlade områden har fått stå för det behandlade en gång, och en effekt har lagts till. Inget är draget med lott.
evaluation-power-rests-drawn = { $trials } gånger har { $treated ->
    [one] ett område
   *[other] { $treated } områden
} dragits med lott bland { $candidates } obehandlade, och en effekt har lagts till. Samma frö ger samma svar.
evaluation-power-rests-periods = Bara de { $before } perioderna före { $start } är lästa. De { $after } sista av dem står för tiden efter starten ({ $from ->
    [asked] antalet är angivet
    [window] så många perioder har fönstret från starten
   *[third] inget är angivet, så en tredjedel har tagits
}).
evaluation-power-rests-alike = Antagande: perioderna efter starten blir lika ojämna som de före, och de behandlade är lika lätta att följa som de obehandlade.
evaluation-power-rests-constant = Antagande: effekten är lika stor i varje period och i varje behandlat område. En som växer fram syns senare.
evaluation-power-rests-shorter = I försöken är det { $tried_before } perioder före starten; vid utvärderingen blir det { $before }. Svaret är därför snarare försiktigt.
evaluation-heading-power-curve = Så ofta hittas en effekt
evaluation-heading-power-rests = Svaret vilar på
evaluation-label-seed = Frö
evaluation-why-power-always-refused = metoden gav inget svar i något försök
evaluation-why-power-not-found = inte ens { $largest }, den största som prövats, hittas så ofta
evaluation-why-power-no-relevant = ange den minsta effekt som betyder något med --relevant
evaluation-caution-power-false-alarms = Provet larmar oftare än planens gräns där inget hänt. Det som ser ut att hittas är därför delvis falskt larm; välj ett annat prov eller en annan metod.
evaluation-caution-power-refused = I { $count } försök gav metoden inget svar. De är inte medräknade.
evaluation-caution-power-from-outcomes = Egenskaperna mäts i perioder som försöken inte kan använda. Försöken jämför efter utfallet ensamt.
evaluation-caution-power-perfect-fit = I { $count } försök följer någon jämförelse sitt område till sista siffran före starten: där är perioderna för få mot områdena, och kvoten säger ingenting. Svaret är då sämre än vad planen kommer att klara. Pröva färre perioder efter starten (--periods-after), färre områden (--nearest) eller ett annat prov.
evaluation-caution-power-left-out = { $count ->
    [one] Ett område
   *[other] { $count } områden
} saknar värden före starten och är inte med.

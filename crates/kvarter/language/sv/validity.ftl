# Bevisen: vad som visar att ett villkor är uppfyllt, vad som saknas, vad man bör lägga märke till.
evidence-approved-state = { $body }, { $day }{ $authority ->
        [none] {""}
       *[other] , med stöd av { $authority }
    }{ $paragraph ->
        [none] {""}
       *[other] , { $paragraph }
    }
evidence-approved-municipality = { $body }, { $day }{ $paragraph ->
        [none] {""}
       *[other] , { $paragraph }
    }{ $authority ->
        [none] {""}
       *[other] , med stöd av { $authority }
    }
evidence-signed = Original { $mark }, { $name }, { $place } { $day }
evidence-initialled = Original { $mark }, alla { $pages } sidor, { $day }
evidence-approved-before-signed = { $party ->
        [state] Staten
       *[municipality] Kommunen
    }: godkänt { $decided_on }, undertecknat { $signed_on }
evidence-in-office = { $name }, { $role ->
        [minister] minister
        [chair] ordförande
        [deputy-chair] vice ordförande
       *[other] undertecknare
    } sedan { $from_day }, undertecknade original { $mark } { $day }{ $evidence ->
        [none] {""}
       *[other] . { $evidence }
    }
evidence-returned = Original { $mark } med kopia av beslutet, inkommet { $day }
evidence-reference-quoted = { $quoted } är angivet { $day }; brevet begär { $asked }
evidence-kept = Original { $mark }, { $place }, från { $day }

missing-approved-state = godkännande av regeringen eller den som regeringen har bemyndigat
missing-approved-municipality = kommunstyrelsens beslut
missing-signed-state = statens underskrift på original { $mark }
missing-signed-municipality = kommunens underskrift på original { $mark }
missing-original = original { $mark }
missing-initialled-state = statens signum på sidan { $pages } i original { $mark } ({ $count } av { $of })
missing-initialled-municipality = kommunens signum på sidan { $pages } i original { $mark } ({ $count } av { $of })
missing-approval-came-after = { $party ->
        [state] statens
       *[municipality] kommunens
    } godkännande { $decided_on } kom efter underskriften { $signed_on }
missing-approval-of-signature = { $party ->
        [state] statens
       *[municipality] kommunens
    } underskrift { $signed_on } saknar godkännande
missing-nothing-signed = { $party ->
        [state] statens
       *[municipality] kommunens
    } underskrift
missing-mandate = uppdraget för { $name }
missing-in-office = { $name } hade inte uppdraget när original { $mark } undertecknades { $day } ({ $role ->
        [minister] minister
        [chair] ordförande
        [deputy-chair] vice ordförande
       *[other] annan roll
    } från { $from_day }){ $problem ->
        [deputy-without-evidence] ; beslutet om ersättare saknas
       *[other] {""}
    }{ $evidence ->
        [none] {""}
       *[other] . { $evidence }
    }
missing-returned = ett original med kopia av beslutet, återsänt till departementet
missing-return-not-registered = departementets registrering av original { $mark }, återsänt { $sent_on }
missing-reference-quoted = numret { $asked } vid återsändning
missing-reference-is-another = { $quoted } är angivet i stället för { $asked }; det är ett annat av ärendets nummer ({ $role ->
        [own] kommunens eget
        [counterparty] motpartens
        [offer] erbjudandets
        [decision] beslutets
        [letter] brevets
       *[other] känt i ärendet
    })
missing-reference-is-unknown = { $quoted } är angivet i stället för { $asked }; numret är okänt i ärendet
missing-reference-not-quoted = numret { $asked } är inte angivet
missing-kept = det andra originalet hos kommunen
missing-kept-unsigned = kommunens underskrift på original { $mark }, som kommunen förvarar

remark-minutes-not-adjusted = Det är inte registrerat att protokollet är justerat.
remark-references-conflict = Brevet har numret { $letter }, begär { $asked } vid återsändning och hänvisar till erbjudandet { $offer }. Alla leder till samma ärende.
remark-several-in-office = { $name } var inte ensam i uppdraget { $day }: { $others } hade det också. Se efter vem som skulle underteckna.
remark-another-name-printed = { $name } har undertecknat, men under raden står { $printed }.
in-force-contradicted = Avtalet trädde i kraft { $day }, men det som nu är registrerat visar inte längre att alla villkor var uppfyllda. Det här saknas: { $next }.

# Vad som ska rättas i ett programs filer.
problem-programme-file-missing = Filen saknas. Ett program består av flera filer i samma mapp. Lägg dit den.
problem-programme-file-empty = Filen är tom. Skriv innehållet.
problem-programme-file-not-text = Raden är inte text i UTF-8. Spara filen som UTF-8.
problem-programme-file-too-large = Filen är { $bytes } byte; högst { $most } läses. Dela upp eller korta den.
problem-toml-syntax = Raden går inte att läsa som TOML. Läsaren säger (på engelska): { $detail }. Rätta raden.
problem-field-missing = Fältet { $field } saknas. Lägg till det.
problem-field-wrong-kind = Fältet { $field } ska vara { $expected ->
        [text] text inom citattecken
        [texts] en lista med texter
        [integer] ett heltal
        [integers] en lista med heltal
        [day] en dag utan citattecken, som 2010-12-31
        [table] en tabell
        [tables] en lista med tabeller
       *[text-or-table] text eller en tabell
    } och är { $found ->
        [string] text
        [integer] ett heltal
        [float] ett decimaltal
        [boolean] true eller false
        [datetime] en dag eller tid
        [array] en lista
       *[table] en tabell
    }. Rätta värdet.
problem-field-empty = Fältet { $field } är tomt. Fyll i det.
problem-key-unknown = Nyckeln { $key } finns inte.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    } Kända nycklar: { $known }.
problem-word-unknown = { $written } är inget ord för { $field }.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    } Kända ord: { $known }.
problem-id-malformed = { $id } duger inte som id. Använd små bokstäver, siffror och bindestreck.
problem-duplicate = { $field } { $value } finns redan på { $first }. Varje värde får stå en gång. Ändra ett av dem.
problem-period-ends-before-it-begins = Perioden slutar { $to } innan den börjar { $from }. Rätta en av dagarna.
problem-coverage-without-words = Inga ord är angivna för täckningen. Ange de ord som gör en mening till ett åtagande, som ska och svarar.
problem-clause-not-in-source = { $clause } finns inte i källtexten. Ta bort klausulen, eller lägg till texten.
problem-clause-heading-differs = Rubriken på { $clause } är { $written }, men i källan står { $stands }. Skriv den som i källan.
problem-heading-not-in-contents = Rubriken { $written } på { $clause } står inte i avtalets innehållsförteckning. Skriv den som där.
problem-source-clause-not-in-programme = { $clause } står i källan men inte i programmet. Lägg till klausulen.
problem-source-clause-twice = { $clause } börjar två gånger i källan; första gången på rad { $first }. Ta bort en av dem.
problem-source-text-before-clause = Texten ”{ $text }” står före den första klausulen. Lägg den under en klausul.
problem-source-empty = Källtexten är tom. Lägg in avtalets text.
problem-clause-unknown = Klausulen { $clause } finns inte.{ $known ->
        [none] {""}
       *[other] {" "}De som finns är { $known }.
    } Rätta hänvisningen.
problem-quotation-of-one-municipality = Citatet innehåller { $words }, som bara gäller en kommun. Åtagandet gäller alla. Citera ord som är gemensamma.
problem-quotation-in-another-clause = ”{ $says }” står inte i { $clause } utan i { $elsewhere }. Rätta klausulen.
problem-quotation-differs = Citatet skiljer sig från källan i mening { $sentence }: citerat ”{ $quoted }”, i källan ”{ $stands }”. Meningen lyder: { $text } Citera ordagrant.
problem-quotation-not-in-source = ”{ $says }” står inte i { $clause }. Citera ordagrant ur källan.
problem-day-outside-period = { $day } ligger utanför perioden { $from } till { $to }. Rätta regeln.
problem-day-not-in-every-year = { $day } finns inte år { $year }. Välj en dag som finns varje år.
problem-setting-without-day = { $field } har ingen verkan för regeln { $due }, som inte ger någon dag. Ta bort fältet.
problem-obligation-waits-for-itself = Åtagandet väntar på sig självt: { $ring }. Händelsen { $event } kan aldrig inträffa först. Bryt ringen.
problem-owed-to-oneself = { $bound } kan inte vara skyldig { $towards }: det är samma part. Rätta en av dem.
problem-reference-not-in-source = Numret { $number } står inte i källan. Skriv det som det står där, eller ta bort det.
problem-municipality-not-on-list = { $municipality } finns inte i recipients.csv. Lägg till kommunen, eller rätta koden.
problem-validity-missing = Programmet säger inte när avtalet är giltigt. Lägg till bevisträden.
problem-validity-without-leaves = Bevisträdet { $tree } har inga villkor. Lägg till minst ett.
problem-tree-unknown = Bevisträdet { $tree } finns inte. De som finns är { $known }.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    }
problem-tree-includes-itself = Bevisträdet { $tree } innehåller sig självt. Ta bort hänvisningen.
problem-originals-not-two = Antalet original är { $copies }; följebrevet talar om två. Ange två.
problem-signing-order-incomplete = Ordningen för signering nämner inte { $party }. Båda parter undertecknar. Lägg till parten.
problem-signatory-not-one = { $found } undertecknare är angivna för { $party }. Ange en.
problem-number-to-quote-differs = Numret att ange är { $written }, men bland numren står { $reference }. Skriv samma på båda ställena.
problem-recipient-not-in-source = { $name } står inte på källans sändlista.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    } Skriv namnet som det står där.
problem-recipient-missing = { $name } står på källans sändlista men inte i recipients.csv. Lägg till kommunen.
problem-recipient-twice = { $code } står två gånger; första gången på rad { $first }. Ta bort en av dem.
problem-pattern-lacks-part = Mönstret saknar { $part }. Lägg till det.
problem-hole-not-in-agreement = { $words } står inte i avtalets text. Ange orden som de står där.
problem-party-not-on-list = { $name } är ingen känd part. Lägg till namnet i recipients.csv.
problem-district-not-in-source = { $words } står i listan men inte i källan. Rätta listan.
problem-district-not-on-list = { $words } står i källan men inte i listan. Lägg till stadsdelen.
problem-days-out-of-range = { $days } dagar är utanför det tillåtna. Ange mellan 0 och 366.
problem-reminder-twice = Påminnelsen { $days } dagar före står två gånger. Ta bort en av dem.
problem-sentence-uncovered = Meningen { $sentence } innehåller { $words } men är inte åtagande, tillåtelse, avsikt eller förklaring: ”{ $text }”. Märk den.
problem-month-day-malformed = { $written } är ingen dag på året. Skriv som MM-DD, till exempel 10-01.
problem-due-rule-unknown = Regeln för dagen är okänd. Kända regler: { $known }.
problem-municipality-code-malformed = { $code } för { $name } är ingen kommunkod. En kommunkod har fyra siffror, och de två första är ett läns: 01 till 25. Rätta koden.
problem-name-of-two-municipalities = Namnet { $name } används av både { $code } och { $other }. Ett namn ska leda till en kommun. Ändra ett av dem.
problem-code-system-unknown = Kodsystemet { $system } är okänt. Kända system: { $known }.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    }
problem-district-name-duplicate = Namnet { $name } finns redan på rad { $first }. Varje stadsdel i kommunen har ett eget namn. Rätta ett av dem.
problem-list-heading-differs = Första raden är { $found } men ska vara { $expected }. Rätta rubrikraden.
problem-list-row-differs = Raden har { $found } fält men ska ha { $expected }: { $columns }. Rätta raden.
problem-more-problems = Det finns { $more } fel till. Rätta de här först.

## Mallar
problem-template-departs = { $source ->
        [none] Mallen har ”{ $template }”, som inte står i källan
       *[other] { $template ->
            [none] Mallen saknar ”{ $source }”
           *[other] Mallen har ”{ $template }”, men källan har ”{ $source }”
        }
    }{ $before ->
        [none] {""}
       *[other] {" "}(efter ”{ $before }”)
    }. Det som undertecknas ska lyda som källan, ord för ord. Rätta mallen.
problem-template-cannot-be-set = Mallen går inte att sätta. Sättaren säger (på engelska): { $detail }. Rätta raden.
problem-template-hole-unknown = Mallen har en plats att fylla i, { $name }, som inte är känd. Ta bort den.
problem-template-without-words = Mallen ger ett dokument utan ord. Lägg in texten.
problem-day-quoted-and-not-given = Citatet nämner { $quoted }, men regeln ger { $gives ->
        [standing] ingen dag (fortlöpande)
        [undated] ingen dag
        [after] ingen dag (efter en händelse)
        [before-validity] ingen dag (villkor för giltighet)
        [each-year] årets sista dag
       *[other] { $gives }
    }. Rätta regeln, eller citera färre ord.

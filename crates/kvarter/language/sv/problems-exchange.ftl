# Vad som ska rättas i en plan som läses in från en fil. Platsen, blad och cell eller rad, visas bredvid av sidan.

## Filen
problem-exchange-too-large = Filen är { $bytes } byte; högst { $most } läses. Ta bort bilder och blad som inte hör till planen, eller dela upp filen.
problem-exchange-unpacks-too-large = Filen är packad och blir större än { $most } byte när den packas upp. Så mycket läses inte. Spara innehållet i en ny fil.
problem-exchange-asks-too-much = Filen har fler delar än vad som läses. Kopiera det som hör till planen till en ny fil.
problem-exchange-unreadable = Filen går inte att läsa. Den är skadad, eller är inte den sorts fil den ser ut att vara. Spara den på nytt som .xlsx eller .docx.
problem-exchange-old-or-locked = Filen är i ett äldre format eller låst med lösenord. Spara den utan lösenord som .xlsx eller .docx.
problem-exchange-with-macros = Filen innehåller makron. Sådana filer läses inte. Spara den som .xlsx eller .docx utan makron.
problem-exchange-with-entities = Filen innehåller en dokumenttyp eller egna entiteter, som inga kalkylblad eller textdokument behöver. Sådana filer läses inte. Spara den på nytt.
problem-exchange-no-document = Filen är inget textdokument. Välj en fil som är sparad som .docx.
problem-exchange-no-workbook = Filen är inget kalkylblad. Välj en fil som är sparad som .xlsx.
problem-exchange-nothing-found = Ingen av planens rubriker finns i filen. Hämta planen som fil och utgå från den. Den första rubriken är { $known }.
problem-exchange-more-problems = Det finns { $more } fel till. Rätta dem som visas och läs in filen igen.

## Rubriker och fält
problem-exchange-heading-unknown = Rubriken { $heading } finns inte i planen.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    } Rubriker som finns här: { $known }.
problem-exchange-heading-twice = Rubriken { $heading } finns redan ({ $first }). Varje rubrik får stå en gång. Lägg ihop dem.
problem-exchange-field-unknown = Fältet { $label } finns inte här.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    } Fält som finns här: { $known }.
problem-exchange-field-twice = Fältet { $label } är redan ifyllt ({ $first }). Varje fält får stå en gång. Ta bort ett av dem.
problem-exchange-id-malformed = Rubriken { $heading } är inget id. Skriv ett id, till exempel g1 för ett mål, eller ny för det som är nytt.
problem-exchange-id-twice = { $id } finns redan ({ $first }). Varje id får stå en gång. Är det något nytt, skriv ny.
problem-exchange-text-without-place = Texten ”{ $text }” hör inte till något fält eller någon rubrik. Lägg den under en rubrik, eller i ett fält.
problem-exchange-text-too-long = { $label } har { $length } tecken; högst { $most } får plats. Korta texten.

## Värden
problem-exchange-word-unknown = { $label } kan inte vara ”{ $written }”. Välj ett av: { $known }.
problem-exchange-no-number = { $label } ska vara ett tal och är ”{ $written }”. Skriv talet utan enhet, till exempel 52,1.
problem-exchange-no-day = { $label } ska vara en dag och är ”{ $written }”. Skriv som ÅÅÅÅ-MM-DD, till exempel 2010-12-31.
problem-exchange-no-period = { $label } ska vara en tid och är ”{ $written }”. Skriv 2006, 2006-06 eller 2005–2007.
problem-exchange-no-year = { $label } ska vara ett år och är ”{ $written }”. Skriv året med fyra siffror.
problem-exchange-no-milestones = { $label } går inte att läsa: ”{ $written }”. Skriv dag och värde med semikolon mellan: 2009-06-30: 53,5; 2009-12-31: 54.
problem-exchange-base-without-value = Målet { $goal } har uppgifter om basvärdet men inget basvärde. Skriv värdet, eller ta bort uppgifterna.

## Kalkylbladet
problem-exchange-sheet-missing = Bladet { $sheet } saknas eller är dolt. Synliga blad är: { $known }. Lägg till bladet, eller hämta en ny fil och utgå från den.
problem-exchange-sheet-empty = Bladet är tomt. Första raden ska ha kolumnernas namn.
problem-exchange-sheet-hidden = Bladet { $sheet } är dolt och lästes inte.
problem-exchange-rows-hidden = { $rows ->
        [one] En dold rad
       *[other] { $rows } dolda rader
    } i bladet { $sheet } lästes inte.
problem-exchange-percent = Talet visas som procent och lästes som { $value }.
problem-exchange-column-missing = Kolumnen { $label } saknas. Lägg till den; den får vara tom.
problem-exchange-column-unknown = Kolumnen { $label } finns inte.{ $nearest ->
        [none] {""}
       *[other] {" "}Närmast ligger { $nearest }.
    } Rätta namnet, eller ta bort kolumnen.
problem-exchange-column-twice = Kolumnen { $label } finns två gånger. Ta bort den ena.
problem-exchange-column-unnamed = Kolumnens namn är inte text. Skriv ett av namnen, eller ta bort kolumnen.
problem-exchange-merged = Cellerna { $range } är sammanslagna, så det går inte att veta vilken rad innehållet hör till. Dela upp dem.
problem-exchange-formula = Cellen { $cell } innehåller en formel, och formler räknas inte här. Klistra in värdet i stället.
problem-exchange-cell-error = { $label } visar felet { $written }. Rätta cellen, eller töm den.
problem-exchange-cell-kind = { $label } ska vara { $expected ->
        [number] ett tal
        [day] en dag, som 2010-12-31
        [year] ett år
        [period] en tid, som 2006 eller 2005–2007
       *[text] text
    } och är { $found ->
        [text] texten ”{ $written }”
        [number] talet { $written }
        [day] dagen { $written }
       *[other] något annat
    }. Rätta cellen; ställ in formatet på text om kalkylprogrammet ändrar det du skriver.
problem-exchange-id-unknown = { $id ->
        [none] Id:t är inte text.
       *[other] { $id } finns inte i planen.
    } Låt id:n stå som de är. En ny rad lämnas utan id, eller får ny1, ny2 och så vidare.
problem-exchange-goal-unknown = Målet { $goal } finns varken i planen eller i filen. Rätta id:t, eller lägg till målet.
problem-exchange-too-many-rows = Bladet har fler än { $most } rader. Så många läses inte. Ta bort det som står längst ner.

# Vad som ska rättas: vad som är så, varför (regeln), och vad man gör. Klausulen visas bredvid av sidan.

## Dagar och fält
problem-day-missing = Dagen saknas. Skriv den som ÅÅÅÅ-MM-DD, till exempel 2008-10-15.
problem-day-impossible = { $written } är ingen dag. Skriv som ÅÅÅÅ-MM-DD, till exempel 2008-10-15.
problem-day-in-the-future = { $day } har inte kommit än: i dag är det { $today }, och bara det som har hänt kan registreras. Rätta dagen.
problem-text-cannot-be-kept = Texten innehåller tecken som inte kan sparas. Ta bort dem och försök igen.
problem-choice-missing = Inget är valt. Välj ett av alternativen.
problem-choice-impossible = Valet finns inte. Välj ett av alternativen i formuläret.
problem-statement-missing = Intyget är inte ikryssat. Det som registreras ska vara intygat av den som har sett det. Kryssa i rutan om det stämmer.

## Utfärdande och avsändning
problem-letter-without-reference = Brevets diarienummer saknas. En handling som skickas ut ska ha ett nummer i registret. Ange numret.
problem-offer-without-reference = Erbjudandets diarienummer saknas. Brevet hänvisar till regeringens erbjudande med dess nummer. Ange numret.
problem-letter-without-number-to-quote = Numret som ska anges vid återsändning saknas. Brevet begär att kommunen anger det. Ange numret.
problem-state-without-signatory = Namnet på statens underskriftsrad saknas. Det står i avtalets text. Ange namnet.
problem-letter-without-officer = Handläggarens namn saknas. Det står i brevets huvud. Ange namnet.
problem-municipality-not-on-send-list = { $municipality } finns inte på sändlistan. Avtalen utfärdas till kommunerna på programmets sändlista. Välj en av dem.
problem-municipality-without-district-codes = { $municipality } har inga stadsdelar med kod, och utan koder omfattar ett avtal ingenting (§ 2). Registrera dem först med en lista.
problem-nothing-to-issue = Det finns inget att utfärda: alla som är valda har redan sitt avtal. Välj någon annan kommun, eller gå tillbaka till tavlan.
problem-already-sent = Avtalet är redan skickat. Det skickas en gång. Gå till tavlan och se när.
problem-no-covering-letter = Avtalet har inget följebrev. Originalen skickas med brevet. Utfärda avtalet först.
problem-sent-before-dated = Avtalet kan inte ha skickats { $day }: brevet är daterat { $dated }. Rätta dagen.
problem-not-yet-sent = Avtalet är inte avsänt. Det som inte har skickats kan inte ha kommit in. Vänta tills departementet har registrerat avsändningen.
problem-received-before-sent = { $day } är före avsändningen { $sent_on }. Det som tas emot har skickats först. Rätta dagen.
problem-already-received = Avtalet är redan registrerat som inkommet. Numret står på avtalets sida.
problem-not-yet-received = Avtalet är inte registrerat som inkommet. Kommunen beslutar om det som har kommit in. Registrera mottagandet först.
problem-no-matter-yet = Organisationen har inget ärende om avtalet än. Varje handling registreras i ett ärende. Registrera först att avtalet har kommit in.

## Godkännande
problem-approval-without-body = Organet som beslutade saknas. Avtalet ska godkännas av kommunstyrelsen, och av regeringen eller den som regeringen har bemyndigat. Ange organet.
problem-already-approved = Den här parten har redan godkänt avtalet. Ett godkännande räcker. Beslutet står på avtalets sida.
problem-approval-without-paragraph = Paragrafen i protokollet saknas. Beslutet ska gå att hitta. Ange paragrafen, till exempel § 12.
problem-approval-without-copy = Kopian av beslutet saknas. Originalet ska återsändas tillsammans med en kopia av kommunstyrelsens beslut. Välj filen.
problem-minutes-adjusted-before-decision = Protokollet kan inte ha justerats { $day }: beslutet fattades { $decided_on }. Rätta en av dagarna.
problem-approved-before-issued = Beslutet kan inte ha fattats { $day }: avtalet utfärdades { $issued_on }. Rätta dagen.
problem-approved-after-signature = Beslutet { $day } är senare än underskriften { $signed_on }. Avtalen ska undertecknas efter godkännande. Rätta dagen, eller se efter vilket beslut underskriften vilar på.
problem-approval-by-other-body-municipality = { $body } är inte kommunstyrelsen, som ska godkänna avtalet. Har kommunstyrelsen delegerat beslutet, ange delegationen. Annars: registrera kommunstyrelsens eget beslut.
problem-approval-by-other-body-state = { $body } är inte regeringen. Den som regeringen har bemyndigat kan godkänna; ange då bemyndigandet.

## Signering
problem-no-such-original = Det finns inget original { $mark }. Avtalet har två original, A och B. Välj ett av dem.
problem-no-such-mandate = Undertecknaren är inte vald, eller har inget uppdrag här. Välj den som har skrivit under.
problem-nothing-attested = Inget är ikryssat. Kryssa i de sidor som bär signum, eller underskriften.
problem-no-such-page = Sidan { $pages } finns inte: originalet har { $last } sidor. Välj bland dem.
problem-already-initialled = Signum på sidan { $pages } i original { $mark } är redan intygat. Lämna de sidorna.
problem-already-signed = Original { $mark } är redan undertecknat av parten. Lämna underskriften.
problem-signature-without-place = Orten vid underskriften saknas. Raden i avtalet har ort och dag. Ange orten som den står på papperet.
problem-signature-before-approval = Underskriften kan inte registreras än: { $party ->
        [state] statens godkännande
       *[municipality] kommunstyrelsens beslut
    } är inte registrerat. Avtalen ska undertecknas efter godkännande. Registrera godkännandet först.
problem-signed-before-decision = { $day } är före beslutet { $decided_on }. Avtalen ska undertecknas efter godkännande. Rätta dagen som står vid underskriften.
problem-state-has-not-signed = Staten har inte undertecknat original { $mark }. Departementet skriver under innan avtalet skickas. Registrera statens underskrift först.
problem-state-has-not-initialled = Statens signum saknas på sidan { $pages } i original { $mark }. Brevet säger att departementets signum finns på respektive sida. Registrera statens signum först.
problem-signatory-of-another-organisation = { $name } har sitt uppdrag i en annan organisation. Varje part undertecknar genom sin egen. Välj en annan undertecknare.
problem-signatory-not-authorised = { $name } har ett uppdrag som inte ger rätt att underteckna. För kommunen undertecknar kommunstyrelsens ordförande, för staten ministern. Välj en annan undertecknare.
problem-deputy-without-evidence = { $name } är ersättare, och inget visar att ersättaren får underteckna i ordförandens ställe. Lägg in uppdraget med beslutet som visar det.
problem-signatory-no-longer-in-office = { $name } hade inte längre uppdraget { $day }: det slutade { $last_day }. Den som undertecknar ska ha uppdraget den dagen. Rätta dagen, eller välj den som hade uppdraget.
problem-signatory-not-yet-in-office = { $name } hade inte uppdraget än { $day }: det började { $first_day }. Den som undertecknar ska ha uppdraget den dagen. Rätta dagen, eller välj den som hade uppdraget.
problem-scan-of-other-length = Skanningen har { $pages } sidor och originalet { $of }. Hela originalet ska synas. Skanna alla sidor, eller ladda upp en sida i taget som bild.

## Återsändning och förvaring
problem-return-without-decision = Kopian av beslutet är inte med. Originalet ska returneras tillsammans med en kopia av kommunstyrelsens beslut. Kryssa i att kopian är bifogad, och registrera beslutet med kopia om det inte är gjort.
problem-already-sent-back = Original { $mark } är redan återsänt. Dagen och numret står på avtalets sida.
problem-other-original-sent-back = Det andra originalet är redan återsänt. Ett returneras och det andra behålls av kommunen. Behåll det här.
problem-return-before-signature = Original { $mark } är inte undertecknat av kommunen. Det returneras undertecknat och signerat. Registrera underskriften först.
problem-returned-before-signed = { $day } är före underskriften { $signed_on }. Originalet returneras undertecknat. Rätta dagen.
problem-return-before-initials = Kommunens signum saknas på sidan { $pages } i original { $mark }. Samtliga sidor ska signeras innan originalet returneras. Registrera signum först.
problem-not-yet-sent-back = Original { $mark } är inte registrerat som återsänt. Vänta tills kommunen har registrerat återsändningen, eller fråga kommunens registrator.
problem-already-returned = Original { $mark } är redan registrerat som återkommet. Numret står på avtalets sida.
problem-custody-without-place = Platsen saknas. Ange var originalet förvaras: arkiv, serie eller hylla.
problem-kept-original-was-sent-back = Original { $mark } är återsänt, och kan inte förvaras hos kommunen. Det andra exemplaret ska behållas. Välj det andra originalet.
problem-kept-original-was-sent = Original { $mark } är skickat till kommunen och inte registrerat som återkommet. Registrera återkomsten först.
problem-kept-before-it-came = Originalet kan inte ha förvarats från { $day }: det fanns här tidigast { $since }. Rätta dagen.
problem-already-kept = Original { $mark } förvaras redan här sedan { $from_day }: { $place }. Är det flyttat, ange den nya platsen och en senare dag.

## Åtaganden
problem-discharge-by-someone-else = Åtagandet är { $debtor ->
        [state] statens
        [both] båda parternas
       *[municipality] kommunens
    }, och kan bara redovisas av den som svarar för det. Logga in för den parten.
problem-discharge-shows-nothing = Inget visar vad som är gjort. Lägg till en handling, en webbadress eller en mening om vad som gjordes.
problem-not-a-web-address = { $link } är ingen webbadress. Skriv den med https:// först.
problem-act-before-its-cause = Det som utlöste åtagandet har en senare dag än handlingen. Orsaken kommer först. Rätta en av dagarna.
problem-extension-by-debtor = Den som är skyldig kan inte bevilja sig själv anstånd. Motparten beslutar.
problem-extension-of-met-duty = Åtagandet är redan uppfyllt, så dagen kan inte flyttas.
problem-extension-without-day = Åtagandet har ingen sista dag att flytta. Om texten inte anger någon dag kan parterna komma överens om en.
problem-extension-not-later = Den nya sista dagen { $until } är inte senare än { $last_day }. Ett anstånd ger längre tid. Välj en senare dag.
problem-agreed-day-where-text-decides = Texten bestämmer redan dagen. En överenskommen dag kan bara anges där texten inte nämner någon. För att flytta en sista dag, bevilja anstånd.
problem-discharge-without-document = Handlingen saknas. Det som avtalet säger ska lämnas redovisas med själva handlingen. Välj filen.
problem-discharge-without-link = Webbadressen saknas. Åtagandet gäller en webbadress, och uppfylls med den. Skriv adressen med https:// först.
problem-discharge-by-words-alone = Några ord räcker inte: åtagandet uppfylls en gång, och det ska gå att visa. Lägg till en handling eller en webbadress.
problem-discharge-before-in-force = { $day } är före { $in_force }, då avtalet trädde i kraft. Det som gjordes dessförinnan uppfyller inget åtagande. Rätta dagen.
problem-discharge-before-issued = { $day } är före { $in_force }, då avtalet utfärdades. Rätta dagen.
problem-discharge-before-its-year = Åtagandet gäller år { $year }, och { $day } är ett tidigare år. Varje års åtagande uppfylls i sitt år. Välj rätt års åtagande, eller rätta dagen.
problem-handed-over-when-received = Det som lämnas över räknas från den dag det tas emot. Det registreras här i dag, { $today }, och den dagen gäller. Kom handlingen in på papper { $day } kan mottagarens registrator intyga det.
problem-received-before-written = Handlingen kan inte ha kommit in { $day }: den är daterad { $dated }. Rätta en av dagarna.
problem-decided-before-in-force = Dagen { $day } är före { $in_force }, då avtalet trädde i kraft. Dessförinnan fanns inget att besluta om. Rätta dagen.
problem-day-too-far-off = { $day } ligger för långt fram. En sista dag kan läggas högst ett år efter programmets slut, { $furthest }. Välj en tidigare dag.
problem-extension-of-shared-duty = Åtagandet är statens mot alla kommuner i programmet. Ingen av dem kan ensam flytta dagen.
problem-day-agreed-already = Parterna har redan avtalat { $last_day }. Den dagen flyttas bara genom anstånd, av motparten.
problem-day-agreed-by-you-already = Ni har redan registrerat { $day }. Dagen gäller när motparten har registrerat samma dag.
problem-agreed-day-passed = { $day } hade redan passerat { $agreed_on }, då parterna kom överens. Välj en dag som ligger framåt.
problem-correction-without-reason = Skälet saknas. Den som läser ska förstå vad som var fel. Skriv en mening.
problem-correction-of-condition = Det som prövades när avtalet trädde i kraft rättas inte här: åtagandena vilar på det.
problem-correction-when-in-force = Avtalet är i kraft sedan { $day }, och åtagandena vilar på godkännandet. Det rättas inte längre här; registrera i stället en handling om felet i diariet.

## Diariet
problem-record-without-number = Diarienumret saknas. Varje handling ska ha ett nummer i registret. Ange ärendets nummer.
problem-record-without-subject = Det står inte vad handlingen rör. Registret ska i korthet säga det. Skriv en rad.
problem-record-without-counterpart = Avsändare eller mottagare saknas. Registret ska säga från vem handlingen kom eller till vem den skickades. Ange namnet.
problem-record-dated-after-received = Handlingen är daterad efter { $day }, då den kom in eller upprättades. Rätta en av dagarna.
problem-secrecy-without-provision = Bestämmelsen saknas. En sekretessmarkering ska säga vilken bestämmelse den gäller. Ange den, till exempel OSL 21 kap. 7 §.
problem-secrecy-separates-nothing = Inget är avskilt. En markering säger vilka uppgifter som hålls avskilda. Kryssa i minst en, eller häv markeringen.
problem-no-such-agreement = Det finns inget avtal { $id } som rör den egna organisationen. Välj ett avtal i listan, eller inget.

## Uppladdningar
problem-upload-empty = Filen är tom, eller ingen fil är vald. Välj filen igen.
problem-upload-too-large = Filen är för stor: högst { $megabytes_max } MB tas emot. Skanna med lägre upplösning, eller dela upp filen.
problem-upload-of-unknown-kind = { $name } är varken PDF eller bild av en sida. PDF, PNG, JPEG och TIFF tas emot. Spara om filen i ett av formaten och välj den igen.
problem-upload-damaged = { $name } går inte att läsa: filen är skadad eller ofullständig. Skapa den på nytt och välj den igen.
problem-upload-too-many-pages = { $name } har fler sidor än vad som tas emot. Dela upp filen.
problem-upload-encrypted = { $name } är skyddad med lösenord. Det som registreras ska gå att läsa. Spara filen utan skydd och välj den igen.

## Listor över stadsdelar
problem-list-too-large = Listan är för stor. Dela upp den.
problem-list-not-text = Listan är inte text i UTF-8. Spara den som CSV (UTF-8) och välj den igen.
problem-list-without-columns = Listans första rad ska heta { $columns }, med komma eller semikolon emellan. Lägg till rubrikraden och välj filen igen.
problem-list-row-unreadable = Raden går inte att läsa som CSV. Se efter att citattecken är stängda.
problem-list-empty = Listan har inga rader. Lägg till stadsdelarna och välj filen igen.
problem-no-such-organisation = Det finns ingen organisation som heter { $name }. Skriv kommunens kod, eller namnet som det står på sändlistan.
problem-district-without-name = Stadsdelen { $code } saknar namn. Avtalet räknar upp stadsdelarna med namn och kod. Ange namnet.
problem-district-code-malformed = { $code } är ingen kod för { $name }. { $system ->
        [deso-2018] En DeSO-kod är som 0180C1010
        [deso-2025] En DeSO-kod är som 0180C1010, med eller utan _DeSO2025
        [regso-2020] En RegSO-kod är som 0180R036
        [regso-2025] En RegSO-kod är som 0180R036, med eller utan _RegSO2025
       *[sams] En SAMS-kod har åtta siffror
    }. Rätta koden.
problem-district-code-wrong-municipality = Koden { $code } för { $name } hör inte till kommunen. Koden börjar med kommunens egen, { $municipality }. Rätta koden.
problem-district-code-duplicate = Koden { $code } för { $name } finns redan i listan. Varje stadsdel har en egen kod. Rätta en av dem.
problem-district-code-registered-otherwise = Koden { $code } är redan registrerad med ett annat namn. En registrerad kod skrivs inte över. Rätta koden eller namnet.

## Personer och inloggning
problem-sign-in-failed = Namnet och lösenordet hör inte ihop. Försök igen.
problem-sign-in-too-many = För många försök. Vänta en kvart och försök igen.
problem-sign-in-without-mandate = Inget uppdrag gäller i dag, så det finns inget att göra inloggad. Tala med organisationens administratör.
problem-person-without-name = Namnet saknas. Det står vid underskrifter och i registret. Ange för- och efternamn.
problem-mandate-ends-before-it-begins = Uppdraget kan inte sluta innan det har börjat. Rätta en av dagarna.
problem-mandate-ended-already = Uppdraget har redan slutat den dagen eller tidigare. Inget behöver göras.
problem-mandate-ends-before-act = Uppdraget kan inte sluta { $day }: så sent som { $last } undertecknade eller signerade { $name } ett avtal med stöd av det. Ange den dagen eller en senare.
problem-login-empty = Inloggningsnamnet saknas. Ange ett, eller lämna både namn och lösenord tomma.
problem-login-taken = Inloggningsnamnet { $login } är upptaget. Välj ett annat.
problem-password-too-short = Lösenordet är för kort: det ska ha minst { $min } tecken. Ta gärna några ord i rad.
problem-password-too-easy = Lösenordet är för lätt att gissa: det liknar namnet. Välj ett annat.
problem-role-of-other-kind-of-organisation = Rollen finns inte i den sortens organisation. Välj en annan roll.
problem-orgnr-malformed = { $orgnr } är inget organisationsnummer. Skriv det som NNNNNN-NNNN.
problem-orgnr-check-digit = { $orgnr } har fel kontrollsiffra. Se efter mot källan.

## Övrigt
problem-in-force-after-period = { $day } är efter programmets sista dag { $last_day }. Välj en dag i perioden.
problem-no-such-programme = Det finns inget program { $programme }. De som följer med är { $shipped }. Ange ett av dem, eller en mapp.
problem-clock-before-last-event = Dagen kan inte sättas till { $day }: något är redan registrerat en senare dag. Välj en senare dag.
problem-upload-missing = Ingen fil är vald. Välj minst en PDF att kontrollera.

# Underskrift med nyckel.
problem-original-is-electronic = Avtalet är en fil som undertecknas med nyckel. Det kan inte intygas som papper. Den som ska underteckna gör det själv i signeringsrummet.
problem-original-is-paper = Avtalet är utfärdat på papper. Det kan inte undertecknas med nyckel. Registratorn intygar det som papperet bär.
problem-pages-not-initialled = Följebrevet kräver signum på samtliga sidor. Sida { $pages } är inte signerad. Signera den först.
problem-no-keys-here = I den här installationen finns inga nycklar, så { $name } kan inte underteckna elektroniskt. Den som driver installationen ställer in det.
problem-key-missing = Det finns ingen nyckel för { $name }. Den som driver installationen lägger in den.
problem-key-passphrase-wrong = Lösenfrasen öppnar inte nyckeln för { $name }. Skriv den en gång till.
problem-key-of-another-certificate = Nyckeln för { $name } hör inte till certifikatet i samma fil. Be om en ny nyckelfil.
problem-key-unusable = Nyckeln kunde inte användas: { $cause }
problem-key-names-another = Nyckelns certifikat är utfärdat för { $named }, inte för { $name }. Var och en undertecknar med sin egen nyckel.
problem-certificate-not-valid = Certifikatet för { $name } gäller från { $from_day } till { $to_day }, inte i dag. Skaffa ett nytt certifikat.
problem-anchor-unreadable = Filen bland de betrodda certifikaten går inte att läsa som certifikat.
problem-package-broken = Paketet som kom tillbaka är inte helt: en fil i det är utbytt eller saknas, eller så håller inte tidsstämpeln. Be kommunen skicka det igen.
problem-package-unreadable = Filen börjar som ett paket men går inte att öppna. Be om den en gång till.
problem-package-of-another-agreement = Avtalet i paketet är inte det här avtalets fil. Följebrevet begär att kommunens eget avtal skickas tillbaka. Be kommunen skicka rätt fil.
problem-package-without-decision = Paketet innehåller inte den kopia av kommunstyrelsens beslut som är registrerad. Följebrevet begär kopian. Be kommunen skicka den.
problem-in-force-before-period = { $day } är före programmets första dag { $first_day }. Välj en dag i perioden.
problem-demo-until-before-beginning = { $day } är före ärendets första dag { $first_day }. Välj den dagen eller en senare.
problem-filter-unknown = { $name }={ $written } finns inte att välja. Välj bland: { $known }.

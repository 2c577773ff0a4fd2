# Vad som ska rättas i partnerskapet: vad som är så, varför, och vad man gör.
problem-partnership-without-agreement = Avtalet gäller inte än. Partnerskapet bildas enligt ett avtal som är i kraft (§ 3). Vänta tills båda parternas godkännanden och originalen är på plats.
problem-partnership-before-in-force = { $day } är innan avtalet trädde i kraft { $in_force }. Det som görs i partnerskapet görs enligt avtalet. Rätta dagen.

## Parter
problem-partner-name-missing = Namnet saknas. En part går under sitt namn. Skriv organisationens namn.
problem-partner-name-unreadable = { $name } har varken bokstäver eller siffror. Skriv organisationens namn.
problem-partner-twice = { $name } finns redan bland parterna. Varje part läggs upp en gång. Välj den i listan i stället.
problem-partner-orgnr-twice = { $name } har redan organisationsnumret { $orgnr }. Två parter har aldrig samma nummer. Rätta numret, eller välj parten i listan.
problem-partner-organisation-twice = { $name } är redan knuten till den organisationen. Välj parten i listan i stället.
problem-required-partner-unknown = { $written } finns inte bland de myndigheter som programmet räknar upp. Välj en av dem, eller ingen.
problem-organisation-unknown = { $written } är ingen myndighet som är upplagd här. Välj en i listan, eller låt fältet vara tomt.
problem-organisation-name-missing = Namnet saknas. Skriv myndighetens namn.
problem-organisation-twice = { $name } är redan upplagd. Gå till listan över organisationer.
problem-mandate-without-decision = Beslutet saknas. Den som ingår på uppdrag gör det enligt regeringens beslut (§ 3). Ange beslutets diarienummer, eller välj att parten ingår frivilligt.
problem-partner-already-in = { $name } är redan med i partnerskapet från { $from }{ $last ->
        [none] {""}
       *[other] {" till "}{ $last }
    }. Ska formen ändras: registrera först att parten lämnar, och sedan att den ansluter från dagen därpå.
problem-partner-not-in = Parten är inte med i partnerskapet, och kan därför inte lämna det. Välj en annan part.
problem-partner-has-left = { $name } har redan lämnat partnerskapet; sista dagen var { $last }.
problem-departure-before-joining = { $day } är före den första dagen { $from }. Rätta dagen.

## Inbjudningar
problem-invited-is-in = { $name } är redan med sedan { $from }. Den som är med behöver inte bjudas in.
problem-invitation-waits = { $name } har en inbjudan från { $day } som inte är besvarad. Registrera svaret på den först.
problem-invitation-answered = Inbjudan besvarades { $day }. Bjud in på nytt om något har ändrats.
problem-answer-before-invitation = { $day } är före inbjudan { $invited }. Rätta dagen.

## Arbete
problem-description-missing = Beskrivningen saknas. Beskriv styrning, arbetsgrupper och hur arbetet hänger ihop med den ordinarie organisationen.
problem-group-name-missing = Namnet saknas. Ge arbetsgruppen ett namn.
problem-group-twice = Det finns redan en arbetsgrupp som heter { $name }. Välj ett annat namn.
problem-group-unknown = Arbetsgruppen finns inte. Välj en i listan.
problem-partner-in-group = { $name } är redan med i arbetsgruppen.
problem-present-not-in = { $name } var inte med i partnerskapet { $day }. Bara den som är med kan räknas in. Rätta dagen, eller ta bort parten.
problem-meeting-before-group = { $day } är innan arbetsgruppen bildades { $from }. Rätta dagen.
problem-meeting-without-partners = Ingen är ikryssad. Ett möte i partnerskapet har minst en part utöver kommunen. Kryssa i dem som var med.
problem-decision-without-number = Ett beslut saknar paragraf. Besluten ska gå att hitta i protokollet. Börja raden med paragrafen, till exempel ”§ 3 Planen antas.”
problem-decision-without-words = Ett beslut har en paragraf men inga ord. Skriv vad som beslutades.
problem-decision-number-twice = Paragrafen { $number } står två gånger. Rätta en av dem.
problem-counterpart-missing = Motparten saknas. Ange den regionala aktören, fonden eller parten.
problem-outcome-missing = Resultatet saknas. Skriv kort vad samrådet ledde till.

## Dialog med de boende
problem-district-outside-agreement = { $district } är ingen stadsdel i avtalet. Välj en av avtalets stadsdelar.
problem-dialogue-form-missing = Formen saknas. Skriv hur dialogen fördes, till exempel öppet möte eller vandring.
problem-dialogue-theme-missing = Temat saknas. Skriv vad dialogen handlade om.
problem-dialogue-said-missing = Det som sades saknas. Skriv vad de boende framförde, utan att peka ut någon.
problem-response-missing = Svaret saknas. Skriv vad som gjordes, eller varför det inte gjordes.
problem-response-before-dialogue = { $day } är före dialogen { $held }. Rätta dagen.
problem-count-impossible = { $count } är inget antal deltagare. Skriv ett heltal, eller låt fältet vara tomt.
problem-personal-identity-number = Texten innehåller något som ser ut som ett personnummer. Det som står här är offentligt och får inte peka ut någon. Ta bort numret.
problem-personal-mail-address = Texten innehåller en e-postadress. Det som står här är offentligt och får inte peka ut någon. Ta bort adressen.
problem-personal-telephone-number = Texten innehåller något som ser ut som ett telefonnummer. Det som står här är offentligt och får inte peka ut någon. Ta bort numret.

## Behov
problem-need-without-address = Mottagaren saknas. Ange till vilket departement eller vilken myndighet behovet riktas.
problem-need-without-words = Behovet saknas. Skriv vad som behövs och varför.
problem-answer-without-words = Svaret saknas. Skriv vad staten gör, eller varför den inte gör det.
problem-answer-before-need = { $day } är innan behovet väcktes { $raised }. Rätta dagen.

## Samverkansöverenskommelser
problem-collaboration-without-purpose = Syftet saknas. Skriv vad samverkan ska leda till.
problem-collaboration-without-commitments = Det finns inga åtaganden. En överenskommelse säger vem som gör vad. Lägg till minst ett.
problem-collaboration-ends-before-it-begins = Sista dagen { $to } är före den första { $from }. Rätta en av dagarna.
problem-commitment-without-words = Åtagandet säger inte vad som ska göras. Skriv vad, eller ta bort åtagandet.
problem-commitment-without-resources = Åtagandet säger inte med vilka resurser. Arbetet ska rymmas i parternas ordinarie budget- och styrprocesser. Skriv hur.
problem-commitment-without-day = Åtagandet saknar dag. Ange när det senast ska vara gjort.
problem-commitment-outside-period = { $day } ligger utanför avtalets period { $from } till { $to }. Rätta dagen.
problem-commitment-without-plan = Åtagandet är inte bundet till någon antagen stadsdelsplan. Överenskommelserna ska utgå från planerna. Välj ett mål eller en insats.
problem-commitment-orphan = { $element } finns varken som mål eller insats i planen { $plan }. Överenskommelserna ska utgå från planerna. Välj ett mål eller en insats som finns.
problem-commitment-on-superseded-plan = Åtagandet är bundet till version { $serial } av planen för { $district }, som har ersatts av version { $newer }. Bind det till den plan som gäller.
problem-signatory-name-missing = Undertecknarens namn saknas. Skriv namnet som det står i klartext.
problem-signed-before-drawn-up = { $day } är innan överenskommelsen upprättades { $drawn_up }. Rätta dagen.
problem-signed-version-superseded = Det finns en nyare version. Den äldre kan inte undertecknas längre.
problem-side-has-signed = { $side ->
        [municipality] Kommunen
       *[partner] Parten
    } har redan undertecknat den här versionen.
problem-partner-not-in-that-day = Parten är inte med i partnerskapet { $day }. Överenskommelser träffas med den som ingår i eller stödjer partnerskapet. Rätta dagen, eller registrera att parten ansluter.
problem-confirmation-without-reason = Skälet saknas. Skriv varför överenskommelsen kan gälla oförändrad bredvid den nya planen.
problem-nothing-to-confirm = Det finns inget att bekräfta: överenskommelsen utgår redan från den planen, eller är bekräftad.
problem-half-signed-version = En tidigare version är undertecknad av den ena parten. Låt den andra underteckna innan en ny upprättas.
problem-no-keys-to-collaborate = Här finns inga nycklar att underteckna med. Välj papper.
problem-partner-without-people = { $name } har ingen som kan logga in och underteckna med nyckel. Välj papper, eller knyt parten till en myndighet som är upplagd här.
problem-revision-without-reason = Skälet saknas. Skriv varför överenskommelsen behöver revideras.
problem-need-before-concluded = { $day } är innan överenskommelsen träffades { $since }. Rätta dagen.
problem-revision-under-way = Revideringen pågår redan. Fortsätt i utkastet.
problem-nothing-to-report = Det finns ingen reviderad överenskommelse att redovisa. Den redovisas när den är undertecknad av båda.
problem-collaboration-is-electronic = Överenskommelsen undertecknas med nycklar i filen, inte på papper.
problem-collaboration-is-paper = Överenskommelsen undertecknas på papper; registratorn intygar underskrifterna.

# Kontroll av underskrifter: vad som sägs om en fil, för den som inte är jurist eller tekniker.
verify-passed = Filen är hel, och alla underskrifter gäller
verify-failed = Filen håller inte
verify-indeterminate = Det går inte att avgöra om underskrifterna gäller
verify-unsigned = Filen är inte undertecknad med någon nyckel
verify-office-lacking = Filen är hel, men den som undertecknade hade inte uppdraget
verify-known = Filen är avtalet { $agreement }, { $version ->
    [0] så som det utfärdades
   *[other] version { $version }
}.
verify-latest = Det är den senaste versionen.
verify-not-latest = Det finns en senare version.
verify-unknown = Filen är inte någon av versionerna i den här installationen.
verify-digest = Filens avtryck (SHA-256)
verify-package-whole = Paketet är helt: { $files }
verify-package-sealed = Förseglat av { $name }{ $day ->
    [none] . Ingen tidsstämpel styrker dagen.
   *[other] , { $day } enligt tidsstämpel.
}
verify-package-sealed-unasked = Förseglat av { $name }{ $day ->
    [none] . Ingen tidsstämpel styrker dagen, och paketet säger inte om certifikatet är återkallat.
   *[other] , { $day } enligt tidsstämpel. Paketet säger inte om certifikatet är återkallat; det som är undertecknat i det prövas för sig.
}
verify-package-sealed-untrusted = Förseglat av { $name }, som varken du eller Kvarter här litar på{ $day ->
    [none] .
   *[other] : dagen i förseglingen, { $day }, styrker därför ingenting.
}
verify-package-nameless = någon som inte anger sitt namn
verify-package-broken = Paketet är inte helt: någon fil i det är utbytt, saknas eller har lagts till. Det innehåller { $files }.
verify-words-same = Orden är programmets egna (likalydande).
verify-words-depart = Orden avviker från programmets text:
verify-words-unknown = Filen är inte ett avtal enligt programmet, så orden jämförs inte.
verify-unreadable = Filen går inte att läsa som PDF, så underskrifterna kan inte kontrolleras.
verify-signatures = Underskrifter
verify-signature-initials = { $party }: signum på { $pages ->
    [one] en sida
   *[other] { $pages } sidor
}, { $name }
verify-signature-signature = { $party }: underskrift, { $name }
verify-signature-other = Underskrift, { $name }
verify-signature-timestamp = Tidsstämpel över hela filen, { $name }
verify-nobody = okänd
verify-when-timestamp = { $day }, enligt tidsstämpel
verify-when-document-timestamp = senast { $day }, enligt en tidsstämpel över filen
verify-when-claimed = { $day }, enligt den som undertecknade; ingen tidsstämpel styrker dagen
verify-when-unknown = Ingen dag är angiven.
verify-intact = Oförändrad sedan dess
verify-valid = Gjord med certifikatets nyckel
verify-trusted = Certifikatet är betrott
verify-yes = ja
verify-no = nej
verify-certificate = Certifikat för { $name }, utfärdat av { $issuer }, giltigt { $from }–{ $to }
verify-level-b-b = Nivå B-B: underskrift med certifikat.
verify-level-b-t = Nivå B-T: tiden är styrkt av en tidsstämpel.
verify-level-b-lt = Nivå B-LT: bevisen för certifikaten följer med filen.
verify-level-b-lta = Nivå B-LTA: bevisen är dessutom tidsstämplade, för lång tid.
verify-office-held = { $name } hade uppdraget { $role } den { $day }.
verify-office-not-held = { $name } hade inte något uppdrag som gav rätt att underteckna den { $day }.
verify-office-unknown = Om { $name } hade sitt uppdrag den { $day } framgår inte av den här installationen.
verify-findings = Det som märktes
verify-level-fail = Fel
verify-level-warn = Observera
verify-level-inform = Upplysning
verify-pages = Signum på varje sida
verify-page = Sida { $page }
verify-page-same = { $name }, { $day }
verify-page-differs = Sidan är en annan än den som { $name } signerade { $day }
verify-page-missing = Signum saknas
verify-page-differs-found = Sida { $page } är inte den sida som { $name } signerade { $day }. Då hade sidan avtrycket { $hash }.
verify-on-page = Sida { $page }: { $words }
verify-of-party = { $words } ({ $party })

# Varför, med standardens grunder (ETSI EN 319 102-1).
verify-because-format-failure = Filen eller underskriften är inte uppbyggd som den ska.
verify-because-hash-failure = Något i filen är ändrat efter underskriften.
verify-because-sig-crypto-failure = Underskriften är inte gjord med den nyckel som hör till certifikatet.
verify-because-revoked = Certifikatet var återkallat när underskriften gjordes.
verify-because-expired = Certifikatet hade gått ut när underskriften gjordes.
verify-because-not-yet-valid = Certifikatet hade inte börjat gälla när underskriften gjordes.
verify-because-sig-constraints-failure = Något i filen är ändrat som inte får ändras efter underskriften, eller underskriften bryter mot en regel.
verify-because-chain-constraints-failure = Certifikatets utfärdare fick inte utfärda ett sådant certifikat.
verify-because-certificate-chain-general-failure = Certifikatets kedja av utfärdare håller inte.
verify-because-crypto-constraints-failure = Underskriften vilar på en metod som inte längre är säker.
verify-because-crypto-constraints-failure-no-poe = Underskriften vilar på en metod som inte längre är säker, och inget visar att den gjordes medan metoden var det.
verify-because-timestamp-order-failure = Tidsstämplarna kommer i fel ordning.
verify-because-no-signing-certificate-found = Certifikatet för underskriften saknas.
verify-because-no-certificate-chain-found = Certifikatet leder inte till någon utfärdare som är betrodd här.
verify-because-revoked-no-poe = Certifikatet är återkallat, och inget visar att underskriften gjordes före det.
verify-because-revoked-ca-no-poe = En utfärdares certifikat är återkallat, och inget visar att underskriften gjordes före det.
verify-because-out-of-bounds-no-poe = Certifikatet gäller inte nu, och inget visar att underskriften gjordes medan det gällde.
verify-because-out-of-bounds-not-revoked = Certifikatet gäller inte nu. Det var inte återkallat, men inget visar att underskriften gjordes medan det gällde.
verify-because-no-poe = Inget visar när underskriften gjordes.
verify-because-try-later = Om certifikatet är återkallat är inte känt; det går inte att fråga härifrån.
verify-because-signed-data-not-found = Det som undertecknades finns inte i filen.

# Vad som har ändrats efter en underskrift.
verify-change-initials-filled = Signum har fyllts i på de platser som var avsatta.
verify-change-field-filled = Ett annat fält har fyllts i.
verify-change-signature-added = En underskrift till har gjorts i sitt fält.
verify-change-timestamp-added = En tidsstämpel har lagts till.
verify-change-signature-field-added = Ett osynligt fält för underskrift har lagts till.
verify-change-signature-field-added-visibly = Ett fält för underskrift har lagts över en del av sidan.
verify-change-evidence-added = Bevis för certifikaten har lagts till.
verify-change-evidence-changed = Bevis för certifikaten har tagits bort eller bytts ut.
verify-change-extensions-changed = Listan över tillägg har ändrats.
verify-change-version-changed = Uppgiften om filformatets version har ändrats.
verify-change-metadata-changed = Filens metadata har ändrats.
verify-change-information-changed = Uppgifterna om filen, som titel och författare, har ändrats.
verify-change-page-content-changed = Det som sidan visar har ändrats efter underskriften.
verify-change-page-resources-changed = Typsnitt, bilder eller färger på sidan har ändrats efter underskriften.
verify-change-page-changed = Sidan har ändrats efter underskriften.
verify-change-pages-rearranged = Sidor har lagts till, tagits bort eller flyttats efter underskriften.
verify-change-annotation-added = Något har lagts ovanpå sidan efter underskriften.
verify-change-annotation-changed = Något som ligger ovanpå sidan har ändrats efter underskriften.
verify-change-annotation-removed = Något som låg ovanpå sidan har tagits bort efter underskriften.
verify-change-appearance-changed = Det som ett fält visar har ändrats efter underskriften.
verify-change-field-value-changed = Ett ifyllt fält har ändrats efter underskriften.
verify-change-signature-replaced = En underskrift har tagits bort eller bytts ut.
verify-change-field-changed = Ett fält har ändrats efter underskriften.
verify-change-field-added = Ett fält har lagts till efter underskriften.
verify-change-form-changed = Formuläret har ändrats efter underskriften.
verify-change-form-extended = Formuläret har fått typsnitt som det inte hade.
verify-change-orphan-added = Något har lagts till i filen som ingenting visar, i en version som någon undertecknade.
verify-change-certification-changed = Villkoren för vad som får ändras har ändrats efter underskriften.
verify-change-structure-changed = Det som läses upp för den som inte ser sidan har ändrats efter underskriften.
verify-change-catalog-changed = Dokumentets uppbyggnad har ändrats efter underskriften.
verify-change-trailer-changed = Filens slut har ändrats på ett sätt som ingen underskrift förklarar.
verify-change-unreachable-object = Något har lagts in i filen som ingenting visar ännu.
verify-change-broken-object = Något som lagts till i filen går inte att läsa.

# Vad i filen som andra program kan läsa på ett annat sätt.
verify-anomaly-startxref-offset = Filens innehållsförteckning är inte där den sägs vara.
verify-anomaly-loose-cross-reference = Filens innehållsförteckning är slarvigt skriven.
verify-anomaly-repeated-number = Filens innehållsförteckning nämner samma del två gånger.
verify-anomaly-hybrid = Filen har delar som bara nyare program ser.
verify-anomaly-linearized = Filen är ordnad för att visas medan den hämtas.
verify-anomaly-missing-end-mark = En del av filen saknar slutmärke.
verify-anomaly-trailing-bytes = Det finns något efter filens slut.
verify-anomaly-repeated-key = Samma uppgift står två gånger i filen.
verify-stray-bytes = Filen innehåller något som ingen del av den redovisar.
verify-stray-overlap = Två delar av filen ligger över varandra.
verify-stray-elsewhere = En del av filen ligger utanför sin egen version.
verify-stray-unlisted = Filen innehåller en del som inte står i innehållsförteckningen.
verify-stray-broken = En del av filen går inte att läsa.

# Vad som märktes med en underskrift eller ett signum.
verify-check-weak-algorithm = Underskriften vilar på en metod som är för svag.
verify-check-unnamed-certificate = Underskriften pekar inte ut sitt certifikat, som äldre underskrifter inte gjorde.
verify-check-unknown-encoding = Underskriften är av ett slag som inte är känt här.
verify-check-unusable-timestamp = Underskriftens tidsstämpel håller inte eller är inte betrodd.
verify-check-claimed-time-only = Bara den som undertecknade säger när det skedde.
verify-check-person-differs = Namnet vid signum är ett annat än namnet i certifikatet.
verify-check-locked-field-changed = Ett fält som underskriften låste har ändrats.
verify-check-certification-broken = Underskriften förbjuder alla ändringar, och något har ändrats.
verify-check-statement-unreadable = Uppgifterna om signum går inte att läsa.
verify-check-statement-of-another-document = Signum hör till ett annat dokument än det här.
verify-check-statement-of-another-party = Signum är undertecknat i den andra partens fält.
verify-check-page-differs = Sidan är inte den som signerades.
verify-check-root-differs = Sidorna tillsammans är inte de som signerades.
verify-check-initials-without-statement = Ett signum syns på sidan, men ingen underskrift står bakom det.
verify-check-page-not-initialled = Sidan saknar en parts signum.
verify-check-party-order = En part har undertecknat innan den andra var klar. Staten ska gå före kommunen.
verify-check-seal-not-computed = Sidornas avtryck kunde inte räknas fram, så signum kunde inte jämföras.

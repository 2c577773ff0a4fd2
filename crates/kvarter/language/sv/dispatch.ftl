# Utskick.
dispatch-lede = Var varje avtal är: från utskick till registrering.
dispatch-to-issue = Utfärda avtal
dispatch-to-send = Registrera avsändningar
dispatch-to-districts = Registrera stadsdelar
dispatch-municipality = Kommun
dispatch-counts = { $registered } av { $of } registrerade, { $late } dröjer, { $refused } kan inte få avtal
dispatch-issued = Utfärdat
dispatch-state-signed = Staten har signerat
dispatch-sent = Skickat
dispatch-received = Mottaget
dispatch-approved = Godkänt
dispatch-signed = Undertecknat
dispatch-returned = Återsänt
dispatch-registered = Registrerat
dispatch-done = Klart
dispatch-next = Väntar sedan { $day }
dispatch-late = Dröjer, { $days } dagar
dispatch-later = Senare
dispatch-late-note = Följebrevet anger ingen dag. Ett steg som har väntat mer än 30 dagar visas som att det dröjer; det är vår läsning.
work-title = Avtal utfärdas
work-title-done = Avtalen är utfärdade
work-what = Skapar original och följebrev
work-so-far = { $done } av { $total } kommuner
work-leave = Sidan kan lämnas. Arbetet fortsätter och syns under Utskick och Att göra.
work-now = Visa läget nu
work-done = { $count ->
    [one] Ett avtal är utfärdat
   *[other] { $count } avtal är utfärdade
}
work-done-then = Originalen finns i varje avtals signeringsrum. Nästa steg är statens godkännande, underskrift och signum.
work-failed = Något gick fel hos oss
work-failed-then = Det som hann utfärdas är helt och finns på tavlan. Utfärda resten igen.
work-refused = Kunde inte få avtal
work-to-board = Till tavlan

# Att göra.
desk-lede = Det du kan göra nu, närmaste sista dag först.
desk-nothing = Inget väntar på dig. Det som ska göras kommer hit när det är din tur.
desk-see-duties = Se alla åtaganden
desk-steps = Avtal som väntar på dig
desk-duties = Åtaganden
step-since = Väntar sedan
step-waits-today = Sedan i dag
step-waits = { $days ->
    [one] Har väntat en dag
   *[other] Har väntat { $days } dagar
}
step-receive = Registrera att avtalet har kommit in
step-receive-button = Registrera mottagandet
step-approve = Registrera godkännandet av avtalet
step-approve-button = Registrera beslutet
step-attest = Intyga underskrift och signum på båda originalen
step-attest-button = Till signeringsrummet
step-send = Skicka avtalet till kommunen
step-send-button = Registrera avsändningen
step-send-back = Skicka tillbaka ett original med kopia av beslutet
step-send-back-button = Registrera återsändningen
step-keep = Ange var kommunens original förvaras
step-keep-button = Registrera förvaringen
step-register-return = Registrera originalet som kommit tillbaka
step-register-return-button = Registrera som återkommet

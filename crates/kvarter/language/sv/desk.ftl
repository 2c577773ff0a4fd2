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
step-receive-button = Registrera mottagandet
step-approve-button = Registrera beslutet
step-attest-button = Till signeringsrummet
step-send-button = Registrera avsändningen
step-send-back-button = Registrera återsändningen
step-keep-button = Registrera förvaringen
step-register-return-button = Registrera som återkommet

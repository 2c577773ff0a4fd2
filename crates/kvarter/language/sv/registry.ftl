# Diariet.
registry-title = Diarium
registry-lede = Allmänna handlingar, in och ut, hos departementet och kommunerna. Det som är sekretessmarkerat står kvar med dag och nummer.
registry-whose = Vems diarium
registry-words = Ord i ärende, avsändare eller nummer
registry-new = Registrera en handling
records-count = { $count ->
    [one] En handling
   *[other] { $count } handlingar
}
direction-in = Inkommen
direction-out = Expedierad
direction-internal = Upprättad
record-day = Dag
record-number = Nummer
record-direction = Riktning
record-counterpart = Avsändare eller mottagare
record-subject = Vad det gäller
record-not-shown = Ingen angiven
record-withheld = Visas inte: sekretessmarkerad
record-register = Diarium
record-dated = Handlingens egen dag
record-their-reference = Avsändarens nummer
record-routed-to = Lämnad till
record-matter = Ärende
record-agreement = Avtal
record-references = Ärendets nummer
record-document = Handling
record-no-document = Ingen fil finns här
record-secrecy = Sekretessmarkering
record-secrecy-by = Markerad enligt { $provision } den { $day } av { $authority }.
record-secrecy-separates = Hålls isär: { $what }. Markeringen är en varning; frågan prövas när någon begär ut handlingen.
record-proof = Bevis ur loggen (JSON)
record-mark = Ändra sekretessmarkering
separated-counterpart = avsändare eller mottagare
separated-subject = vad det gäller
separated-document = handlingen
reference-role-own = eget nummer
reference-role-counterparty = motpartens nummer
reference-role-offer = erbjudandet
reference-role-decision = beslut
reference-role-letter = följebrevet
reference-role-to-quote = ska anges vid retur
reference-role-quoted = angavs vid retur

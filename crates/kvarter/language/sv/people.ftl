# Personer.
people-title = Personer
people-lede = De som verkar för organisationen, med sina uppdrag. Ett uppdrag som har slutat står kvar.
people-add = Lägg till en person
people-name = Namn
people-role = Uppdrag
people-from = Från
people-to = Till
people-evidence = Visas av
people-not-held = gäller inte i dag
people-end = Avsluta

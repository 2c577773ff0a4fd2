# Planen som fil: rubriker, blad och anvisningar. Fältens ord står i plan.ftl.

## Rubriker i text
exchange-part-documents = Dokument som beaktats
exchange-part-lessons = Lärdomar sedan förra versionen
exchange-part-allocations = Resursfördelning
exchange-part-other-texts = Övriga texter
exchange-new = ny
exchange-new-neuter = nytt

## Kalkylbladet
exchange-sheet-goals = Mål
exchange-sheet-interventions = Insatser
exchange-sheet-guide = Anvisning
exchange-column-id = Id
exchange-guide-title = Så här fyller du i mål och insatser
exchange-guide-sheets = Bladen Mål och Insatser läses in. Det här bladet, egna blad och allt som är dolt läses inte.
exchange-guide-ids = Låt id:t i första kolumnen stå. Det följer målet eller insatsen från version till version.
exchange-guide-new = En ny rad lämnas utan id, eller får id ny1, ny2 och så vidare, om en insats ska kunna hänvisa till målet. När filen läses in får raden ett eget id.
exchange-guide-columns = Alla kolumner ska vara kvar, men de får stå i vilken ordning som helst. En tom cell betyder att fältet är tomt.
exchange-guide-days = Dagar skrivs som 2010-12-31. Basvärdets period skrivs som 2006, 2006-06 eller 2005–2007.
exchange-guide-numbers = Tal skrivs utan enhet. Ett tal som visas som procent läses som det visas: 52,1 % blir 52,1.
exchange-guide-milestones = Delmål skrivs som dag och värde, med semikolon mellan: 2009-06-30: 53,5; 2009-12-31: 54.
exchange-guide-formulas = Formler och sammanslagna celler läses inte in. Klistra in värdena i stället.
exchange-guide-removed = Mål och insatser som inte står i filen är kvar i planen. De tas bort i planverkstaden.
exchange-guide-all-or-nothing = Är något fel läses ingenting in. Då visas allt som ska rättas, med blad och cell.

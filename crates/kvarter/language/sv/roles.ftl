# Vad en person verkar som.
role-officer = Handläggare
role-registrar = Registrator
role-minister = Minister
role-chair = Kommunstyrelsens ordförande
role-deputy-chair = Kommunstyrelsens vice ordförande
role-coordinator = Samordnare
role-administrator = Administratör
role-statistician = Statistiker
role-evaluator = Utvärderare
party-state = Staten
party-municipality = Kommunen

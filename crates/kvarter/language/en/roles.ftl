# As what a person acts.
role-officer = Desk officer
role-registrar = Registrar
role-minister = Minister
role-chair = Chair of the executive board
role-deputy-chair = Deputy chair of the executive board
role-coordinator = Coordinator
role-administrator = Administrator
role-statistician = Statistician
role-evaluator = Evaluator
party-state = The state
party-municipality = The municipality

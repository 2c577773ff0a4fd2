# People.
people-title = People
people-lede = Those who act for the organisation, with their mandates. A mandate that has ended stays in the list.
people-add = Add a person
people-name = Name
people-role = Mandate
people-from = From
people-to = To
people-evidence = Shown by
people-not-held = not held today
people-end = End

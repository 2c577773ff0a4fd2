# The first page, the search and about the service.
start-title = What the state and the municipalities have promised each other
start-lede = { $in_force ->
        [0] The state offers { $municipalities } municipalities agreements for { $period } on development in districts with widespread exclusion; none is in force yet.
       *[other] The state offers { $municipalities } municipalities agreements for { $period } on development in districts with widespread exclusion; { $in_force } are in force.
    } Here is what both sides have promised, word for word, and how it stands.
start-how = How the promises stand
start-how-none = No agreement is in force yet. So nobody owes anybody anything.
start-to-overview = Overview of the year
start-places = The municipalities
start-in-force-count = { $in_force } of { $municipalities } agreements in force
start-in-force = In force
start-not-sent = No agreement sent
start-map = Each area is a municipality on the send list. The same municipalities are in the list.
start-latest = Latest registered records
start-latest-none = No records are registered yet.
start-to-registry = The whole registry
start-rests = The work rests on the ordinance ({ $law }) on urban development work.
search-title = Search
search-button = Search
search-agreements = Agreements and districts
search-duties = Commitments
search-records = Records
search-none = Nothing matches “{ $words }”. Try another word, a district or a registry number.
search-all = Show all { $count } records
about-lede = Kvarter keeps agreements between the state and municipalities so that everyone can see what has been promised, by whom, until when and how it stands.
about-how-title = How it is worked out
about-how = The text of the agreement is where it begins. Every sentence that binds someone is read as a duty, its words quoted. How a duty stands is never stored. It is worked out from dated records each time someone asks, for today or for a day that has been. Where the text leaves a choice, our reading is written out.
about-check-title = How it can be checked
about-check = Every act is added to a log that can only grow. With the log's root anyone can show that nothing has been changed or removed.
about-access-title = Accessibility
about-access = The pages follow WCAG 2.2 AA and work without script, by keyboard, magnified to 400 per cent and on paper. Every map has a list and every colour a word.
about-data-title = Personal data
about-data = The names of those who sign stand in the agreements, which are public records. Those who read leave no trace: there is no tracking here, and no cookies but those for language and sign-in.
about-licence-title = Licence
about-licence = Kvarter { $version } is free software under the European Union Public Licence 1.2.

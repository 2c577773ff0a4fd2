# What to correct in a programme's files.
problem-programme-file-missing = The file is missing. A programme consists of several files in one folder. Put it there.
problem-programme-file-empty = The file is empty. Write its content.
problem-programme-file-not-text = The line is not text in UTF-8. Save the file as UTF-8.
problem-programme-file-too-large = The file is { $bytes } bytes; at most { $most } are read. Split or shorten it.
problem-toml-syntax = The line cannot be read as TOML. The reader says: { $detail }. Correct the line.
problem-field-missing = The field { $field } is missing. Add it.
problem-field-wrong-kind = The field { $field } is to be { $expected ->
        [text] text in quotation marks
        [texts] a list of texts
        [integer] a whole number
        [integers] a list of whole numbers
        [day] a day without quotation marks, as 2010-12-31
        [table] a table
        [tables] a list of tables
       *[text-or-table] text or a table
    } and is { $found ->
        [string] text
        [integer] a whole number
        [float] a decimal number
        [boolean] true or false
        [datetime] a day or a time
        [array] a list
       *[table] a table
    }. Correct the value.
problem-field-empty = The field { $field } is empty. Fill it in.
problem-key-unknown = There is no key { $key }.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    } Known keys: { $known }.
problem-word-unknown = { $written } is not a word for { $field }.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    } Known words: { $known }.
problem-id-malformed = { $id } will not do as an id. Use lower-case letters, digits and hyphens.
problem-duplicate = { $field } { $value } stands at { $first } already. Each value may stand once. Change one of them.
problem-period-ends-before-it-begins = The period ends on { $to } before it begins on { $from }. Correct one of the days.
problem-coverage-without-words = No words are given for the coverage. Give the words that make a sentence an obligation, such as ska and svarar.
problem-clause-not-in-source = { $clause } is not in the source text. Remove the clause, or add the text.
problem-clause-heading-differs = The heading of { $clause } is { $written }, but the source says { $stands }. Write it as in the source.
problem-heading-not-in-contents = The heading { $written } of { $clause } is not in the agreement’s table of contents. Write it as there.
problem-source-clause-not-in-programme = { $clause } is in the source but not in the programme. Add the clause.
problem-source-clause-twice = { $clause } begins twice in the source, first on line { $first }. Remove one of them.
problem-source-text-before-clause = The text “{ $text }” stands before the first clause. Put it under a clause.
problem-source-empty = The source text is empty. Put the agreement’s text there.
problem-clause-unknown = There is no clause { $clause }.{ $known ->
        [none] {""}
       *[other] {" "}Those there are: { $known }.
    } Correct the reference.
problem-quotation-of-one-municipality = The quotation contains { $words }, which concerns one municipality only. The obligation concerns all. Quote words that are common.
problem-quotation-in-another-clause = “{ $says }” is not in { $clause } but in { $elsewhere }. Correct the clause.
problem-quotation-differs = The quotation differs from the source in sentence { $sentence }: quoted “{ $quoted }”, in the source “{ $stands }”. The sentence reads: { $text } Quote word for word.
problem-quotation-not-in-source = “{ $says }” is not in { $clause }. Quote word for word from the source.
problem-day-outside-period = { $day } is outside the period { $from } to { $to }. Correct the rule.
problem-day-not-in-every-year = { $day } does not exist in { $year }. Choose a day that every year has.
problem-setting-without-day = { $field } has no effect for the rule { $due }, which gives no day. Remove the field.
problem-obligation-waits-for-itself = The obligation waits for itself: { $ring }. The event { $event } can never happen first. Break the ring.
problem-owed-to-oneself = { $bound } cannot owe { $towards }: it is the same party. Correct one of them.
problem-reference-not-in-source = The number { $number } is not in the source. Write it as it stands there, or remove it.
problem-municipality-not-on-list = { $municipality } is not in recipients.csv. Add the municipality, or correct the code.
problem-validity-missing = The programme does not say when the agreement is valid. Add the proof trees.
problem-validity-without-leaves = The proof tree { $tree } has no conditions. Add at least one.
problem-tree-unknown = There is no proof tree { $tree }. Those there are: { $known }.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    }
problem-tree-includes-itself = The proof tree { $tree } includes itself. Remove the reference.
problem-originals-not-two = The number of originals is { $copies }; the covering letter speaks of two. Give two.
problem-signing-order-incomplete = The order of signing does not mention { $party }. Both parties sign. Add the party.
problem-signatory-not-one = { $found } signatories are given for { $party }. Give one.
problem-number-to-quote-differs = The number to quote is { $written }, but among the numbers stands { $reference }. Write the same in both places.
problem-recipient-not-in-source = { $name } is not on the source’s send list.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    } Write the name as it stands there.
problem-recipient-missing = { $name } is on the source’s send list but not in recipients.csv. Add the municipality.
problem-recipient-twice = { $code } stands twice, first on line { $first }. Remove one of them.
problem-pattern-lacks-part = The pattern lacks { $part }. Add it.
problem-hole-not-in-agreement = { $words } is not in the agreement’s text. Give the words as they stand there.
problem-party-not-on-list = { $name } is not a known party. Add the name to recipients.csv.
problem-district-not-in-source = { $words } is in the list but not in the source. Correct the list.
problem-district-not-on-list = { $words } is in the source but not in the list. Add the district.
problem-days-out-of-range = { $days } days is out of range. Give between 0 and 366.
problem-reminder-twice = The reminder { $days } days before stands twice. Remove one of them.
problem-sentence-uncovered = Sentence { $sentence } contains { $words } but is not an obligation, a permission, an intent or a declaration: “{ $text }”. Mark it.
problem-month-day-malformed = { $written } is not a day of the year. Write it as MM-DD, for example 10-01.
problem-due-rule-unknown = The rule for the day is unknown. Known rules: { $known }.
problem-municipality-code-malformed = { $code } for { $name } is not a municipality code. A municipality code has four digits, the first two a county's: 01 to 25. Correct the code.
problem-name-of-two-municipalities = The name { $name } is used by both { $code } and { $other }. A name leads to one municipality. Change one of them.
problem-code-system-unknown = The code system { $system } is unknown. Known systems: { $known }.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    }
problem-district-name-duplicate = The name { $name } stands on line { $first } already. Each district of a municipality has its own name. Correct one of them.
problem-list-heading-differs = The first line is { $found } but is to be { $expected }. Correct the heading.
problem-list-row-differs = The line has { $found } fields but is to have { $expected }: { $columns }. Correct the line.
problem-more-problems = There are { $more } more. Correct these first.

## Templates
problem-template-departs = { $source ->
        [none] The template has “{ $template }”, which is not in the source
       *[other] { $template ->
            [none] The template lacks “{ $source }”
           *[other] The template has “{ $template }” where the source has “{ $source }”
        }
    }{ $before ->
        [none] {""}
       *[other] {" "}(after “{ $before }”)
    }. What is signed must say what the source says, word for word. Correct the template.
problem-template-cannot-be-set = The template cannot be set. The typesetter says: { $detail }. Correct the line.
problem-template-hole-unknown = The template has a place to fill in, { $name }, that is not known. Remove it.
problem-template-without-words = The template gives a document without words. Put the text in.
problem-day-quoted-and-not-given = The quotation names { $quoted }, but the rule gives { $gives ->
        [standing] no day (standing)
        [undated] no day
        [after] no day (after an event)
        [before-validity] no day (a condition of validity)
        [each-year] the last day of the year
       *[other] { $gives }
    }. Correct the rule, or quote fewer words.

# What to correct in a plan that is read from a file. The place, sheet and cell or line, is shown beside it by the page.

## The file
problem-exchange-too-large = The file is { $bytes } bytes; at most { $most } are read. Take out pictures and sheets that do not belong to the plan, or divide the file.
problem-exchange-unpacks-too-large = The file is packed and becomes larger than { $most } bytes when it is unpacked. That much is not read. Save the content in a new file.
problem-exchange-asks-too-much = The file has more parts than are read. Copy what belongs to the plan into a new file.
problem-exchange-unreadable = The file cannot be read. It is damaged, or is not the kind of file that it seems to be. Save it again as .xlsx or .docx.
problem-exchange-old-or-locked = The file is in an older format or locked with a password. Save it without a password as .xlsx or .docx.
problem-exchange-with-macros = The file contains macros. Such files are not read. Save it as .xlsx or .docx without macros.
problem-exchange-with-entities = The file contains a document type or entities of its own, which no workbook or document needs. Such files are not read. Save it again.
problem-exchange-no-document = The file is not a text document. Choose a file saved as .docx.
problem-exchange-no-workbook = The file is not a workbook. Choose a file saved as .xlsx.
problem-exchange-nothing-found = None of the plan's headings is in the file. Download the plan as a file and start from that. The first heading is { $known }.
problem-exchange-more-problems = There are { $more } problems more. Correct those that are shown and read the file again.

## Headings and fields
problem-exchange-heading-unknown = There is no heading { $heading } in the plan.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    } Headings here: { $known }.
problem-exchange-heading-twice = The heading { $heading } is there already ({ $first }). Each heading may stand once. Put them together.
problem-exchange-field-unknown = There is no field { $label } here.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    } Fields here: { $known }.
problem-exchange-field-twice = The field { $label } is filled in already ({ $first }). Each field may stand once. Take one of them out.
problem-exchange-id-malformed = The heading { $heading } is not an id. Write an id, such as g1 for a goal, or the word for new for what is new.
problem-exchange-id-twice = { $id } is there already ({ $first }). Each id may stand once. If this is new, say so instead.
problem-exchange-text-without-place = The text “{ $text }” belongs to no field and no heading. Put it under a heading, or in a field.
problem-exchange-text-too-long = { $label } has { $length } characters; there is room for { $most }. Shorten the text.

## Values
problem-exchange-word-unknown = { $label } cannot be “{ $written }”. Choose one of: { $known }.
problem-exchange-no-number = { $label } should be a number and is “{ $written }”. Write the number without its unit, such as 52.1.
problem-exchange-no-day = { $label } should be a day and is “{ $written }”. Write it as YYYY-MM-DD, such as 2010-12-31.
problem-exchange-no-period = { $label } should be a period and is “{ $written }”. Write 2006, 2006-06 or 2005–2007.
problem-exchange-no-year = { $label } should be a year and is “{ $written }”. Write the year with four digits.
problem-exchange-no-milestones = { $label } cannot be read: “{ $written }”. Write day and value with semicolons between: 2009-06-30: 53.5; 2009-12-31: 54.
problem-exchange-base-without-value = Goal { $goal } says something of a base value and gives none. Write the value, or take out the rest.

## The workbook
problem-exchange-sheet-missing = The sheet { $sheet } is missing or hidden. Visible sheets are: { $known }. Add the sheet, or download a new file and start from that.
problem-exchange-sheet-empty = The sheet is empty. Its first row should have the names of the columns.
problem-exchange-sheet-hidden = The sheet { $sheet } is hidden and was not read.
problem-exchange-rows-hidden = { $rows ->
        [one] One hidden row
       *[other] { $rows } hidden rows
    } in the sheet { $sheet } were not read.
problem-exchange-percent = The number is shown as a percentage and was read as { $value }.
problem-exchange-column-missing = The column { $label } is missing. Add it; it may be empty.
problem-exchange-column-unknown = There is no column { $label }.{ $nearest ->
        [none] {""}
       *[other] {" "}The nearest is { $nearest }.
    } Correct the name, or take the column out.
problem-exchange-column-twice = The column { $label } is there twice. Take one of them out.
problem-exchange-column-unnamed = The name of the column is not text. Write one of the names, or take the column out.
problem-exchange-merged = The cells { $range } are merged, so there is no telling which row the content belongs to. Divide them.
problem-exchange-formula = The cell { $cell } holds a formula, and formulas are not worked out here. Paste the value instead.
problem-exchange-cell-error = { $label } shows the error { $written }. Correct the cell, or empty it.
problem-exchange-cell-kind = { $label } should be { $expected ->
        [number] a number
        [day] a day, such as 2010-12-31
        [year] a year
        [period] a period, such as 2006 or 2005–2007
       *[text] text
    } and is { $found ->
        [text] the text “{ $written }”
        [number] the number { $written }
        [day] the day { $written }
       *[other] something else
    }. Correct the cell; set its format to text if the spreadsheet changes what you write.
problem-exchange-id-unknown = { $id ->
        [none] The id is not text.
       *[other] { $id } is not in the plan.
    } Leave ids as they are. A new row has no id, or is called by the word for new and a number.
problem-exchange-goal-unknown = Goal { $goal } is neither in the plan nor in the file. Correct the id, or add the goal.
problem-exchange-too-many-rows = The sheet has more than { $most } rows. That many are not read. Take out what stands at the bottom.

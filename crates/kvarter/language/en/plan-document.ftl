# The plan as a file: headings, sheets and guidance. The words of the fields are in plan.ftl.

## Headings in text
exchange-part-documents = Documents taken into account
exchange-part-lessons = Lessons since the last version
exchange-part-allocations = Allocation of resources
exchange-part-other-texts = Other texts
exchange-new = new
exchange-new-neuter = new

## The workbook
exchange-sheet-goals = Goals
exchange-sheet-interventions = Interventions
exchange-sheet-guide = Guidance
exchange-column-id = Id
exchange-guide-title = How to fill in goals and interventions
exchange-guide-sheets = The sheets Goals and Interventions are read. This sheet, sheets of your own and everything hidden are not.
exchange-guide-ids = Leave the id in the first column as it is. It follows the goal or the intervention from version to version.
exchange-guide-new = Leave a new row without an id, or call it new1, new2 and so on if an intervention is to refer to the goal. When the file is read, the row is given an id of its own.
exchange-guide-columns = Keep all columns; their order does not matter. An empty cell means that the field is empty.
exchange-guide-days = Write days as 2010-12-31. Write the period of a base value as 2006, 2006-06 or 2005–2007.
exchange-guide-numbers = Write numbers without their unit. A number shown as a percentage is read as it is shown: 52.1 % becomes 52.1.
exchange-guide-milestones = Write milestones as day and value, with semicolons between: 2009-06-30: 53.5; 2009-12-31: 54.
exchange-guide-formulas = Formulas and merged cells are not read. Paste the values instead.
exchange-guide-removed = Goals and interventions that are not in the file stay in the plan. They are removed in the plan workshop.
exchange-guide-all-or-nothing = If something is wrong, nothing is read. Everything to correct is then shown, with sheet and cell.

"""Makes the peer's database: one agreement with its clauses, duties, acts and records.

Argument: where. The numbers are those of Stockholm's agreement at the end of 2010.
"""

import sqlite3
import sys
from pathlib import Path

CLAUSES, DUTIES, ACTS = 8, 60, 40
SENTENCE = "Kommunen redovisar senast den dag som anges här, enligt de bestämmelser som parterna har enats om. "

path = Path(sys.argv[1])
path.parent.mkdir(parents=True, exist_ok=True)
path.unlink(missing_ok=True)
with sqlite3.connect(path) as database:
    database.executescript(
        """
        create table agreement (id text primary key, title text, municipality text);
        create table clause (id integer primary key, agreement_id text, number text, heading text, body text);
        create table duty (id integer primary key, agreement_id text, clause text, says text, debtor text, due_on text);
        create table act (id integer primary key, duty_id integer, done_on text, record_id integer);
        create table record (id integer primary key, agreement_id text, number text, subject text, day text);
        create index clause_of on clause (agreement_id);
        create index duty_of on duty (agreement_id);
        create index act_of on act (duty_id);
        create index record_of on record (agreement_id);
        """
    )
    database.execute("insert into agreement values ('0180', 'Lokalt utvecklingsavtal', 'Stockholms kommun')")
    for number in range(1, CLAUSES + 1):
        row = (number, "0180", str(number), f"Avsnitt {number}", SENTENCE * 12)
        database.execute("insert into clause values (?, ?, ?, ?, ?)", row)
    for number in range(1, DUTIES + 1):
        row = (number, "0180", str(number % CLAUSES + 1), SENTENCE, ("kommunen", "staten")[number % 2], f"20{8 + number % 3:02}-12-31")
        database.execute("insert into duty values (?, ?, ?, ?, ?, ?)", row)
    for number in range(1, ACTS + 1):
        database.execute("insert into act values (?, ?, ?, ?)", (number, number, f"20{8 + number % 3:02}-12-20", number))
        database.execute("insert into record values (?, ?, ?, ?, ?)", (number, "0180", f"{number}/2009", SENTENCE[:60], "2009-12-20"))

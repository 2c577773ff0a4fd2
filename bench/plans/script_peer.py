"""What a script would do with the plans that `plan_timing` left in a folder: python script_peer.py FOLDER RUNS.

Reads the draft's latest parts from the same database and parses them, without judging anything; and compares the
two versions part by part, word by word, with difflib. Writes one JSON object: milliseconds of each run, by what
was done.
"""

import difflib
import json
import re
import sqlite3
import sys
import time
from pathlib import Path

LATEST = (
    "select part, body from draft_edit e where serial = "
    "(select max(serial) from draft_edit where series = e.series and part = e.part)"
)


def words(value):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return re.findall(r"\S+\s*", text)


def changes(before, after):
    found = 0
    for part in before.keys() | after.keys():
        was, new = before.get(part, {}), after.get(part, {})
        for field in was.keys() | new.keys():
            if was.get(field) != new.get(field):
                matcher = difflib.SequenceMatcher(None, words(was.get(field, "")), words(new.get(field, "")), False)
                found += sum(op != "equal" for op, *_ in matcher.get_opcodes())
    return found


def main():
    folder, runs = Path(sys.argv[1]), int(sys.argv[2])
    before, after = (json.loads((folder / f"{name}.json").read_text()) for name in ("before", "after"))
    told = {"read and parse the draft": [], "difference by difflib": []}
    for run in range(runs + 1):
        start = time.perf_counter()
        with sqlite3.connect(folder / "plans.db") as house:
            parts = {part: json.loads(body) for part, body in house.execute(LATEST)}
        read = time.perf_counter()
        found = changes(before, after)
        done = time.perf_counter()
        assert len(parts) > 700 and found > 200, (len(parts), found)
        if run > 0:
            told["read and parse the draft"].append((read - start) * 1000)
            told["difference by difflib"].append((done - read) * 1000)
    print(json.dumps(told))


main()

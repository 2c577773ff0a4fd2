"""Sets the given agreements with WeasyPrint, tagged; prints the seconds of each run.

Arguments: the text as JSON, the number of runs. Only the setting is timed.
"""

import html
import json
import logging
import sys
import time
from pathlib import Path

import weasyprint

logging.disable(logging.CRITICAL)

STYLE = """
@page { size: A4; margin: 25mm; @bottom-right { content: counter(page) ' (' counter(pages) ')' } }
body { font-family: serif; font-size: 10.5pt; line-height: 1.45 }
"""


def page(document: dict) -> str:
    parts = [f"<h1>{html.escape(document['title'])}</h1>"]
    for clause in document["clauses"]:
        parts.append(f"<h2>{html.escape(clause['heading'])}</h2>")
        parts.extend(f"<p>{html.escape(paragraph)}</p>" for paragraph in clause["paragraphs"])
        if clause["items"]:
            parts.append("<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in clause["items"]) + "</ul>")
    title = html.escape(document["title"])
    return f"<html lang='sv'><head><title>{title}</title><style>{STYLE}</style></head><body>{''.join(parts)}</body></html>"


documents = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
pages = [page(document) for document in documents]


def render(text: str) -> bytes:
    return weasyprint.HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")


render(pages[0])
for _ in range(int(sys.argv[2])):
    started = time.perf_counter()
    for text in pages:
        render(text)
    print(f"{time.perf_counter() - started:.6f}")

"""Sets the given agreements with Typst, one compiler for all of them; prints the seconds of each run.

Arguments: the text as JSON, the number of runs. Only the setting is timed.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import typst

TEMPLATE = r"""
#let document-text = json(bytes(sys.inputs.text))
#set document(title: document-text.title)
#set page(paper: "a4", margin: 25mm, footer: context align(right)[
  #counter(page).display() (#counter(page).final().at(0))])
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "sv")
#set par(leading: 0.8em)
#title()
#for clause in document-text.clauses {
  heading(level: 1, clause.heading)
  for paragraph in clause.paragraphs { par(paragraph) }
  if clause.items.len() > 0 { list(..clause.items) }
}
"""

documents = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
inputs = [json.dumps(document, ensure_ascii=False) for document in documents]
with tempfile.TemporaryDirectory() as folder:
    template = Path(folder) / "peer.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    compiler = typst.Compiler(str(template))

    def render(text: str) -> bytes:
        return compiler.compile(sys_inputs={"text": text}, format="pdf", pdf_standards=["a-2a", "ua-1"])

    render(inputs[0])
    for _ in range(int(sys.argv[2])):
        started = time.perf_counter()
        for text in inputs:
            render(text)
        print(f"{time.perf_counter() - started:.6f}")

"""Asks pyHanko of signed PDFs: python validate.py ROOT.pem FILE...

A line a file: `keeps` or `breaks`, a tab, the file, a tab, what was found of each signature.
"""

import logging
import sys
import warnings

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

ROOT = load_cert_from_pemder(sys.argv[1])


def judge(signature):
    """Whether it holds, and how that is told."""
    context = ValidationContext(trust_roots=[ROOT], allow_fetching=False, revocation_mode="soft-fail")
    if signature.sig_object.get("/Type") == "/DocTimeStamp":
        status = validate_pdf_timestamp(signature, context)
        holds = status.intact and status.valid and status.trusted
    else:
        status = validate_pdf_signature(signature, context)
        holds = status.bottom_line and status.docmdp_ok is not False
    change = getattr(status.modification_level, "name", "NONE")
    return bool(holds), f"{signature.field_name}: {status.coverage.name}, {change}"


for file in sys.argv[2:]:
    with open(file, "rb") as handle:
        try:
            found = [judge(signature) for signature in PdfFileReader(handle).embedded_signatures]
            told = "; ".join(("" if holds else "NOT: ") + words for holds, words in found) or "no signature"
            keeps = bool(found) and all(holds for holds, _ in found)
        except Exception as error:  # whatever it stumbles on is a verdict
            keeps, told = False, f"{type(error).__name__}: {error}"
    print(f"{'keeps' if keeps else 'breaks'}\t{file}\t{told}")

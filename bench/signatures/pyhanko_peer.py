"""Signs and validates with pyHanko what `timing` left in a folder: python pyhanko_peer.py FOLDER RUNS.

Writes one JSON object: milliseconds of each run, by what was done, under the names that ours go by.
"""

import io
import json
import logging
import sys
import time
from pathlib import Path

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
FOLDER, RUNS = Path(sys.argv[1]), int(sys.argv[2])
ROOT = load_cert_from_pemder(str(FOLDER / "root.pem"))
UNSIGNED = (FOLDER / "unsigned.pdf").read_bytes()
told = {}


def timed(what, work, runs):
    work()
    for _ in range(runs):
        started = time.perf_counter()
        work()
        told.setdefault(what, []).append((time.perf_counter() - started) * 1000)


def sign(signer):
    meta = signers.PdfSignatureMetadata(
        field_name="signature-p1", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(UNSIGNED)), meta, signer=signer)


def validate(data):
    context = ValidationContext(trust_roots=[ROOT], allow_fetching=False)
    for signature in PdfFileReader(io.BytesIO(data)).embedded_signatures:
        status = validate_pdf_signature(signature, context)
        assert status.bottom_line, status.pretty_print_details()


for name, key in (("sign P-256", "ec"), ("sign RSA-2048", "rsa")):
    signer = signers.SimpleSigner.load(
        str(FOLDER / f"{key}.key"), str(FOLDER / f"{key}.pem"), ca_chain_files=(str(FOLDER / "issuing.pem"),)
    )
    timed(name, lambda: sign(signer), RUNS)
for count, runs in ((2, RUNS), (20, 3), (40, 1)):
    data = (FOLDER / f"signed-{count}.pdf").read_bytes()
    timed(f"verify {count} signatures", lambda: validate(data), runs)
print(json.dumps(told))

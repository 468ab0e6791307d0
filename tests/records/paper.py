"""Papers of invented people, printed and scanned for the tests of the room records."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pikepdf
import typst
from PIL import Image

from openimr.pdf import PdfReader
from openimr.terms.records import Page, ReadBy

PROGRESS = """Alder Ridge Spine Clinic
210 Quarry Road, Suite 4, Fresno, CA 93721  Phone (559) 555-0141

Progress Report

Patient: Wendeline Achterberg
Date of service: 03/14/2016
Date of injury: 11/02/2014

The patient reports continuing pain in the low back, rated 6/10, with radiation to the left calf.
Physical therapy helped for some weeks. Gabapentin 300 mg three times daily gives partial relief.

Electronically signed by Orrin Castleby, MD, on 03/16/2016
"""

IMAGING = """Blue Heron Imaging Center
MRI of the lumbar spine without contrast

Patient: Wendeline Achterberg
Date of study: 02/01/2016

Findings: At L4-L5 there is a broad disc protrusion of 4 mm with narrowing of the left foramen.
At L5-S1 the disc is desiccated without a protrusion. No fracture is seen.

Impression: Disc protrusion at L4-L5 that may touch the left L5 nerve root.

Radiologist: Tamsin Okonjo-Reyes, MD
"""

DECISION = """Notice of Utilization Review Decision

April 4, 2016

The request for twelve more sessions of physical therapy is not certified.
The report does not show what the sessions of last year achieved.

Physician reviewer: Ludo Fairweather, MD, Occupational Medicine
"""

LATER = """Progress Note

Patient: Wendeline Achterberg
Date of visit: 05/20/2016

Pain is unchanged. The patient walks with a slight limp and has stopped the exercises at home.

Orrin Castleby, MD
"""


def printed(pages: Sequence[str]) -> bytes:
    """Return a PDF with a text layer, one page a text."""
    parts = [
        " \\\n".join(_escaped(line) for line in page.split("\n")).replace("\\\n \\\n", "\n\n")
        for page in pages
    ]
    source = '#set page(paper: "us-letter")\n#set text(size: 11pt, font: "Liberation Serif")\n'
    return typst.compile((source + "\n#pagebreak()\n".join(parts)).encode())


def _escaped(line: str) -> str:
    return "".join(f"\\{c}" if c in "\\#*_$@<>`=-/[]~'\"" else c for c in line)


def picture_of(
    text: str, *, dpi: int = 200, noise: float = 0.0, slant: float = 0.0, quarters: int = 0
) -> Image.Image:
    """Return a page as a scanner sees it: grey, askew, specked, lying on its side."""
    with PdfReader() as reader:
        drawn = reader.open_file(printed([text]), name="page.pdf").draw_page(1, dpi=dpi)
    image = Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels)
    image = image.rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.rot90(np.asarray(image), quarters).copy()
    specks = np.random.default_rng(7).random(grey.shape)
    grey[specks < noise / 2] = 0
    grey[specks > 1 - noise / 2] = 255
    return Image.fromarray(grey)


def scanned(image: Image.Image, *, hidden: str = "", rotate: int = 0, dpi: int = 200) -> bytes:
    """Return a PDF of one picture, with an invisible text layer where ``hidden`` is given."""
    width, height = (side / dpi * 72 for side in image.size)
    raw = io.BytesIO()
    image.save(raw, "JPEG", quality=85)
    with pikepdf.new() as pdf:
        picture = pikepdf.Stream(pdf, raw.getvalue())
        picture.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=image.width,
            Height=image.height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in hidden.split("\n"))
        content = f"q {width} 0 0 {height} 0 0 cm /Im Do Q BT 3 Tr /F 10 Tf 40 {height - 60} Td {lines} ET"
        page = pdf.add_blank_page(page_size=(width, height))
        page.Contents = pikepdf.Stream(pdf, content.encode())
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im=pdf.make_indirect(picture)), Font=pikepdf.Dictionary(F=font)
        )
        if rotate:
            page.Rotate = rotate
        return _saved(pdf)


def joined(*files: bytes) -> bytes:
    """Return PDFs one behind the other as one."""
    with pikepdf.new() as whole:
        for file in files:
            with pikepdf.open(io.BytesIO(file)) as part:
                whole.pages.extend(part.pages)
        return _saved(whole)


def turned(file: bytes, degrees: int) -> bytes:
    """Return a PDF whose pages are shown turned, clockwise."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        for page in pdf.pages:
            page.Rotate = degrees
        return _saved(pdf)


def encrypted(file: bytes) -> bytes:
    """Return a PDF that asks for a password."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
        return out.getvalue()


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def page(text: str, number: int, *, document: str = "a" * 64, bundle_page: int | None = None) -> Page:
    """Return a page as if it had been read from a text layer."""
    return Page(
        document=document,
        number=number,
        bundle_page=bundle_page or number,
        text=text,
        read_by=ReadBy.TEXT_LAYER,
    )

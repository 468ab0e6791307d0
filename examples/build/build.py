"""Build the record PDFs of the example cases from the plain texts beside this file.

Run from the repository: ``python examples/build/build.py [case ...]``. The same sources give the same bytes:
the creation date is fixed, identifiers are taken from the content and the noise of the scans is seeded.

A source file is one PDF. It opens with TOML between two lines ``+++`` and then holds pages, each begun by a
line ``=== page`` with ``key=value`` settings:

* ``style=report|typed|form``: serif, typewriter or sans serif with ruled rows;
* ``scan=SEED``: the page is printed, scanned askew with noise and kept as an image without text;
* ``copy_of=N``: page N of this file once more (a duplicate, with a Bates number of its own).

In a page, ``# `` and ``## `` begin headings, ``| a | b |`` a row of a form, ``> `` a line kept as it stands,
``- `` a list entry, ``~ `` a signature; other lines run together into paragraphs at blank lines.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import typst
from PIL import Image

HERE = Path(__file__).resolve().parent
SCAN_DPI = 200
PRINTED_ON = datetime.datetime(2015, 1, 1, tzinfo=datetime.UTC)

FONTS = {
    "report": ("Liberation Serif", "10.5pt"),
    "typed": ("Liberation Mono", "9.2pt"),
    "form": ("Liberation Sans", "9.6pt"),
}


class SourceError(Exception):
    """A source file that cannot be built, with what is wrong and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a source file: its settings and its lines."""

    style: str
    scan: int | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One record PDF to build: settings of the file and its pages in order."""

    path: Path
    settings: dict[str, Any]
    pages: tuple[Page, ...]


def read_source(path: Path) -> Source:
    """Return the pages of one source file."""
    opening, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    if opening.strip():
        raise SourceError(f"{path.name}: text stands before the first +++")
    pages: list[Page] = []
    for block in body.split("=== page")[1:]:
        first, _, rest = block.partition("\n")
        options = dict(word.split("=", 1) for word in first.split())
        if "copy_of" in options:
            original = pages[int(options["copy_of"]) - 1]
            lines, style = original.lines, original.style
        else:
            lines, style = tuple(rest.strip("\n").split("\n")), options["style"]
        scan = int(options["scan"]) if "scan" in options else None
        pages.append(Page(style=style, scan=scan, lines=lines))
    return Source(path=path, settings=tomllib.loads(front), pages=tuple(pages))


def quoted(text: str) -> str:
    """Return a Typst string literal."""
    return json.dumps(text, ensure_ascii=False)


def row_markup(rows: list[str]) -> str:
    """Return one ruled table of the rows ``| a | b |``."""
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
    width = max(len(row) for row in cells)
    body = ", ".join(f"[#{quoted(c)}]" for row in cells for c in row + [""] * (width - len(row)))
    columns = ", ".join(["auto"] + ["1fr"] * (width - 1)) if width == 2 else ", ".join(["auto"] * width)
    return f"#table(columns: ({columns},), inset: 3.5pt, stroke: 0.4pt, {body})\n"


def line_markup(line: str) -> str:
    """Return the markup of one line that stands for itself, or an empty string for running text."""
    marks = {
        "# ": '#align(center, text(weight: "bold", size: 12pt, {}))\n',
        "## ": '#block(above: 8pt, below: 4pt, text(weight: "bold", {}))\n',
        "> ": "#block(above: 3.5pt, below: 3.5pt, text({}))\n",
        "- ": "#pad(left: 10pt, block(above: 3.5pt, below: 3.5pt, text({})))\n",
        "~ ": '#block(above: 9pt, text(font: "DejaVu Serif", style: "italic", size: 13pt, {}))\n',
    }
    for mark, markup in marks.items():
        if line.startswith(mark):
            shown = ("- " if mark == "- " else "") + line.removeprefix(mark)
            return markup.format(quoted(shown))
    return ""


def page_markup(page: Page) -> str:
    """Return the Typst markup of one page's body."""
    parts: list[str] = []
    running: list[str] = []
    rows: list[str] = []

    def flush() -> None:
        if running:
            parts.append(f"#par(text({quoted(' '.join(running))}))\n")
            running.clear()
        if rows:
            parts.append(row_markup(rows))
            rows.clear()

    for line in page.lines:
        own = line_markup(line)
        if line.startswith("|"):
            if running:
                flush()
            rows.append(line)
        elif own or not line.strip():
            flush()
            parts.append(own)
        else:
            if rows:
                flush()
            running.append(line.strip())
    flush()
    return "".join(parts)


def document_markup(source: Source, first_bates: int) -> str:
    """Return the Typst markup of a whole file; header and foot carry the fax line and the Bates number."""
    fax, prefix = source.settings.get("fax", ""), source.settings["bates_prefix"]
    total = len(source.pages)
    parts = [f"#set document(title: {quoted(source.settings['title'])})\n#set par(justify: false)\n"]
    for number, page in enumerate(source.pages, 1):
        font, size = FONTS[page.style]
        head = f"{fax}   P. {number:02d}/{total:02d}" if fax else ""
        foot = f"{prefix}{first_bates + number - 1:06d}"
        parts.append(
            f'#page(paper: "us-letter", margin: (x: 0.9in, top: 0.85in, bottom: 0.75in), '
            f'header: text(font: "Liberation Mono", size: 8pt, {quoted(head)}), '
            f'footer: align(right, text(font: "Liberation Mono", size: 8pt, {quoted(foot)})))[\n'
            f'#set text(font: "{font}", size: {size}, hyphenate: false)\n{page_markup(page)}]\n'
        )
    return "".join(parts)


def scanned(pdf: bytes, index: int, seed: int) -> bytes:
    """Return one page as a PDF that holds only a scan of it: askew, speckled, black and white."""
    noise = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(pdf)
    image = document[index].render(scale=SCAN_DPI / 72, grayscale=True).to_pil()
    document.close()
    angle = float(noise.uniform(0.4, 1.1)) * (1 if seed % 2 else -1)
    image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(image, dtype=np.float32) + noise.normal(0, 14, (image.height, image.width))
    specks = noise.random((image.height, image.width))
    ink = (grey < 150) & (specks > 0.004) | (specks > 0.99985)
    for column in noise.integers(0, image.width, 2):
        ink[:, column] |= noise.random(image.height) > 0.7
    page = io.BytesIO()
    Image.fromarray(~ink).save(
        page, "PDF", resolution=SCAN_DPI, creationDate=PRINTED_ON.timetuple(), modDate=PRINTED_ON.timetuple()
    )
    return page.getvalue()


def build(source: Source, first_bates: int, out: Path) -> int:
    """Write the PDF of one source file and return its number of pages.

    Raises:
        SourceError: a page of the source does not fit on one sheet.
    """
    printed: bytes = typst.compile(
        document_markup(source, first_bates).encode(), format="pdf", timestamp=int(PRINTED_ON.timestamp())
    )
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        if len(pdf.pages) != len(source.pages):
            raise SourceError(f"{source.path.name}: {len(source.pages)} pages became {len(pdf.pages)} sheets")
        for index, page in enumerate(source.pages):
            if page.scan is not None:
                with pikepdf.open(io.BytesIO(scanned(printed, index, page.scan))) as image:
                    pdf.pages[index] = image.pages[0]
        if any(page.scan is not None for page in source.pages):
            del pdf.Root["/StructTreeRoot"]  # its marks point into the sheets that were replaced
            del pdf.Root["/MarkInfo"]
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return len(source.pages)


def build_case(name: str) -> None:
    """Write all record PDFs of one example; Bates numbers run on from file to file."""
    records = HERE.parent / name / "records"
    records.mkdir(parents=True, exist_ok=True)
    bates = 1
    for path in sorted((HERE / name).glob("*.txt")):
        out = records / f"{path.stem}.pdf"
        pages = build(read_source(path), bates, out)
        bates += pages
        print(f"{name}/records/{out.name}: {pages} pages, {out.stat().st_size // 1024} KB")


def case_names() -> list[str]:
    """Return the names of the examples, which are the folders beside this file."""
    return sorted(folder.name for folder in HERE.iterdir() if any(folder.glob("*.txt")))


def main() -> None:
    """Build the cases named on the command line, or all."""
    for name in sys.argv[1:] or case_names():
        build_case(name)


if __name__ == "__main__":
    main()

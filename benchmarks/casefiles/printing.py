"""A draft becomes a PDF: typeset, or printed line by line."""

from __future__ import annotations

import io

import pikepdf
import typst
from benchmarks.casefiles.draft import Draft

_LETTER = (0, 0, 612, 792)
_LEFT, _TOP, _LEADING, _SIZE = 54, 756, 12, 10


class Printer:
    """Prints drafts; the typesetter and its fonts are opened once."""

    def __init__(self) -> None:
        self._typesetter = typst.Compiler(b"start")

    def printed(self, draft: Draft) -> pikepdf.Pdf:
        """Return the draft as an open PDF."""
        if draft.source is None:
            return _line_printed(draft)
        data = self._typesetter.compile(input=draft.source.encode(), format="pdf", pdf_tags=False)
        assert isinstance(data, bytes), "one PDF, not pages of pictures"
        return pikepdf.open(io.BytesIO(data))


def helvetica(pdf: pikepdf.Pdf, name: str = "Helvetica") -> pikepdf.Object:
    """Return one of the fonts that every reader has."""
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name(f"/{name}"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )


def escaped(text: str) -> bytes:
    """Return the text as it stands between the brackets of a PDF string.

    Example:
        >>> escaped("a (b)")
        b'a \\\\(b\\\\)'
    """
    plain = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return plain.encode("cp1252", errors="replace")


def _line_printed(draft: Draft) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    font = helvetica(pdf, "Courier")
    for lines in draft.lines:
        shown = b"".join(b"(" + escaped(line) + b") Tj T*\n" for line in lines)
        content = b"BT /F1 %d Tf %d TL %d %d Td\n%sET" % (_SIZE, _LEADING, _LEFT, _TOP, shown)
        page = pdf.add_blank_page(page_size=_LETTER[2:])
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(content)
    return pdf

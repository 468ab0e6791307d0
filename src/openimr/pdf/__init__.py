"""The one place that opens a PDF: always in a process of its own, with limits."""

from openimr.pdf.reader import PdfLimits, PdfReader
from openimr.pdf.wire import PdfPage, PdfPicture, PdfText

__all__ = ["PdfLimits", "PdfPage", "PdfPicture", "PdfReader", "PdfText"]

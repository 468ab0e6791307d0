"""The one place that opens a PDF: always in a process of its own, with limits."""

from openimr.pdf.contained import ContainedProcess
from openimr.pdf.reader import PdfFile, PdfLimits, PdfReader
from openimr.pdf.wire import PdfPage, PdfPicture, PdfText, PdfWord

__all__ = [
    "ContainedProcess",
    "PdfFile",
    "PdfLimits",
    "PdfPage",
    "PdfPicture",
    "PdfReader",
    "PdfText",
    "PdfWord",
]

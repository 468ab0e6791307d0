"""One document of the list of documents reviewed, in the words that read back."""

from __future__ import annotations

from openimr.letters.documents import NO_EXHIBIT, print_pages
from openimr.terms.letter import DocumentReviewed


def entry_parts(document: DocumentReviewed) -> dict[str, list[str]]:
    """Return the parts of an entry by column: document, dates, pages, source.

    Each part behind the title carries its label, so that the entry can be
    read back whatever the columns.
    """

    def labelled(label: str, value: object) -> list[str]:
        return [f"{label}: {value}"] if value else []

    def day(value: object) -> str:
        return value.strftime("%m/%d/%Y") if value else ""  # type: ignore[attr-defined]

    relied = {True: "yes", False: "no", None: ""}[document.relied_on]
    return {
        "document": [
            f"Exhibit {document.exhibit or NO_EXHIBIT} \u2014 {document.title}",
            *labelled("Type", document.type),
            *labelled("Author", document.author),
        ],
        "dates": [
            *labelled("Date of service", day(document.date_of_service)),
            *labelled("Report date", day(document.report_date)),
        ],
        "pages": labelled("Pages", print_pages(document.pages)),
        "source": [
            *labelled("Submitted by", document.submitted_by),
            *labelled("Received", day(document.received_on)),
            *labelled("Relied on", relied),
        ],
    }


def entry_line(document: DocumentReviewed) -> str:
    """Return an entry as one line of text."""
    return " ".join(part for parts in entry_parts(document).values() for part in parts)

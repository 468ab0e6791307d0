"""Words in a citation that name nothing: numbers of the regulation, remarks on a source, labels."""

from __future__ import annotations

import re

# What letters of 2013 print behind a source: a remark on it, not a part of its name.
PART_OF_MTUS = re.compile(
    r",?\s+(?:which\s+(?:is|are)\s+)?(?:an?\s+[\w ]{0,40}guideline,?\s+(?:that|which)\s+is\s+)?"
    r"(?:not\s+)?(?:a\s+)?part\s+of\s+the\s+MTUS\b"
)
# "Low Back Complaints Chapter (ACOEM Practice Guidelines, 2nd Edition (2004), Chapter 12)"
_ACOEM_BEHIND_TITLE = re.compile(
    r"(?P<title>[^()]{3,80})\bChapter,?\s+\((?P<acoem>ACOEM\b[^()]*(?:\([^()]*\)[^()]*)?)\)", re.IGNORECASE
)
# The number of the regulation, which stands where a section is named elsewhere.
_REGULATION = re.compile(
    r"(?:\b(?:Title\s+)?8,?\s+)?(?:\bC\.?\s?C\.?\s?R\.?,?\s+)?(?:§+\s?|Sections?\s+)?"
    r"\b9792\.\d+(?:\.\d+)*(?:\s*[-–]\s*9792\.\d+(?:\.\d+)*)?\s*(?:MTUS\s*)?(?:\(Effective\s+[^()]{3,30}\))?",
    re.IGNORECASE,
)
# A label of pages that has another behind it: its own page is the number of the regulation.
_LABEL_OF_NOTHING = re.compile(r"\bPages?\(s\)\s*:?\s*(?=Pages?\b)", re.IGNORECASE)
_AROUND_SECTION = re.compile(
    r"^(?:(?:CA|California)\s+)?MTUS[\s:,]+|^(?:section|topic)\s+|\s+(?:section|topic)$", re.IGNORECASE
)


def without_remarks(text: str) -> str:
    """Return what stands behind a document's name without the number of the regulation and remarks on it.

    Example:
        >>> without_remarks(" 8 C.C.R. 9792.20 - 9792.26 MTUS (Effective July 18, 2009) Page 46")
        '  Page 46'
    """
    text = _REGULATION.sub(" ", PART_OF_MTUS.sub(" ", text))
    return _LABEL_OF_NOTHING.sub("", text)


def bare_section(words: str) -> str:
    """Return a section's name without the words around it that are no part of it.

    Example:
        >>> bare_section("CA MTUS Physical Medicine"), bare_section("Opioid Section")
        ('Physical Medicine', 'Opioid')
    """
    return _AROUND_SECTION.sub("", words)


def acoem_first(printed: str) -> str:
    """Return a citation with "ACOEM" in front where the title of the chapter stands before it.

    Example:
        >>> acoem_first("Knee Complaints Chapter (ACOEM Guidelines, Chapter 13) pg. 339")
        'ACOEM Guidelines, Chapter 13, Knee Complaints  pg. 339'
    """
    moved = _ACOEM_BEHIND_TITLE.match(printed)
    return _ACOEM_BEHIND_TITLE.sub(r"\g<acoem>, \g<title>", printed, count=1) if moved else printed

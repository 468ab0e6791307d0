"""Words that qualify a treatment request: contrast, guidance, approach, rental."""

from __future__ import annotations

import re
from functools import cache

from openimr.vocabulary.phrases import PhraseMatcher
from openimr.vocabulary.text import lowered

_WORDS = (
    "under fluoroscopy|under fluoroscopic guidance|under ultrasound guidance|under anesthesia"
    "|under iv sedation|with fluoroscopy|with fluoroscopic guidance|with ultrasound guidance"
    "|fluoroscopic guidance|fluoroscopic-guided|fluoroscopically guided|fluoroscopically-guided"
    "|ultrasound guidance|ultrasound-guidance|ultrasound guided|ultrasound-guided|24/7|rental|rentals"
    "|purchase|trial|initial|additional|post-op|postop|post op|post-operative|postoperative"
    "|post operative|post-surgical|postsurgical|post surgical|post-surgery"
    "|pre-op|preop|pre op|pre-operative|preoperative|pre operative|repeat|continued"
    "|diagnostic|revision|open|endoscopic|transforaminal|interlaminar|caudal|inpatient|outpatient"
    "|generic|custom|random|quantitative|qualitative|flexion/extension|flexion-extension"
    "|flexion and extension|permanent|weaning"
).split("|")
_AGENT = r"(?:contrast|gadolinium|gad|dye)"
_CONTRAST = re.compile(
    r"\b(?:(?P<both>with and without|without and with|with/without|without/with|with & without"
    rf"|w/ ?(?:and|&) ?w/o|w/ ?wo) {_AGENT}"
    rf"|(?P<either>with or without) {_AGENT}"
    rf"|(?P<one>without|with|w/o|w/) ?(?:intravenous |iv |the use of |any )?{_AGENT}"
    r"|(?P<none>non-? ?contrast))",
    re.IGNORECASE,
)
_CONTRAST_NAMES = {
    "both": "with and without contrast",
    "either": "with or without contrast",
    "none": "without contrast",
}
_HOURS_A_DAY = re.compile(
    r"\b\d{1,2}(?: ?- ?\d{1,2}| to \d{1,2})? ?(?:hours?|hrs?)"
    r" ?(?:(?:a|per|/|each) ?(?:day|week|wk|month)|daily|weekly)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\b(?:[1-8]|two|four|six|eight)[ -]leads?\b", re.IGNORECASE)
_COUNTS = {"two": "2", "four": "4", "six": "6", "eight": "8"}


@cache
def _matcher() -> PhraseMatcher[str]:
    return PhraseMatcher((word, word) for word in _WORDS)


def read_qualifiers(text: str) -> tuple[str, ...]:
    """Return the qualifying words of a request in lower case, each once, in order.

    Contrast is written in one way, however it is printed.

    Example:
        >>> read_qualifiers("Repeat MRI of the brain w/o contrast")
        ('repeat', 'without contrast')
    """
    found = [(match.start, match.value) for match in _matcher().find(text)]
    lower = lowered(text)
    if "contrast" in lower or " gad" in lower or " dye" in lower:
        found += [(m.start(), _contrast(m)) for m in _CONTRAST.finditer(text)]
    if "hour" in lower or "hr" in lower:
        found += [(m.start(), m.group(0).lower()) for m in _HOURS_A_DAY.finditer(text)]
    if "lead" in lower:
        found += [(m.start(), _leads(m.group(0).lower())) for m in _LEADS.finditer(text)]
    return tuple(dict.fromkeys(word for _, word in sorted(found)))


def _leads(printed: str) -> str:
    count = re.split("[ -]", printed)[0]
    return f"{_COUNTS.get(count, count)} leads"


def _contrast(match: re.Match[str]) -> str:
    if match["one"]:
        return "with contrast" if match["one"].lower() in ("with", "w/") else "without contrast"
    return _CONTRAST_NAMES[match.lastgroup or "none"]

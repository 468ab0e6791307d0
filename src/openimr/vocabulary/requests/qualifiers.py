"""Words that qualify a treatment request: contrast, guidance, approach, rental."""

from __future__ import annotations

import re

_CONTRAST = r"(?:contrast|gadolinium|gad|dye)"
_WITH = r"(?:without|with|w/o|w/)"
_QUALIFIER = re.compile(
    rf"\b(?P<both>with and without|without and with|with/without|without/with"
    rf"|w/ ?(?:and|&) ?w/o|w/ ?wo|with & without)"
    rf" {_CONTRAST}"
    rf"|\b(?P<either>with or without) {_CONTRAST}"
    rf"|\b(?P<one>{_WITH}) ?(?:intravenous |iv |the use of |any )?{_CONTRAST}|\b(?P<none>non-? ?contrast)"
    r"|\bunder (?:fluoroscop(?:y|ic guidance)|ultrasound guidance|anesthesia|iv sedation)"
    r"|\bwith (?:fluoroscop(?:y|ic guidance)|ultrasound guidance)"
    r"|\bfluoroscopic guidance|\bultrasound[- ]guid(?:ance|ed)|\bfluoroscopic(?:ally)?[- ]guid(?:ance|ed)"
    r"|\b\d{1,2}(?: ?- ?\d{1,2}| to \d{1,2})? ?(?:hours?|hrs?) ?(?:a|per|/|each) ?(?:day|week|wk|month)\b"
    r"|\b24/7\b"
    r"|\brentals?\b|\bpurchase\b|\btrial\b|\binitial\b|\badditional\b|\bpost[- ]?op(?:erative)?\b"
    r"|\bpre[- ]?op(?:erative)?\b|\brepeat\b|\bcontinued\b|\bdiagnostic\b|\brevision\b|\bopen\b"
    r"|\bendoscopic\b"
    r"|\btransforaminal\b|\binterlaminar\b|\bcaudal\b|\binpatient\b|\boutpatient\b|\bgeneric\b|\bcustom\b"
    r"|\brandom\b|\bquantitative\b|\bqualitative\b|\bflexion(?:[/-]| and )extension\b"
    r"|\bpermanent\b|\bweaning\b"
    r"|\breplacement\b(?= (?:batter|pads|supplies|electrodes))",
    re.IGNORECASE,
)
_CONTRAST_NAMES = {
    "both": "with and without contrast",
    "either": "with or without contrast",
    "none": "without contrast",
}


def read_qualifiers(text: str) -> tuple[str, ...]:
    """Return the qualifying words of a request in lower case, each once.

    Contrast is written in one way, however it is printed.

    Example:
        >>> read_qualifiers("Repeat MRI of the brain w/o contrast")
        ('repeat', 'without contrast')
    """
    return tuple(dict.fromkeys(_name(m) for m in _QUALIFIER.finditer(text)))


def _name(match: re.Match[str]) -> str:
    if match["one"]:
        return "with contrast" if match["one"].lower() in ("with", "w/") else "without contrast"
    kind = match.lastgroup
    return _CONTRAST_NAMES[kind] if kind else match.group(0).lower()

"""The closed list of connecting phrases that a draft may use beside cited sentences.

Every sentence of a draft has a place in the record, a citation, or stands here.
"""

from __future__ import annotations

from openimr.terms.determination import Sentence, SentenceOrigin

NO_FACTS = "Nothing that could be read in the record describes the patient."
NO_TOPIC = "The guideline library has no topic on this treatment; a physician must search the evidence."
EDITION_NOT_ENCODED = (
    "The guideline edition in force on the day of the request is not in the library; "
    "no older edition stands in for it."
)
ALSO_NOT_ENCODED = (
    "What another guideline in force on the day of the request may say on this treatment is not in the "
    "library; no other edition stands in for it."
)
DAY_NOT_KNOWN = "The day of the request is not known, so no guideline edition can be chosen."
RECALLED_LEFT_OUT = (
    "Criteria that are only recalled stand in the packet until the physician has confirmed them "
    "at their source."
)
POINT_NOT_ASKED = "No criterion in the library is about this point."
NO_OUTCOME = "This draft holds no outcome; a physician decides."

CONNECTING = frozenset(
    {
        NO_FACTS,
        NO_TOPIC,
        EDITION_NOT_ENCODED,
        ALSO_NOT_ENCODED,
        DAY_NOT_KNOWN,
        RECALLED_LEFT_OUT,
        POINT_NOT_ASKED,
        NO_OUTCOME,
    }
)


def connecting(phrase: str) -> Sentence:
    """Return a phrase of the closed list as a sentence.

    Raises:
        KeyError: The phrase is not on the list.
    """
    if phrase not in CONNECTING:
        raise KeyError(phrase)
    return Sentence(text=phrase, origin=SentenceOrigin.CONNECTING)

"""The fixed words of our own letters, which print and read them alike.

A value stands between two of these; it is read back from there, whatever
happened to the white space in between.
"""

from __future__ import annotations

from openimr.terms.issuance import Statement
from openimr.terms.letter import Outcome, Priority

MARK = "Prepared with OpenIMR"
NOT_STATED = "not stated"
NONE = "none"
NO_EXHIBIT = "\u2013"
# Ends a line inside a word that is too long for it; the word goes on in the next line.
BREAK = "\u00ac"

TITLE = "Independent Medical Review Final Determination"
DRAFT_TITLE = "Independent Medical Review Draft"
DRAFT_HEADER = "DRAFT, NOT A DETERMINATION"
DRAFT_BANNER = (
    "DRAFT. This is not a determination. No physician has decided on it, it holds no decision on any "
    "item, and nothing in it can be relied on or appealed."
)

HOW_MADE = "HOW THE IMR FINAL DETERMINATION WAS MADE"
HOW_DRAFTED = "HOW THIS DRAFT WAS MADE"
SUMMARY = "CLINICAL CASE SUMMARY"
DOCUMENTS = "LIST OF DOCUMENTS REVIEWED"
ITEMS = "IMR ISSUES, DECISIONS AND RATIONALES"
DRAFT_ITEMS = "IMR ISSUES, NOT YET DECIDED"
SERVICE = "HOW THIS DETERMINATION WAS SERVED"
RIGHTS = "APPEAL RIGHTS"
SOURCES = "RULES AND GUIDELINES USED"
WITHHELD = "WITHHELD FOR PUBLICATION"

CREDENTIALS_LEAD = "The expert reviewer has these credentials:"
CREDENTIALS = {
    "licensed_in": "State(s) of Licensure:",
    "specialties": "Certification(s)/Specialty:",
    "board_certified_in": "Board Certification(s):",
    "subspecialties": "Subspecialty(s):",
}
# Not a comma: "Physical Medicine, Rehabilitation" can be one specialty.
CREDENTIALS_JOINT = "; "

PATIENT = "Patient:"
SUMMARY_LEAD = "Summary:"
AGE_NOT_STATED = "age not stated"
SEX_NOT_STATED = "sex not stated"

NO_LIST = "The record of this letter holds no list of the documents reviewed."
NO_DOCUMENTS = "No documents were received for this review."
DOCUMENT_COLUMNS = ("Exhibit", "Document", "Dates", "Pages", "Source and use")

ITEMS_LEAD = (
    "The determination rests on a decision for each of the disputed items/services set forth below. "
    '"Upheld" means that the denial by the claims administrator stands. "Overturned" means that the '
    "denial does not stand."
)
DRAFT_ITEMS_LEAD = (
    "For each of the disputed items/services, this draft sets out what the record says. A physician "
    "decides every item."
)
NO_ITEMS = "The record of this letter holds no disputed items."
DECISION = "Decision:"
DECISIONS = {
    Outcome.UPHELD: ("Upheld.", "The denial stands; the treatment in dispute is not medically necessary."),
    Outcome.OVERTURNED: (
        "Overturned.",
        "The denial is overturned; the treatment in dispute is medically necessary.",
    ),
    Outcome.OVERTURNED_IN_PART: (
        "Overturned in Part.",
        "The denial is overturned for a part of the treatment, which is medically necessary, and stands "
        "for the rest.",
    ),
}
NOT_DECIDED = ("Not stated.", "The record of this letter holds no decision on this item.")
DRAFT_DECISION = ("None.", "This item awaits a physician.")
RESULT = "Result:"
# What the denial does, for one item and for several.
RESULT_WORDS = {
    Outcome.UPHELD: "stands",
    Outcome.OVERTURNED: "is overturned",
    Outcome.OVERTURNED_IN_PART: "is overturned in part",
}
PAYER_BASIS = "Claims Administrator guideline:"
REVIEWER_BASIS = "Expert Reviewer guideline:"
MTUS = "MTUS"
OTHER_SOURCE = "Other than the MTUS"
STATEMENT = "Statement"
RATIONALE = "Decision rationale:"
DRAFT_RATIONALE = "Draft of a rationale:"
SPEAKS_FOR = "What the record says for the request:"
SPEAKS_AGAINST = "What the record says against the request:"
MISSING = "What the record does not say:"

PRIORITIES = {Priority.REGULAR: "Standard", Priority.EXPEDITED: "Expedited"}

STATEMENTS = {
    Statement.COMPLETE_FILE: "The expert reviewer received the complete case file.",
    Statement.NO_AFFILIATION: (
        "The reviewer has no material affiliation with the employee, the employer, "
        "the claims administrator or any provider in this case."
    ),
    Statement.ACTIVE_PRACTICE: (
        "The reviewer has been in active clinical practice for more than {figure:g} years."
    ),
    Statement.CURRENT_HOURS: "The reviewer now works at least {figure:g} hours a week in active practice.",
    Statement.SAME_OR_SIMILAR_SPECIALTY: (
        "The reviewer was chosen because specialists of the same or a similar kind evaluate "
        "and treat this condition and prescribe the disputed treatment."
    ),
    Statement.FAMILIAR_WITH_LAW: (
        "The reviewer has attested to know the laws and regulations that govern this review, "
        "and the order in which evidence must be weighed."
    ),
    Statement.READ_THE_FILE: "The reviewer has attested to have read the case file as it was sent.",
}


def item_heading(number: int, count: int) -> str:
    """Return the words before the request in the heading of a disputed item."""
    return f"Disputed item {number} of {count}:"

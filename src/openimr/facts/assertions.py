"""What a mention says: of the patient or not, there or not, now or once."""

from __future__ import annotations

from dataclasses import dataclass

import re2

from openimr.facts.chronic import stays
from openimr.facts.concepts import Mention
from openimr.facts.denied import denied, denies_another, is_affirmed
from openimr.facts.given_once import is_given_once
from openimr.facts.reading import ASKING_EXHIBITS, PageReading
from openimr.facts.still_so import is_still_so
from openimr.facts.triggers import About, Says, Scope
from openimr.facts.undone import is_of_care, taken_back, undone, went
from openimr.terms.facts import Assertion, FactKind

# "4+ over 5", "5/5": strength and reflexes are graded by number too.
_OUT_OF_FIVE = re2.compile(r"\b([0-5])\s?([+-]?)\s?(?:/|over|out of)\s?5\b")
# "5/5 except the right big toe, 4/5"
_EXCEPT = re2.compile(r"\b(?:except\w*|exception|but|apart from|aside from|other than|save)\b")
_GRADE_REACH = 45

_ASSERTIONS = {
    Says.PRESENT: Assertion.PRESENT,
    Says.ABSENT: Assertion.ABSENT,
    Says.HISTORICAL: Assertion.HISTORICAL,
    Says.HYPOTHETICAL: Assertion.HYPOTHETICAL,
    Says.FAMILY: Assertion.FAMILY,
    Says.REQUESTED: Assertion.REQUESTED,
    Says.DENIED: Assertion.REQUESTED,
    Says.MODIFIED: Assertion.REQUESTED,
    Says.AUTHORIZED: Assertion.REQUESTED,
    Says.GUIDELINE: Assertion.GUIDELINE,
    Says.NOT_DOCUMENTED: Assertion.HYPOTHETICAL,
}
# In the reasons of a denial these tell what the payer did not find in the
# papers, and nothing about the patient.
# What the patient does alone: nobody has to approve it.
_SELF_CARE = frozenset({"home exercise program", "heat or ice", "activity modification", "medications"})
# Sections that tell what was done; in the others a drug is taken or wanted.
_TELLING = ("past_treatment", "subjective", "objective", "results", "injury", "procedure", "given")
_RISKS = re2.compile(
    r"\b(?:risks?|complications?|hazards|dangers)\b[^.]*?\b(?:includ\w+|such as|limited to|exclusive of"
    r"|namely|the following)\b"
    r"|\brisks?\b[^.]{0,50}\b(?:are|were) (?:bleeding|infection|pain|nerve|damage|death|stiffness)\b"
)
# "The risks of paralysis, hoarseness, and infection were explained."
_RISKS_TOLD = re2.compile(r"\brisks? of [^.;]*$")
# "We also discussed nonunion and infection": behind a sentence that names risks.
_TALKED = re2.compile(
    r"^(?:we|i|he|she) (?:also |did |further )*(?:discuss(?:ed)?|understood|understands|explained)\b"
)
_TOLD = re2.compile(r"\b(?:explained|discussed|reviewed|described|outlined|told|understood|gone over)\b")
# So far before a mention a talk about risks is looked for that goes on behind semicolons, and in so
# many characters it is opened.
_LONGEST_TALK, _OPENING = 2_000, 100
_PATIENT_BETWEEN = re2.compile(r"\b(?:patient|worker|claimant|applicant|he|she|him|her|his)\b")
_CHILDHOOD = ("childhood ", "juvenile ")
_UNPROVEN = ("no evidence", "lack of")
# Said under the heading of the family, these say it of the family.
_HAD = (Says.PRESENT, Says.HISTORICAL)
_ASKING = (Says.DENIED, Says.MODIFIED, Says.AUTHORIZED, Says.REQUESTED)
# A deciding trigger further away than this is not quoted with its mention.
_QUOTED_TOGETHER = 80


@dataclass(frozen=True, slots=True)
class Decision:
    """What a mention says, by which trigger; ``start`` and ``end`` cover both where they are close."""

    says: Says
    start: int
    end: int
    scope: Scope | None = None

    @property
    def assertion(self) -> Assertion:
        """The assertion of the fact. What is not documented says nothing about the patient."""
        return _ASSERTIONS[self.says]


def decide(reading: PageReading, mention: Mention, number: int) -> Decision | None:
    """Return what a mention says; None where its words leave it open.

    A test without a result and a range of motion without a grade are left
    open: silence is no fact.
    """
    reaching = [
        s
        for s in reading.scopes[number]
        if s.reaches(mention.start, mention.end) and not (mention.start <= s.at and s.to <= mention.end)
    ]
    if reading.is_guideline[number]:
        asked = [s for s in reaching if mention.concept.is_care and _asks(s)]
        if not asked:
            return Decision(Says.GUIDELINE, mention.start, mention.end)
    reaching = [s for s in reaching if s.trigger.says is not Says.GUIDELINE]
    read_by = mention.concept.read_by
    if read_by:
        return _decide_examined(reading, mention, number, reaching)
    is_care = mention.concept.is_care
    if reading.names_risks and not is_care and _is_told_as_risk(reading, mention, number, reaching):
        return Decision(Says.HYPOTHETICAL, mention.start, mention.end)
    if is_care and _is_of_relative(reading, mention, reaching):
        return Decision(Says.FAMILY, mention.start, mention.end)
    deciding = [s for s in reaching if s.trigger.about in _abouts(mention)]
    if is_care:
        deciding = [s for s in deciding if not is_of_care(reading, s, mention)]
    scope = _strongest(deciding, mention)
    of_family = not is_care and reading.sections[number] == "family_history"
    if of_family and (scope is None or scope.trigger.says in _HAD):
        return Decision(Says.FAMILY, mention.start, mention.end)
    if scope is None:
        says = _by_section(reading, mention, number)
        if says in _HAD:
            says = (undone if is_care else denied)(reading, mention, number) or says
        return Decision(says, mention.start, mention.end)
    if otherwise := _otherwise(reading, scope, mention, number):
        return Decision(otherwise, mention.start, mention.end)
    if scope.trigger.words.startswith(_UNPROVEN) and _is_denial(reading, number):
        return Decision(Says.NOT_DOCUMENTED, mention.start, mention.end, scope)
    if scope.trigger.says is Says.HISTORICAL and _goes_on(reading, scope, mention, number):
        return Decision(Says.PRESENT, mention.start, mention.end)
    return _decision(scope, mention)


def _otherwise(reading: PageReading, scope: Scope, mention: Mention, number: int) -> Says | None:
    """Return what is said of a mention where the words around it say another thing than its trigger."""
    if is_affirmed(reading, scope, mention):
        return Says.PRESENT
    if mention.concept.is_care and went(reading, scope, mention, number):
        return Says.PRESENT
    if scope.trigger.says in _HAD:
        return taken_back(reading, scope, mention, number)
    return denies_another(reading, scope, mention, number)


def _asks(scope: Scope) -> bool:
    """Return whether a trigger asks for care in a sentence of a guideline: "recommend" is its own verb."""
    return scope.trigger.says in _ASKING and scope.trigger.words != "recommend"


def _abouts(mention: Mention) -> tuple[About, ...]:
    """Return what a trigger can be about to decide a mention."""
    if not mention.concept.is_care:
        return (About.CLINICAL, About.ANY)
    is_drug = mention.concept.kind is FactKind.MEDICATION
    return (About.CARE, About.DRUG if is_drug else About.TREATMENT, About.ANY)


def _goes_on(reading: PageReading, scope: Scope, mention: Mention, number: int) -> bool:
    """Return whether what a trigger puts into the past is present: treated now, or chronic in a list."""
    if is_still_so(reading, scope, mention, number):
        return True
    is_listed = "medical history" in scope.trigger.words and not scope.trigger.words.endswith(" of")
    return is_listed and not mention.concept.is_care and _is_chronic(reading, mention, number)


def _is_of_relative(reading: PageReading, mention: Mention, reaching: list[Scope]) -> bool:
    """Return whether a relative has the treatment: "her mother takes", not "her mother says she takes"."""
    return any(
        s.trigger.says is Says.FAMILY
        and s.to <= mention.start
        and not _PATIENT_BETWEEN.search(reading.lower[s.to : mention.start])
        for s in reaching
    )


def _is_told_as_risk(reading: PageReading, mention: Mention, number: int, reaching: list[Scope]) -> bool:
    """Return whether a list of risks goes on to a mention: "the risks of surgery, including ..."."""
    if any(s.trigger.says is Says.ABSENT for s in reaching):
        return False
    number = reading.opening_of(number)
    start = reading.sentences[number].start
    before = reading.lower[max(start, mention.start - _LONGEST_TALK) : mention.start]
    if match := _RISKS.search(before):
        return "risk factor" not in match.group(0)
    opening = reading.lower[start : min(mention.start, start + _OPENING)]
    if _TALKED.search(opening) and _follows_risks(reading, number):
        return True
    listed = _RISKS_TOLD.search(before)
    if listed is None or " for " in listed.group(0):
        return False
    return _TOLD.search(reading.lower[mention.end : reading.sentences[number].end]) is not None


def _follows_risks(reading: PageReading, number: int) -> bool:
    """Return whether a risk is named in one of the two sentences before."""
    start = reading.sentences[max(0, number - 2)].start
    return "risk" in reading.lower[start : reading.sentences[number].start]


def _is_denial(reading: PageReading, number: int) -> bool:
    return any(s.trigger.says is Says.DENIED for s in reading.scopes[number])


def _strongest(reaching: list[Scope], mention: Mention) -> Scope | None:
    """Return the trigger that decides: family, then asking, then the nearest.

    "Present" nearer than another trigger on the same side takes the mention
    back ("denies numbness but reports weakness").
    """
    if len(reaching) < 2:
        return reaching[0] if reaching else None
    family = [s for s in reaching if s.trigger.says is Says.FAMILY]
    if family:
        return family[0]
    nearest = min(reaching, key=lambda s: s.distance(mention.start, mention.end))
    if nearest.trigger.says is Says.HISTORICAL and nearest.trigger.words.endswith("history of"):
        # "Denied falls or history of stroke": what is denied is the history.
        denied = [s for s in reaching if s.trigger.says is Says.ABSENT and s.to <= nearest.at]
        nearest = denied[-1] if denied else nearest
    if nearest.trigger.says is Says.PRESENT:
        behind = [s for s in reaching if s.at >= mention.end and s.trigger.says is not Says.PRESENT]
        return behind[0] if behind else nearest
    for group in ((Says.DENIED,), (Says.MODIFIED, Says.AUTHORIZED), (Says.REQUESTED,), (Says.HYPOTHETICAL,)):
        of_group = [s for s in reaching if s.trigger.says in group]
        if of_group and not _taken_back(of_group[0], reaching, mention):
            return of_group[0]
    return nearest


def _taken_back(scope: Scope, reaching: list[Scope], mention: Mention) -> bool:
    return scope.to <= mention.start and any(
        s.trigger.says is Says.PRESENT and scope.to <= s.at and s.to <= mention.start for s in reaching
    )


def _decision(scope: Scope, mention: Mention) -> Decision:
    start, end = min(scope.at, mention.start), max(scope.to, mention.end)
    plain = scope.trigger.says is Says.PRESENT and not mention.concept.read_by
    asking = scope.trigger.says in _ASKING
    if plain or asking or end - start > _QUOTED_TOGETHER or scope.trigger.reach == "sentence":
        start, end = mention.start, mention.end
    return Decision(scope.trigger.says, start, end, scope)


def _decide_examined(
    reading: PageReading, mention: Mention, number: int, reaching: list[Scope]
) -> Decision | None:
    """Return the result of a test, or the grade of what is normal or not."""
    own = About(mention.concept.read_by)
    wanted = (Says.PRESENT, Says.ABSENT, Says.NOT_DOCUMENTED, Says.HYPOTHETICAL)
    grades = [s for s in reaching if s.trigger.about is own]
    if own is About.TEST or not grades:
        silent = (Says.NOT_DOCUMENTED, Says.HYPOTHETICAL)
        any_result = [s for s in reaching if s.trigger.about is About.ANY and s.trigger.says in wanted]
        grades += any_result if own is About.TEST else [s for s in any_result if s.trigger.says in silent]
    if not grades:
        return _by_number(reading, mention, number)
    grade = min(grades, key=lambda s: s.distance(mention.start, mention.end))
    decision = _decision(grade, mention)
    if own is About.GRADED and decision.says is Says.PRESENT and _is_negated(reading, number, grade):
        return Decision(Says.ABSENT, decision.start, decision.end, grade)
    return decision


def _is_negated(reading: PageReading, number: int, grade: Scope) -> bool:
    """Return whether "no" or "without" stands right before a grade: "no decreased sensation"."""
    return any(
        s.trigger.says is Says.ABSENT and s.trigger.about is About.CLINICAL and 0 <= grade.at - s.to <= 2
        for s in reading.scopes[number]
    )


def _by_number(reading: PageReading, mention: Mention, number: int) -> Decision | None:
    """Return what grades out of five say: full, or less; open where a lower one stands behind a full one."""
    if mention.concept.name != "weakness":
        return None
    sentence_end = reading.sentences[number].end
    end = min(sentence_end, mention.end + _GRADE_REACH)
    match = _OUT_OF_FIVE.search(reading.lower[mention.end : end])
    if match is None:
        return None
    if not _is_full(match):
        return Decision(Says.PRESENT, mention.start, mention.end + match.end())
    behind = reading.lower[mention.end + match.end() : min(sentence_end, end + _GRADE_REACH)]
    lower = next((m for m in _OUT_OF_FIVE.finditer(behind) if not _is_full(m)), None)
    if lower is None:
        return Decision(Says.ABSENT, mention.start, mention.end + match.end())
    if _EXCEPT.search(behind[: lower.start()]):
        return Decision(Says.PRESENT, mention.start, mention.end + match.end() + lower.end())
    return None


def _is_full(grade: re2._Match) -> bool:
    return bool(grade.group(1) == "5" and grade.group(2) != "-")


def _is_chronic(reading: PageReading, mention: Mention, number: int) -> bool:
    """Return whether a disorder stays: in a list of past history it is still there, unless "history of"."""
    if "history of" in reading.lower[reading.sentences[number].start : mention.start]:
        return False
    return stays(mention.concept)


def _by_section(reading: PageReading, mention: Mention, number: int) -> Says:
    """Return what a mention says by the section and the document that it stands in."""
    section = reading.sections[number]
    if section in (None, *_TELLING) and is_given_once(reading, mention, number):
        return Says.HISTORICAL
    if not mention.concept.is_care:
        if section == "family_history":
            return Says.FAMILY
        is_past = section == "past_history" and not _is_chronic(reading, mention, number)
        is_past = is_past or reading.lower.startswith(_CHILDHOOD, mention.start)
        return Says.HISTORICAL if is_past else Says.PRESENT
    if section in ("past_history", "procedure", "given"):
        # "Atrial fibrillation, on Coumadin": in a list of the past still taken.
        is_taken = section == "past_history" and reading.lower.endswith((" on ", "(on "), 0, mention.start)
        return Says.PRESENT if is_taken else Says.HISTORICAL
    if section == "request":
        return Says.REQUESTED
    if (
        section == "plan"
        and mention.concept.kind is not FactKind.MEDICATION
        and mention.concept.name not in _SELF_CARE
    ):
        return Says.REQUESTED
    asks = reading.exhibit is not None and reading.exhibit.type in ASKING_EXHIBITS
    return Says.REQUESTED if asks and section != "medications" else Says.PRESENT

"""What can be named on a page: diagnoses, findings, treatments, drugs, with offsets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from openimr.facts.disorders import Disorder, find_disorders
from openimr.terms.facts import FactKind
from openimr.terms.treatment import TreatmentKind
from openimr.vocabulary.drugs import Drug, find_drugs
from openimr.vocabulary.phrases import PhraseMatcher
from openimr.vocabulary.requests.services import find_services
from openimr.vocabulary.tables import read_table
from openimr.vocabulary.text import lowered


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that a fact can be about.

    ``read_by`` says how it is decided: ``graded`` (normal or not), ``test``
    (positive or negative), ``none`` (the words only look like a fact: the name
    of a clinic), or empty (said or denied).
    """

    kind: FactKind
    name: str
    read_by: str = ""
    icd10: str | None = None
    group: str = ""
    drug: Drug | None = None

    @property
    def is_care(self) -> bool:
        """Whether it is something done for the patient, so that it can be asked for."""
        return self.kind in _CARE or self.name == "urine drug test"


COMPLICATION = "complication"
"""The group of disorders that are facts only where they are told as a risk: bleeding."""
_GIVES_WAY = frozenset({FactKind.SYMPTOM, FactKind.FINDING, FactKind.TREATMENT, FactKind.IMAGING})
_CARE = frozenset({FactKind.MEDICATION, FactKind.TREATMENT, FactKind.IMAGING})
# Words of the request vocabulary that say nothing in a running text.
_TOO_GENERAL = frozenset(
    "evaluation|office visit|referral|report|consultation|hospital stay|supplies|excision|anesthesia service"
    "|home care equipment fitting|lift or ramp|vehicle modification|physical examination".split("|")
)
# In a record "RFA" is the request for authorization, hardly ever the ablation.
_REQUEST_FORM = "rfa"
# Group of a disorder by the first letter of its code.
_GROUPS = {
    **dict.fromkeys("AB", "infection"),
    **dict.fromkeys("CDEHIJLN", "medical"),
    "F": "psychiatric",
    "G": "neurologic",
    "K": "gastrointestinal",
    "M": "musculoskeletal",
    **dict.fromkeys("OPQ", "medical"),
    **dict.fromkeys("ST", "injury"),
}
_IMAGING_TESTS = ("electromyography", "nerve conduction", "electrodiagnostic", "emg")


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept where it is named."""

    start: int
    end: int
    concept: Concept


@cache
def _matcher() -> PhraseMatcher[Concept]:
    rows = [
        (
            row["phrase"],
            Concept(
                FactKind.SYMPTOM if row["group"] == "symptom" else FactKind.DIAGNOSIS,
                row["name"],
                icd10=row["icd10"] or None,
                group=row["group"],
            ),
        )
        for row in read_table("openimr.facts", "data/diagnoses.csv")
    ]
    rows += [
        (
            row["phrase"],
            Concept(FactKind.DIAGNOSIS, row["phrase"], icd10=row["icd10"], group=_GROUPS[row["icd10"][0]]),
        )
        for row in read_table("openimr.facts", "data/icd10.csv")
    ]
    rows += [
        (row["phrase"], Concept(FactKind(row["kind"]), row["name"], row["read_by"]))
        for row in read_table("openimr.facts", "data/concepts.csv")
    ]
    return PhraseMatcher(rows)


@cache
def _in_capitals() -> frozenset[str]:
    """Return the abbreviations that count only in capitals: "PT" is therapy, "pt" the patient."""
    rows = (
        *read_table("openimr.facts", "data/diagnoses.csv"),
        *read_table("openimr.facts", "data/concepts.csv"),
    )
    return frozenset(row["phrase"].lower() for row in rows if row["phrase"].isupper())


@cache
def _drug(drug: Drug) -> Concept:
    return Concept(FactKind.MEDICATION, drug.id, group=drug.drug_class, drug=drug)


@cache
def _service(name: str, kind: TreatmentKind) -> Concept:
    shows = kind is TreatmentKind.IMAGING or name.lower().startswith(_IMAGING_TESTS)
    fact_kind = FactKind.IMAGING if shows else FactKind.TREATMENT
    return Concept(fact_kind, name)


def _counts(text: str, start: int, end: int) -> bool:
    """Return whether an abbreviation means the concept as it is printed.

    "Ines Marl, PT" at the end of a line is a person, not a therapy.
    """
    printed = text[start:end]
    if printed.lower() in _in_capitals():
        signs = text[start - 2 : start] == ", " and text[end : end + 1] in ("", "\n")
        return printed.isupper() and not signs
    return printed.lower() != _REQUEST_FORM


def find_mentions(text: str, flat: str) -> list[Mention]:
    """Return everything named on a page, in order, without overlaps.

    Where two lists know the same words the longer phrase wins; between
    equals a drug, then a word of this room, then a treatment.

    Args:
        text: The text of the page.
        flat: The same with a blank for every line end.
    """
    found = [(m.start, -m.end, 0, _drug(m.value)) for m in find_drugs(flat)]
    found += [(m.start, -m.end, 1, m.value) for m in _matcher().find(flat)]
    found += [
        (m.start, -m.end, 2, _service(m.value.name, m.value.kind))
        for m in find_services(flat)
        if m.value.name not in _TOO_GENERAL
    ]
    found.sort(key=lambda item: item[:3])
    kept: list[Mention] = []
    reached = 0
    for start, negative_end, _rank, concept in found:
        if start >= reached and _counts(text, start, -negative_end):
            kept.append(Mention(start, -negative_end, concept))
            reached = -negative_end
    kept = _joined(_with_unlisted(kept, flat), text)
    return [mention for mention in kept if mention.concept.read_by != "none"]


def _with_unlisted(mentions: list[Mention], flat: str) -> list[Mention]:
    """Return the mentions with the disorders that no table holds.

    What a table holds stays; a symptom, finding or treatment that is only a
    part of the name of a disorder ("pain syndrome") gives way to it.
    """
    found: list[Mention] = []
    at = 0
    for disorder in find_disorders(lowered(flat)):
        while at < len(mentions) and mentions[at].end <= disorder.start:
            found.append(mentions[at])
            at += 1
        inside = at
        while inside < len(mentions) and mentions[inside].start < disorder.end:
            inside += 1
        within = mentions[at:inside]
        if not within and found and _runs_on(found[-1], disorder):
            found[-1] = replace(found[-1], end=disorder.end)
        elif all(_gives_way(m, disorder) for m in within):
            concept = Concept(FactKind.DIAGNOSIS, disorder.name, group=disorder.how.value)
            start = min([disorder.start, *(m.start for m in within)])
            found.append(Mention(start, disorder.end, concept))
            at = inside
    return found + mentions[at:]


def _joined(mentions: list[Mention], text: str) -> list[Mention]:
    """Return the mentions with two disorders that stand side by side as the second: "avulsion fracture"."""
    found = mentions[:1]
    for mention in mentions[1:]:
        last = found[-1]
        are_one = text[last.end : mention.start] == " " and (
            last.concept.kind is mention.concept.kind is FactKind.DIAGNOSIS
        )
        if are_one:
            found[-1] = replace(mention, start=last.start)
        else:
            found.append(mention)
    return found


def _gives_way(mention: Mention, disorder: Disorder) -> bool:
    """Return whether a mention is only a part of a disorder: "pain" of "pain syndrome"."""
    if mention.end > disorder.end or (mention.end == disorder.end and mention.start <= disorder.start):
        return False
    return mention.concept.kind in _GIVES_WAY or mention.concept.group == COMPLICATION


def _runs_on(mention: Mention, disorder: Disorder) -> bool:
    """Return whether a disorder only ends the name of another: "bunion deformity"."""
    return mention.concept.kind is FactKind.DIAGNOSIS and disorder.start - mention.end == 1

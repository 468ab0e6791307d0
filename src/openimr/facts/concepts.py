"""What can be named on a page: diagnoses, findings, treatments, drugs, with offsets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from openimr.terms.facts import FactKind
from openimr.terms.treatment import TreatmentKind
from openimr.vocabulary.drugs import Drug, find_drugs
from openimr.vocabulary.phrases import PhraseMatcher
from openimr.vocabulary.requests.services import find_services
from openimr.vocabulary.tables import read_table


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


_CARE = frozenset({FactKind.MEDICATION, FactKind.TREATMENT, FactKind.IMAGING})
# Words of the request vocabulary that say nothing in a running text.
_TOO_GENERAL = frozenset(
    "evaluation|office visit|referral|report|consultation|hospital stay|supplies|excision|anesthesia service"
    "|home care equipment fitting|lift or ramp|vehicle modification|physical examination".split("|")
)
# In a record "RFA" is the request for authorization, hardly ever the ablation.
_REQUEST_FORM = "rfa"
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
    return [mention for mention in kept if mention.concept.read_by != "none"]

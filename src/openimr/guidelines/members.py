"""Which topics speak about a treatment, best first."""

from __future__ import annotations

from functools import cache

from openimr.guidelines.library import Library
from openimr.guidelines.topic import Members, Topic
from openimr.terms.treatment import Treatment, TreatmentKind
from openimr.vocabulary.drugs import Drug, all_drugs

# Words of a request that place it around an operation.
_AROUND_SURGERY = frozenset(
    "post-op|postop|post op|post-operative|postoperative|post operative"
    "|post-surgical|postsurgical|post surgical|post-surgery".split("|")
)


def topics_for(treatment: Treatment, library: Library) -> tuple[str, ...]:
    """Return the ids of the topics that speak about a treatment, best first.

    A topic that names the treatment comes before one that names its class,
    and that before one for every treatment of its kind; of several parts of
    the body the first that is printed counts first.

    Source:
        The ``members`` and the ``precedence`` of each topic.
    """
    return tuple(dict.fromkeys(topic.id for topic in matching_topics(treatment, library)))


def matching_topics(
    treatment: Treatment,
    library: Library,
    *,
    settings: frozenset[str] = frozenset(),
    by_kind: bool = True,
) -> tuple[Topic, ...]:
    """Return the topics of every document and edition that speak about a treatment, best first.

    Args:
        treatment: What is asked for.
        library: The guideline library.
        settings: Settings that the record tells beside those of the request.
        by_kind: Whether a topic for every treatment of a kind speaks about one that none names.

    Source:
        The ``members`` and the ``precedence`` of each topic.
    """
    ranked = [
        ((topic.precedence, fit, not topic.criterion, number), topic)
        for number, topic in enumerate(library.topics)
        if (fit := _fit(treatment, topic.members, settings_of(treatment) | settings)) is not None
    ]
    if not by_kind or any(rank[1][0] < _BY_KIND for rank, _ in ranked):
        ranked = [row for row in ranked if row[0][1][0] < _BY_KIND]
    return tuple(topic for _, topic in sorted(ranked, key=lambda row: row[0]))


_BY_NAME, _BY_CLASS, _BY_KIND = 0, 1, 2


def _fit(treatment: Treatment, members: Members, settings: frozenset[str]) -> tuple[int, int] | None:
    """Return how well members fit (less is better), or None where they do not."""
    if members.settings and not settings & set(members.settings):
        return None
    if settings & set(members.not_settings):
        return None
    where = _part_rank(treatment, members)
    if where is None:
        return None
    if products := products_of(treatment):
        # of several products the first that is printed counts first
        fits = ((_product_fit(drug, members), number) for number, drug in enumerate(products))
        return min(((fit, number) for fit, number in fits if fit is not None), default=None)
    if treatment.name in members.around_surgery and settings:
        return _BY_NAME, where
    if treatment.name in members.treatments or drug_ids(treatment) & set(members.drugs):
        return _BY_NAME, where
    if any(_is_of_class(treatment, wanted) for wanted in members.classes):
        return _BY_CLASS, where
    if treatment.kind.value in members.kinds:
        return _BY_KIND, where
    return None


def settings_of(treatment: Treatment) -> frozenset[str]:
    """Return the settings a request says it belongs to: ``postoperative``.

    Source:
        The qualifiers of the request, and its heading as a service associated with surgery.
    """
    is_around = treatment.associated_surgical_service or bool(
        _AROUND_SURGERY & {q.lower() for q in treatment.qualifiers}
    )
    return frozenset({"postoperative"} if is_around else ())


def _part_rank(treatment: Treatment, members: Members) -> int | None:
    if not members.parts:
        return 0
    asked = [p.part for p in treatment.body_parts]
    if not asked:
        return len(members.parts)
    return next((n for n, part in enumerate(asked) if part in members.parts), None)


@cache
def _drugs() -> dict[str, Drug]:
    return {drug.id: drug for drug in all_drugs()}


def drug_of(treatment: Treatment) -> Drug | None:
    """Return the drug of the vocabulary that a treatment is, or None.

    Source:
        The vocabulary's drugs.
    """
    return _drugs().get(treatment.name or "")


def drug_ids(treatment: Treatment) -> set[str]:
    """Return the names under which a topic may list the drug: its id, and a sole ingredient.

    What is rubbed on or mixed is another thing than the drug that is
    swallowed, so a cream of gabapentin is not gabapentin. An infusion gives
    the drug itself.

    Source:
        The vocabulary's drugs.
    """
    drug = drug_of(treatment)
    names = {treatment.name} if treatment.name else set()
    if treatment.name == "infusion":
        return names | set(treatment.ingredients)
    if treatment.kind is not TreatmentKind.MEDICATION or len(treatment.ingredients) != 1:
        return names
    if drug is None or "topical" not in drug.drug_class:
        names |= set(treatment.ingredients)
    return names


# What is rubbed on, or worn on the skin.
_ON_THE_SKIN = frozenset({"topical", "transdermal"})
_COMPOUNDS = frozenset({"compound", "topical compound"})


def _is_mixed(treatment: Treatment) -> bool:
    """Whether a request names several ingredients that no product of the vocabulary holds."""
    return (
        treatment.kind is TreatmentKind.MEDICATION
        and treatment.name is None
        and len(set(treatment.ingredients)) > 1
    )


def is_compound(treatment: Treatment) -> bool:
    """Whether a request is for something mixed of several ingredients, or for an unnamed thing for the skin.

    Source:
        The vocabulary's drugs.
    """
    is_for_skin = treatment.route in _ON_THE_SKIN
    if _is_mixed(treatment):
        return is_for_skin or treatment.drug_class in _COMPOUNDS
    is_unnamed = treatment.name is None and not treatment.ingredients
    return treatment.kind is TreatmentKind.MEDICATION and is_unnamed and is_for_skin


def products_of(treatment: Treatment) -> tuple[Drug, ...]:
    """Return the drugs of a request for several products at once, in the order printed; else none.

    Ingredients that stand together and that one product holds are that
    product: hydrocodone, acetaminophen and carisoprodol are two drugs.

    Source:
        The vocabulary's drugs.
    """
    if not _is_mixed(treatment) or is_compound(treatment):
        return ()
    known, left, found = _by_ingredients(), treatment.ingredients, []
    while left:
        lengths = (n for n in range(len(left), 0, -1) if frozenset(left[:n]) in known)
        taken = next(lengths, 0)
        found += [known[frozenset(left[:taken])]] if taken else []
        left = left[max(taken, 1) :]
    return tuple(found)


@cache
def _by_ingredients() -> dict[frozenset[str], Drug]:
    """Return the plainest product of each set of ingredients, swallowed before all others."""
    found: dict[frozenset[str], Drug] = {}
    for drug in sorted(all_drugs(), key=lambda d: (d.route != "oral", d.form is not None)):
        found.setdefault(frozenset(drug.ingredients), drug)
    return found


def _sole_drug(treatment: Treatment) -> Drug | None:
    """Return the drug whose product is not in the vocabulary, such as one injected; none for the skin."""
    is_for_skin = treatment.route in _ON_THE_SKIN
    return None if is_for_skin else _by_ingredients().get(frozenset(treatment.ingredients))


def _product_fit(drug: Drug, members: Members) -> int | None:
    if {drug.id, *(drug.ingredients if len(drug.ingredients) == 1 else ())} & set(members.drugs):
        return _BY_NAME
    if any(_is_drug_of_class(drug, wanted) for wanted in members.classes):
        return _BY_CLASS
    return _BY_KIND if TreatmentKind.MEDICATION.value in members.kinds else None


def _is_of_class(treatment: Treatment, wanted: str) -> bool:
    if is_compound(treatment):
        return wanted == "topical compound"
    if treatment.kind is not TreatmentKind.MEDICATION and drug_of(treatment) is None:
        return False
    drug = drug_of(treatment) or _sole_drug(treatment)
    if drug is not None:
        return _is_drug_of_class(drug, wanted)
    return wanted != "opioid" and _is_class(treatment.drug_class or "", wanted)


def _is_drug_of_class(drug: Drug, wanted: str) -> bool:
    return drug.is_opioid if wanted == "opioid" else _is_class(drug.drug_class, wanted)


def _is_class(drug_class: str, wanted: str) -> bool:
    return wanted in (drug_class, drug_class.split(",")[0].strip()) or drug_class == f"{wanted} combination"

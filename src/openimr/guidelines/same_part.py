"""Whether a fact is about the part of the body, and the side, that a treatment is asked for."""

from __future__ import annotations

from openimr.terms.facts import Fact, FactKind
from openimr.terms.treatment import Side, Treatment
from openimr.vocabulary.anatomy import region_of

# Names that hold others: "lumbar spine" stands for the low back, whose joints it holds.
_HOLDS = {
    "spine": ("neck", "thoracic spine", "lumbar spine", "back", "sacroiliac joint", "coccyx"),
    "back": ("thoracic spine", "lumbar spine", "sacroiliac joint", "coccyx"),
    "lumbar spine": ("sacroiliac joint",),
    "hand": ("wrist", "finger", "thumb"),
    "foot": ("toe",),
}
_LIMBS = {
    "arm": "upper extremity",
    "upper extremity": "upper extremity",
    "leg": "lower extremity",
    "lower extremity": "lower extremity",
}
# What a root or a nerve does shows in the limb that it goes to.
_LIMB_OF_ROOTS = {"neck": "upper extremity", "lumbar spine": "lower extremity", "back": "lower extremity"}
_OF_NERVES = frozenset(
    "decreased sensation|weakness|abnormal reflexes|neurological deficit|muscle atrophy|numbness|tingling"
    "|paresthesia|radiculopathy|radiculitis|radicular pain|sciatica|electromyography"
    "|nerve conduction study|electrodiagnostic testing".split("|")
)
# Signs that tell of one root region, wherever they are felt.
_SIGN_OF = {
    "straight leg raise": "lumbar spine",
    "Lasegue sign": "lumbar spine",
    "slump test": "lumbar spine",
    "Spurling test": "neck",
    "cervical compression test": "neck",
}
_PART_OF_LEVEL = {"C": "neck", "T": "thoracic spine", "L": "lumbar spine", "S": "lumbar spine"}
# The injury is one for the whole claim.
_OF_THE_CLAIM = frozenset({FactKind.INJURY})


def is_of_the_part(treatment: Treatment, fact: Fact) -> bool:
    """Return whether a fact is about no other part and no other side than those asked for.

    A request that names no part, and a fact that names none, leave it open:
    then the fact counts. A side speaks only where both name one.

    Source:
        The parts of the request and of the fact, as the vocabulary names them.
    """
    if not treatment.body_parts or fact.kind in _OF_THE_CLAIM:
        return True
    detail = dict(fact.detail)
    levels = detail.get("levels", "")
    part = _SIGN_OF.get(fact.name) or detail.get("body_part") or _PART_OF_LEVEL.get(levels[:1])
    is_of_nerve = bool({fact.name, treatment.name} & (_OF_NERVES | set(_SIGN_OF)))
    # from a whole limb, or for a study of its nerves, one looks for the root; from a joint one does not
    whole = _LIMBS.keys() if treatment.name not in _OF_NERVES else {p.part for p in treatment.body_parts}
    return any(
        not _is_other_side(asked.side, detail.get("side"))
        and (
            part is None
            or _holds(asked.part, part)
            or _holds(part, asked.part)
            or (is_of_nerve and _is_root_of(asked.part, part))
            or (is_of_nerve and asked.part in whole and _is_root_of(part, asked.part))
        )
        for asked in treatment.body_parts
    )


def _is_other_side(asked: Side | None, side: str | None) -> bool:
    sides = {asked, side}
    return None not in sides and Side.BILATERAL not in sides and len(sides) > 1


def _holds(whole: str, part: str) -> bool:
    is_in_limb = whole in _LIMBS and region_of(part) == _LIMBS[whole]
    return part == whole or part in _HOLDS.get(whole, ()) or is_in_limb


def _is_root_of(spine: str, part: str) -> bool:
    limbs = set(_LIMB_OF_ROOTS.values()) if spine == "spine" else {_LIMB_OF_ROOTS.get(spine)}
    return region_of(part) in limbs - {None}

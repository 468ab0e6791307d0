"""Disorders that no table holds, known by the words they are made of: "retinopathy", "celiac disease"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import re2

from openimr.vocabulary.tables import read_table


class How(StrEnum):
    """How a word of the table tells a disorder."""

    ENDING = "ending"
    """Every word that ends so: "vasculitis"."""
    NOUN = "noun"
    """The word itself: "tear"."""
    MODIFIED = "modified"
    """With a word before it that says which: "celiac disease"."""
    TISSUE = "tissue"
    """With a tissue before it: "ulnar nerve injury"; with another word in a list of diagnoses only."""
    ORGAN = "organ"
    """With an organ before it: "respiratory failure"."""
    SHOWN = "shown"
    """Where it was seen by more than hand and eye: a mass on an image."""
    LISTED = "listed"
    """In a list of diagnoses only."""
    EXCEPT = "except"
    """A word that only looks like one."""


@dataclass(frozen=True, slots=True)
class Disorder:
    """A disorder where it is named, and how it was known."""

    start: int
    end: int
    name: str
    how: How


# Words before a disorder that do not say which it is.
_NOT_SAYING = frozenset(
    "a an the this that these those his her their its our my your any no not other some each every all"
    " both of in on at to for from with without by and or nor as is are was were be been has have had"
    " having do did does which who whom whose what such same another own certain various several many"
    " few multiple two three known new old underlying overlying current present past previous prior"
    " possible probable suspected severe mild moderate significant extensive marked minimal slight"
    " advanced early late progressive symptomatic longstanding persistent recurrent residual further"
    " additional clinical medical unspecified resulting associated bilateral left right questionable"
    " small large medium moderately severely mildly also there about consistent include includes"
    " including showed shows show showing demonstrated demonstrates demonstrating revealed reveals"
    " revealing noted found seen denies reports reported history diagnosis well if her patient's"
    " progression severity extent evidence signs one primary secondary general overall more most less"
    " acute chronic subacute worst worse best systemic enhancing process apparent".split()
)
_TISSUES = frozenset(
    "nerve nerves tendon tendons ligament ligaments vessel vessels artery arteries vein vascular"
    " neurovascular neurologic neurological brain root muscle meniscal meniscus cartilage cord bowel"
    " bladder kidney liver lung labral syndesmotic physeal musculoligamentous cuff colon dural"
    " esophageal visceral plexus axonal lisfranc ureteral splenic spleen degloving nailbed nail".split()
)
_ORGANS = frozenset(
    "renal kidney heart cardiac respiratory pulmonary liver hepatic graft bowel intestinal airway ureteral"
    " urinary biliary gastric ventricular hardware implant component prosthetic fusion outlet coronary"
    " organ".split()
)
# "diagnosed", "largely": what was done and how, not which.
_VERB_ENDINGS = ("ed", "ly")
# How many words before a disorder belong to its name.
_MOST_BEFORE = 3
# One word at a time: here ``re`` is quicker than re2.
_WORD = re.compile(r"[a-z][a-z'/-]*")
_WINDOW = 80


@cache
def _table() -> dict[str, How]:
    return {row["word"]: How(row["how"]) for row in read_table("openimr.facts", "data/disorder_words.csv")}


@cache
def _pattern() -> re2._Regexp:
    table = _table()
    endings = [word for word, how in table.items() if how is How.ENDING]
    nouns = [word for word, how in table.items() if how not in (How.ENDING, How.EXCEPT)]
    return re2.compile(rf"\b(?:[a-z]{{2,}}(?:{'|'.join(endings)})|(?:{'|'.join(nouns)})(?:e?s)?)\b")


def find_disorders(lower: str) -> list[Disorder]:
    """Return the disorders that a page names by words of the table, in order.

    Args:
        lower: The text of the page in lower case, with a blank for every line end.

    Example:
        >>> [(d.name, d.how.value) for d in find_disorders("he has a retinopathy and mild celiac disease")]
        [('retinopathy', 'ending'), ('celiac disease', 'modified')]
        >>> find_disorders("the disease, the diagnosis and the failure of care")
        []
    """
    found: list[Disorder] = []
    reached = 0
    for match in _pattern().finditer(lower):
        word = match.group(0)
        how = _how(word)
        if how is How.EXCEPT:
            continue
        before = _words_before(lower, match.start(), reached)
        if how is How.TISSUE and before and before[-1] not in _TISSUES:
            how = How.LISTED
        if not _is_named(how, before):
            continue
        start = match.start() - sum(len(w) + 1 for w in before)
        if _table().get(lower[start : match.end()]) is How.EXCEPT:
            continue
        found.append(Disorder(start, match.end(), lower[start : match.end()], how))
        reached = match.end()
    return found


def _how(word: str) -> How:
    table = _table()
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in table and table[form] is not How.ENDING:
            return table[form]
    return How.ENDING


def _words_before(lower: str, start: int, floor: int) -> list[str]:
    """Return the words before a disorder that say which it is, the nearest last."""
    before = lower[max(floor, start - _WINDOW) : start].split(" ")
    if before.pop():  # something stands between: a bracket, a hyphen
        return []
    words: list[str] = []
    while before and len(words) < _MOST_BEFORE:
        word = before.pop()
        if word in _NOT_SAYING or word.endswith(_VERB_ENDINGS) or not _WORD.fullmatch(word):
            break
        words.insert(0, word)
    return words


def _is_named(how: How, before: list[str]) -> bool:
    match how:
        case How.MODIFIED:
            return bool(before)
        case How.TISSUE:
            return bool(before) and before[-1] in _TISSUES
        case How.ORGAN:
            return bool(before) and before[-1] in _ORGANS
        case _:
            return True

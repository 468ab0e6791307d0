"""Write the names of disorders that the titles of ICD-10-CM hold, with their codes.

    tools/icd_phrases.py

Titles and inclusion terms of the packaged ICD-10-CM (in the public domain) are
cut down to what a physician would write: "Unspecified osteoarthritis" is
osteoarthritis. Causes, circumstances, symptoms and states of health are left
out, as are names that stand in the hand-kept tables of the facts.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import simple_icd_10_cm as icd

DATA = Path(__file__).resolve().parents[1] / "src" / "openimr" / "facts" / "data"
# Symptoms, causes from outside, circumstances and special purposes are no disorders.
LEFT_OUT = "RUVWXYZ"
MOST_WORDS = 4
_NOT_SAID = re.compile(
    r"\b(?:unspecified|nos|not otherwise specified|not specified as \w+|uncomplicated|nec)\b"
    r"|^other (?:specified )?|\[[^\]]*\]"
)
# What only a code book says, or what says where rather than what.
_CODE_BOOK = re.compile(
    r"[,;:%+]|\d|\b(?:other|others|elsewhere|classified|encounter|sequela|without|due|following|complicating"
    r"|affecting|associated|specified|unspecified|certain|types?|stage|site|sites|except|excluding|multiple"
    r"|any|not|no|by|and/or|resulting|caused|organisms?|diseases of|disorders of|newborn|maternal|pregnancy"
    r"|fetal|fetus|screening|status|history|effects?|poisoning|adverse|underdosing|exposure|foreign|bite"
    r"|sting|superficial|level|part|parts|region|system|state|condition|conditions|infections|personal"
    r"|examination|single|twin|term|trimester|childbirth|puerperium|delivery|labor)\b"
)
_SIDES = re.compile(r"\b(?:left|right|bilateral|unilateral)\b")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
# Words of everyday that are also titles.
EVERYDAY = frozenset(
    "abuse|dependence|use|burn|burns|fall|shock|death|cold|strain|injury|injuries|stress|tension|worry|mild|moderate"
    "|severe|profound|intoxication|withdrawal|rupture|displacement|pressure|sterility|teething|retention"
    "|complication|complications|deformity|instability|laxity|contact|mania|hunger|allergy|mass|caries"
    "|blindness|low vision|dependence on drugs|calculus|cyst|ulcer|lesion|stricture|perforation|obstruction"
    "|gangrene|foreign body|tear|scar|scars|overweight|underweight|adult|child|secondary|primary|acute"
    "|chronic|localized|generalized|pain|mixed|embedded|attrition|erosion|abrasion|deposits|wear|loose|cough|sprue"
    "|open bite|puncture wound|open wound|amputation|fracture|dislocation|contusion|laceration|wound|lordosis"
    "|axis|atlas|astragalus|callus|fat pad|opioid use|cocaine|tetanus|cicatrix|cloaca|cluttering|corrosion"
    "|denticles|freckles|immersion|infestation|infestations|itch|lalling|miosis|mydriasis|pannus|worms"
    "|starvation|suffocation|transgender|birthmark|anisocoria|nystagmus|diplopia|indigestion|pinta|calme"
    "|felon|boil|callosity|accessory muscle|venous engorgement|escherichia coli|staphylococcus aureus"
    "|streptococcus pneumoniae|asphyxiation|electrocution|exomphalos|hypersensitivity|nail-biting|tokelau"
    "|nose-picking|cardiac murmur"
    "|muscular atrophy|disuse atrophy|muscle atrophy|atrophy|marrow edema|accidental puncture"
    "|hypotension|hypothermia".split("|")
)
# Short forms that are words, names or other things elsewhere.
_SHORT_FORM = re.compile(
    r"^(?:[a-z]{2,5}-[iva1-9]{1,3}|amkd|ccca|fpies|gald|h-abc|hafous|lbsl|ltbl|me/cfs|phts|pims|pres|raeb"
    r"|rars|ssadhd|stec|taco|vcjd|njovera|mis-[ac])$|^(?:and|or|of|in) | (?:and|or|of|in)$"
)


def spoken(title: str) -> Iterator[str]:
    """Yield what of a title a physician would write.

    Example:
        >>> list(spoken("Hyperlipidemia, unspecified"))
        ['hyperlipidemia']
        >>> list(spoken("Coronary (artery) disease"))
        ['coronary disease', 'coronary artery disease']
        >>> list(spoken("Other specified diseases of liver"))
        []
    """
    lower = _NOT_SAID.sub(" ", title.lower())
    for words in dict.fromkeys((_BRACKETS.sub("", lower), _BRACKETS.sub(r" \1", lower))):
        plain = " ".join(_SIDES.sub(" ", words).strip(" ,").split())
        if _is_said(plain):
            yield plain


def _is_said(words: str) -> bool:
    if words in EVERYDAY or not words.isascii() or len(words) < 4:
        return False
    is_short = 0 < len(words.split()) <= MOST_WORDS
    return is_short and not _CODE_BOOK.search(words) and not _SHORT_FORM.search(words)


def titles(code: str) -> list[str]:
    """Return the title and the inclusion terms of a code."""
    return [icd.get_description(code), *icd.get_inclusion_term(code)]


def kept_by_hand() -> set[str]:
    """Return the phrases of the hand-kept tables."""
    found: set[str] = set()
    for name in ("diagnoses.csv", "concepts.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as lines:
            found |= {row["phrase"].lower() for row in csv.DictReader(lines)}
    return found


def phrases() -> dict[str, str]:
    """Return a code for each phrase: the first, so that the broader one stands before its subdivisions."""
    hand_kept = kept_by_hand()
    found: dict[str, str] = {}
    for code in icd.get_all_codes(with_dots=True):
        if not icd.is_category_or_subcategory(code) or code[0] in LEFT_OUT or len(code) > 6:
            continue
        for title in titles(code):
            for words in spoken(title):
                if words not in hand_kept:
                    found.setdefault(words, code)
    return found


def main() -> None:
    """Write the table beside the hand-kept ones."""
    with (DATA / "icd10.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("phrase", "icd10"))
        writer.writerows(sorted(phrases().items()))


if __name__ == "__main__":
    main()

"""Whether care that is named was perhaps never given: words around it, no triggers, leave it open."""

from __future__ import annotations

import re2

from openimr.facts.concepts import Mention
from openimr.facts.reading import PageReading
from openimr.facts.triggers import Says, Scope
from openimr.terms.facts import FactKind

# "Did not go to", "hasn't been given": what comes behind is perhaps not there.
NEGATED = r"(?:not|never|neither|nor|hardly|cannot|\w+n't)"
# One of these stands in every denial: without them a search is spared.
NEGATION_HINTS = ("no", "n't", "never", "neither", "hardly", "declin", "refus", "den")
_NEGATED_BEFORE = re2.compile(
    rf"\b(?:{NEGATED}|declin(?:ed?|es|ing)|refus(?:ed?|es|ing|al)|den(?:ies|ying))\b"
)
# Of a treatment these tell what is to come; a drug is prescribed with the same words.
_PLANNED_BEFORE = re2.compile(
    r"\b(?:will|shall|would|going to|plans?|planning|wish\w*|wants?|hop(?:es?|ing)|needs?|await\w*|waiting"
    r"|schedul\w+|defer\w*|postpon\w+|cancel\w*|contraindicat\w+|offered|offering|advised|interested"
    r"|without|(?:un)?willing|reluctant|hesitant|ready for|considering|contemplating|thinking|eligible"
    r"|options?)\b"
)
# Behind one of these the words before speak of something else: "has not worked since the surgery".
_OF_OTHER = re2.compile(
    r"[,;:]|\bon (?:the|this|that|his|her|their)\b|\b(?:with|by|due|side effects?|complications?|problems?"
    r"|what|how|when|dictat\w+|from|after|since|despite|following|while|because|during|through|than|until|but"
    r"|respon\w+|improv\w+|help\w*|reliev\w+|relief|benefit\w*|toler\w+|fail\w*|work\w*|function\w*|sleep"
    r"|continu\w+|return|resume\w*|complet\w+|which|who|that|if|only|just|limited)\b"
)
# "Was never begun", "has not yet been seen to"; not "did not help", which tells how it worked.
_NEGATED_BEHIND = re2.compile(
    rf"^((?: [^\s.,;:]+){{0,5}}?) {NEGATED}\b(?: yet| been| ever| be| have| had| currently| [a-z]+ly)*"
    r"(?: ([a-z]+)|\W*$)"
)
# The verbs that tell how it worked, or what was seen.
_HOW_IT_WAS = re2.compile(
    r"^(?:help|effect|benefi|improv|work|reliev|provid|success|fail|toler|show|reveal|demonstr|respon|last"
    r"|long|chang|alter|only|just|enough|adequate|suffic|produc|yield|give|result|signific|as$|the$|a$|an$"
    r"|consist|compl|caus|contr|control|identif|detect|suggest|confirm|find|found|normal|abnormal|positive"
    r"|available|associat|limited|necess|sustain|support|manag|compar|satis|make|made|allow|lead|led|indicates?$"
    r"|correl|reflect|expla|match|agree|fit|solid|heal|fuse|unite|quite|very|always|strong|cover|touch|doing"
    r"|hold)"
)
# "Acupuncture: no", "Norco (not taking)", "PT - denied": the whole of an item of a list.
_ITEM = re2.compile(
    r"^(?: [#\w/.%]*\d[\w/.%]*| mg| mcg| ml| tabs?| tablets?| x| sessions?| visits?){0,6}\s?[:–(-]\s?"
    r"(?:(no|nil|never|not taking|not taken|not tried|declined|refused|denies)|(denied|not authorized)"
    r"|((?:re)?scheduled|planned|ordered|requested|recommended|awaiting)\b[^.,;]*)\s*(?:[.,;)/]|$)"
)
_ITEM_SAYS = (Says.ABSENT, Says.DENIED, Says.REQUESTED)
# "Surgery was discussed": no image is meant, of which the results are discussed.
_TALKED_BEHIND = re2.compile(
    r"^ (?:is|are|was|were|has been|have been) (?:also |again )?(?:discussed|considered|contemplated|offered"
    r"|suggested|advised|an option)\b"
)
# A new clause: what is negated behind it is something else.
_NEW_CLAUSE = re2.compile(
    r"\b(?:and|but|he|she|they|patient|which|who|that|because|when|if|with|by|to|as|it)\b"
)
# Right before a trigger: "has not received", "is not ready to stop".
_RIGHT_BEFORE = re2.compile(
    rf"\b{NEGATED}(?: yet| been| ever| be| have| had| recently| being)*(?: [a-z]+ to)? $"
    r"|\b(?:unable|reluctant|unwilling|hesitant|afraid) to $"
)
# "Wants to stop": what would end goes on; "wants to continue" is another thing.
_WANTED = re2.compile(r"\b(?:wants?|wish(?:es)?|hop(?:es|ing)|like|trying|plans?) to $")
# "No relief with Norco": what is denied was of the drug, and not the drug.
_OF_CARE = re2.compile(
    r"\b(?:with|by|from|after|since|despite|following|during|due to|because of|side effects?|relief of)\b"
)
# "No physical therapy", "no further acupuncture".
_NO_BEFORE = re2.compile(
    r"\bno((?: (?:formal|recent|supervised|actual|specific|such|other|current|known|active|further"
    r"|additional|more|new|repeat|subsequent|updated|ongoing))*) $"
)
# Nothing of the name goes on: "no Norco side effects" is not said of Norco.
_STOPS_BEHIND = re2.compile(
    r"^(?: (?:of|to) the(?: [a-z]+){1,2})?(?:\s*[.,;:)]|\s*$"
    r"| (?:to date|yet|so far|was|were|has|have|or|and|is|are|ever|today|at all)\b)"
)
_LATELY_BEHIND = re2.compile(r"^ (?:at|since|until|in|for|this|on|as|given|due|because|but|after|before)\b")
# "Not taking Norco as prescribed": less of it, and not none.
_LESS_BEHIND = re2.compile(
    r"^[^.;,]{0,30}\b(?:as (?:prescribed|directed|instructed|ordered)|regularly|consistently|every day|daily"
    r"|on an? (?:regular|daily) basis|all the time|as (?:often|much))\b"
)
# "Was referred to physical therapy, which helped": who was sent went.
_SENT = (
    "prescribed",
    "was prescribed",
    "were prescribed",
    "referred to",
    "referred for",
    "referral to",
    "referral for",
)
_WENT = re2.compile(
    r"\b(?:had|completed|attended|underwent|finished|received|helped|relief|improved|visits were)\b"
)
_REACH, _BEHIND, _TRIGGER_REACH = 70, 90, 40


def undone(reading: PageReading, mention: Mention, number: int) -> Says | None:
    """Return what the words around a drug or treatment say in other ways than a trigger: not given, or open.

    Args:
        reading: The page.
        mention: The drug, treatment, test or image, which no trigger decides.
        number: The number of its sentence.

    Example:
        >>> from openimr.facts.extract import extract_facts, pages_of_summary
        >>> page = pages_of_summary("He did not go to acupuncture. No massage.")
        >>> [(f.name, f.assertion.value) for f in extract_facts(page).facts if f.kind.value == "treatment"]
        [('acupuncture', 'hypothetical'), ('massage therapy', 'absent')]
    """
    sentence = reading.sentences[number]
    before = reading.lower[max(sentence.start, mention.start - _REACH) : mention.start]
    behind = reading.lower[mention.end : min(sentence.end, mention.end + _BEHIND)]
    if any(mark in behind for mark in ":–(-") and (item := _ITEM.search(behind)):
        return next(says for group, says in zip(item.groups(), _ITEM_SAYS, strict=True) if group)
    if may_negate(before) and (none := _none_of(before, behind)):
        return none
    is_planned = mention.concept.kind is not FactKind.MEDICATION and _reaches(_PLANNED_BEFORE, before)
    is_negated = may_negate(before) and _reaches(_NEGATED_BEFORE, before)
    if is_planned or is_negated or (may_negate(behind) and _is_negated_behind(behind)):
        return Says.HYPOTHETICAL
    if mention.concept.kind is FactKind.TREATMENT and _TALKED_BEHIND.search(behind):
        return Says.HYPOTHETICAL
    return None


def taken_back(reading: PageReading, scope: Scope, mention: Mention, number: int) -> Says | None:
    """Return what is said where a trigger says "given" and a "no" stands before it, or behind it.

    Args:
        reading: The page.
        scope: The trigger.
        mention: What is named.
        number: The number of its sentence.

    Example:
        >>> from openimr.facts.extract import extract_facts, pages_of_summary
        >>> page = pages_of_summary("She is not ready to stop naproxen. He takes no tramadol.")
        >>> [(f.name, f.assertion.value) for f in extract_facts(page).facts if f.kind.value == "medication"]
        [('naproxen', 'hypothetical'), ('tramadol', 'absent')]
    """
    sentence = reading.sentences[number]
    low = max(sentence.start, scope.at - _TRIGGER_REACH)
    right_before = reading.lower[low : scope.at]
    is_wanted = scope.trigger.says is Says.HISTORICAL and _WANTED.search(right_before) is not None
    if is_wanted or _RIGHT_BEFORE.search(right_before):
        return Says.HYPOTHETICAL
    if scope.to > mention.start or not mention.concept.is_care:
        return None
    between = reading.lower[scope.to : mention.start]
    if _reaches(_NEGATED_BEFORE, between):
        return Says.HYPOTHETICAL
    return _none_of(between, reading.lower[mention.end : min(sentence.end, mention.end + _BEHIND)])


def is_of_care(reading: PageReading, scope: Scope, mention: Mention) -> bool:
    """Return whether a trigger that denies speaks of what came of care: "no relief with Norco".

    Or of how it was taken: "not taking Norco as prescribed".
    """
    if scope.trigger.says is not Says.ABSENT or scope.to > mention.start:
        return False
    if _LESS_BEHIND.search(reading.lower[mention.end : mention.end + _BEHIND]):
        return True
    return _OF_CARE.search(reading.lower[scope.to : mention.start]) is not None


def went(reading: PageReading, scope: Scope, mention: Mention, number: int) -> bool:
    """Return whether care that was prescribed was had, as the rest of the sentence says."""
    if scope.trigger.words not in _SENT:
        return False
    return _WENT.search(reading.lower[mention.end : reading.sentences[number].end]) is not None


def _none_of(before: str, behind: str) -> Says | None:
    """Return what "no" right before a name says of it."""
    none = _NO_BEFORE.search(before)
    if none is None:
        return None
    if _STOPS_BEHIND.search(behind):
        return Says.HYPOTHETICAL if none.group(1) else Says.ABSENT
    return Says.HYPOTHETICAL if _LATELY_BEHIND.search(behind) else None


def may_negate(words: str) -> bool:
    """Return whether a word that could deny something stands in the words: in most there is none."""
    return any(hint in words for hint in NEGATION_HINTS)


def _reaches(pattern: re2._Regexp, before: str) -> bool:
    """Return whether the last hit of a pattern reaches the end of the words, and speaks of nothing else."""
    found = [match.end() for match in pattern.finditer(before)]
    return bool(found) and _OF_OTHER.search(before, found[-1]) is None


def _is_negated_behind(behind: str) -> bool:
    match = _NEGATED_BEHIND.search(behind)
    if match is None or _NEW_CLAUSE.search(match.group(1)):
        return False
    return not match.group(2) or _HOW_IT_WAS.search(match.group(2)) is None

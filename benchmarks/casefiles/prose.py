"""Sentences of medical papers, put together from tables of our own; or paragraphs of real transcripts."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

_SLOTS: dict[str, Sequence[str]] = {
    "n": tuple(str(number) for number in range(2, 10)),
    "big": tuple(str(number) for number in range(10, 95, 5)),
    "weeks": ("two weeks", "three weeks", "four weeks", "six weeks", "two months", "several months"),
    "quality": ("aching", "burning", "sharp", "throbbing", "dull", "stabbing", "cramping", "shooting"),
    "course": ("unchanged", "slightly better", "gradually worse", "somewhat improved", "constant"),
    "act": ("lifting", "prolonged sitting", "bending", "overhead reaching", "climbing stairs", "driving"),
    "relief": ("rest", "ice", "heat", "medication", "stretching", "lying down", "a home exercise program"),
    "drug": (
        "naproxen 550 mg", "tramadol 50 mg", "cyclobenzaprine 7.5 mg", "gabapentin 300 mg",
        "omeprazole 20 mg", "hydrocodone/acetaminophen 10/325 mg", "lidocaine patches", "baclofen 10 mg",
        "meloxicam 15 mg",
    ),
    "dose": ("twice daily", "at bedtime", "three times a day as needed", "every eight hours", "once daily"),
    "side": ("right", "left", "bilateral"),
    "grade": ("mild", "moderate", "marked", "minimal", "trace"),
    "level": ("L3-4", "L4-5", "L5-S1", "C4-5", "C5-6", "C6-7"),
    "muscle": ("paraspinal", "trapezius", "quadriceps", "deltoid", "gluteus", "biceps", "gastrocnemius"),
    "test": ("straight leg raise", "Spurling maneuver", "Hawkins sign", "McMurray test", "Tinel sign"),
    "result": ("positive", "negative", "equivocal", "positive on the {side}"),
    "care": (
        "physical therapy", "acupuncture", "chiropractic treatment", "a TENS unit",
        "an epidural steroid injection", "a home exercise program",
        "cognitive behavioral therapy", "an orthopedic consultation",
    ),
    "tool": ("a curved osteotome", "an arthroscopic shaver", "the radiofrequency wand", "a Kerrison rongeur",
             "a motorized burr", "a bipolar cautery"),
    "tissue": ("labrum", "synovium", "ligamentum flavum", "bursa", "meniscus", "disc space"),
}  # fmt: skip

_SECTIONS: dict[str, Sequence[str]] = {
    "history": (
        "The patient reports {quality} pain in the {region}, {course} over the last {weeks}.",
        "Pain is rated {n} out of 10 today and was as high as {n} out of 10 this week.",
        "Symptoms are made worse by {act} and by {act}, and are eased by {relief}.",
        "There is {grade} numbness that comes with {act} and settles within {big} minutes.",
        "{drug} taken {dose} takes the edge off without side effects.",
        "Sleep is interrupted about {n} times a night.",
        "The patient completed {n} visits of {care} with {grade} benefit.",
        "Since the last visit there has been no new trauma, fever, or loss of bladder control.",
        "The patient can sit for {big} minutes and walk for about {big} minutes before having to stop.",
        "Household chores such as vacuuming and laundry take longer than they did before the injury.",
        "The patient denies alcohol or tobacco use and lives with family.",
        "A short trial of {care} was helpful, and the patient would like to resume it.",
    ),
    "exam": (
        "The patient is in no acute distress and walks with a {grade} limp.",
        "There is {grade} tenderness over the {side} {muscle} muscles.",
        "Range of motion of the {region} is reduced by {big} percent with pain at the end of the arc.",
        "The {test} is {result}.",
        "Strength of the {muscle} is {n}/10 by dynamometer on the {side} side.",
        "Deep tendon reflexes are 2+ and symmetric.",
        "Sensation to light touch is decreased in the {level} distribution on the {side}.",
        "There is {grade} spasm on palpation without swelling or discoloration.",
        "Flexion measures {big} degrees and extension {big} degrees.",
        "Skin is intact, and distal pulses are palpable.",
        "Heel and toe walking are performed with {grade} difficulty.",
    ),
    "assessment": (
        "Sprain and strain of the {region}, {course}.",
        "Disc protrusion at {level} with {grade} radicular complaints.",
        "Myofascial pain of the {side} {muscle} muscles.",
        "Chronic pain with {grade} limitation of {act}.",
        "Status post industrial injury, {course}.",
        "{grade} degenerative change at {level}.",
    ),
    "plan": (
        "Continue {drug} {dose}.",
        "Begin {care}, {n} visits over {weeks}, with attention to the {region}.",
        "Request authorization for {care}.",
        "The patient was taught a program of stretching and will follow it daily.",
        "Return for reevaluation in {weeks}.",
        "Work restrictions are renewed: no {act} beyond {big} pounds of effort and no repeated {act}.",
        "The benefits and risks of {drug} were discussed, and questions were answered.",
        "Await the response to the earlier request for {care}.",
    ),
    "operation": (
        "The patient was brought to the suite, positioned with all points padded, and given antibiotics.",
        "A timeout was taken and the {region} was identified as the site.",
        "Through a {n} cm incision the {tissue} was exposed and {grade} fraying was noted.",
        "Using {tool}, the {tissue} was debrided back to a stable margin.",
        "The {tissue} was inspected and probed, and {grade} hypertrophy was resected with {tool}.",
        "Copious irrigation followed, and hemostasis was secured with {tool}.",
        "Fluoroscopy in two planes showed the hardware in a satisfactory place.",
        "The wound was closed in layers over {n} interrupted sutures and a dry dressing was put on.",
        "Sponge, needle and instrument counts were correct, and blood loss was {big} mL.",
        "The patient left for the recovery area awake, with the limb neurovascularly intact.",
    ),
    "imaging": (
        "At {level} there is a {n} mm disc protrusion with {grade} narrowing of the {side} foramen.",
        "Vertebral height and alignment are preserved.",
        "There is {grade} increased signal in the {side} {muscle} compartment.",
        "No fracture, dislocation or destructive lesion is seen.",
        "The {tissue} shows {grade} irregularity without a full-thickness tear.",
        "{grade} effusion is present, measuring {big} mm in its greatest dimension.",
        "The marrow signal is normal apart from {grade} reactive change at {level}.",
        "Adjacent soft tissues are unremarkable.",
    ),
    "law": (
        "It is my opinion, within reasonable medical probability, that the {region} was injured at work.",
        "Apportionment was considered, and {big} percent of the impairment is assigned to the work event.",
        "The applicant told me that {act} became difficult within {weeks} of the event.",
        "Impairment of the {region} was rated by range of motion at {n} percent of the whole person.",
        "Future care should allow for {care} in the event of a flare.",
        "The records describe {care} with {grade} benefit, and the applicant's own account agrees with them.",
        "The applicant remained on modified duty for {weeks} and afterwards was laid off.",
        "There is no evidence of symptom magnification, and effort on testing was consistent.",
    ),
    "rationale": (
        "The documentation does not describe measurable functional gain from {care} already provided.",
        "The guideline supports {care} as a short trial of {n} visits, and the request exceeds it.",
        "There is no record of an adequate trial of first-line measures such as {relief}.",
        "The clinical findings recorded do not show progression of a deficit in the {level} distribution.",
        "Long-term use of {drug} is not supported without monitoring of pain relief and function.",
        "The request as written does not state a frequency or a duration.",
        "A peer-to-peer call was attempted {n} times without success.",
    ),
    "legal": (
        "This office represents the injured worker, and all further notices should be sent to us.",
        "Please let us have a complete copy of the medical file within {big} days.",
        "We object to the determination concerning {care} and reserve every right.",
        "Our client still has {quality} pain in the {region} and cannot return to {act}.",
        "Kindly confirm in writing whether the request for {care} has been authorized.",
        "Failure to answer may lead to a request for an expedited hearing.",
    ),
}  # fmt: skip

_DATE_LIKE = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}|\b(?:19|20)\d{2}\b|\bD(?:ATE|r)\b|^\s*[A-Z][A-Z /]+:|\bDear\b|\bRE\b",
    re.I,
)
_SHORTEST, _LONGEST = 120, 900
_FULLNESS = (1, 2, 2, 3)
"""Some sections are told at length: so many times the paragraphs that a family asks for."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Writes sentences about one region of the body."""

    region: str
    transcripts: tuple[str, ...] = ()

    def sentences(self, random: Random, section: str, count: int) -> str:
        """Return so many sentences of a section as one paragraph."""
        kinds = _SECTIONS[section]
        chosen: list[str] = []
        while len(chosen) < count:
            chosen += random.sample(kinds, min(len(kinds), count - len(chosen)))
        return " ".join(self._filled(random, one) for one in chosen)

    def paragraphs(self, random: Random, section: str, count: int) -> list[str]:
        """Return that many paragraphs or more; with transcripts, about half of them are real ones."""
        found = []
        for _ in range(count * random.choice(_FULLNESS)):
            if self.transcripts and random.random() < 0.5:
                found.append(random.choice(self.transcripts))
            else:
                found.append(self.sentences(random, section, random.randint(3, 7)))
        return found

    def items(self, random: Random, section: str, count: int) -> list[str]:
        """Return so many single sentences."""
        kinds = _SECTIONS[section]
        return [self._filled(random, one) for one in random.sample(kinds, min(count, len(kinds)))]

    def _filled(self, random: Random, sentence: str) -> str:
        while "{" in sentence:
            sentence = re.sub(
                r"\{(\w+)\}",
                lambda slot: self.region if slot[1] == "region" else random.choice(_SLOTS[slot[1]]),
                sentence,
            )
        return sentence[0].upper() + sentence[1:]


def transcript_paragraphs(path: Path) -> tuple[str, ...]:
    """Return paragraphs of the real transcripts that name no day and open no section of their own."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        for paragraph in json.loads(line)["transcription"].split("\n"):
            text = " ".join(paragraph.split())
            if _SHORTEST <= len(text) <= _LONGEST and not _DATE_LIKE.search(text):
                found.append(text)
    return tuple(found)

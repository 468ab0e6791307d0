"""What these offices say: tables of our own, and paragraphs of real transcripts where they are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from random import Random

from benchmarks.casefiles.opened.manners import Manner, earlier, slash_short
from benchmarks.casefiles.world import World

_SLOTS: dict[str, Sequence[str]] = {
    "a": tuple("345678"),
    "b": tuple("12345"),
    "deg": tuple(str(number) for number in range(20, 95, 5)),
    "sev": ("slight", "mild", "mild-to-moderate", "moderate", "moderately severe", "severe"),
    "feel": ("achy", "tight", "pins-and-needles", "knife-like", "nagging", "pulsating", "electric"),
    "task": (
        "stooping",
        "pushing a loaded cart",
        "kneeling",
        "twisting at the waist",
        "typing",
        "gripping tools",
        "working above chest height",
        "standing on concrete",
        "getting out of a chair",
    ),
    "pill": (
        "Norco 10/325",
        "Ultram ER 150 mg",
        "Flexeril 10 mg",
        "Neurontin 600 mg",
        "Prilosec 20 mg",
        "Anaprox DS",
        "Lyrica 75 mg",
        "Mobic 15 mg",
        "Terocin patches",
        "Zanaflex 4 mg",
        "Cymbalta 30 mg",
        "Voltaren gel 1%",
    ),
    "often": ("bid", "tid prn", "qhs", "q6h prn pain", "daily with food"),
    "how": (
        "no better",
        "about the same",
        "60% improved",
        "worse over the past month",
        "flaring",
        "plateaued",
    ),
    "ask": (
        "aquatic therapy",
        "a lumbar support brace",
        "trigger point injections",
        "a facet medial branch block",
        "work hardening",
        "an ergonomic evaluation",
        "a second orthopedic opinion",
        "a repeat MRI",
        "electrodiagnostic studies",
        "eight sessions of manual therapy",
    ),
    "sign": ("Kemp's", "Patrick-FABER", "Neer", "Phalen's", "Lasegue's", "apprehension", "compression"),
}
_SAID: dict[str, Sequence[str]] = {
    "complaint": (
        (
            "He continues to have {feel} {region} pain that is {how}, {a}/10 at its worst and "
            "{b}/10 with medication."
        ),
        "She states {task} aggravates the {region} complaint and that she avoids {task} altogether.",
        "Currently taking {pill} {often} and {pill} {often}; denies GI upset, constipation or sedation.",
        "The patient says the last set of therapy was helpful for a week or so, then symptoms came back.",
        "Sleep remains poor, averaging {a} hours, and mood is down because of the pain.",
        "There have been no ER visits. He is not working since the employer cannot accommodate.",
        "Numbness is intermittent, worse at night, and she shakes the limb out for relief.",
        "No interval injury. No red flags such as night sweats, weight loss or saddle anesthesia.",
        "The injured worker reports being able to do light cooking and to drive {a}0 minutes at a time.",
    ),
    "findings": (
        "WDWN, NAD, ambulates with an antalgic gait favoring the affected side.",
        "Palpation of the {region}: {sev} tenderness with guarding.",
        "{sign} test elicits pain; {sign} test is unremarkable.",
        "AROM of the {region}: flexion {deg}, extension {deg}, rotation {deg}, all limited by pain.",
        "Motor 5/5 throughout except {b}+/5 which appears to be pain inhibited.",
        "DTRs are equal. Sensation is diminished to pinprick in a patchy distribution.",
        "No atrophy, no ecchymosis, no warmth. Capillary refill is brisk.",
        "Grip by Jamar (R/L): {deg}/{deg}, {deg}/{deg}, {deg}/{deg} pounds.",
        "Able to rise on heels and toes with {sev} discomfort.",
    ),
    "opinion": (
        "Residual {region} strain/sprain, {how}, with {sev} functional loss.",
        "In my view the patient has not reached maximum medical improvement with respect to the {region}.",
        "The imaging correlates with the complaints and with the positive {sign} sign.",
        "Conservative care has been exhausted and {ask} is medically reasonable at this juncture.",
        "There is good compliance with home exercises; CURES report was pulled and shows no inconsistency.",
        "Deconditioning and secondary sleep disturbance continue to complicate recovery of the {region}.",
    ),
    "plans": (
        "Authorization is respectfully requested for {ask}.",
        "Refill {pill} #{deg} {often}; the patient was reminded to use the least amount needed.",
        "Wean {pill} by one tablet each week and observe.",
        "Keep doing the home program; heat before and ice after activity.",
        "Remain on modified work: no {task}, no lifting over {a}0 pounds.",
        "Obtain a random urine drug screen at the next visit under the opioid agreement.",
        "RTC 4 to 6 weeks or sooner if there is a problem.",
        "We are still waiting for an answer about {ask}, which was asked for at the prior visit.",
    ),
    "needle": (
        "With the patient prone and the {region} prepped with ChloraPrep, a C-arm was brought in obliquely.",
        "A 22-gauge 3.5-inch spinal needle was advanced coaxially until os was met, then walked off.",
        "Contrast spread was satisfactory without vascular uptake, and the injectate was given slowly.",
        "Skin was anesthetized with 1% lidocaine through a 25-gauge needle at each level.",
        "A mixture of {b} mL of 0.25% bupivacaine and 40 mg of steroid was divided among the sites.",
        "The same steps were repeated at the adjoining level; the needles were flushed and withdrawn.",
        "Vital signs were monitored by a nurse throughout, and no complication was observed.",
        "Motor and sensory function were the same as before when the patient left the table.",
    ),
    "scope": (
        (
            "The arthroscope was introduced through the posterior portal and a diagnostic survey "
            "was carried out."
        ),
        "Grade {b} chondral wear was encountered and was smoothed with the shaver.",
        "Loose fragments were retrieved with a grasper; the margin was rebalanced.",
        "The tourniquet was let down at {deg} minutes and bleeding points were coagulated.",
        "Portals were closed with 4-0 Monocryl. Sterile dressing and a sling were applied.",
        "The patient tolerated the procedure and went to PACU in stable condition.",
    ),
    "picture": (
        "Technique: multiplanar T1, T2 and STIR sequences were acquired on a 1.5 Tesla open magnet.",
        (
            "There is a {b}.{a} mm broad-based bulge that effaces the ventral fat, with {sev} "
            "canal encroachment."
        ),
        "Facet arthropathy is {sev}. The foramina are narrowed to a {sev} degree.",
        "Conus ends at a normal level; paravertebral musculature shows {sev} fatty replacement.",
        "No occult fracture line, no marrow-replacing process.",
        "Tendinosis without retraction is seen, with {sev} bursal fluid.",
        "Alignment is anatomic. Bone density is within normal limits for age.",
    ),
    "verdict": (
        (
            "The guideline cited allows this item only after lower levels of care have failed, "
            "which is not shown."
        ),
        "The submitted notes do not quantify functional improvement with earlier use of {pill}.",
        "There is no mention of how {ask} would change the management of the {region}.",
        "Two attempts to reach the provider by telephone were unsuccessful.",
        "A short course is consistent with the evidence, and the remainder is therefore modified.",
        "Additional information was asked for and had not come when this review was completed.",
    ),
    "forensic": (
        "The applicant gave the history through a certified interpreter and appeared to be a fair historian.",
        "He recalls that while {task} he felt a {feel} sensation in the {region} and told the lead person.",
        "The examination took 75 minutes of face-to-face time, as the regulations require be stated.",
        (
            "Apportionment: {deg} percent industrial, the balance to pre-existing pathology "
            "under sections 4663-4664."
        ),
        (
            "Using the AMA Guides, 5th Edition, the {region} falls in DRE Category {b} with {a}% "
            "whole person impairment."
        ),
        (
            "Work restrictions: no repetitive {task} and no lifting above {a}0 pounds. She is a "
            "qualified injured worker."
        ),
        "Future medical care should be left open to include {ask} and pharmacological management.",
        "I reserve the right to change these opinions should further records become available.",
        "The applicant performs activities of daily living independently though with {sev} pain.",
    ),
    "story": (
        "On the day of injury he was {task} when there was a pop in the {region}; he told the foreman.",
        "She says she slipped on a wet floor, landed on that side, and was sent to the company clinic.",
        "Pain came on little by little over some months of {task} for the employer.",
        "The work called for {task} and {task} during most of an eight-hour shift.",
        "First aid was given on site and the rest of the shift was spent sitting in the break room.",
        "He has held this job for {a} years; earlier jobs were in farm labor and in construction.",
        "There was an old strain of the {region} years ago which healed without treatment or time lost.",
        "She was placed on light duty for {a} weeks, after which the position was no longer offered.",
    ),
    "mind": (
        "Affect is constricted and mood is described as down; eye contact is fair.",
        "Thought is linear. There is no suicidal ideation, intent or plan, and no psychosis.",
        "She worries about bills and about whether the {region} will ever be right again.",
        "Concentration by serial sevens shows {sev} slowing; memory for three words is {b} of 3.",
        "He has pulled away from friends and from church since he stopped working.",
        "Irritability with family, tearfulness and {sev} fatigue are endorsed.",
        "The testing profile is valid and consistent with a depressive reaction to pain.",
        "Cognitive behavioral treatment of {a} sessions is expected to be of help.",
    ),
    "counsel": (
        (
            "Please be advised that this office objects to the report of the treating physician "
            "under section 4062."
        ),
        "Demand is made that temporary disability be paid at the proper rate, with any penalty that is owed.",
        "We enclose the medical file for your review in advance of the scheduled examination.",
        "Kindly address causation, apportionment, the need for {ask} and periods of disability.",
        "Nothing herein is meant as a waiver of any right or privilege.",
        "If you have any question please call the undersigned or my assistant.",
    ),
}
# Words by which paragraphs of real transcripts are told to be of a kind, and those of operations.
_SOUNDS = {
    "complaint": r"\b(?:pain|complain|symptom|histor|injur|work|denies|states|report)",
    "findings": r"\b(?:exam|tender|motion|reflex|strength|flexion|gait|palpation|sensation)",
    "opinion": r"\b(?:recommend|impression|diagnos|treatment|opinion|consistent|therapy)",
    "plans": r"\b(?:follow|therapy|prescri|continue|return|recommend|instruct)",
    "picture": r"\b(?:signal|MRI|CT|radiograph|views|disc|fracture|foramin|effusion|tendinosis)",
    "scope": r"\b(?:incision|sutur|scope|portal|drap|irrigat|tourniquet|retract)",
    "needle": r"\b(?:needle|fluoroscop|contrast|injected|lidocaine)",
    "verdict": r"\b(?:recommend|medical|treatment|necess)",
    "mind": r"\b(?:depress|anxi|mood|sleep|psych)",
    "story": r"\b(?:work|injur|accident|job|fell|employ)",
}
_BLOODY = frozenset({"scope", "needle"})
_CUT = re.compile(
    r"\b(?:incision|sutur|draped|prepped|tourniquet|retractor|reamed|dissect|fluoroscop|needle|irrigated|screw|"
    r"osteotom|anesthetized)",
    re.I,
)
_DIAGNOSES = {
    "lumbar spine": (
        ("847.2", "Lumbar sprain/strain"),
        ("724.4", "Lumbosacral radiculitis"),
        ("722.10", "Lumbar disc displacement"),
    ),
    "cervical spine": (
        ("847.0", "Neck sprain"),
        ("723.4", "Cervical radiculitis"),
        ("722.0", "Cervical disc displacement"),
    ),
    "right shoulder": (
        ("840.4", "Rotator cuff sprain, right"),
        ("726.2", "Shoulder impingement"),
        ("719.41", "Joint pain, shoulder"),
    ),
    "left knee": (
        ("836.0", "Medial meniscus tear, left"),
        ("717.7", "Chondromalacia patellae"),
        ("719.46", "Joint pain, lower leg"),
    ),
    "right wrist": (
        ("354.0", "Carpal tunnel syndrome"),
        ("842.00", "Sprain of wrist"),
        ("727.04", "de Quervain tenosynovitis"),
    ),
    "left ankle": (
        ("845.00", "Sprain of ankle"),
        ("726.79", "Peroneal tendinitis"),
        ("719.47", "Joint pain, ankle/foot"),
    ),
}
SERVICES = (
    ("97110", "Physical therapy, therapeutic exercise", "2x/week for 4 weeks"),
    ("97810", "Acupuncture", "1x/week for 6 weeks"),
    ("98941", "Chiropractic manipulation", "2x/week for 3 weeks"),
    ("72148", "MRI without contrast", "1"),
    ("64483", "Transforaminal epidural steroid injection", "1"),
    ("95886", "EMG/NCS, bilateral", "1"),
    ("E0730", "TENS unit, 30-day rental", "1 month"),
    ("29881", "Arthroscopy with partial meniscectomy", "1"),
    ("96101", "Psychological testing", "3 hours"),
    ("80101", "Urine drug screen, 12 panel", "quarterly"),
)
DRUGS = (
    ("HYDROCODONE/APAP 10-325 TAB", 90),
    ("NAPROXEN SOD 550MG TAB", 60),
    ("CYCLOBENZAPRINE 7.5MG TAB", 60),
    ("OMEPRAZOLE DR 20MG CAP", 30),
    ("GABAPENTIN 600MG TAB", 90),
    ("TRAMADOL HCL 50MG TAB", 120),
    ("MEDROX PATCH", 30),
    ("DICLOFENAC SODIUM 1% GEL", 100),
    ("TIZANIDINE HCL 4MG TAB", 60),
)


def sentences(world: World, random: Random, kind: str, count: int) -> list[str]:
    """Return so many sentences of a kind, none of them twice while there are others."""
    found: list[str] = []
    while len(found) < count:
        found += random.sample(_SAID[kind], min(count - len(found), len(_SAID[kind])))
    return [_filled(world, random, one) for one in found]


def passage(world: World, random: Random, kind: str, low: int = 3, high: int = 6) -> str:
    """Return a paragraph of a kind."""
    return " ".join(sentences(world, random, kind, random.randint(low, high)))


def passages(world: World, random: Random, kind: str, count: int, *, real: float = 0.5) -> list[str]:
    """Return paragraphs; this share of them is from real transcripts, where those are there."""
    fitting = _fitting(world.prose.transcripts, kind)
    return [
        random.choice(fitting) if fitting and random.random() < real else passage(world, random, kind)
        for _ in range(count)
    ]


@cache
def _fitting(transcripts: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Return the paragraphs that sound like this kind: an operation does not stand in an office note."""
    sound = re.compile(_SOUNDS.get(kind, _SOUNDS["complaint"]), re.I)
    return tuple(
        one for one in transcripts if sound.search(one) and (kind in _BLOODY or not _CUT.search(one))
    )


def diagnoses(world: World, random: Random, count: int = 2) -> list[tuple[str, str]]:
    """Return codes and names of what ails the region."""
    return random.sample(_DIAGNOSES[world.region], count)


def looking_back(world: World, random: Random, day: date, manner: Manner = slash_short) -> str:
    """Return a sentence that quotes days of other papers."""
    first, second = (manner(earlier(random, world, day)) for _ in range(2))
    return random.choice(
        (
            (
                f"MRI of the {world.region} dated {first} was reviewed again; injection of "
                f"{second} helped briefly."
            ),
            f"He was last seen on {first}. An RFA was sent on {second} and has not been answered.",
            f"EMG/NCV from {first} was read as normal. The date of injury is {manner(world.injured_on)}.",
            f"Since surgery on {first} she has had therapy, the last session being {second}.",
            f"UR non-certification dated {first} is noted, and an appeal letter went out {second}.",
        )
    )


def _filled(world: World, random: Random, sentence: str) -> str:
    return re.sub(
        r"\{(\w+)\}",
        lambda slot: world.region if slot[1] == "region" else random.choice(_SLOTS[slot[1]]),
        sentence,
    )

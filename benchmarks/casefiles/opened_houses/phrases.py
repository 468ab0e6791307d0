"""Sentences of the offices of this package, filled for the patient and the region of a case."""

from __future__ import annotations

import re
from datetime import date
from random import Random

from benchmarks.casefiles.opened_houses.bodies import BODIES, Body
from benchmarks.casefiles.opened_houses.days import Manner, before
from benchmarks.casefiles.world import World

_MEN = frozenset("Dmitri Farid Hector Jamal Marcos Orville Quentin Stefan Ulises Wendell Zachary".split())
_SLOTS: dict[str, tuple[str, ...]] = {
    "score": tuple("3 4 5 6 7 8".split()),
    "count": tuple("4 6 8 10 12".split()),
    "deg": ("20", "30", "35", "40", "50", "70"),
    "much": ("mildly", "moderately", "a good deal", "slightly", "considerably"),
    "kind": ("nagging", "deep", "electric", "tight", "pulling", "pinching", "raw"),
    "doing": (
        "pushing carts",
        "kneeling",
        "reaching into bins",
        "standing at the line",
        "twisting",
        "carrying stock",
        "typing all day",
        "getting in and out of the van",
    ),
    "pill": (
        "ibuprofen 800 mg",
        "etodolac 400 mg",
        "tizanidine 4 mg",
        "pregabalin 75 mg",
        "pantoprazole 40 mg",
        "Norco 5/325",
        "nortriptyline 25 mg",
        "diclofenac gel 1%",
    ),
    "therapy": (
        "physical therapy",
        "acupuncture",
        "chiropractic care",
        "aquatic therapy",
        "a work conditioning program",
        "massage therapy",
    ),
    "span": ("10 days", "3 weeks", "a month", "6 weeks", "two months"),
    "lbs": ("10", "15", "20", "25"),
    "job": (
        "machine operator",
        "warehouse selector",
        "custodian",
        "shuttle driver",
        "line cook",
        "instructional aide",
        "nursery worker",
    ),
}

SECTIONS: dict[str, tuple[str, ...]] = {
    "complaint": (
        "{He} comes in for the {region}, which is {much} worse after {doing}.",
        "Average pain this week {score}/10, worst {score}/10, with a {kind} quality.",
        "{He} gets through the night with {pill} and still wakes with stiffness.",
        "There is tingling that comes and goes, more in the evening.",
        "{He} has been on modified duty, and the employer has kept {him} on lighter tasks.",
        "{He} says {pill} upsets the stomach, so {he} takes it only with food.",
        "{Count} sessions of {therapy} so far; {he} believes they help {much}.",
        "No falls, no fever, no change of bowel or bladder habits.",
        "{He} wants to get back to {doing} without thinking about the {region}.",
        "Driving longer than half an hour brings on a {kind} ache.",
    ),
    "onset": (
        "Pain was felt at once in the {region} and was {kind} from the start.",
        "{He} finished the shift with help and told the lead.",
        "Pain {score}/10 now, worse with {doing}.",
        "No earlier injury of the {region} is recalled.",
        "{He} took {pill} of a relative, with {much} relief.",
        "Ice was put on by a coworker.",
        "No numbness, no weakness, no loss of consciousness.",
    ),
    "homework": (
        "Heel slides and bridges, two sets of ten, morning and evening.",
        "Band pulls at the level of the chest.",
        "Doorway stretch, thirty seconds, four times.",
        "Walk fifteen minutes on level ground.",
        "Ice for ten minutes after exercise.",
        "Stop and call if pain goes above {score}/10.",
    ),
    "exam": (
        "Well nourished, alert, sits forward on the chair and rises with hands on the armrests.",
        "Tenderness and guarding of the {muscle} to moderate pressure.",
        "{Motion} reaches {deg} degrees and stops because of pain.",
        "{Test} reproduces the familiar complaint.",
        "{Test} is unremarkable.",
        "Gait is slow, no assistive device.",
        "Reflexes are brisk and equal; no clonus.",
        "Light touch is reduced in a patch that does not follow a single root.",
        "No effusion, warmth or discoloration.",
        "Resisted effort of the {muscle} is four plus out of five, limited by pain.",
    ),
    "plan": (
        "Refill {pill}, quantity 60, one refill.",
        "We are asking for {count} sessions of {therapy}; the form is attached.",
        "Limit lifting to {lbs} pounds and avoid {doing}.",
        "Ice and gentle stretching at home, twice a day.",
        "Imaging was gone over with {him} on the screen.",
        "Surgical opinion is pending with the carrier.",
        "Weaning of {pill} was discussed and {he} agrees to try.",
        "Home exercise sheet reviewed and updated.",
        "{He} was told to call sooner if weakness or numbness gets worse.",
    ),
    "accident": (
        "While {doing}, {he} felt a {kind} pain in the {region} and stopped.",
        "{He} slipped on a wet floor while {doing} and caught {him}self with a jerk.",
        "Symptoms came on over {span} of {doing} and were told to the supervisor.",
        "A load shifted while {he} was {doing}, and the {region} took the strain.",
    ),
    "limits": (
        "No lifting, pushing or pulling over {lbs} pounds.",
        "No {doing} for longer than {deg} minutes in an hour.",
        "Must be able to change position as needed.",
        "Wear the support at work.",
        "No overtime until the next visit.",
        "If such work is not available, the patient is to be off work.",
    ),
    "procedure": (
        "Consent was obtained after the alternatives had been talked through.",
        "The site was marked with the patient awake and again named at the pause.",
        "Chlorhexidine was used for the skin, and sterile towels were laid.",
        "One percent lidocaine was infiltrated through a 25 gauge needle.",
        "The needle was advanced in small steps under imaging until its tip lay where it was wanted.",
        "Contrast spread along the expected plane without vascular uptake.",
        "Dexamethasone 10 mg with 2 mL of preservative-free bupivacaine was delivered slowly.",
        "The needle was flushed and withdrawn, and a small dressing was put on.",
        "Complaint before {score}/10, twenty minutes later 2/10.",
        "Transfer to recovery was uneventful, and discharge instructions were given to a relative.",
    ),
    "surgery": (
        "Antibiotic was given, the limb and trunk were padded, and the pause was held.",
        "The skin was prepared twice and draped in the usual way.",
        "The approach was made in line with the fibers, and small vessels were coagulated.",
        "The {muscle} and neighboring structures were seen and were healthy.",
        "Frayed tissue was trimmed back to a firm edge with a shaver set at low speed.",
        "A probe confirmed that what remained was stable through the whole motion.",
        "Loose fragments were washed out, and the recesses were inspected a second time.",
        "Images were stored before and after.",
        "The field was irrigated with two liters of saline.",
        "All counts were reported correct twice; estimated blood loss was small.",
        "Closure was with absorbable suture below and strips for the skin.",
        "The patient was awakened and taken to recovery in good condition.",
    ),
    "therapy_said": (
        "Reports soreness after the last session that wore off by evening.",
        "Says stairs are easier than at the start.",
        "Slept better, two bad nights only.",
        "Pain {score}/10 on arrival, after {doing} yesterday.",
        "Doing the home program most days.",
    ),
    "therapy_done": (
        "Moist heat 12 minutes with electrical stimulation to the {muscle}.",
        "Soft tissue mobilization of the {muscle}, 15 minutes.",
        "Therapeutic exercise with bands, three sets of ten, cued for posture.",
        "Neuromuscular re-education on a foam pad.",
        "Joint mobilization grade II and III.",
        "Bicycle 8 minutes at a low load to warm up.",
        "Cold pack to finish, skin checked before and after.",
    ),
    "therapy_thought": (
        (
            "Tolerated without undue complaint; {motion} gained {count} degrees from the first visit, by"
            " goniometer."
        ),
        "Progress slower than planned, endurance remains the limit.",
        "Needs cues for mechanics less often.",
        "Would profit from the visits that remain on the authorization.",
    ),
    "decision": (
        "The file shows {count} sessions of {therapy} without a record of what they changed.",
        "A conservative trial is described in one sentence and its length cannot be told.",
        "The cited guideline names conditions for this treatment, and the notes do not address two of them.",
        "Examination is recorded as {much} tender with no motor finding to correlate.",
        "The requesting office was telephoned, and no call back was received within the time set.",
        "Weaning rather than abrupt cessation is advised where {pill} has been taken daily.",
        "A repeat study is not supported unless symptoms or findings have changed significantly.",
    ),
    "opinion": (
        "With the history as given, it is medically probable that work at {employer} contributed.",
        "The examinee cooperated and effort was even on repeated measurement.",
        "Symptoms have plateaued, and I regard the {region} as permanent and stationary.",
        "Apportionment: the greater part to the specific injury, the remainder to earlier wear.",
        "Provision should be made for flare-ups: office visits, {pill}, and a short course of {therapy}.",
        "{He} can no longer do {doing} for a whole shift.",
        "There was no discrepancy between seated and supine testing.",
        "Vocational matters lie outside my field and I leave them to the parties.",
        "The imaging was read by me, and I see what the radiologist saw.",
    ),
    "lawyer": (
        "Our office has not been served with the report, and we ask for it again.",
        "Please arrange transportation and an interpreter, if one is needed.",
        "Your client's silence on the request of the treater is taken as a dispute.",
        "We are willing to discuss the matter by telephone before a hearing is asked for.",
        "Benefits appear to have been paid at the wrong rate since the change to modified work.",
        "Nothing in this letter waives any right of the applicant.",
        "Kindly let us know the name of the nurse case manager, if any has been assigned.",
    ),
    "mood": (
        "{He} describes low spirits, irritability and trouble concentrating since the injury.",
        "Sleep is broken; {he} lies awake over bills and the {region}.",
        "Affect was constricted and eye contact fair; speech of normal rate.",
        "No thoughts of harm to self or others were voiced.",
        "Breathing exercises and a thought record were practiced in session.",
        "{He} has begun short walks with a neighbor, as agreed last time.",
        "Thinking was orderly, memory grossly intact.",
        "{He} has withdrawn from friends and no longer goes to church or to the park.",
        "Appetite is less, and weight has gone up for want of movement.",
        "{He} wept once when the talk came to work at {employer}.",
        "Attention on serial sevens faltered after the third step.",
        "{He} fears that {doing} will hurt {him} again.",
        "Mood was rated {score}/10, with mornings worse than evenings.",
        "Homework was done in part: the sleep diary was kept for four nights.",
        "Insight fair, judgment sound, orientation full.",
        "There were nightmares of the event in the first months and fewer of late.",
    ),
}

_IN_ORDER = frozenset({"procedure", "surgery"})
_PAST = (
    "{He} was treated at an urgent care on {d} with films and a brace.",
    "An MRI of {d} is in the chart.",
    "On {d} {he} had an injection that helped for {span}.",
    "{Therapy} ran from {d} and was stopped by the carrier.",
    "The last visit here was on {d}.",
    "A nerve study was done {d} and was said to be equivocal.",
    "{He} was taken off work {d} and brought back with limits.",
)


def body(world: World) -> Body:
    """Return what is known of the region of a case."""
    return BODIES[world.region]


def filled(world: World, random: Random, text: str) -> str:
    """Return the sentence with its slots filled."""
    man = world.first in _MEN
    fixed = {"he": "he" if man else "she", "him": "him" if man else "her", "his": "his" if man else "her"}
    fixed |= {"region": world.region, "employer": world.employer}
    about = body(world)
    drawn = {
        "muscle": lambda: random.choice(about.muscles),
        "motion": lambda: random.choice(about.motions)[0].lower(),
        "test": lambda: random.choice(about.tests),
    }

    def fill(slot: re.Match[str]) -> str:
        name = slot[1].lower()
        if name in fixed:
            word = fixed[name]
        elif name in drawn:
            word = drawn[name]()
        else:
            word = random.choice(_SLOTS[name])
        return word[0].upper() + word[1:] if slot[1][0].isupper() else word

    found = re.sub(r"\{(\w+)\}", fill, text)
    found = re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", found)
    return found[0].upper() + found[1:]


def lines(world: World, random: Random, section: str, count: int) -> list[str]:
    """Return so many sentences of a section, none of them twice."""
    kinds = SECTIONS[section]
    chosen = random.sample(range(len(kinds)), min(count, len(kinds)))
    in_order = sorted(chosen) if section in _IN_ORDER else chosen
    return [filled(world, random, kinds[at]) for at in in_order]


def told(world: World, random: Random, section: str, count: int) -> str:
    """Return so many sentences of a section as one paragraph."""
    return " ".join(lines(world, random, section, count))


def past(world: World, random: Random, day: date, manner: Manner, count: int) -> str:
    """Return sentences about earlier days of the case, as histories tell them."""
    days = sorted(before(random, world, day, 10, 400) for _ in range(count))
    chosen = random.sample(_PAST, min(count, len(_PAST)))
    texts = [one.replace("{d}", manner(at)) for one, at in zip(chosen, days, strict=False)]
    return " ".join(filled(world, random, text) for text in texts)


def age(world: World, day: date) -> int:
    """Return the patient's age on a day."""
    birthday = (world.born_on.month, world.born_on.day)
    return day.year - world.born_on.year - ((day.month, day.day) < birthday)


def job(random: Random) -> str:
    """Return what the patient works as."""
    return random.choice(_SLOTS["job"])


def pill(random: Random) -> str:
    """Return a drug with its strength."""
    return random.choice(_SLOTS["pill"])


def care(random: Random) -> str:
    """Return a treatment that is asked for in sessions."""
    return random.choice(_SLOTS["therapy"])

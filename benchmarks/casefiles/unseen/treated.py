"""Laboratories, visits of therapy, drugs handed out and filled, and slips for the employer."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles import dates
from benchmarks.casefiles.draft import BOLD, PAGE_OF, Draft, centred, paragraphs, said, ticked
from benchmarks.casefiles.unseen.dress import (
    BOOK,
    FORMS,
    LETTERS,
    NARROW,
    OLD,
    RULE,
    SANS,
    SERIF,
    SYSTEMS,
    WIDE,
    before,
    boxes,
    clock,
    labelled,
    later,
    letterhead,
    lined,
    look,
    paged,
    stamp,
    table,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_SUBSTANCES = (
    ("Hydrocodone", 50), ("Hydromorphone", 50), ("Tramadol", 100), ("Oxycodone", 50), ("Morphine", 50),
    ("Gabapentin", 1000), ("Cyclobenzaprine", 25), ("Alprazolam", 20), ("Carisoprodol", 100),
    ("Amphetamine", 100), ("Cocaine metabolite", 50), ("Cannabinoids", 15), ("Ethyl glucuronide", 500),
)  # fmt: skip
_CHEMISTRY = (
    ("GLUCOSE", 70, 125, "MG/DL", "65-99"), ("UREA NITROGEN", 6, 28, "MG/DL", "7-25"),
    ("CREATININE", 0.6, 1.5, "MG/DL", "0.60-1.35"), ("SODIUM", 132, 148, "MMOL/L", "135-146"),
    ("POTASSIUM", 3.3, 5.4, "MMOL/L", "3.5-5.3"), ("AST", 9, 60, "U/L", "10-40"),
    ("ALT", 8, 70, "U/L", "9-46"), ("ALBUMIN", 3.4, 5.1, "G/DL", "3.6-5.1"),
    ("WBC", 3.5, 12, "K/UL", "3.8-10.8"), ("HEMOGLOBIN", 11, 17, "G/DL", "13.2-17.1"),
    ("PLATELETS", 130, 420, "K/UL", "140-400"),
)  # fmt: skip
_SOLD = (
    ("Naproxen 550 mg", 60), ("Omeprazole DR 20 mg", 60), ("Tramadol HCl 50 mg", 90),
    ("Cyclobenzaprine 7.5 mg", 60), ("Gabapentin 300 mg", 90), ("Lidocaine 5% patch", 30),
    ("Hydrocodone/APAP 10-325 mg", 60), ("Menthol gel 4 oz", 1),
)  # fmt: skip


def drug_screen(world: World, random: Random) -> Draft:
    """Return a screen of urine with confirmation: collected, received, reported."""
    me, doctor = world.people["pathologist"], world.people["pain"]
    look_ = look(random, (SANS, NARROW, WIDE), SYSTEMS)
    taken = world.day(random)
    received = dates.after(random, taken, 1, 3)
    reported = dates.after(random, received, 1, 5)
    words = random.choice(
        (
            ("Collected", "Received", "Reported"),
            ("Coll.", "Rec'd", "Rptd"),
            ("Collection Date", "Date Received", "Report Date"),
            ("Date Collected", "Accessioned", "Final Report"),
        )
    )
    hour = f" {clock(random)}" if random.random() < 0.5 else ""
    rows = [(name, f"{limit} ng/mL", *((f"{random.randint(limit, limit * 40)}", "POSITIVE")
             if random.random() < 0.2 else ("ND", "Negative"))) for name, limit in _SUBSTANCES]  # fmt: skip
    source = (
        look_.setup(footer=f"context [{said(f'{me.facility}  CLIA 05D{random.randint(10**6, 10**7 - 1)}')} "
                           f"#h(1fr) {PAGE_OF}]")
        + said(me.facility, size="15pt", **BOLD) + "\n\n" + said("Urine Drug Monitoring Report") + "\n\n"
        + boxes([("Patient", world.reversed), ("DOB", look_.day(world.born_on)),
                 ("Specimen ID", f"U{random.randint(10**6, 10**7)}"), ("Ordering provider", doctor.signed),
                 (words[0], look_.day(taken) + hour), (words[1], look_.day(received)),
                 (words[2], look_.day(reported) + hour), ("Specimen", "Urine, random"),
                 ("Status", "FINAL")], 3)
        + look_.head("Prescribed medications reported by the practice")
        + lined([name for name, _ in random.sample(_SOLD, 3)])
        + look_.head("Specimen validity")
        + said(f"Creatinine {random.randint(25, 240)} mg/dL, pH {random.uniform(4.8, 8):.1f}: acceptable")
        + "\n\n"
        + look_.head("Results by LC-MS/MS")
        + table([("Analyte", "Cutoff", "Result", "Interpretation"), *rows], "(2fr, 1fr, 1fr, 1fr)")
        + said("This test was developed and its performance determined by the laboratory. Results are for "
               "medical use only.", size="8pt") + "\n\n"
        + said(f"Laboratory director: {me.signed}")
    )  # fmt: skip
    return Draft(
        type=ExhibitType.LABORATORY, title="Urine drug monitoring report", source=source,
        facility=me.facility, date_of_service=taken, report_date=reported,
    )  # fmt: skip


def blood_printed(world: World, random: Random) -> Draft:
    """Return blood counts and chemistry as a laboratory's line printer leaves them."""
    taken = world.day(random)
    reported = later(random, taken, 0.8, 3)
    write = random.choice((dates.slashes, dates.machine, dates.compact))
    lines = [
        "TULE MARSH CLINICAL LABORATORY", "LABORATORY REPORT                             *** FINAL ***", "",
        f"PATIENT {world.reversed.upper():<34} ID {world.chart}",
        f"DOB     {write(world.born_on):<34} PHYS {world.people['primary'].name.upper()}",
        f"COLLECTED {write(taken)} {clock(random)}     FASTING: {random.choice(('YES', 'NO'))}",
        f"REPORTED  {write(reported or taken)} {clock(random)}", "",
        f"{'TEST':<22}{'IN RANGE':<14}{'OUT OF RANGE':<16}{'UNITS':<10}REFERENCE", "-" * 76,
    ]  # fmt: skip
    for name, low, high, unit, usual in _CHEMISTRY:
        value = random.uniform(low, high)
        shown = f"{value:.2f}" if high < 2 else f"{value:.1f}" if high < 20 else f"{value:.0f}"
        first, last = (float(one) for one in usual.split("-"))
        inside = first <= float(shown) <= last
        out = "" if inside else f"{shown} {'L' if float(shown) < first else 'H'}"
        lines.append(f"{name:<22}{shown if inside else '':<14}{out:<16}{unit:<10}{usual}")
    lines += ["-" * 76, "COMMENT: ORDERED FOR MONITORING OF LONG-TERM MEDICATION", "", "END OF REPORT"]
    return Draft(
        type=ExhibitType.LABORATORY, title="Laboratory report", lines=paged(lines, 58),
        facility="Tule Marsh Clinical Laboratory", date_of_service=taken, report_date=reported,
    )  # fmt: skip


def therapy_evaluation(world: World, random: Random) -> Draft:
    """Return a first evaluation of physical therapy with its plan of care."""
    me, prose = world.people["therapist"], world.prose
    look_ = look(random, (SANS, WIDE, SERIF), SYSTEMS)
    seen = world.day(random)
    signed = later(random, seen, 0.3, 4)
    motions = [(motion, f"{random.randint(10, 90)}", f"{random.randint(30, 99)}", f"{random.randint(2, 5)}/5")
               for motion in ("Flexion", "Extension", "Rotation", "Side bending")]  # fmt: skip
    label = random.choice(("Initial Eval Date", "Date of Service", "Date", "Eval date"))
    source = (
        look_.setup(footer=f"context [{said(f'{world.patient}', size='8pt')} #h(1fr) {PAGE_OF}]")
        + stamp(random, signed or seen, 0.2)
        + letterhead(random, me, me.facility)
        + centred(random.choice(("PHYSICAL THERAPY INITIAL EVALUATION", "PT Evaluation and Plan of Care")),
                  weight="700")
        + labelled([("Patient", world.patient), (label, look_.day(seen)),
                    ("DOB", look_.day(world.born_on)), ("Onset", look_.day(world.injured_on)),
                    ("Referring MD", world.people["primary"].signed), ("Auth", f"{random.randint(4, 12)}"),
                    ("Claim", world.claim), ("Dx", f"{world.region} strain")], 2)
        + look_.head("Subjective") + paragraphs(prose.paragraphs(random, "history", 1))
        + look_.head("Objective")
        + table([("Motion", "Degrees", "Normal", "Strength"), *motions], "(2fr, 1fr, 1fr, 1fr)")
        + said(prose.sentences(random, "exam", 4)) + "\n\n"
        + look_.head("Assessment") + said(prose.sentences(random, "assessment", 2))
        + said(" Rehabilitation potential is good.") + "\n\n"
        + look_.head("Goals")
        + lined([f"In {random.randint(2, 4)} weeks: independent with home program",
                 f"In {random.randint(5, 8)} weeks: lift {random.randint(15, 40)} lb without more pain"])
        + look_.head("Plan of care") + said(prose.sentences(random, "plan", 3)) + "\n\n"
        + lined([f"Therapist: {me.signed}   Lic PT{random.randint(10000, 42000)}"
                 + (f"   Signed {look_.day(signed)} {clock(random)}" if signed else ""),
                 "Physician certification: ______________________   Date: ____________"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.THERAPY_NOTES, title="Physical therapy initial evaluation", source=source,
        author=me.name, author_specialty=me.specialty, facility=me.facility, date_of_service=seen,
        report_date=signed,
    )  # fmt: skip


def chiropractic_visit(world: World, random: Random) -> Draft:
    """Return one visit to a chiropractor on a form with boxes to tick."""
    me, prose = world.people["chiropractor"], world.prose
    look_ = look(random, (NARROW, SANS), FORMS)
    seen = world.day(random)
    parts = ("C/S", "T/S", "L/S", "SI", "Shoulder", "Wrist", "Knee", "Ankle")
    pain = random.randint(3, 8)
    done = (
        "CMT 98941",
        "EMS 97014",
        "Traction 97012",
        "Myofascial 97140",
        "Ultrasound 97035",
        "Hot pack 97010",
    )
    source = (
        look_.setup(margin="x: 0.8in, y: 0.6in") + letterhead(random, me, me.facility)
        + centred(random.choice(("DAILY TREATMENT RECORD", "CHIROPRACTIC OFFICE VISIT", "S.O.A.P. NOTE")),
                  weight="700")
        + labelled([("Name", world.patient), (random.choice(("Date", "DOS", "Today")), look_.day(seen)),
                    ("D/A", look_.day(world.injured_on)),
                    ("Visit", f"{random.randint(2, 9)} of {random.randint(9, 12)}")], 2)
        + RULE
        + said("S ", **BOLD) + said(prose.sentences(random, "history", 3)) + "\n\n"
        + said("Pain: ") + said("  ".join(ticked(n == pain, str(n)) for n in range(1, 11)))
        + "\n\n"
        + said("O ", **BOLD) + said("  ".join(ticked(random.random() < 0.4, part) for part in parts)) + "\n\n"
        + said(prose.sentences(random, "exam", 3)) + "\n\n"
        + said("A ", **BOLD) + said(random.choice(("Improving as expected.", "No change.", "Flare-up.")))
        + "\n\n"
        + said("P ", **BOLD) + lined([ticked(random.random() < 0.5, one) for one in done])
        + said("Next visit: ") + said(look_.day(dates.after(random, seen, 2, 7))) + "\n\n"
        + lined(["________________________", me.signed])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.THERAPY_NOTES, title="Chiropractic treatment record", source=source,
        author=me.name, author_specialty=me.specialty, facility=me.facility, date_of_service=seen,
    )  # fmt: skip


def acupuncture_visit(world: World, random: Random) -> Draft:
    """Return an acupuncturist's note whose day stands in its first sentence."""
    prose = world.prose
    look_ = look(random, (SERIF, BOOK, OLD), (*LETTERS, *FORMS))
    me = world.people[random.choice(("chiropractor", "therapist"))]
    seen = world.day(random)
    when = random.choice(
        (
            f"Treatment {random.randint(2, 8)} was given on {look_.day(seen)}.",
            f"Patient came for acupuncture {look_.day(seen)}, authorized visit {random.randint(1, 6)} of 6.",
            f"On {look_.day(seen)} the patient received acupuncture at this clinic.",
        )
    )
    points = random.sample("LI4 LI11 ST36 GB34 GB30 BL23 BL40 BL60 SI3 DU20 SP6 KI3 TW5 LV3".split(), 7)
    source = (
        look_.setup() + centred("White Heron Acupuncture and Herbs", weight="700", size="14pt")
        + centred(f"{me.name}, L.Ac.   {me.street}, {me.city}")
        + "\n\n" + lined([f"Patient: {world.patient}", f"Claim: {world.claim}"])
        + said(when) + " " + said(prose.sentences(random, "history", 3)) + "\n\n"
        + said(f"Tongue {random.choice(('pale', 'dusky', 'red tip'))}, pulse "
               f"{random.choice(('wiry', 'thin', 'slippery'))}. {prose.sentences(random, 'exam', 2)}")
        + "\n\n"
        + said(f"Points: {', '.join(points)}. Needles kept {random.choice((15, 20, 25))} minutes with "
               "infrared "
               f"heat. {random.choice(('Cupping', 'Electrical stimulation', 'Tui na'))} was added.") + "\n\n"
        + said(f"After treatment the pain went from {random.randint(6, 9)} to {random.randint(2, 5)}. "
               "No adverse reaction.") + "\n\n"
        + lined(["", f"{me.name}, L.Ac.  AC{random.randint(2000, 18000)}"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.THERAPY_NOTES, title="Acupuncture treatment note", source=source, author=me.name,
        facility="White Heron Acupuncture and Herbs", date_of_service=seen,
    )  # fmt: skip


def dispensed(world: World, random: Random) -> Draft:
    """Return the record of drugs handed out over the counter of an office, signed by the patient."""
    me = world.people["primary"]
    look_ = look(random, (SANS, SERIF, NARROW), FORMS)
    given = world.day(random)
    rows = [(name, str(count), f"{random.randint(10000, 99999)}-0{random.randint(100, 999)}-01",
             random.choice(("1 po bid", "1 po tid prn", "1 po qhs", "apply bid")))
            for name, count in random.sample(_SOLD, random.randint(1, 4))]  # fmt: skip
    source = (
        look_.setup() + letterhead(random, me, me.facility)
        + centred(random.choice(("DISPENSED MEDICATION RECORD", "In-Office Medication Dispensing Log",
                                 "PHYSICIAN DISPENSING SHEET")), weight="700")
        + labelled([(random.choice(("Date dispensed", "Dispensed on", "Dispense date")), look_.day(given)),
                    ("Patient", world.patient), ("DOB", look_.day(world.born_on)),
                    ("DOI", look_.day(world.injured_on)), ("Carrier", world.payer), ("By", me.signed)])
        + table([("Medication", "Qty", "NDC", "Sig"), *rows], "(2fr, auto, 1fr, 1fr)")
        + said("I have received the medication listed above, and its use and side effects were explained "
               "to me. "
               "I know that I may have prescriptions filled at a pharmacy of my choice.") + "\n\n"
        + labelled([("Patient signature", "________________"), ("Staff", random.choice(("mv", "LT")))], 2)
    )  # fmt: skip
    return Draft(
        type=ExhibitType.PHARMACY, title="Dispensed medication record", source=source, author=me.name,
        author_specialty=me.specialty, facility=me.facility, date_of_service=given,
    )  # fmt: skip


def fills(world: World, random: Random) -> Draft:
    """Return a history of fills over many months; the list has a day of its own and no day of service."""
    look_ = look(random, (SANS, NARROW, WIDE), SYSTEMS)
    run = world.day(random)
    start = run - timedelta(days=random.randint(180, 700))
    days = sorted(before(random, run, 4, 170) for _ in range(random.randint(12, 60)))
    rows = [(look_.day(day), str(random.randint(10**6, 10**7)), name, str(count),
             world.people[random.choice(("pain", "primary"))].name, f"${random.uniform(8, 240):.2f}")
            for day in days for name, count in [random.choice(_SOLD)]]  # fmt: skip
    label = random.choice(("Report run", "Run date", "Generated", "As of"))
    source = (
        look_.setup(margin="x: 0.6in, y: 0.7in", footer=f"context [#align(right)[{PAGE_OF}]]")
        + said(random.choice(("Larkmeadow Pharmacy Benefit Services", "Corral Street Drugs")), size="13pt",
               **BOLD) + "\n\n"
        + said(random.choice(("PATIENT PRESCRIPTION HISTORY", "Claimant Drug Utilization Detail",
                              "Prescription profile"))) + "\n\n"
        + labelled([("Name", world.reversed), ("DOB", look_.day(world.born_on)), ("Claim", world.claim),
                    ("Period", f"{look_.day(start)} to {look_.day(run)}"), (label, look_.day(run))], 2)
        + table([("Filled", "Rx #", "Drug", "Qty", "Prescriber", "Paid"), *rows],
                "(auto, auto, 2fr, auto, 1fr, auto)")
        + said(f"Fills listed: {len(rows)}")
    )  # fmt: skip
    return Draft(type=ExhibitType.PHARMACY, title="Prescription history", source=source, report_date=run)


def duty_slip(world: World, random: Random) -> Draft:
    """Return the slip that tells an employer what the worker may do after a visit."""
    me = world.people["primary"]
    look_ = look(random, (SANS, WIDE, SERIF), (*FORMS, dates.worded, dates.abbreviated))
    seen = world.day(random)
    again = dates.after(random, seen, 7, 35)
    limits = ("No lifting over ___ lb", "No bending or twisting", "No overhead work", "Sit-down work only",
              "Splint at all times", "No driving of company vehicles")  # fmt: skip
    source = (
        look_.setup() + letterhead(random, me, me.facility)
        + centred(random.choice(("WORK STATUS REPORT", "RETURN TO WORK / DUTY STATUS", "Employee Activity "
                                 "Status Slip")), weight="700", size="13pt")
        + boxes([("Employee", world.patient), ("Employer", world.employer),
                 (random.choice(("Date of visit", "Exam date", "Seen on")), look_.day(seen)),
                 ("Date of injury", look_.day(world.injured_on))])
        + lined([ticked(False, "Full duty, no limits"),
                 ticked(True, f"Modified duty from {look_.day(seen)} to {look_.day(again)}"),
                 ticked(False, "Unable to work")])
        + look_.head("Restrictions")
        + lined([ticked(random.random() < 0.4, limit) for limit in limits])
        + said(f"Next appointment: {look_.day(again)} {clock(random)}") + "\n\n"
        + said(f"Time in {clock(random)}   Time out {clock(random)}") + "\n\n"
        + lined(["______________________", me.signed])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.WORK_STATUS, title="Work status report", source=source, author=me.name,
        author_specialty=me.specialty, facility=me.facility, date_of_service=seen,
    )  # fmt: skip


def duty_letter(world: World, random: Random) -> Draft:
    """Return a short note to whom it may concern, with the day of the visit alone."""
    me = world.people["orthopedist"]
    look_ = look(random, (SERIF, BOOK, OLD), LETTERS)
    seen = world.day(random)
    until = dates.after(random, seen, 20, 60)
    text = random.choice(
        (
            f"{world.patient} was seen in my office on {look_.day(seen)} and is to remain off work until "
            f"{look_.day(until)}.",
            f"Please excuse {world.patient} from work. The patient was examined here on {look_.day(seen)} "
            "and "
            f"may return to modified duty {look_.day(until)}.",
        )
    )
    source = (
        look_.setup() + letterhead(random, me, me.facility) + said(look_.day(seen)) + "\n\n"
        + said("To whom it may concern:") + "\n\n" + said(text) + "\n\n"
        + said(f"Diagnosis: {world.prose.sentences(random, 'assessment', 1)}") + "\n\n"
        + said("Please call if there are questions.") + "\n\n" + lined(["", me.signed])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.WORK_STATUS, title="Off-work note", source=source, author=me.name,
        author_specialty=me.specialty, facility=me.facility, date_of_service=seen,
    )  # fmt: skip

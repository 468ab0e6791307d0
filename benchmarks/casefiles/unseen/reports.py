"""Reports of the treating physician: the state's form, a dictated letter, a system's note, a first report."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles import dates
from benchmarks.casefiles.draft import (
    BOLD,
    ITALIC,
    PAGE,
    PAGE_OF,
    Draft,
    centred,
    from_page_two,
    paragraphs,
    said,
    ticked,
)
from benchmarks.casefiles.unseen.dress import (
    FORMS,
    LETTERS,
    NARROW,
    OLD,
    RULE,
    SANS,
    SERIF,
    SYSTEMS,
    WIDE,
    addressed,
    boxes,
    clock,
    concerning,
    initials,
    labelled,
    later,
    letterhead,
    lined,
    look,
    stamp,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType


def pr2_form(world: World, random: Random) -> Draft:
    """Return the state's progress report as an office fills it in, executed on the same or a later day."""
    me, prose = world.people["primary"], world.prose
    look_ = look(random, (SANS, NARROW, SERIF), FORMS)
    seen = world.day(random)
    signed = later(random, seen, 0.5)
    why = random.randint(0, 4)
    reasons = (
        "Periodic Report (required 45 days after last report)",
        "Change in treatment plan",
        "Change in work status",
        "Need for referral or consultation",
        "Response to request for information",
        "Discharged",
    )
    source = (
        look_.setup(margin="x: 0.7in, y: 0.6in", footer=f"[{said('DWC Form PR-2 (Rev. 06-05)', size='8pt')}]")
        + stamp(random, signed or seen)
        + centred("State of California, Division of Workers' Compensation", size="9pt")
        + centred("PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)", weight="700", size="13pt")
        + said("Check the box(es) which indicate why you are submitting a report at this time.", size="8pt")
        + "\n\n"
        + lined([ticked(number == why, reason) for number, reason in enumerate(reasons)])
        + boxes(
            [
                ("Last", world.last), ("First", world.first), ("Sex", random.choice("MF")),
                ("Date of Injury", look_.day(world.injured_on)), ("Date of Birth", look_.day(world.born_on)),
                ("Claim Number", world.claim), ("Claims Administrator", world.payer),
                ("Employer", world.employer), ("Occupation", random.choice(("Packer", "Driver", "Aide"))),
            ],
            3,
        )
        + said("The information below must be provided. You may use this form or substitute.", **ITALIC)
        + "\n\n"
        + look_.head("Subjective complaints") + said(prose.sentences(random, "history", 5)) + "\n\n"
        + look_.head("Objective findings") + said(prose.sentences(random, "exam", 5)) + "\n\n"
        + look_.head("Diagnoses") + lined(prose.items(random, "assessment", 3))
        + look_.head("Treatment Plan") + said(prose.sentences(random, "plan", 5)) + "\n\n"
        + look_.head("Work Status")
        + lined([
            ticked(random.random() < 0.3, "Remain off-work until ____________"),
            ticked(True, "Return to modified work with the limitations stated above"),
        ])
        + labelled([
            ("Primary Treating Physician (original signature, do not stamp)", "________________"),
            ("Date of Exam", look_.day(seen)),
        ])
        + said("I declare under penalty of perjury that this report is true and correct to the best of my "
               "knowledge and that I have not violated Labor Code section 139.3.", size="8pt") + "\n\n"
        + labelled(
            [
                ("Signature", "________________"), ("Cal. Lic. #", me.licence),
                ("Executed at", me.city.split(",")[0]), ("Date", look_.day(signed or seen)),
                ("Name", me.signed), ("Specialty", me.specialty),
                ("Address", me.street), ("Phone", me.phone),
            ],
            2,
        )
    )  # fmt: skip
    return Draft(
        type=ExhibitType.PROGRESS_REPORT, title="Primary Treating Physician's Progress Report (PR-2)",
        source=source, author=me.name, author_specialty=me.specialty, date_of_service=seen,
        report_date=signed,
    )  # fmt: skip


def dictated_progress(world: World, random: Random) -> Draft:
    """Return a re-evaluation told in a letter: the visit stands in a sentence, D: and T: at the end."""
    me, prose = world.people["orthopedist"], world.prose
    look_ = look(random, (SERIF, OLD), LETTERS)
    seen = world.day(random)
    typed = later(random, seen, 0.75, 12)
    title = random.choice(("Mr.", "Ms."))
    opening = random.choice((
        f"{title} {world.last} returned to this office on {look_.day(seen)} for orthopedic re-evaluation.",
        f"I had the opportunity to see {title} {world.last} in follow-up on {look_.day(seen)}.",
        f"The following is a progress report on {title} {world.last}, last examined by me {look_.day(seen)}.",
        f"This patient was seen today, {look_.day(seen)}, for a scheduled recheck.",
    ))  # fmt: skip
    last = random.choice(FORMS)
    marks = [f"{initials(me.name)}/{random.choice(('tm', 'rkl', 'js', 'mdi'))}"]
    if random.random() < 0.7:
        marks += [f"D: {last(seen)}", f"T: {last(typed or seen)}"]
    ahead = f"{world.patient} #h(1fr) Page {PAGE}"
    source = (
        look_.setup(header=from_page_two(ahead))
        + letterhead(random, me, me.facility)
        + said(look_.day(typed or seen)) + "\n\n" + addressed(random, world)
        + concerning(random, world, look_.day)
        + centred(random.choice(("ORTHOPEDIC RE-EVALUATION", "TREATING PHYSICIAN'S PROGRESS REPORT",
                                 "FOLLOW-UP REPORT OF TREATING PHYSICIAN")), weight="700")
        + said(f"Dear {title} {world.adjuster.split()[-1]}:") + "\n\n" + said(opening) + "\n\n"
        + paragraphs(prose.paragraphs(random, "history", 1))
        + look_.head("Physical examination") + paragraphs(prose.paragraphs(random, "exam", 1))
        + look_.head("Impression") + lined(prose.items(random, "assessment", 3))
        + look_.head("Discussion and plan") + paragraphs(prose.paragraphs(random, "plan", 2))
        + said("Thank you for allowing me to take part in this patient's care.") + "\n\n"
        + lined(["Sincerely,", "", me.signed, me.specialty, "", *marks])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.PROGRESS_REPORT, title="Orthopedic re-evaluation", source=source, author=me.name,
        author_specialty=me.specialty, facility=me.facility, date_of_service=seen, report_date=typed,
    )  # fmt: skip


def system_progress(world: World, random: Random) -> Draft:
    """Return the note of an electronic record, printed long after, with signature and running head."""
    me, prose = world.people["pain"], world.prose
    look_ = look(random, (SANS, WIDE, NARROW), SYSTEMS)
    seen = world.day(random)
    signed = later(random, seen, 0.6, 6)
    printed = dates.after(random, signed or seen, 5, 200)
    label = random.choice(("Encounter Date", "Visit", "Date of Visit", "Appt Date", "Seen on", "Svc Date"))
    head = f"{world.reversed.upper()}   DOB {look_.day(world.born_on)}   {label}: {look_.day(seen)}"
    foot = f"Printed by {random.choice(('mgarcia', 'desk2', 'HIM'))} {look_.day(printed)} {clock(random)}"
    signature = random.choice(("Electronically signed by", "E-signed:", "Signed electronically by",
                               "Authenticated by"))  # fmt: skip
    source = (
        look_.setup(
            header=f"[{said(head, size='8pt')}]",
            footer=f"context [{said(foot, size='8pt')} #h(1fr) {PAGE_OF}]",
        )
        + said(me.facility, size="14pt", **BOLD) + "\n\n"
        + labelled(
            [
                ("Patient", world.reversed), ("MRN", world.chart), ("Provider", me.signed),
                (label, f"{look_.day(seen)} {clock(random)}"), ("Insurance", world.payer),
                ("Injury Date", look_.day(world.injured_on)),
            ],
            2,
        )
        + RULE
        + look_.head("Chief Complaint") + said(f"Follow up, {world.region} pain.") + "\n\n"
        + look_.head("HPI") + paragraphs(prose.paragraphs(random, "history", 2))
        + look_.head("Current Medications") + lined(prose.items(random, "plan", 3))
        + look_.head("Vitals")
        + said(f"BP {random.randint(108, 148)}/{random.randint(64, 92)}  HR {random.randint(58, 96)}  "
               f"Wt {random.randint(120, 260)} lb  Pain {random.randint(3, 9)}/10") + "\n\n"
        + look_.head("Exam") + paragraphs(prose.paragraphs(random, "exam", 2))
        + look_.head("Assessment/Plan") + paragraphs(prose.paragraphs(random, "plan", 2))
        + look_.head("Follow Up")
        + said(f"Return {look_.day(dates.after(random, seen, 26, 45))} with same provider.") + "\n\n"
        + said(f"{signature} {me.signed} on {look_.day(signed or seen)} at {clock(random)}", **ITALIC)
    )  # fmt: skip
    return Draft(
        type=ExhibitType.PROGRESS_REPORT, title="Progress note", source=source, author=me.name,
        author_specialty=me.specialty, facility=me.facility, date_of_service=seen, report_date=signed,
    )  # fmt: skip


def first_report(world: World, random: Random) -> Draft:
    """Return the doctor's first report with its numbered boxes."""
    me, prose = world.people["primary"], world.prose
    look_ = look(random, (SANS, NARROW), FORMS)
    seen = dates.after(random, world.injured_on, 0, 12)
    signed = later(random, seen, 0.4, 5)
    rows = [
        ("1. INSURER NAME AND ADDRESS", world.payer), ("2. EMPLOYER NAME", world.employer),
        ("5. PATIENT NAME (first, middle initial, last)", world.patient),
        ("7. Date of Birth", look_.day(world.born_on)), ("8. Address", f"{random.randint(10, 999)} Elm Ct"),
        ("10. Occupation", random.choice(("Line worker", "Bus driver", "Custodian"))),
        ("13. Date and hour of injury or onset", f"{look_.day(world.injured_on)}  {clock(random)}"),
        ("14. Date last worked", look_.day(world.injured_on)),
        ("15. Date and hour of first examination or treatment", f"{look_.day(seen)}  {clock(random)}"),
        ("16. Have you (or your office) previously treated patient?", ticked(True, "No")),
    ]  # fmt: skip
    source = (
        look_.setup(margin="x: 0.65in, y: 0.55in", footer=f"[{said('FORM 5021 (Rev. 4)', size='8pt')}]")
        + stamp(random, signed or seen)
        + centred("STATE OF CALIFORNIA", size="9pt")
        + centred("DOCTOR'S FIRST REPORT OF OCCUPATIONAL INJURY OR ILLNESS", weight="700", size="13pt")
        + said("Within 5 days of your initial examination, for every occupational injury, send two "
               "copies of this report to the employer's workers' compensation insurance carrier.",
               size="8pt") + "\n\n"
        + boxes(rows)
        + said("17. DESCRIBE HOW THE ACCIDENT OR EXPOSURE HAPPENED ", **BOLD)
        + said(f"Patient felt pain in the {world.region} while lifting at work.") + "\n\n"
        + said("18. SUBJECTIVE COMPLAINTS ", **BOLD) + said(prose.sentences(random, "history", 4)) + "\n\n"
        + said("19. OBJECTIVE FINDINGS  A. Physical examination ", **BOLD)
        + said(prose.sentences(random, "exam", 5)) + "\n\n"
        + said("B. X-ray and laboratory results (State if none or pending.) ", **BOLD)
        + said(random.choice(("None.", "X-ray negative for fracture.", "Pending."))) + "\n\n"
        + said("20. DIAGNOSIS ", **BOLD) + said(prose.sentences(random, "assessment", 2)) + "\n\n"
        + said("23. TREATMENT RENDERED ", **BOLD) + said(prose.sentences(random, "plan", 3)) + "\n\n"
        + said("26. WORK STATUS -- Is patient able to perform usual work? ", **BOLD)
        + said("[  ] Yes  [X] No   If no, date when patient can return to: Modified work "
               + look_.day(dates.after(random, seen, 1, 6))) + "\n\n"
        + labelled([("Doctor's Signature", "____________"), ("CA License Number", me.licence),
                    ("Doctor Name and Degree", me.signed), ("Date", look_.day(signed or seen)),
                    ("Address", f"{me.street}, {me.city}"), ("Telephone", me.phone)], 2)
    )  # fmt: skip
    return Draft(
        type=ExhibitType.FIRST_REPORT, title="Doctor's First Report of Occupational Injury or Illness",
        source=source, author=me.name, author_specialty=me.specialty, date_of_service=seen,
        report_date=signed,
    )  # fmt: skip

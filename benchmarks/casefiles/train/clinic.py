"""Papers of a treating physician: a record print-out, a dictated letter, a progress form, a first report."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import after, short, slashes, worded
from benchmarks.casefiles.draft import BOLD, Draft, centred, grid, paragraphs, quoted, said, setup, ticked
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType

_CARRIED = 7_919
"""Notes of one physician carry the same paragraphs forward: they are drawn from this seed and the chart."""


def record_printout(world: World, random: Random) -> Draft:
    """Return a progress note printed from an electronic health record, much of it carried forward."""
    who = world.people[random.choice(("primary", "pain", "orthopedist"))]
    seen = world.day(random)
    signed = seen + timedelta(days=random.choice((0, 0, 1, 2)))
    carried = Random(_CARRIED + int(world.chart) + len(who.name))
    banner = f"{world.reversed}   DOB: {slashes(world.born_on)}   MRN: {world.chart}   Sex: U"
    header = f"[#text(size: 8pt)[#{quoted(banner)} #h(1fr) #{quoted(who.facility)}] #line(length: 100%)]"
    footer = (
        f"context [#text(size: 8pt)[#{quoted('Encounter ' + slashes(seen))} #h(1fr) "
        "Page #counter(page).display() of #counter(page).final().first()]]"
    )
    body = setup(font="Liberation Sans", size=10, header=header, footer=footer)
    body += said("Progress Note", size="15pt", weight='"bold"') + "\n\n"
    body += grid(
        [
            ("Date of Service:", slashes(seen), "Provider:", who.signed),
            ("Visit type:", "Workers' Compensation Follow Up", "Specialty:", who.specialty),
            ("Date of injury:", slashes(world.injured_on), "Claim #:", world.claim),
        ],
        "(auto, 1fr, auto, 1fr)",
        stroke="none",
    )
    for head, section, count in (
        ("History of Present Illness", "history", 3),
        ("Review of Systems", "history", 2),
        ("Physical Exam", "exam", 3),
        ("Assessment", "assessment", 2),
        ("Plan", "plan", 2),
    ):
        source = carried if random.random() < 0.6 else random
        body += f"= {head}\n" + paragraphs(
            world.prose.paragraphs(source, section, count + random.randint(0, 3))
        )
    hour = f"{random.randint(8, 17)}:{random.randint(10, 59)}"
    stamp = f"Electronically signed by {who.signed} on {slashes(signed)} at {hour}"
    body += said(stamp, style='"italic"')
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Progress Note",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        facility=who.facility,
        date_of_service=seen,
        report_date=signed,
        strings=("Progress Note", slashes(seen), stamp),
    )


def dictated_letter(world: World, random: Random) -> Draft:
    """Return a consultation dictated as a letter."""
    who, to = world.people[random.choice(("orthopedist", "pain", "internist"))], world.people["primary"]
    seen = world.day(random)
    typed = after(random, seen, 1, 9)
    body = setup(
        font="Liberation Serif",
        size=11.5,
        margin="x: 1.2in, y: 1in",
        header=f"context if counter(page).get().first() > 1 [#{quoted('RE: ' + world.patient)} \\ "
        f"#{quoted(worded(typed))} \\ Page #counter(page).display()]",
    )
    body += _letterhead(who)
    body += paragraphs([worded(typed), f"{to.signed}\n{to.facility}\n{to.street}\n{to.city}"])
    body += grid(
        [
            ("RE:", world.patient),
            ("Date of Birth:", worded(world.born_on)),
            ("Date of Injury:", worded(world.injured_on)),
            ("Date of Consultation:", worded(seen)),
        ],
        "(auto, 1fr)",
        stroke="none",
    )
    opening = (
        f"Dear {to.doctor}: Thank you for asking me to see {world.patient} for an initial "
        f"{who.specialty.lower()} consultation on {worded(seen)}."
    )
    body += paragraphs([opening])
    for head, section in (
        ("HISTORY", "history"),
        ("PHYSICAL EXAMINATION", "exam"),
        ("IMPRESSION", "assessment"),
        ("RECOMMENDATIONS", "plan"),
    ):
        body += f"#underline[*{head}*]\n\n" + paragraphs(
            world.prose.paragraphs(random, section, random.randint(1, 4))
        )
    body += paragraphs(["Sincerely,", f"{who.signed}\nDiplomate, American Board of {who.specialty}"])
    body += said(
        f"{who.name[0]}{who.name.split()[-1][0]}:tr   D: {slashes(seen)}   T: {slashes(typed)}", size="9pt"
    )
    return Draft(
        type=ExhibitType.CONSULTATION,
        title="Consultation",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        facility=who.facility,
        date_of_service=seen,
        report_date=typed,
        strings=(worded(typed), "Sincerely,"),
    )


def _letterhead(who: Person) -> str:
    head = centred(who.facility.upper(), size="15pt", weight='"bold"')
    head += centred(f"{who.signed} - {who.specialty}", size="10pt")
    return (
        head
        + centred(f"{who.street}, {who.city}   Tel {who.phone}   Fax {who.fax}", size="9pt")
        + "#v(14pt)\n"
    )


def progress_form(world: World, random: Random) -> Draft:
    """Return a progress report on a form of boxes, after the state's PR-2."""
    who = world.people[random.choice(("primary", "chiropractor", "pain"))]
    seen = world.day(random)
    signed = after(random, seen, 0, 4)
    body = setup(
        font="Liberation Sans",
        size=9.5,
        margin="x: 0.7in, y: 0.6in",
        footer="context [#text(size: 7pt)[DWC Form PR-2 (Rev. 06-05) #h(1fr) #counter(page).display()]]",
    )
    body += centred("State of California, Division of Workers' Compensation", size="8pt")
    body += centred("PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)", size="13pt", weight='"bold"')
    reasons = ("Periodic Report", "Change in treatment plan", "Change in work status", "Need for referral")
    chosen = random.choice(reasons)
    body += grid(
        [[ticked(reason == chosen, reason) for reason in reasons]], "(1fr, 1fr, 1fr, 1fr)", stroke="none"
    )
    body += grid(
        [
            (f"Patient: Last {world.last}  First {world.first}", f"DOB {slashes(world.born_on)}  Sex: U"),
            (f"Employer: {world.employer}", f"Date of Injury {slashes(world.injured_on)}"),
            (f"Claims Administrator: {world.payer}", f"Claim Number {world.claim}"),
            (f"Date of exam: {slashes(seen)}", f"Phone {who.phone}   Fax {who.fax}"),
        ],
        "(1.4fr, 1fr)",
    )
    for head, section, count in (
        ("Subjective complaints:", "history", 2),
        ("Objective findings:", "exam", 2),
        ("Diagnoses:", "assessment", 1),
        ("Treatment Plan:", "plan", 2),
    ):
        text = "\n".join(world.prose.paragraphs(random, section, count))
        body += f"#block(stroke: 0.5pt, inset: 5pt, width: 100%)[{said(head, **BOLD)} {said(text)}]\n\n"
    body += grid(
        [
            ("Work Status:", ticked(True, "Return to modified work with the restrictions above")),
            ("", ticked(False, "Remain off-work")),
        ],
        "(auto, 1fr)",
    )
    body += grid(
        [
            (f"Signature: {who.signed}", f"Cal. Lic. # {who.licence}", f"Date: {slashes(signed)}"),
            (f"Executed at: {who.city}", f"Specialty: {who.specialty}", f"Name: {who.name}"),
        ],
        "(1.3fr, 1fr, 1fr)",
    )
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Primary Treating Physician's Progress Report (PR-2)",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        facility=None,
        date_of_service=seen,
        report_date=signed,
        strings=("PROGRESS REPORT (PR-2)", slashes(seen), slashes(signed)),
    )


def first_report_form(world: World, random: Random) -> Draft:
    """Return the doctor's first report on its form of numbered boxes."""
    who = world.people[random.choice(("primary", "internist"))]
    seen = after(random, world.injured_on, 0, 6)
    body = setup(
        font="Liberation Sans",
        size=8.5,
        margin="x: 0.6in, y: 0.5in",
        footer="[#text(size: 7pt)[FORM 5021 (Rev. 4) 1992]]",
    )
    body += centred("STATE OF CALIFORNIA", size="9pt")
    body += centred("DOCTOR'S FIRST REPORT OF OCCUPATIONAL INJURY OR ILLNESS", size="12pt", weight='"bold"')
    rows = [
        (f"1. INSURER NAME AND ADDRESS  {world.payer}", f"CLAIM NO. {world.claim}"),
        (f"2. EMPLOYER NAME  {world.employer}", "3. Address  on file"),
        (f"5. PATIENT NAME  {world.patient}", f"7. Date of Birth  {short(world.born_on)}"),
        (
            f"13. Date and hour of injury  {short(world.injured_on)}  {random.randint(7, 16)}:30",
            "14. Date last worked",
        ),
        (
            f"16. Date and hour of first examination or treatment  {short(seen)}  {random.randint(8, 17)}:15",
            "17. Have you treated this patient before?  No",
        ),
    ]
    body += grid(rows, "(1.6fr, 1fr)")
    for number, head, section in (
        (17, "DESCRIBE HOW THE ACCIDENT OR EXPOSURE HAPPENED", "history"),
        (18, "SUBJECTIVE COMPLAINTS", "history"),
        (19, "OBJECTIVE FINDINGS", "exam"),
        (20, "DIAGNOSIS", "assessment"),
        (23, "TREATMENT RENDERED", "plan"),
    ):
        text = world.prose.sentences(random, section, random.randint(2, 5))
        body += (
            f"#block(stroke: 0.4pt, inset: 4pt, width: 100%)[{said(f'{number}. {head}: ')} {said(text)}]\n"
        )
    signature = f"Doctor's Signature: {who.signed}   CA License No. {who.licence}   Date {short(seen)}"
    body += "\n" + paragraphs(
        [signature, f"Doctor Name and Degree: {who.signed}   Address {who.street}, {who.city}"]
    )
    return Draft(
        type=ExhibitType.FIRST_REPORT,
        title="Doctor's First Report of Occupational Injury or Illness",
        source=body,
        author=who.name,
        date_of_service=seen,
        report_date=seen,
        strings=("DOCTOR'S FIRST REPORT OF OCCUPATIONAL INJURY", short(seen)),
    )

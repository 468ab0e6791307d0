"""First reports of an injury: the numbered form, and one that comes without it."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles.draft import Draft, centred, paragraphs, said, setup, ticked
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
    age,
    boxes,
    labels,
    lines,
    masthead,
    paper,
    running,
    section,
    signed,
    space,
    staff,
    title_of_address,
)
from benchmarks.casefiles.opened_offices.speech import points, told
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_FIRST = "DOCTOR'S FIRST REPORT OF OCCUPATIONAL INJURY OR ILLNESS"


def first_report_form(world: World, random: Random) -> Draft:
    """The numbered form 5021: the first examination is one of many days on it."""
    who = staff(world, "industrial")
    day = days.later(random, world.injured_on, 0, 6)
    report = days.later(random, day, 0, 3)
    write = random.choice((days.full, days.padded, days.plain))
    source = setup(
        font="Liberation Sans",
        size=9,
        margin="x: 0.6in, y: 0.5in",
        footer=running("FORM 5021 (Rev. 4) 1992", all_pages=True),
    )
    source += lines("STATE OF CALIFORNIA") + centred(_FIRST, weight='"bold"', size="11pt")
    source += (
        said(
            "Within 5 days of your initial examination, for every occupational injury or illness, send "
            "two copies of this report to the employer's workers' compensation insurance carrier or the "
            "insured employer.",
            size="7pt",
        )
        + "\n\n"
    )
    hour = f"{random.randint(7, 17)}:{random.choice(('00', '15', '30'))}"
    rows = [
        [("1. INSURER NAME AND ADDRESS", world.payer), ("CLAIM NO.", world.claim)],
        [("2. EMPLOYER NAME", world.employer), ("3. Address", "on file")],
        [
            ("4. Nature of business", random.choice(("food packing", "transport", "education"))),
            ("5. PATIENT NAME", world.patient),
        ],
        [("6. Sex", random.choice(("Male", "Female"))), ("7. Date of Birth", write(world.born_on))],
        [
            ("8. Address", f"{random.randint(10, 9999)} Poplar St."),
            ("9. Telephone", f"(559) 555-{random.randint(100, 199):04d}"),
        ],
        [
            ("10. Occupation", random.choice(("laborer", "bus driver", "aide"))),
            ("11. Social Security Number", "XXX-XX-XXXX"),
        ],
        [
            ("12. Injured at: No. and Street", world.employer),
            ("13. Date and hour of injury or onset of illness", f"{write(world.injured_on)}  {hour}"),
        ],
        [
            ("14. Date last worked", write(days.later(random, world.injured_on, 0, 1))),
            (
                "15. Date and hour of first examination or treatment",
                f"{write(day)}  {random.randint(8, 17)}:{random.randint(10, 59)}",
            ),
        ],
    ]
    for row in rows:
        source += boxes(row, "(1fr, 1fr)") + "#v(-9pt)\n"
    source += space(14) + section(
        "17. DESCRIBE HOW THE ACCIDENT OR EXPOSURE HAPPENED", [told(world, random, "past", 2, day)], "bold"
    )
    source += section(
        "18. SUBJECTIVE COMPLAINTS", [told(world, random, "complaint", random.randint(3, 8), day)], "bold"
    )
    source += section(
        "19. OBJECTIVE FINDINGS  A. Physical examination",
        [told(world, random, "finding", random.randint(5, 10), day)],
        "bold",
    )
    source += section(
        "20. DIAGNOSIS (if occupational illness specify etiologic agent and duration of exposure)",
        points(world, random, "opinion", 2, day),
        "bold",
    )
    source += paragraphs(
        [
            "21. Are your findings and diagnosis consistent with patient's account of injury or onset of "
            "illness?  " + ticked(True, "Yes") + "   " + ticked(False, "No")
        ]
    )
    source += section(
        "23. TREATMENT RENDERED", [told(world, random, "next", random.randint(3, 6), day)], "bold"
    )
    source += paragraphs(
        [
            f"26. WORK STATUS -- Is patient able to perform usual work?  {ticked(False, 'Yes')}  "
            f"{ticked(True, 'No')}  If no, date when patient can return to modified work: "
            f"{write(days.later(random, day, 1, 3))}"
        ]
    )
    signature = [("Doctor's Signature", ""), ("CA License Number", who.licence), ("Date", write(report))]
    typed = [
        ("Doctor Name and Degree (please type)", f"{who.name}, {who.credential}"),
        ("Address", f"{who.street}, {who.city}"),
        ("Telephone Number", who.phone),
    ]
    foot = boxes(signature, "(2fr, 1fr, 1fr)") + boxes(typed, "(1fr, 1.5fr, 1fr)")
    source += f"#block(breakable: false)[{foot}]\n"
    return paper(
        ExhibitType.FIRST_REPORT,
        _FIRST,
        source,
        who,
        service=day,
        report=report,
        strings=(world.claim, _FIRST),
    )


def first_report_narrative(world: World, random: Random) -> Draft:
    """A first report dictated by a physician who took over the care."""
    who = staff(world, "family")
    day = days.later(random, world.injured_on, 5, 90)
    title = "DOCTOR'S FIRST REPORT / INITIAL COMPREHENSIVE EVALUATION"
    source = setup(
        font="Libertinus Serif", size=11.5, header=running(f"{world.patient}  -  Initial Evaluation")
    ) + masthead(who, "left")
    source += space() + centred(title, weight='"bold"')
    source += (
        labels(
            [
                ("Patient", world.patient),
                ("Birth date", days.words(world.born_on)),
                ("Date of injury", days.words(world.injured_on)),
                ("Date first seen", days.words(day)),
                ("Claims administrator", world.payer),
                ("Claim", world.claim),
            ]
        )
        + space()
    )
    opening = (
        f"{title_of_address(world)} {world.last} is a {age(world, day)}-year-old employee of "
        f"{world.employer} who presents for an initial evaluation."
    )
    source += section("History of injury", [f"{opening} {told(world, random, 'past', 8, day)}"], "underlined")
    for heading, topic, count in (
        ("Present complaints", "complaint", 7),
        ("Medications", "drugs", 3),
        ("Examination", "finding", 12),
        ("Impression", "opinion", 4),
        ("Treatment plan", "next", 7),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "underlined")
    source += (
        said(
            "I declare under penalty of perjury that the information in this report is true to the best "
            "of my knowledge."
        )
        + "\n\n"
    )
    source += signed(f"{who.name}, {who.credential}", who.specialty)
    return paper(ExhibitType.FIRST_REPORT, title, source, who, service=day, strings=(world.claim, title))

"""Requests: for authorization, on the form or on a letterhead, and for independent medical review."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, said, setup, ticked
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
    boxes,
    headline,
    labels,
    lines,
    masthead,
    paper,
    running,
    section,
    signed,
    space,
    staff,
)
from benchmarks.casefiles.opened_offices.speech import points, told
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType


def request_form(world: World, random: Random) -> Draft:
    """The state's request for authorization: one page, the day beside the signature."""
    who, day = staff(world, random.choice(("orthopedic", "pain", "industrial"))), world.day(random)
    title = "REQUEST FOR AUTHORIZATION"
    write = random.choice((days.full, days.plain, days.padded))
    source = setup(
        font="Liberation Sans",
        size=8.5,
        margin="x: 0.6in, y: 0.5in",
        footer=running("DWC Form RFA (Effective 2/2014)", all_pages=True),
    )
    source += (
        lines("State of California, Division of Workers' Compensation")
        + centred(title, weight='"bold"', size="13pt")
        + centred("DWC Form RFA")
    )
    source += (
        said(
            "Attach the Doctor's First Report of Occupational Injury or Illness, Form DLSR 5021, a "
            "Treating Physician's Progress Report, DWC Form PR-2, or equivalent narrative report "
            "substantiating the requested treatment.",
            size="7.5pt",
        )
        + "\n\n"
    )
    source += paragraphs(
        [
            f"{ticked(True, 'New Request')}    {ticked(False, 'Resubmission - Change in Material Facts')}  "
            f"  {ticked(False, 'Expedited Review')}    "
            f"{ticked(False, 'Written confirmation of a prior oral request')}"
        ]
    )
    source += headline("Employee Information", "bar") + boxes(
        [
            ("Name (Last, First, Middle):", world.reversed),
            ("Date of Injury (MM/DD/YYYY):", write(world.injured_on)),
            ("Date of Birth:", write(world.born_on)),
            ("Claim Number:", world.claim),
            ("Employer:", world.employer),
            ("", ""),
        ],
        "(1fr, 1fr)",
    )
    source += headline("Requesting Physician Information", "bar") + boxes(
        [
            ("Name:", f"{who.name}, {who.credential}"),
            ("Practice Name:", who.facility),
            ("Address:", f"{who.street}, {who.city}"),
            ("Phone / Fax:", f"{who.phone} / {who.fax}"),
            ("Specialty:", who.specialty),
            ("NPI Number:", who.npi),
        ],
        "(1fr, 1fr)",
    )
    source += headline("Claims Administrator Information", "bar") + boxes(
        [("Company Name:", world.payer), ("Contact Name:", world.adjuster)], "(1fr, 1fr)"
    )
    source += headline(
        "Requested Treatment (see instructions for guidance; attached additional pages if necessary)", "bar"
    )
    items = [
        (
            "Diagnosis (Required)",
            "ICD-Code (Required)",
            "Service/Good Requested (Required)",
            "CPT/HCPCS Code",
            "Other Information: (Frequency, Duration, Quantity, etc.)",
        )
    ]
    for one in random.sample(
        ("Physical therapy", "Lumbar ESI", "MRI", "Acupuncture", "TENS unit", "Gabapentin 300 mg #90"),
        random.randint(1, 4),
    ):
        items.append(
            (
                points(world, random, "opinion", 1, day)[0],
                random.choice(("724.4", "847.2", "726.2")),
                one,
                str(random.choice((97110, 62311, 72148, 97810))),
                f"{random.randint(1, 3)} x {random.randint(2, 8)} weeks",
            )
        )
    source += grid(items, "(2fr, 1fr, 2fr, 1fr, 2fr)", head=True)
    source += boxes([("Requesting Physician Signature:", ""), ("Date:", write(day))], "(2fr, 1fr)")
    source += headline("Claims Administrator/Utilization Review Organization (URO) Response", "bar")
    source += paragraphs(
        [
            f"{ticked(False, 'Approved')}   "
            f"{ticked(False, 'Denied or Modified (See separate decision letter)')}   {ticked(False, 'Delay')}"
        ]
    )
    source += boxes(
        [("Authorization Number (if assigned):", ""), ("Date:", ""), ("Authorized Agent Name:", "")],
        "(1fr, 1fr, 1fr)",
    )
    return paper(ExhibitType.RFA, title, source, who, report=day, strings=(world.claim, who.npi))


def request_letter(world: World, random: Random) -> Draft:
    """A clinic's own request for authorization, on its letterhead."""
    who, day = staff(world, "pain"), world.day(random)
    title = "TREATMENT AUTHORIZATION REQUEST"
    source = setup(font="Liberation Sans", size=10) + masthead(who, "band") + space()
    source += centred(title, weight='"bold"', size="13pt")
    source += (
        labels(
            [
                ("Date of request:", days.plain(day)),
                ("To:", f"{world.payer}, Utilization Review"),
                ("Patient:", world.patient),
                ("DOB:", days.plain(world.born_on)),
                ("DOI:", days.plain(world.injured_on)),
                ("Claim #:", world.claim),
            ]
        )
        + space()
    )
    last = days.before(random, world, day)
    source += (
        said(
            "Please review the following for medical necessity. The supporting report is that of "
            f"{days.plain(last)}."
        )
        + "\n\n"
    )
    rows = [("#", "Service", "CPT", "Units")] + [
        (str(at), one, str(random.randint(60000, 99000)), str(random.randint(1, 12)))
        for at, one in enumerate(
            random.sample(
                (
                    "Medial branch block L4-S1",
                    "Aquatic therapy",
                    "Psychology evaluation",
                    "Terocin patches",
                    "Lumbar brace",
                ),
                random.randint(2, 4),
            ),
            1,
        )
    ]
    source += grid(rows, "(0.3fr, 3fr, 1fr, 1fr)", head=True)
    source += section(
        "Rationale",
        [told(world, random, "opinion", 3, day), told(world, random, "next", random.randint(5, 10), day)],
        "bold",
    )
    source += signed(f"{who.name}, {who.credential}", f"NPI {who.npi}")
    return paper(ExhibitType.RFA, title, source, who, report=day, strings=(title, world.claim))


def imr_application(world: World, random: Random) -> Draft:
    """The application for independent medical review that goes with a denial."""
    who, decided = staff(world, random.choice(("orthopedic", "pain"))), world.day(random)
    signed_on = days.later(random, decided, 5, 29)
    title = "APPLICATION FOR INDEPENDENT MEDICAL REVIEW"
    source = setup(
        font="Liberation Sans",
        size=9.5,
        margin="x: 0.7in, y: 0.6in",
        footer=running("DWC Form IMR (Effective 2/2014)", all_pages=True),
    )
    source += (
        lines("State of California", "Division of Workers' Compensation")
        + centred(title, weight='"bold"', size="13pt")
        + centred("DWC Form IMR")
        + space()
    )
    source += (
        said(
            "TO REQUEST INDEPENDENT MEDICAL REVIEW: Sign and date this application and consent to obtain "
            "medical records. Mail or fax the application and a copy of the written decision you received "
            "within 30 days."
        )
        + "\n\n"
    )
    source += paragraphs(
        [
            f"Type of Utilization Review:  {ticked(True, 'Regular')}   {ticked(False, 'Expedited')}   "
            f"{ticked(False, 'Modification after Appeal')}"
        ]
    )
    source += boxes(
        [
            ("Employee Name (First, MI, Last):", world.patient),
            ("Address:", f"{random.randint(10, 999)} Elm Court"),
            ("Phone Number:", f"(559) 555-{random.randint(100, 199):04d}"),
            ("Employer Name:", world.employer),
            ("Claim Number:", world.claim),
            ("Date of Injury (MM/DD/YYYY):", days.full(world.injured_on)),
            ("WCIS Jurisdictional Claim Number (if assigned):", str(random.randint(10**9, 10**10))),
            ("EAMS Case Number (if applicable):", f"ADJ{random.randint(10**6, 10**7)}"),
        ],
        "(1fr, 1fr)",
    )
    source += (
        space()
        + headline("Requesting Physician Information", "bar")
        + boxes(
            [
                ("Name:", f"{who.name}, {who.credential}"),
                ("Practice Name:", who.facility),
                ("Specialty:", who.specialty),
                ("Fax Number:", who.fax),
            ],
            "(1fr, 1fr)",
        )
    )
    source += (
        space()
        + headline("Claims Administrator Information", "bar")
        + boxes([("Name:", world.payer), ("Adjuster/Contact Name:", world.adjuster)], "(1fr, 1fr)")
    )
    source += (
        space()
        + headline("Disputed Medical Treatment", "bar")
        + boxes(
            [
                ("Primary Diagnosis:", points(world, random, "opinion", 1, decided)[0]),
                ("Date of Utilization Review Determination Letter:", days.full(decided)),
            ],
            "(1fr, 1fr)",
        )
    )
    source += paragraphs(
        [
            "Is the Claims Administrator disputing liability for the requested medical treatment besides "
            f"the question of medical necessity?  {ticked(False, 'Yes')}  {ticked(True, 'No')}",
            "List each specific requested medical services, goods, or items that were denied or modified:",
        ]
    )
    source += grid(
        [
            (f"{at}.", one)
            for at, one in enumerate(
                random.sample(
                    (
                        "Physical therapy 12 visits",
                        "Norco 10/325 #120",
                        "MRI of the spine",
                        "Interferential unit",
                    ),
                    3,
                ),
                1,
            )
        ],
        "(0.1fr, 1fr)",
    )
    source += (
        headline("Consent to Obtain Medical Records", "bar")
        + said(
            "I request an independent medical review of the above-described requested medical treatment. "
            "I certify that I have sent a copy of this application to the claims administrator named "
            "above. I allow my health care providers and claims administrator to furnish medical records "
            "and information relevant for review."
        )
        + "\n\n"
    )
    source += boxes([("Employee Signature:", ""), ("Date:", days.full(signed_on))], "(2fr, 1fr)")
    return Draft(
        type=ExhibitType.IMR_APPLICATION,
        title=title,
        source=source,
        report_date=signed_on,
        strings=(world.claim, title),
    )

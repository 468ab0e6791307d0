"""Papers of a county hospital whose system still prints lines of eighty signs."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import compact, machine
from benchmarks.casefiles.draft import Draft
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

HOSPITAL = "EL DORADO COUNTY GENERAL HOSPITAL"
_WIDTH = 78
_LINES_OF_A_PAGE = 54
_PANEL = (
    "SODIUM",
    "POTASSIUM",
    "CHLORIDE",
    "CO2",
    "BUN",
    "CREATININE",
    "GLUCOSE",
    "ALT",
    "AST",
    "ALK PHOS",
    "WBC",
    "HGB",
    "HCT",
    "PLT",
    "ESR",
    "CRP",
)


def _printed(
    world: World, service: str, day: date, body: Sequence[str], account: str
) -> tuple[tuple[str, ...], ...]:
    """Return pages of lines, each under the same three lines of head."""
    wrapped: list[str] = []
    for line in body:
        wrapped += textwrap.wrap(line, _WIDTH, subsequent_indent="  ") or [""]
    cut = [wrapped[at : at + _LINES_OF_A_PAGE] for at in range(0, len(wrapped), _LINES_OF_A_PAGE)]
    pages = []
    for number, lines in enumerate(cut, 1):
        head = (
            f"{HOSPITAL:<58}RUN {compact(day + timedelta(days=400))}",
            f"PT: {world.reversed.upper():<28} ACCT {account}   MRN {world.chart}   PG {number}",
            f"SVC: {service:<26} DOB {compact(world.born_on)}   LOC CLINIC C",
            "-" * _WIDTH,
        )
        more = ("", "*** CONTINUED ***" if number < len(cut) else "*** END OF REPORT ***")
        pages.append((*head, *lines, *more))
    return tuple(pages)


def county_operation(world: World, random: Random) -> Draft:
    """Return the record of an operation."""
    who = world.people["surgeon"]
    done = world.day(random)
    body = [
        "",
        f"PROC DT.......: {machine(done)}",
        f"OPERATOR......: {who.name.upper()} {who.credential}",
        "ASSISTANT.....: NONE",
        "ANES..........: GETA",
        f"PRE-OP DX.....: {world.prose.sentences(random, 'assessment', 1).upper()}",
        "POST-OP DX....: SAME",
        "",
        "FINDINGS AND TECHNIQUE",
        "",
    ]
    for _ in range(random.randint(3, 9)):
        body += [world.prose.sentences(random, "operation", 5).upper(), ""]
    body += [f"{who.name.upper()} {who.credential}  /AUTHENTICATED {machine(done + timedelta(days=2))} 0714/"]
    return Draft(
        type=ExhibitType.OPERATIVE_REPORT,
        title="Record of operation",
        lines=_printed(world, "SURGERY", done, body, f"V{random.randint(10**6, 10**7)}"),
        author=who.name,
        facility=HOSPITAL,
        date_of_service=done,
        report_date=done + timedelta(days=2),
        strings=(HOSPITAL, machine(done)),
    )


def county_clinic(world: World, random: Random) -> Draft:
    """Return a consultation of the county's clinic."""
    who = world.people["internist"]
    seen = world.day(random)
    body = [
        "",
        "CONSULTATION",
        "",
        f"SEEN {machine(seen)} AT THE REQUEST OF {world.people['primary'].name.upper()}",
        "",
    ]
    for head, section in (("HX", "history"), ("PE", "exam"), ("IMP", "assessment"), ("REC", "plan")):
        for paragraph in world.prose.paragraphs(random, section, random.randint(1, 4)):
            body += [f"{head:<5}{paragraph}", ""]
    body += [f"DICT BY {who.name.upper()} {who.credential} {who.specialty.upper()}  {machine(seen)}"]
    return Draft(
        type=ExhibitType.CONSULTATION,
        title="Consultation",
        lines=_printed(world, "CONSULT", seen, body, f"V{random.randint(10**6, 10**7)}"),
        author=who.name,
        author_specialty=who.specialty,
        facility=HOSPITAL,
        date_of_service=seen,
        report_date=seen,
        strings=(HOSPITAL, f"SEEN {machine(seen)}"),
    )


def county_laboratory(world: World, random: Random) -> Draft:
    """Return a cumulative blood panel."""
    drawn = world.day(random)
    body = [
        "",
        f"COLL {machine(drawn)} 0655   RECD {machine(drawn)} 0731   VERIFIED {machine(drawn)} 1012",
        "",
        f"{'TEST':<20}{'RESULT':>10}   {'REF RANGE':<18}UNITS",
    ]
    for test in _PANEL * random.randint(1, 5):
        between = f"{random.randint(1, 60)}-{random.randint(61, 150)}"
        body.append(f"{test:<20}{random.uniform(1, 150):>10.1f}   {between:<18}MMOL/L")
    return Draft(
        type=ExhibitType.LABORATORY,
        title="Laboratory",
        lines=_printed(world, "LABORATORY", drawn, body, f"V{random.randint(10**6, 10**7)}"),
        facility=HOSPITAL,
        date_of_service=drawn,
        report_date=drawn,
        strings=(HOSPITAL, f"COLL {machine(drawn)}"),
    )


def county_picture(world: World, random: Random) -> Draft:
    """Return a radiologist's reading."""
    who = world.people["radiologist"]
    done = world.day(random)
    body = [
        "",
        f"EXAM DONE {machine(done)}    MR {world.region.upper()}",
        f"READ BY {who.name.upper()} {who.credential}",
        "",
    ]
    for paragraph in world.prose.paragraphs(random, "imaging", random.randint(2, 8)):
        body += [paragraph.upper(), ""]
    body += [
        "OPINION",
        "",
        world.prose.sentences(random, "imaging", 2).upper(),
        "",
        f"REL {machine(done + timedelta(days=1))}",
    ]
    return Draft(
        type=ExhibitType.IMAGING,
        title="Reading of images",
        lines=_printed(world, "DIAG IMAGING", done, body, f"V{random.randint(10**6, 10**7)}"),
        author=who.name,
        facility=HOSPITAL,
        date_of_service=done,
        report_date=done + timedelta(days=1),
        strings=(HOSPITAL, f"EXAM DONE {machine(done)}"),
    )

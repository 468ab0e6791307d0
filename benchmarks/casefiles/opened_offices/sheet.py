"""The offices that write these papers, and what a sheet of theirs is put together from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from benchmarks.casefiles.draft import PAGE_OF, Draft, from_page_two, said
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType

_FIRST = (
    "Anselm Brigitte Corwin Delphine Emeka Fiorella Graham Hyun-Joo Ingrid Jasper Kalpana Leopold Maribel "
    "Niels Octavia Parviz Ramona Siobhan Thaddeus Ursula Vikram Winifred"
).split()
_LAST = (
    "Achterberg Bellweather Chaudhuri Dressler Eastlake Fontanilla Grimaldi Hollenbeck Ishikawa Jorgensen "
    "Kessler Lombardozzi Merriweather Nazarian Ostrander Prudhomme Rademacher Stavros Tennenbaum Upchurch "
    "Villanueva Wexford Zielinski"
).split()
_STREETS = (
    "Harbor Blvd., Suite 210",
    "W. Olive Ave.",
    "Mission Center Road, #400",
    "E. Shaw Avenue",
    "Wilshire Boulevard, Ste. 1120",
    "Telegraph Ave",
    "Sunrise Parkway, Building C",
)
_CITIES = (
    "Long Beach, CA 90802",
    "Visalia, CA 93291",
    "San Diego, CA 92108",
    "Fresno, California 93710",
    "Los Angeles, CA 90048",
    "Oakland, CA 94609",
    "Roseville, CA 95661",
)

# office: degree, specialty, name over the door
_OFFICES = {
    "industrial": ("MD", "Occupational Medicine", "Harborpoint Industrial Medical Clinic"),
    "family": ("DO", "Family Medicine", "Los Robles Family & Industrial Medicine"),
    "orthopedic": ("M.D.", "Orthopaedic Surgery", "Bellweather Orthopaedic Medical Group, Inc."),
    "pain": ("M.D.", "Pain Management", "Interventional Spine & Pain Consultants"),
    "neurology": ("M.D.", "Neurology", "Tri-City Neurology Associates"),
    "hospital": ("MD", "Orthopedic Surgery", "ST. BRENDAN REGIONAL MEDICAL CENTER"),
    "surgicenter": ("MD", "Orthopedic Surgery", "Canyon Oaks Outpatient Surgery"),
    "radiology": ("M.D.", "Diagnostic Radiology", "Bayfront Radiology Medical Group"),
    "open_mri": ("MD", "Radiology", "Open Sky MRI & Diagnostic Center"),
    "laboratory": ("PhD", "Toxicology", "Westgate Clinical Laboratories"),
    "therapy": ("PT, OCS", "Physical Therapy", "Stride Physical Therapy & Hand Center"),
    "chiropractic": ("D.C.", "Chiropractic", "Poplar Street Chiropractic"),
    "acupuncture": ("L.Ac.", "Acupuncture", "Nine Springs Acupuncture Clinic"),
    "psychology": ("Psy.D.", "Psychology", "Lantern Psychological Services"),
    "evaluator": ("M.D.", "Orthopaedic Surgery", "Statewide Medical-Legal Examiners"),
    "internist": ("M.D.", "Internal Medicine", "Executive Evaluations of California"),
    "review": ("MD", "Physical Medicine & Rehabilitation", "CareBridge Utilization Review"),
    "review_b": ("MD", "Occupational Medicine", "Northstar Managed Care Services"),
    "applicant_law": ("Esq.", "Law", "Law Offices of Nazarian & Wexford"),
    "defense_law": ("Esq.", "Law", "Ostrander, Kessler & Prudhomme, LLP"),
    "pharmacy": ("PharmD", "Pharmacy", "Cornerstone Community Pharmacy"),
    "copy": ("", "Records", "Rapid Copy & Subpoena Service"),
}


def staff(world: World, office: str) -> Person:
    """Return who signs for an office; the same in all papers of a case."""
    random = Random(f"{world.claim} {office}")
    degree, specialty, facility = _OFFICES[office]
    area = random.choice((213, 310, 415, 510, 559, 619, 714, 916))
    return Person(
        name=f"{random.choice(_FIRST)} {random.choice('ABCDEGHJKLMRST')}. {random.choice(_LAST)}",
        credential=degree,
        specialty=specialty,
        facility=facility,
        street=f"{random.randint(100, 19_999)} {random.choice(_STREETS)}",
        city=random.choice(_CITIES),
        phone=f"({area}) 555-{random.randint(100, 199):04d}",
        fax=f"({area}) 555-{random.randint(100, 199):04d}",
        licence=f"{random.choice('AGC')}{random.randint(30_000, 120_000)}",
        npi=f"{random.randint(1_000_000_000, 1_999_999_999)}",
    )


def title_of_address(world: World) -> str:
    """Return how this patient is addressed; the same in all papers of a case."""
    return Random(world.claim).choice(("Mr.", "Ms."))


def strong(text: str) -> str:
    """Return words in bold."""
    return said(text, weight='"bold"')


def rule(width: float = 0.6) -> str:
    """Return a line across the page."""
    return f"#line(length: 100%, stroke: {width}pt)\n"


def space(points: float = 8) -> str:
    """Return an empty space of so many points."""
    return f"#v({points}pt)\n"


def masthead(person: Person, look: str, second: str = "") -> str:
    """Return the head of an office's paper: ``centred``, ``band``, ``left`` or ``sides``."""
    where = f"{person.street}, {person.city}"
    reach = f"Tel {person.phone}   Fax {person.fax}"
    second = second or person.specialty
    italic = said(second, style='"italic"')
    name = said(person.facility, weight='"bold"', size="15pt")
    if look == "band":
        return (
            f"#block(fill: luma(40), width: 100%, inset: 8pt)[#set text(fill: white)\n{name}\\ "
            f"{said(f'{where}  |  {reach}', size='8pt')}]\n"
        )
    if look == "left":
        return f"{name}\\ {italic}\\ {said(where)}\\ {said(reach)}\n\n" + rule(1.5)
    if look == "sides":
        lines_of_right = "\\ ".join(said(one, size="8pt") for one in (person.street, person.city, reach))
        right = f"#align(right)[{lines_of_right}]"
        return f"#grid(columns: (1fr, auto), [{name}\\ {said(second, size='9pt')}], [{right}])\n" + rule()
    return (
        f"#align(center)[{name}\\ {said(second, size='9pt')}\\ {said(where, size='9pt')}\\ "
        f"{said(reach, size='9pt')}]\n" + rule()
    )


def labels(
    pairs: Sequence[tuple[str, str]], columns: int = 1, *, wide: str = "auto", size: float = 10
) -> str:
    """Return labels with their values behind them, in one or more columns."""
    cells = ", ".join(f"[{strong(label)}], [{said(value)}]" for label, value in pairs)
    shape = ", ".join([wide, "1fr"] * columns)
    table = f"#grid(columns: ({shape}), column-gutter: 8pt, row-gutter: 5pt, {cells})"
    return f"#block[#set text(size: {size}pt)\n{table}]\n"


def boxes(pairs: Sequence[tuple[str, str]], columns: str, *, size: float = 10) -> str:
    """Return a form's boxes: small labels, each over its value."""
    cells = ", ".join(
        f"[{said(label, size='6.5pt')}\\ {said(value or ' ', size=f'{size}pt')}]" for label, value in pairs
    )
    return f"#table(columns: {columns}, stroke: 0.5pt, inset: 3pt, {cells})\n"


def headline(text: str, look: str) -> str:
    """Return a section's heading, kept with what follows: ``bar``, ``caps``, ``underlined``, ``bold``."""
    if look == "bar":
        return f"#block(fill: luma(220), width: 100%, inset: 3pt, sticky: true)[{strong(text)}]\n"
    if look == "caps":
        return f"#block(sticky: true)[{strong(text.upper() + ':')}]\n"
    if look == "underlined":
        return f"#block(sticky: true)[#underline[{said(text)}]]\n"
    return f"#block(sticky: true)[{strong(text)}]\n"


def section(text: str, texts: Sequence[str], look: str) -> str:
    """Return a section: heading and paragraphs; with ``run`` the heading stands in the line."""
    if look == "run":
        first, *rest = texts
        opening = said(text.upper() + ": ", weight='"bold"') + said(first) + "\n\n"
        return opening + "".join(said(one) + "\n\n" for one in rest)
    return headline(text, look) + "".join(said(one) + "\n\n" for one in texts)


def bullets(texts: Sequence[str], *, numbered: bool = False) -> str:
    """Return a list, numbered or with dots."""
    kind = "enum" if numbered else "list"
    return f"#{kind}(" + ", ".join(f"[{said(text)}]" for text in texts) + ")\n\n"


_SIGNATURE = "#block(breakable: false)[#v("
"""How the foot of a letter begins."""


def signed(*lines: str, gap: float = 22) -> str:
    """Return the foot of a letter: room for the hand, then lines."""
    return (
        f"{_SIGNATURE}{gap}pt)\n#line(length: 45%, stroke: 0.5pt)\n"
        + "\\ ".join(said(line) for line in lines)
        + "]\n\n"
    )


def lines(*texts: str) -> str:
    """Return lines close under each other, such as an address."""
    return "\\ ".join(said(text) for text in texts) + "\n\n"


def running(text: str, *, all_pages: bool = False, numbers: bool = True) -> str:
    """Return a running header or footer, for ``setup``; from page two on unless on all pages."""
    content = f"#set text(size: 8pt)\n{said(text)}"
    content += f" #h(1fr) {PAGE_OF}" if numbers else ""
    return f"context [{content}]" if all_pages else from_page_two(content)


def age(world: World, day: date) -> int:
    """Return how old the patient is on a day."""
    return day.year - world.born_on.year - ((day.month, day.day) < (world.born_on.month, world.born_on.day))


def _kept_with_words(source: str) -> str:
    """Return the source so that no page has the first signature alone, as no two such pages differ."""
    above, found, below = source.partition(_SIGNATURE)
    written = above.rstrip().split("\n")
    places = [at for at, line in enumerate(written) if line.startswith("#") and line.endswith('"')][-2:]
    for at in places:
        written[at] = f"#block(sticky: true)[{written[at]}]"
    return "\n".join(written) + "\n\n" + found + below


def paper(
    kind: ExhibitType,
    title: str,
    source: str,
    person: Person,
    *,
    service: date | None = None,
    report: date | None = None,
    strings: tuple[str, ...],
) -> Draft:
    """Return the draft of a paper that an office's person signs."""
    return Draft(
        type=kind,
        title=title,
        source=_kept_with_words(source) if _SIGNATURE in source else source,
        author=person.name,
        author_specialty=person.specialty,
        facility=person.facility,
        date_of_service=service,
        report_date=report,
        strings=strings,
    )

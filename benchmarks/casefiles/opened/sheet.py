"""Letterheads, running heads, boxes and the people of these offices."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.casefiles.draft import PAGE, grid, quoted, said
from benchmarks.casefiles.world import Person, World

_FIRST = (
    "Anoush Benedict Carmela Darshan Eunice Fidel Graciela Hyun-Woo Ignacio Josephine Kiran Lorraine Manuel "
    "Noreen Oksana Patrick Ramona Siamak Thuy Vincent Winifred Yesenia Arturo Bronwyn Delphine Edmund"
).split()
_LAST = (
    "Aghajanian Bautista Chaudhry Delacroix Eastman Farrokhzad Goldblatt Huynh Ibarra Jennings Kasparian "
    "Lombardi McAllister Nwosu Okafor Petrosyan Quiroz Rasmussen Sandoval Tran Umali Villasenor Weatherby "
    "Yoon Zamora Ashworth"
).split()
_STREETS = "Magnolia|Sepulveda|La Cienega|Van Buren|Olive|Tulare|El Camino|Wilshire|Mission|Atlantic".split(
    "|"
)
_CITIES = "Pasadena|Visalia|San Jose|Long Beach|Glendale|Merced|San Bernardino|Santa Ana|Fremont".split("|")
_WAYS = ("Blvd., Suite {n}", "Street, Ste. {n}", "Ave. #{n}", "Road, Bldg. B", "Drive")
# role: credential, specialty, office
_STAFF = {
    "urgent": ("M.D.", "Family Medicine", "Mesa Verde Industrial Medical Clinic"),
    "physiatrist": ("M.D.", "Physical Medicine & Rehabilitation", "Tres Palmas Spine & Rehabilitation"),
    "orthopaedist": ("M.D.", "Orthopaedic Surgery", "Saddle Peak Orthopaedic Specialists"),
    "anesthesiologist": ("M.D.", "Anesthesiology & Pain Management", "Coastal Range Interventional Pain"),
    "hand": ("M.D.", "Hand Surgery", "Inland Hand & Microsurgery Center"),
    "spine": ("M.D.", "Neurosurgery", "Bellflower Neurosurgical Associates"),
    "nurse": ("PA-C", "Physician Assistant", "Tres Palmas Spine & Rehabilitation"),
    "acupuncturist": ("L.Ac.", "Acupuncture", "Lotus Bridge Acupuncture & Wellness"),
    "chiro": ("D.C.", "Chiropractic", "Kingsley Family Chiropractic, Inc."),
    "pt": ("P.T., D.P.T.", "Physical Therapy", "MotionWorks Physical Therapy & Hand Center"),
    "mri": ("M.D.", "Diagnostic Radiology", "Bayshore Open MRI & Imaging"),
    "xray": ("M.D.", "Radiology", "Pacific Mission Radiology Network"),
    "emg": ("M.D.", "Neurology", "Summit Electrodiagnostic Medicine"),
    "psych": ("Psy.D.", "Clinical Psychology", "Larkspur Psychological Services"),
    "qme": ("M.D.", "Orthopaedic Surgery", "Qualified Medical Evaluations of California, Ltd."),
    "ame": ("D.O.", "Internal Medicine", "Internal Medicine Disability Consultants"),
    "advisor": ("M.D.", "Occupational Medicine", "Northgate Utilization Review Services"),
    "peer": ("D.O.", "Anesthesiology/Pain Medicine", "CalBridge Managed Care Solutions"),
    "applicant": ("Esq.", "Law", "Law Offices of Ruvalcaba, Stein & Osei"),
    "defence": ("Esq.", "Law", "Pruitt, Ocampo & Lang, LLP"),
    "pharmacist": ("Pharm.D.", "Pharmacy", "Plaza Central Pharmacy #12"),
}
BREAK = " \\ "
_TICKED = (
    "#box(width: 8pt, height: 8pt, stroke: 0.6pt, baseline: 1pt, align(center + horizon, "
    'text(size: 7pt)["X"]))'
)
_OPEN = "#box(width: 8pt, height: 8pt, stroke: 0.6pt, baseline: 1pt)"
BLUE, GREEN, MAROON, GREY = "#1f4e79", "#2e6b3e", "#7a1f2b", "#d9d9d9"


def staff(world: World, role: str) -> Person:
    """Return who holds the role in this case; always the same person."""
    random = Random(f"{world.claim} {role}")
    credential, specialty, office = _STAFF[role]
    way = random.choice(_WAYS).replace("{n}", str(random.randint(100, 420)))
    return Person(
        name=f"{random.choice(_FIRST)} {random.choice(_LAST)}",
        credential=credential,
        specialty=specialty,
        facility=office,
        street=f"{random.randint(101, 18999)} {random.choice(_STREETS)} {way}",
        city=f"{random.choice(_CITIES)}, CA 9{random.randint(1000, 5999)}",
        phone=f"{random.randint(209, 949)}-555-{random.randint(100, 199):04d}",
        fax=f"{random.randint(209, 949)}-555-{random.randint(100, 199):04d}",
        licence=f"{random.choice(('A', 'C', 'G', 'DC', '20A'))}{random.randint(10_000, 99_999)}",
        npi=f"{random.randint(1_000_000_000, 1_999_999_999)}",
    )


def turned_round(person: Person) -> str:
    """Return the name as systems keep it, family name first, with the degree."""
    first, last = person.name.split()
    return f"{last}, {first} {person.credential}"


def colour(code: str) -> str:
    """Return a colour as the typesetter reads it."""
    return f'rgb("{code}")'


def band(left: str, right: str, **style: str) -> str:
    """Return a line with words at both ends."""
    return (
        f"#grid(columns: (1fr, auto), column-gutter: 8pt, [{said(left, **style)}], "
        f"[{said(right, **style)}])\n"
    )


def rule(weight: str = "0.6pt", tint: str = "#000000") -> str:
    """Return a line across the page."""
    return f"#line(length: 100%, stroke: {weight} + {colour(tint)})\n"


def counted(left: str, manner: str, size: str = "8pt") -> str:
    """Return a footer: words on the left, and the page in one of several manners on the right."""
    total = "#counter(page).final().first()"
    shown = {
        "of": f"Page {PAGE} of {total}",
        "slash": f"{PAGE}/{total}",
        "dash": f"- {PAGE} -",
        "bare": PAGE,
        "pg": f"Pg. {PAGE}",
        "colon": f"Page: {PAGE}",
    }[manner]
    return f"context [#set text(size: {size})\n#grid(columns: (1fr, auto), [{said(left)}], [{shown}])]"


def later_pages(lines: Sequence[str], *, page: str = "", size: str = "9pt") -> str:
    """Return a header of continuation pages, one line below the other, the page last where it is counted."""
    rows = [said(line) for line in lines] + ([f"{page}{PAGE}"] if page else [])
    return f"context if counter(page).get().first() > 1 [#set text(size: {size})\n{BREAK.join(rows)}]"


def letterhead(person: Person, manner: str, tint: str = "#000000") -> str:
    """Return the head of an office's paper."""
    address = f"{person.street}, {person.city}"
    phones, bold = f"Tel {person.phone}   Fax {person.fax}", quoted("bold")
    if manner == "centred":
        return (
            f"#align(center)[{said(person.facility.upper(), size='15pt', weight=bold, fill=colour(tint))} \\ "
            f"{said(address, size='9pt')} \\ {said(phones, size='9pt')}]\n" + rule("1pt", tint)
        )
    if manner == "doctor":
        return (
            f"#align(center)[{said(person.signed.upper(), size='13pt', weight=quoted('bold'))} \\ "
            f"{said('Diplomate, American Board of ' + person.specialty, size='9pt', style=quoted('italic'))} "
            "\\ "
            f"{said(address, size='9pt')} \\ {said(phones, size='9pt')}]\n#v(6pt)\n"
        )
    if manner == "band":
        return (
            f"#rect(width: 100%, fill: {colour(tint)}, inset: 8pt)["
            f"{said(person.facility, size='14pt', fill='white', weight=quoted('bold'))} \\ "
            f"{said(address + '  |  ' + phones, size='8pt', fill='white')}]\n"
        )
    return (
        f"#grid(columns: (30pt, 1fr, auto), column-gutter: 8pt, circle(radius: 13pt, fill: {colour(tint)}), "
        f"[{said(person.facility, size='13pt', weight=quoted('bold'))} \\ "
        f"{said(person.specialty, size='9pt')}], "
        f"[#set text(size: 8pt)\n#align(right)[{said(person.street)} \\ {said(person.city)} "
        f"\\ {said(phones)}]])\n" + rule("0.8pt", tint)
    )


def box(on: bool, text: str) -> str:
    """Return a box to tick before its words."""
    return f"{_TICKED if on else _OPEN} {said(text)}"


def boxes(choices: Sequence[tuple[bool, str]], gap: str = "12pt") -> str:
    """Return boxes beside each other."""
    return f" #h({gap}) ".join(box(on, text) for on, text in choices) + "\n\n"


def labelled(label: str, text: str) -> str:
    """Return a bold label and what is said under it, as a paragraph."""
    return f"{said(label, weight=quoted('bold'))} {said(text)}\n\n"


def heading(text: str, *, tint: str = "#000000", lined: bool = False, size: str = "10.5pt") -> str:
    """Return a heading within a document, kept with what follows."""
    shown = said(text, weight=quoted("bold"), fill=colour(tint), size=size)
    return f"#block(above: 14pt, below: 6pt, sticky: true)[{shown}]\n" + (
        rule("0.4pt", tint) if lined else ""
    )


def bar(text: str) -> str:
    """Return a heading on a grey bar."""
    shown = said(text, weight=quoted("bold"))
    return (
        f"#block(width: 100%, fill: {colour(GREY)}, inset: 3pt, above: 8pt, below: 5pt, sticky: "
        f"true)[{shown}]\n"
    )


def stacked(lines: Sequence[str]) -> str:
    """Return lines one below the other."""
    return " \\ ".join(said(line) for line in lines) + "\n\n"


def cells(rows: Sequence[Sequence[str]], columns: str, size: str = "9pt") -> str:
    """Return a form's boxes, each with a small label above what was typed in it: ``label|text``."""
    shown = []
    for row in rows:
        for one in row:
            label, _, text = one.partition("|")
            shown.append(f"[{said(label, size='6.5pt')} \\ {said(text or ' ', size=size)}]")
    return f"#table(columns: {columns}, stroke: 0.5pt, inset: 3pt, {', '.join(shown)})\n"


def signature(person: Person, lines: Sequence[str] = (), *, room: str = "26pt") -> str:
    """Return room for a pen, a line, and the name under it."""
    return f"#v({room})\n#line(length: 210pt, stroke: 0.5pt)\n" + stacked([person.signed, *lines])


def rubber_stamp(text: str) -> str:
    """Return a stamp as offices put it beside a signature, a little slanted, with the day they signed."""
    shown = said(text, size="9pt", weight=quoted("bold"), fill=colour(BLUE))
    stamp = f"rect(stroke: 1pt + {colour(BLUE)}, inset: 4pt)[{shown}]"
    return f"#place(right, dy: -40pt, rotate(-4deg, {stamp}))\n"


def plain_table(rows: Sequence[Sequence[str]], columns: str) -> str:
    """Return a table without lines."""
    return grid(rows, columns, stroke="none", inset="2pt")

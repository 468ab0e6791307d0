"""Papers of offices: another vendor of reviews, requests by letter, adjusters, lawyers, benefit managers."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import abbreviated, after, dashes, european, short, worded
from benchmarks.casefiles.draft import (
    PAGE,
    Draft,
    centred,
    from_page_two,
    grid,
    paragraphs,
    quoted,
    said,
    setup,
    ticked,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_TREATERS = ("primary", "pain", "orthopedist", "chiropractor")
_DRUGS = ("gabapentin 300mg capsule", "meloxicam 15mg tablet", "lidocaine 5% patch", "baclofen 10mg tablet")


def outcome_notice(world: World, random: Random) -> Draft:
    """Return another vendor's denial: a table first, its day among the cells."""
    who, asked = world.people["reviewer"], world.people[random.choice(_TREATERS)]
    decided = world.day(random)
    body = setup(
        font="DejaVu Sans",
        size=9,
        margin="x: 0.75in, y: 0.9in",
        header=f"[#h(1fr) #text(size: 7pt, {quoted('Ref. ' + world.claim + '-UM')})]",
        footer="context align(right)[#counter(page).display()]",
    )
    body += said("Notice of adverse utilization review outcome", size="16pt", fill="maroon") + "\n\n"
    body += grid(
        [
            ("Issued", abbreviated(decided), "Request in hand", abbreviated(decided - timedelta(days=3))),
            ("Worker", world.patient, "Hurt on", abbreviated(world.injured_on)),
            ("Asked by", asked.signed, "Answer", "NOT APPROVED"),
        ],
        "(auto, 1fr, auto, 1fr)",
        stroke="0.3pt + gray",
    )
    body += paragraphs(
        [f"What was asked: {'; '.join(world.prose.items(random, 'plan', random.randint(1, 4)))}"]
    )
    body += "#line(length: 100%)\n\nWhy we did not approve it\n\n"
    body += paragraphs(world.prose.paragraphs(random, "rationale", random.randint(3, 9)))
    body += paragraphs(
        [
            "You may ask for an independent medical review within thirty days.",
            f"Physician reviewer: {who.name}, {who.credential} ({who.specialty}), California {who.licence}",
        ]
    )
    return Draft(
        type=ExhibitType.UR_DECISION,
        title="Notice of adverse utilization review outcome",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        report_date=decided,
        strings=("Notice of adverse utilization review outcome", abbreviated(decided)),
    )


def request_by_letter(world: World, random: Random) -> Draft:
    """Return a request for authorization on a practice's own sheet."""
    who = world.people[random.choice(_TREATERS)]
    signed = world.day(random)
    body = setup(font="Libertinus Serif", size=11, margin="x: 1in, y: 1in", footer="[RFA #h(1fr) 1/1]")
    body += said(who.facility, size="13pt", style='"italic"') + "\n\n"
    body += said("Treatment authorization request (RFA)", size="15pt") + "\n\n"
    body += paragraphs(
        [
            f"{worded(signed)}. To {world.payer}, attention {world.adjuster}, fax {who.fax}.",
            f"We ask that the following be authorized for {world.patient}, claim {world.claim}:",
        ]
    )
    for item in world.prose.items(random, "plan", random.randint(1, 5)):
        body += f"+ {said(item)}\n"
    body += "\n" + paragraphs(
        [f"Grounds: {world.prose.sentences(random, 'history', 3)}", f"{who.signed} (NPI {who.npi})"]
    )
    return Draft(
        type=ExhibitType.RFA,
        title="Treatment authorization request (RFA)",
        source=body,
        author=who.name,
        facility=who.facility,
        report_date=signed,
        strings=("Treatment authorization request (RFA)", worded(signed)),
    )


def application_newer(world: World, random: Random) -> Draft:
    """Return an application for review in another layout of its form."""
    signed = world.day(random)
    body = setup(
        font="Liberation Serif", size=11, margin="x: 0.9in, y: 0.9in", footer="[IMR form, page 1 of 1]"
    )
    body += "#align(right)[DWC IMR 1]\n" + said("IMR Application", size="20pt") + "\n\n"
    for name, value in (
        ("Injured employee", world.patient),
        ("Injury", short(world.injured_on)),
        ("Employer", world.employer),
        ("Claims administrator", world.payer),
        ("Claim", world.claim),
        ("Decision being disputed, dated", short(signed - timedelta(days=18))),
        ("Care in dispute", "; ".join(world.prose.items(random, "plan", 3))),
    ):
        body += f"/ {said(name)}: {said(value)}\n"
    body += "\n" + paragraphs(
        [
            ticked(True, "Please review under the standard timetable"),
            f"I consent to the release of my records. Signed: {world.patient}   {short(signed)}",
        ]
    )
    return Draft(
        type=ExhibitType.IMR_APPLICATION,
        title="IMR Application",
        source=body,
        report_date=signed,
        strings=("IMR Application", short(signed)),
    )


def adjuster_letter(world: World, random: Random) -> Draft:
    """Return a letter of the claims administrator, its day at the end."""
    sent = world.day(random)
    body = setup(
        font="Liberation Sans",
        size=11,
        margin="x: 1in, y: 1.2in",
        footer=f"[#text(size: 7pt, {quoted(world.payer + ', P.O. Box 1100')})]",
    )
    body += said(world.payer, size="14pt") + "\n\n" + said(f"Claim {world.claim}") + "\n\n"
    body += paragraphs(
        [f"Hello {world.patient},", *world.prose.paragraphs(random, "legal", random.randint(1, 5))]
    )
    body += paragraphs([f"{world.adjuster}", "Claims examiner", f"Mailed {dashes(sent)}"])
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Letter of the claims administrator",
        source=body,
        author=world.adjuster,
        report_date=sent,
        strings=(f"Mailed {dashes(sent)}",),
    )


def transmission_sheet(world: World, random: Random) -> Draft:
    """Return another fax cover."""
    sent = world.day(random)
    body = setup(font="DejaVu Sans Mono", size=11)
    body += centred("FACSIMILE TRANSMITTAL", size="18pt") + "#v(1cm)\n"
    body += paragraphs(
        [
            f"ATTN ......... {world.adjuster}",
            f"SENT ......... {european(sent)}",
            f"SHEETS ....... {random.randint(3, 60)}",
            f"SUBJECT ...... {world.claim}",
            "URGENT [ ]   REPLY [ ]   FOR REVIEW [X]",
            "If you are not the person this was meant for, please shred it and ring us.",
        ]
    )
    return Draft(
        type=ExhibitType.FAX_COVER,
        title="Facsimile transmittal",
        source=body,
        report_date=sent,
        strings=("FACSIMILE TRANSMITTAL", european(sent)),
    )


def benefit_statement(world: World, random: Random) -> Draft:
    """Return a benefit manager's statement of drugs dispensed; no single day of service."""
    issued = world.day(random)
    body = setup(
        font="DejaVu Sans",
        size=8,
        margin="x: 0.8in, y: 0.8in",
        footer="context align(center)[Statement page #counter(page).display()]",
    )
    body += said("ScriptBridge PBM", size="18pt", weight='"bold"') + "\n\n"
    body += paragraphs([f"Dispensing statement for {world.patient}, issued {abbreviated(issued)}"])
    day = world.injured_on + timedelta(days=30)
    for _ in range(random.randint(12, 70)):
        day += timedelta(days=random.randint(4, 22))
        amount = f"qty {random.choice((30, 60, 90))}   ${random.uniform(8, 300):.2f}"
        line = f"{abbreviated(day)}   {random.choice(_DRUGS)}   {amount}"
        body += said(line) + " \\\n"
    return Draft(
        type=ExhibitType.PHARMACY,
        title="Dispensing statement",
        source=body,
        report_date=issued,
        strings=("Dispensing statement", abbreviated(issued)),
    )


def agreed_evaluation(world: World, random: Random) -> Draft:
    """Return an agreed medical evaluator's report: run-in heads, the day of writing only at the end."""
    who = world.people["evaluator"]
    seen = world.day(random)
    written = after(random, seen, 15, 30)
    body = setup(
        font="New Computer Modern",
        size=12,
        margin="x: 1.4in, y: 1.2in",
        justify=True,
        header=from_page_two(f"#emph({quoted(world.last + ' AME')}), {PAGE}"),
    )
    body += f"#align(right)[{said(who.signed)} \\ {said(who.street)} \\ {said(who.city)}]\n\n"
    body += said("Agreed Medical Evaluation in Orthopaedics", size="15pt", style='"italic"') + "\n\n"
    body += paragraphs(
        [f"Counsel: at your joint request I examined {world.patient} at my office on {worded(seen)}."]
    )
    for head, section, low in (
        ("What happened.", "history", 3),
        ("Complaints now.", "history", 2),
        ("On examination.", "exam", 4),
        ("Papers read.", "history", 0),
        ("Opinion.", "law", 5),
        ("Future care.", "plan", 2),
    ):
        told = world.prose.paragraphs(random, section, low + random.randint(0, 5))
        if not low:
            told = [
                f"On {worded(world.day(random))} {world.people['primary'].doctor} wrote: {one}"
                for one in told
            ]
        if told:
            body += f"#emph({quoted(head)}) " + paragraphs(told)
    body += paragraphs([f"Respectfully, {who.signed}, Agreed Medical Evaluator. {worded(written)}."])
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title="Agreed Medical Evaluation",
        source=body,
        author=who.name,
        author_specialty="Orthopedic Surgery",
        date_of_service=seen,
        report_date=written,
        strings=("Agreed Medical Evaluation in Orthopaedics", "Respectfully,"),
    )


def nerve_letter(world: World, random: Random) -> Draft:
    """Return a nerve study told as a short letter, its table at the end."""
    who, to = world.people["neurologist"], world.people["orthopedist"]
    done = world.day(random)
    body = setup(
        font="Liberation Serif",
        size=11,
        margin="x: 1.1in, y: 1in",
        footer=f"[#text(size: 8pt, {quoted(who.facility)})]",
    )
    body += paragraphs(
        [
            f"{abbreviated(done)}",
            f"Dear {to.doctor}, today I did EMG and nerve conduction testing on {world.patient}.",
        ]
    )
    body += paragraphs(world.prose.paragraphs(random, "exam", random.randint(1, 4)))
    rows = [("Nerve", "ms", "mV", "m/s")]
    rows += [
        (
            nerve,
            f"{random.uniform(2, 6):.1f}",
            f"{random.uniform(3, 14):.1f}",
            f"{random.uniform(38, 62):.0f}",
        )
        for nerve in ("median", "ulnar", "peroneal", "tibial")
    ]
    body += paragraphs(
        [f"Bottom line: {world.prose.sentences(random, 'assessment', 2)}", f"{who.signed}"]
    ) + grid(rows, "(1fr, 1fr, 1fr, 1fr)")
    return Draft(
        type=ExhibitType.ELECTRODIAGNOSTIC,
        title="EMG and nerve conduction testing",
        source=body,
        author=who.name,
        facility=who.facility,
        date_of_service=done,
        report_date=done,
        strings=(abbreviated(done),),
    )

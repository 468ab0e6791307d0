"""Papers of a hospital and its departments: operation, imaging, laboratory, nerve studies."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import after, dashes, slashes
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
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_ANALYTES = (
    "Amphetamines",
    "Barbiturates",
    "Benzodiazepines",
    "Cocaine metabolite",
    "Methadone",
    "Opiates",
    "Oxycodone",
    "Hydrocodone",
    "Hydromorphone",
    "Tramadol",
    "Carisoprodol",
    "Creatinine",
    "pH",
    "Specific gravity",
)
_NERVES = ("Median", "Ulnar", "Radial", "Peroneal", "Tibial", "Sural")


def operation(world: World, random: Random) -> Draft:
    """Return an operative report with headings in capitals."""
    who = world.people["surgeon"]
    done = world.day(random)
    dictated = done + timedelta(days=random.choice((0, 0, 1)))
    header = f"[*{who.facility}* #h(1fr) #{quoted('MR#: ' + world.chart)}]"
    footer = (
        "context [#line(length: 100%) #text(size: 8pt)[OPERATIVE REPORT #h(1fr) "
        "Page #counter(page).display() of #counter(page).final().first()]]"
    )
    body = setup(font="Liberation Serif", size=11, header=header, footer=footer)
    body += centred("OPERATIVE REPORT", size="14pt", weight='"bold"')
    body += paragraphs(
        [
            f"PATIENT NAME: {world.patient.upper()}",
            f"DATE OF OPERATION: {slashes(done)}",
            f"SURGEON: {who.signed}",
            f"PREOPERATIVE DIAGNOSIS: {world.prose.sentences(random, 'assessment', 1)}",
            f"POSTOPERATIVE DIAGNOSIS: {world.prose.sentences(random, 'assessment', 1)}",
            "ANESTHESIA: General endotracheal.",
            f"INDICATIONS: {world.prose.sentences(random, 'history', 3)}",
        ]
    )
    body += said("DESCRIPTION OF PROCEDURE:", weight='"bold"') + "\n\n"
    body += paragraphs([world.prose.sentences(random, "operation", 6) for _ in range(random.randint(2, 6))])
    stamps = f"DD: {slashes(dictated)}   DT: {slashes(dictated + timedelta(days=1))}"
    body += paragraphs([f"{who.signed}", stamps])
    return Draft(
        type=ExhibitType.OPERATIVE_REPORT,
        title="Operative Report",
        source=body,
        author=who.name,
        author_specialty=None,
        facility=who.facility,
        date_of_service=done,
        report_date=dictated,
        strings=("OPERATIVE REPORT", f"DATE OF OPERATION: {slashes(done)}"),
    )


def picture_report(world: World, random: Random) -> Draft:
    """Return a radiologist's report."""
    who, referred = world.people["radiologist"], world.people["primary"]
    done = world.day(random)
    read = done + timedelta(days=random.choice((0, 1, 1, 2)))
    study = f"{random.choice(('MRI', 'CT', 'X-RAY'))} OF THE {world.region.upper()} WITHOUT CONTRAST"
    body = setup(
        font="DejaVu Sans",
        size=9.5,
        margin="x: 1.1in, y: 1in",
        footer=f"[#text(size: 7pt, {quoted(f'{who.facility} | {who.phone} | Confidential')})]",
    )
    body += said(who.facility, size="17pt", fill="rgb(30, 60, 120)") + "\n\n#line(length: 100%)\n\n"
    body += grid(
        [
            ("Patient:", world.reversed, "Exam Date:", slashes(done)),
            ("DOB:", slashes(world.born_on), "Referring:", referred.signed),
            ("Accession:", f"{random.randint(10**6, 10**7)}", "MRN:", world.chart),
        ],
        "(auto, 1fr, auto, 1fr)",
        stroke="none",
    )
    body += paragraphs(
        [f"EXAM: {study}", "CLINICAL HISTORY: Work injury, pain.", "TECHNIQUE: Routine sequences."]
    )
    body += paragraphs(["FINDINGS:", *world.prose.paragraphs(random, "imaging", random.randint(2, 5))])
    numbered = [f"{i}. {one}" for i, one in enumerate(world.prose.items(random, "imaging", 4), 1)]
    body += paragraphs(["IMPRESSION:", *numbered])
    stamp = f"Interpreted and electronically signed by: {who.signed} {slashes(read)}"
    body += paragraphs([stamp])
    return Draft(
        type=ExhibitType.IMAGING,
        title=study.title(),
        source=body,
        author=who.name,
        facility=who.facility,
        date_of_service=done,
        report_date=read,
        strings=(study, f"{slashes(read)}"),
    )


def drug_test(world: World, random: Random) -> Draft:
    """Return a toxicology report: a table of results."""
    director, ordered = world.people["pathologist"], world.people["pain"]
    taken = world.day(random)
    reported = after(random, taken, 2, 8)
    body = setup(
        font="Liberation Sans Narrow",
        size=10.5,
        margin="x: 0.8in, y: 0.7in",
        footer="context [Final Report #h(1fr) #counter(page).display() / #counter(page).final().first()]",
    )
    body += said(director.facility, size="16pt", weight='"bold"') + "\n\n"
    body += said(f"{director.street}, {director.city}  CLIA 05D{director.licence}")
    body += said(f"  Laboratory Director: {director.signed}")
    body += "\n\n" + grid(
        [
            (f"Patient: {world.reversed}", f"Collected: {slashes(taken)} 10:{random.randint(10, 59)}"),
            (f"DOB: {slashes(world.born_on)}", f"Received: {slashes(after(random, taken, 1, 1))}"),
            (f"Ordering Physician: {ordered.signed}", f"Reported: {slashes(reported)}"),
        ],
        "(1fr, 1fr)",
    )
    body += said("URINE DRUG TEST - LC/MS/MS CONFIRMATION", weight='"bold"') + "\n\n"
    rows = [("Analyte", "Result", "Cutoff", "Units", "Flag")]
    for analyte in _ANALYTES * random.randint(1, 4):
        found = random.random() < 0.2
        rows.append(
            (
                analyte,
                f"{random.randint(60, 900)}" if found else "None Detected",
                f"{random.choice((25, 50, 100))}",
                "ng/mL",
                "H" if found else "",
            )
        )
    body += grid(rows, "(2fr, 1fr, 1fr, 1fr, 0.5fr)", head=True, stroke="0.3pt")
    return Draft(
        type=ExhibitType.LABORATORY,
        title="Urine Drug Test",
        source=body,
        facility=director.facility,
        date_of_service=taken,
        report_date=reported,
        strings=("URINE DRUG TEST", f"Collected: {slashes(taken)}"),
    )


def nerve_study(world: World, random: Random) -> Draft:
    """Return an electrodiagnostic report with tables of velocities."""
    who, referred = world.people["neurologist"], world.people["primary"]
    done = world.day(random)
    body = setup(
        font="Libertinus Serif",
        size=11,
        header=from_page_two(f"#{quoted(world.patient + ' / ' + dashes(done))} #h(1fr) {PAGE}"),
    )
    body += centred(who.facility, size="16pt")
    body += centred("ELECTROMYOGRAPHY AND NERVE CONDUCTION STUDY", weight='"bold"')
    body += paragraphs(
        [
            f"Patient: {world.patient}     Test Date: {dashes(done)}",
            f"Ref Phys: {referred.signed}     Examiner: {who.signed}",
        ]
    )
    body += paragraphs(world.prose.paragraphs(random, "history", 1))
    rows = [("Nerve / Site", "Latency (ms)", "Amplitude (mV)", "Velocity (m/s)")]
    for nerve in _NERVES * 2:
        rows.append(
            (
                f"{random.choice('LR')} {nerve}",
                f"{random.uniform(2, 6):.1f}",
                f"{random.uniform(3, 14):.1f}",
                f"{random.uniform(38, 62):.1f}",
            )
        )
    body += grid(rows, "(2fr, 1fr, 1fr, 1fr)", head=True)
    needle = [("Muscle", "Ins Act", "Fibs", "PSW", "Recruitment")]
    needle += [
        (random.choice(("Deltoid", "Biceps", "Tib Ant", "Gastroc", "Vastus")), "Nml", "0", "0", "Nml")
        for _ in range(8)
    ]
    body += grid(needle, "(2fr, 1fr, 1fr, 1fr, 1fr)", head=True)
    body += paragraphs(
        [
            "CONCLUSION:",
            *world.prose.items(random, "assessment", 3),
            f"{who.signed}, Board Certified Neurologist",
        ]
    )
    return Draft(
        type=ExhibitType.ELECTRODIAGNOSTIC,
        title="Electromyography and Nerve Conduction Study",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        facility=who.facility,
        date_of_service=done,
        strings=("NERVE CONDUCTION STUDY", f"Test Date: {dashes(done)}"),
    )

"""Places that picture and measure: an imaging chain, an open-bore center, two who test nerves."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import abbreviated, dashes, slashes, worded
from benchmarks.casefiles.draft import PAGE_OF, Draft, centred, grid, paragraphs, said, setup
from benchmarks.casefiles.opened_houses.days import (
    bare,
    before,
    clock,
    later,
    own,
    padded,
    spaced,
    weekday_first,
)
from benchmarks.casefiles.opened_houses.phrases import age, body, told
from benchmarks.casefiles.opened_houses.stationery import (
    bar,
    broken,
    gap,
    heading,
    numbered,
    pairs,
    rule,
    sides,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

CHAIN = "Brightwater Radiology Network"
OPEN = "Open Bore MRI of the Valley"
NERVES = "Larkspur Nerve and Muscle Laboratory"
_TECHNIQUE = (
    "Sagittal and axial sequences with T1 and T2 weighting were run on a 1.5 tesla magnet.",
    "Multiplanar fast spin echo and fat-suppressed sequences were obtained without contrast.",
    "The study was limited by motion on two sequences, and it remains diagnostic.",
)
_CALM = (
    "Marrow signal is within the range expected.",
    "No mass, collection or abnormal fluid is identified.",
    "Muscle bulk is symmetric.",
    "Incidental findings outside the region: none.",
)


def chain_mri(world: World, random: Random) -> Draft:
    """Return the chain's report: a band of data, findings by level, a line of the signature."""
    reader, asked = world.people["radiologist"], world.people["orthopedist"]
    done = world.day(random)
    read = later(random, done, 4, same=0.35)
    about = body(world)
    label = random.choice(("Exam Date", "Date of Exam", "DOS", "Date of Study", "Study Date"))
    show = random.choice((slashes, abbreviated, spaced))
    foot = f"{CHAIN}   {world.reversed}   {show(done)}"
    source = setup(
        font="Liberation Sans", size=10, footer=f"context [{said(foot, size='7pt')} #h(1fr) {PAGE_OF}]"
    )
    source += said(CHAIN, size="17pt", weight='"bold"', fill='rgb("#0b6e63")') + "\n" + rule("2pt")
    source += pairs(
        [
            ("Patient", world.reversed.upper()),
            (label, show(done)),
            ("DOB", show(world.born_on)),
            ("Accession", f"BW{random.randint(10**6, 10**7)}"),
            ("Referred by", asked.signed),
            ("MRN", world.chart),
        ],
        stroke="0.4pt",
    )
    source += centred(about.study, weight='"bold"') + gap(4)
    prior = show(before(random, world, done, 60, 400)) if random.random() < 0.4 else ""
    compared = f"Study of {prior}." if prior else "No earlier study is available."
    source += (
        said("CLINICAL INFORMATION: ", weight='"bold"')
        + said("Persistent pain after a work injury.")
        + "\n\n"
    )
    source += said("COMPARISON: ", weight='"bold"') + said(compared) + "\n\n"
    source += said("TECHNIQUE: ", weight='"bold"') + said(random.choice(_TECHNIQUE)) + "\n\n"
    calm = random.sample(_CALM, random.randint(2, 4))
    source += heading("FINDINGS:") + paragraphs([" ".join(calm), *about.findings])
    source += heading("IMPRESSION:") + numbered(random.sample(about.findings, random.randint(2, 3)))
    if read == done:
        source += said(f"Interpreted by: {reader.signed}")
    else:
        verb = random.choice(("Electronically Signed By", "Finalized by", "Signed by"))
        source += said(f"{verb}: {reader.signed}  on {show(read)} {clock(random)}")
    return Draft(
        type=ExhibitType.IMAGING,
        title=about.study,
        source=source,
        author=reader.name,
        author_specialty=reader.specialty,
        facility=CHAIN,
        date_of_service=done,
        report_date=own(done, read),
        strings=("IMPRESSION:",),
    )


def open_mri(world: World, random: Random) -> Draft:
    """Return a letter of a radiologist to the doctor who asked, with the study's day beneath its name."""
    reader, asked = world.people["radiologist"], world.people["primary"]
    done = world.day(random)
    written = later(random, done, 4, same=0.3)
    about = body(world)
    source = setup(font="Libertinus Serif", size=11, margin="x: 1.2in, y: 1in")
    source += centred(OPEN, size="16pt", style='"italic"') + centred(
        f"{reader.street}, {reader.city}", size="9pt"
    )
    source += rule() + gap(6) + said(worded(written)) + "\n\n"
    source += broken([asked.signed, asked.street, asked.city])
    title = f"MRI of the {world.region}"
    rows = [f"Patient: {world.patient}   Born: {bare(world.born_on)}", title]
    if written == done:
        rows.append("Performed today")
    else:
        rows.append(
            random.choice(("Performed {d}", "Examination of {d}", "Scanned on {d}")).replace(
                "{d}", worded(done)
            )
        )
    source += broken(rows, weight='"bold"')
    source += said(f"Dear {asked.doctor},") + "\n\n"
    source += paragraphs(
        [
            f"{random.choice(_TECHNIQUE)} The injury is said to be of {worded(world.injured_on)}.",
            " ".join([*about.findings[:2], *random.sample(_CALM, 2)]),
            " ".join(about.findings[2:]),
        ]
    )
    source += said("In summary:") + "\n\n" + numbered(random.sample(about.findings, 2), ")")
    source += (
        said("With kind regards,") + "\n\n" + gap(16) + broken([reader.signed, "Diplomate in Radiology"])
    )
    return Draft(
        type=ExhibitType.IMAGING,
        title=title,
        source=source,
        author=reader.name,
        author_specialty=reader.specialty,
        facility=OPEN,
        date_of_service=done,
        report_date=own(done, written),
        strings=("In summary:",),
    )


def nerve_tables(world: World, random: Random) -> Draft:
    """Return what the machine for nerve studies prints: tables, a needle table, an interpretation."""
    tester, done = world.people["neurologist"], world.day(random)
    about = body(world)
    show = random.choice((slashes, bare, padded))
    label = random.choice(("Test Date", "Date of Test", "Exam Date", "Date"))
    foot = f"{world.reversed}  {world.chart}  {show(done)}"
    source = setup(
        font="Liberation Sans",
        size=9.5,
        margin="x: 0.8in, y: 0.8in",
        footer=f"context [{said(foot, size='8pt')} #h(1fr) {PAGE_OF}]",
    )
    source += centred(NERVES, size="14pt", weight='"bold"') + centred(
        f"{tester.street} - {tester.city} - {tester.phone}", size="8pt"
    )
    source += centred("ELECTROMYOGRAPHY AND NERVE CONDUCTION REPORT", weight='"bold"') + gap(4)
    source += pairs(
        [
            ("Patient:", world.reversed),
            (f"{label}:", show(done)),
            ("Birthdate:", show(world.born_on)),
            ("Age:", f"{age(world, done)} Years"),
            ("Physician:", tester.signed),
            ("Ref Phys:", world.people["primary"].signed),
            ("Patient ID:", world.chart),
            ("Temp:", f"{random.uniform(31, 34):.1f} C"),
        ],
    )
    source += (
        said("Patient complaints: ", weight='"bold"') + said(told(world, random, "complaint", 3)) + "\n\n"
    )
    rows = [("Nerve / Site", "Latency ms", "Amplitude", "Velocity m/s", "Norm")]
    for nerve in about.nerves:
        for side in ("L", "R"):
            rows.append(
                (
                    f"{side} {nerve}",
                    f"{random.uniform(2.8, 5.2):.1f}",
                    f"{random.uniform(2, 14):.1f}",
                    f"{random.randint(40, 58)}",
                    "< 4.4",
                )
            )
    source += heading("Nerve conduction") + grid(rows, "(1fr, auto, auto, auto, auto)", head=True)
    needle = [("Muscle", "Insertional", "Fibs", "PSW", "Amp", "Recruitment")]
    needle += [
        (one, "Nml", random.choice(("0", "0", "1+")), "0", "Nml", random.choice(("Nml", "Nml", "Reduced")))
        for one in about.muscles
    ]
    source += heading("Needle examination") + grid(needle, "(1fr, auto, auto, auto, auto, auto)", head=True)
    verdict = random.choice(
        (
            f"Findings are abnormal and compatible with {about.diagnoses[0][1].lower()}.",
            "Normal study of the limbs tested; no evidence of entrapment or root lesion.",
        )
    )
    if random.random() < 0.6:
        waves = [("F wave", "Latency ms", "Chronodispersion", "Persistence")]
        for nerve in about.nerves[:2]:
            waves += [
                (
                    f"{side} {nerve}",
                    f"{random.uniform(24, 54):.1f}",
                    f"{random.uniform(2, 9):.1f}",
                    f"{random.choice((80, 90, 100))}%",
                )
                for side in ("L", "R")
            ]
        source += heading("Late responses") + grid(waves, "(1fr, auto, auto, auto)", head=True)
        source += heading("Examination") + said(told(world, random, "exam", 6)) + "\n\n"
        source += heading("Summary") + paragraphs([told(world, random, "complaint", 4), _LIMITS])
    source += heading("Interpretation") + said(verdict) + "\n\n" + gap(20) + said(tester.signed)
    return Draft(
        type=ExhibitType.ELECTRODIAGNOSTIC,
        title="ELECTROMYOGRAPHY AND NERVE CONDUCTION REPORT",
        source=source,
        author=tester.name,
        author_specialty=tester.specialty,
        facility=NERVES,
        date_of_service=done,
        strings=("Needle examination",),
    )


_LIMITS = (
    "Studies of this kind test large fibers only. A normal study does not exclude an irritated root, and the "
    "result has to be weighed with history and examination. Skin temperature was kept above the limit."
)


def nerve_letter(world: World, random: Random) -> Draft:
    """Return a neurologist's consultation with tests, told in a letter whose day is that of the letter."""
    tester, asked = world.people["neurologist"], world.people["pain"]
    done = world.day(random)
    written = later(random, done, 9, same=0.15)
    foot = f"{world.patient}, {worded(written)}"
    source = setup(
        font="New Computer Modern",
        size=11,
        margin="x: 1.15in, y: 1in",
        footer=f"context [{said(foot, size='8.5pt')} #h(1fr) {PAGE_OF}]",
    )
    source += broken(
        [tester.signed, "Clinical Neurophysiology", tester.street, tester.city], weight='"bold"'
    ) + gap(8)
    source += said(weekday_first(written)) + "\n\n" + said(f"{asked.signed}") + "\n\n"
    source += said(f"In re: {world.patient} ({world.claim}), electrodiagnostic study") + "\n\n"
    source += said(f"Dear {asked.doctor}:") + "\n\n"
    source += paragraphs(
        [
            _opening(world, random, done, written),
            told(world, random, "complaint", 4),
            told(world, random, "exam", 4),
        ]
    )
    source += paragraphs(world.prose.paragraphs(random, "exam", random.randint(1, 3)))
    numbers = [f"{nerve} distal latency {random.uniform(2.9, 5.0):.1f} ms" for nerve in body(world).nerves]
    source += paragraphs(
        [
            "Conduction studies gave these figures: " + "; ".join(numbers) + ".",
            "Needle sampling of " + ", ".join(body(world).muscles) + " showed no denervation at rest.",
            "Conclusion: a mild abnormality that should be read together with the clinical picture.",
        ]
    )
    source += said("Yours truly,") + "\n\n" + gap(18) + said(tester.signed)
    return Draft(
        type=ExhibitType.ELECTRODIAGNOSTIC,
        title="electrodiagnostic study",
        source=source,
        author=tester.name,
        author_specialty=tester.specialty,
        facility=None,
        date_of_service=done,
        report_date=own(done, written),
        strings=("Conduction studies gave these figures",),
    )


def _opening(world: World, random: Random, done: date, written: date) -> str:
    injured = f"since an injury of {worded(world.injured_on)}"
    if written == done:
        return f"Today I tested this patient, who has had complaints of the {world.region} {injured}."
    said_so = random.choice(("I tested this patient on {d}", "On {d} I examined and tested this patient"))
    return f"{said_so.replace('{d}', worded(done))}, who has had complaints of the {world.region} {injured}."


def sonogram(world: World, random: Random) -> Draft:
    """Return a short form of an ultrasound or of films, read in the office where they were taken."""
    doctor, done = world.people["orthopedist"], world.day(random)
    about = body(world)
    show = random.choice((dashes, slashes, bare))
    ordered = max(world.injured_on, done - timedelta(days=random.randint(0, 9)))
    source = setup(font="Liberation Serif", size=10.5)
    name = broken(["ROSEWOOD ORTHOPAEDIC", "In-office imaging"], weight='"bold"')
    source += sides(name, broken([doctor.street, doctor.city, doctor.phone], size="8.5pt")) + rule("1pt")
    title = random.choice(("DIAGNOSTIC ULTRASOUND", "RADIOGRAPHIC REPORT"))
    source += centred(title, weight='"bold"', size="12pt") + gap(4)
    source += grid(
        [
            ("Name", world.patient, "Seen", show(done)),
            ("DOB", show(world.born_on), "Ordered", show(ordered)),
            ("Region", world.region, "Injury", show(world.injured_on)),
        ],
        "(auto, 1fr, auto, 1fr)",
    )
    source += (
        bar("Report")
        + said(" ".join(random.sample(about.findings, 3)))
        + "\n\n"
        + said(random.choice(_CALM))
        + "\n\n"
    )
    source += (
        bar("Opinion") + said(told(world, random, "opinion", 1)) + "\n\n" + gap(14) + said(doctor.signed)
    )
    return Draft(
        type=ExhibitType.IMAGING,
        title=title,
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility="Rosewood Orthopaedic",
        date_of_service=done,
        strings=("In-office imaging",),
    )


READERS = {
    "chain_mri": (chain_mri, 4),
    "open_mri": (open_mri, 2),
    "nerve_tables": (nerve_tables, 2),
    "nerve_letter": (nerve_letter, 2),
    "office_films": (sonogram, 2),
}

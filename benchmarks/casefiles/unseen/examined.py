"""Consultations and whatever was looked into: operations, injections, pictures, nerves."""

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
)
from benchmarks.casefiles.unseen.dress import (
    BOOK,
    FORMS,
    LETTERS,
    NARROW,
    OLD,
    RULE,
    SANS,
    SERIF,
    SYSTEMS,
    WIDE,
    before,
    boxes,
    clock,
    initials,
    labelled,
    later,
    letterhead,
    lined,
    look,
    paged,
    stamp,
    table,
    wrapped,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_FAMILY_DOCTORS = ("Osric Bellweather, MD", "Philippa Dunmore, DO", "Anselm Ferreira-Kane, MD")


def thanks_letter(world: World, random: Random) -> Draft:
    """Return a consultant's letter to the sender of the patient; the day stands in a sentence."""
    me, prose, sender = world.people["internist"], world.prose, world.people["primary"]
    look_ = look(random, (SERIF, BOOK, OLD), LETTERS)
    seen = world.day(random)
    written = later(random, seen, 0.6, 10)
    title = random.choice(("Mr.", "Ms."))
    opening = random.choice(
        (
            f"Thank you for referring {title} {world.last}, whom I saw in consultation on {look_.day(seen)}.",
            f"I saw your patient {world.patient} on {look_.day(seen)} at your kind request.",
            f"Many thanks for asking me to see {title} {world.last}. The visit took place {look_.day(seen)}.",
        )
    )
    source = (
        look_.setup(header=from_page_two(f"{said('RE: ' + world.patient)} #linebreak() Page {PAGE}"))
        + stamp(random, written or seen)
        + letterhead(random, me, f"{me.name}, {me.credential}, Inc.") + said(look_.day(written or seen))
        + "\n\n"
        + lined([sender.signed, sender.facility, sender.street, sender.city])
        + lined([f"RE: {world.patient}", f"DOB: {random.choice(FORMS)(world.born_on)}"])
        + said(f"Dear {sender.doctor}:") + "\n\n" + said(opening) + " "
        + said(f"As you know, the {world.region} was hurt at {world.employer} in {world.injured_on:%B %Y}.")
        + "\n\n" + paragraphs(prose.paragraphs(random, "history", 2))
        + said(f"On examination: {prose.sentences(random, 'exam', 6)}") + "\n\n"
        + said(f"My impression is as follows. {prose.sentences(random, 'assessment', 3)}") + "\n\n"
        + said(f"I would suggest the following. {prose.sentences(random, 'plan', 4)}") + "\n\n"
        + lined(["With best regards,", "", me.signed, f"Board certified, {me.specialty}",
                 f"cc: {random.choice(_FAMILY_DOCTORS)}"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.CONSULTATION, title="Consultation letter", source=source, author=me.name,
        author_specialty=me.specialty, date_of_service=seen, report_date=written,
    )  # fmt: skip


def behavioral_consult(world: World, random: Random) -> Draft:
    """Return a long psychological consultation with tests, the day of the visit and that of the report."""
    me, prose = world.people["psychologist"], world.prose
    look_ = look(random, (SANS, SERIF, WIDE), (*LETTERS, dates.slashes))
    seen = world.day(random)
    written = dates.after(random, seen, 2, 21)
    seen_as, written_as = random.choice(
        (
            ("Date of Evaluation", "Date of Report"),
            ("Date Seen", "Report Date"),
            ("Interviewed", "Report completed"),
            ("Date of Consultation", "Date Report Prepared"),
        )
    )
    scores = [(test, str(random.randint(8, 42)), random.choice(("mild", "moderate", "severe")))
              for test in ("Depression", "Anxiety", "Pain catastrophizing", "Sleepiness")]  # fmt: skip
    source = (
        look_.setup(header=f"[{said('CONFIDENTIAL - ' + world.reversed, size='8pt')}]",
                    footer=f"context [#align(center)[{PAGE_OF}]]")
        + stamp(random, written)
        + letterhead(random, me, me.facility)
        + centred(random.choice(("INITIAL PSYCHOLOGICAL CONSULTATION", "Behavioral Pain Consultation",
                                 "SECONDARY PHYSICIAN'S INITIAL PSYCHOLOGICAL REPORT")), weight="700")
        + labelled([("Patient", world.patient), (seen_as, look_.day(seen)),
                    (written_as, look_.day(written)), ("Date of Birth", look_.day(world.born_on)),
                    ("Date of Injury", look_.day(world.injured_on)), ("Claim", world.claim),
                    ("Referred by", world.people["primary"].signed)])
        + RULE
        + look_.head("Reason for referral") + said(prose.sentences(random, "history", 2)) + "\n\n"
        + look_.head("History of injury") + paragraphs(prose.paragraphs(random, "history", 3))
        + look_.head("Mental status")
        + said("The patient was on time, neatly dressed and cooperative. Speech was normal in rate, the mood "
               "low and the affect constricted. There was no thought of self-harm.") + "\n\n"
        + look_.head("Psychological testing")
        + table([("Instrument", "Score", "Range"), *scores], "(2fr, 1fr, 1fr)")
        + look_.head("Diagnostic impression") + lined(["Adjustment disorder with mixed anxiety and depressed "
                                                      "mood", *prose.items(random, "assessment", 1)])
        + look_.head("Recommendations") + paragraphs(prose.paragraphs(random, "plan", 2))
        + lined(["Respectfully submitted,", "", me.signed, f"Licensed Psychologist, PSY {me.licence[1:]}"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.CONSULTATION, title="Psychological consultation", source=source, author=me.name,
        author_specialty=me.specialty, facility=me.facility, date_of_service=seen, report_date=written,
    )  # fmt: skip


def operation_printed(world: World, random: Random) -> Draft:
    """Return an operative report as a hospital's transcription prints it, dictated and typed below."""
    me, prose = world.people["surgeon"], world.prose
    done = world.day(random)
    typed = later(random, done, 0.7, 4)
    write = random.choice((dates.slashes, dates.machine, dates.short, dates.worded))
    label = random.choice(("DATE OF OPERATION", "DATE OF SURGERY", "OPERATION DATE", "DATE OF PROCEDURE"))
    lines = [
        f"{me.facility.upper():^76}", f"{me.street + ', ' + me.city:^76}", "",
        f"{'OPERATIVE REPORT':^76}", "",
        f"PATIENT: {world.reversed.upper():<36} MR#: {world.chart}",
        f"{label}: {write(done)}", f"SURGEON: {me.signed}",
        f"ASSISTANT: {world.people['orthopedist'].signed}",
        f"ANESTHESIA: {random.choice(('General endotracheal', 'Regional block with sedation', 'MAC'))}", "",
        "PREOPERATIVE DIAGNOSIS:", *wrapped(prose.sentences(random, "assessment", 1), "  "), "",
        "POSTOPERATIVE DIAGNOSIS:", "  Same.", "",
        "INDICATIONS:", *wrapped(prose.sentences(random, "history", 4), "  "), "",
        "DESCRIPTION OF PROCEDURE:",
    ]  # fmt: skip
    for text in prose.paragraphs(random, "operation", 2):
        lines += [*wrapped(text, "  "), ""]
    lines += ["", "  ______________________________", f"  {me.signed}", ""]
    who = f"{initials(me.name)}/{random.choice(('MedQ', 'trx', 'ls'))}"
    lines += [f"{who}   Job# {random.randint(10**5, 10**6)}", f"D: {write(done)} {clock(random)}",
              f"T: {write(typed or done)} {clock(random)}"]  # fmt: skip
    return Draft(
        type=ExhibitType.OPERATIVE_REPORT, title="Operative report", lines=paged(lines, 54), author=me.name,
        author_specialty=me.specialty, facility=me.facility, date_of_service=done, report_date=typed,
    )  # fmt: skip


def injection_note(world: World, random: Random) -> Draft:
    """Return the note of an injection at a surgery center."""
    me, prose = world.people["pain"], world.prose
    look_ = look(random, (SANS, NARROW, WIDE), SYSTEMS)
    done = world.day(random)
    signed = later(random, done, 0.4, 5)
    level = random.choice(("L4-5", "L5-S1", "C5-6", "C6-7"))
    what = random.choice(("Transforaminal epidural steroid injection", "Medial branch block",
                          "Interlaminar epidural steroid injection", "Facet joint injection"))  # fmt: skip
    source = (
        look_.setup(footer=f"[{said(f'Acct {world.chart}   {world.reversed}', size='8pt')}]")
        + stamp(random, signed or done, 0.2)
        + centred("Rincon Hills Ambulatory Surgery Center", weight="700", size="14pt")
        + centred("PROCEDURE NOTE", weight="700")
        + boxes([("Patient", world.reversed), ("Date of Procedure", look_.day(done)),
                 ("Physician", me.signed), ("DOB / Age", look_.day(world.born_on)),
                 ("Time in / out", f"{clock(random)} / {clock(random)}"), ("Account", world.chart)])
        + labelled([("Procedure", f"{what}, {level}"), ("Guidance", "Fluoroscopy with contrast"),
                    ("Sedation", random.choice(("None", "Midazolam 2 mg IV", "Local only")))])
        + look_.head("Pre-procedure diagnosis") + said(prose.sentences(random, "assessment", 1)) + "\n\n"
        + look_.head("Consent and time out")
        + said("Risks, benefits and alternatives were explained, and a written consent is on the chart.")
        + "\n\n"
        + look_.head("Technique")
        + said(f"With the patient prone the skin was prepared with chlorhexidine. Under fluoroscopy a "
               f"{random.choice((22, 25))} gauge needle was advanced to {level}. After negative aspiration "
               f"{random.randint(1, 3)} mL of contrast showed the expected spread, and a mixture of "
               f"triamcinolone {random.choice((40, 80))} mg with preservative-free saline was given.")
        + "\n\n"
        + said(prose.sentences(random, "operation", 2)) + "\n\n"
        + look_.head("Disposition")
        + said(f"Discharged with a driver. Recheck in clinic {look_.day(dates.after(random, done, 10, 16))}.")
        + "\n\n"
        + said(f"Electronically signed: {me.signed}  {look_.day(signed or done)} {clock(random)}", **ITALIC)
    )  # fmt: skip
    return Draft(
        type=ExhibitType.OPERATIVE_REPORT, title="Procedure note", source=source, author=me.name,
        author_specialty=me.specialty, facility="Rincon Hills Ambulatory Surgery Center",
        date_of_service=done, report_date=signed,
    )  # fmt: skip


def mri_report(world: World, random: Random) -> Draft:
    """Return a report of magnetic resonance from an imaging center; read the same day or a little later."""
    me, prose = world.people["radiologist"], world.prose
    look_ = look(random, (SANS, SERIF, BOOK), (*SYSTEMS, dates.worded))
    scanned = world.day(random)
    read = later(random, scanned, 0.5, 3)
    older = before(random, scanned, 90, 700)
    label = random.choice(("Exam Date", "Date of Exam", "Date of Study", "DOS", "Scan date"))
    source = (
        look_.setup(footer=f"[#align(center)[{said(f'{me.facility} * {me.phone} * ACR accredited')}]]")
        + stamp(random, read or scanned)
        + letterhead(random, me, me.facility)
        + labelled([("Patient", world.reversed.upper()), (label, look_.day(scanned)),
                    ("DOB", look_.day(world.born_on)), ("Referring", world.people["primary"].signed),
                    ("Accession", f"{random.randint(10**6, 10**7)}"), ("File no.", world.chart)], 2)
        + centred(f"MRI OF THE {world.region.upper()} WITHOUT CONTRAST", weight="700")
        + look_.head("Clinical history") + said(f"Work injury. {world.region.capitalize()} pain.") + "\n\n"
        + look_.head("Technique")
        + said(f"Multiplanar T1, T2 and STIR sequences at {random.choice(('1.5', '3.0', '0.3'))} tesla.")
        + "\n\n"
        + look_.head("Comparison")
        + said(random.choice(("None.", f"Radiographs of {look_.day(older)}."))) + "\n\n"
        + look_.head("Findings") + paragraphs(prose.paragraphs(random, "imaging", 2))
        + look_.head("Impression")
        + lined([f"{n}. {text}" for n, text in enumerate(prose.items(random, "imaging", 4), 1)])
        + lined([f"{me.signed}", "Board Certified Radiologist",
                 *([f"{random.choice(('Read', 'Dictated and signed', 'Date of report'))}: {look_.day(read)}"]
                   if read else [])])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.IMAGING, title=f"MRI of the {world.region}", source=source, author=me.name,
        author_specialty=me.specialty, facility=me.facility, date_of_service=scanned, report_date=read,
    )  # fmt: skip


def plain_films(world: World, random: Random) -> Draft:
    """Return plain films as a hospital's system lists them, ordered, done and finalized."""
    me, prose = world.people["radiologist"], world.prose
    done = world.day(random)
    final = later(random, done, 0.5, 2)
    write = random.choice((dates.slashes, dates.machine, dates.european))
    labels = random.choice((("EXAM DATE", "FINALIZED"), ("PERFORMED", "FINAL RESULT"), ("STUDY", "VERIFIED")))
    lines = [
        "DIAGNOSTIC IMAGING SERVICES", "Rio Seco Community Hospital", "=" * 76,
        f"NAME: {world.reversed.upper():<32} MRN: {world.chart}",
        f"DOB: {write(world.born_on):<33} LOC: OUTPATIENT",
        f"ORDERED: {write(before(random, done, 0, 9))}   BY: {world.people['primary'].signed}",
        f"{labels[0]}: {write(done)} {clock(random)}", "=" * 76,
        f"XR {world.region.upper()} {random.choice((2, 3, 5))} VIEWS", "",
        "REASON: PAIN AFTER WORK INJURY", "", "FINDINGS:",
        *wrapped(prose.sentences(random, "imaging", 5), ""), "", "IMPRESSION:",
        *wrapped(prose.sentences(random, "imaging", 2), ""), "",
        f"INTERPRETED BY: {me.signed}",
        f"{labels[1]}: {write(final or done)} {clock(random)}",
        "***** END OF REPORT *****",
    ]  # fmt: skip
    return Draft(
        type=ExhibitType.IMAGING, title=f"X-ray of the {world.region}", lines=(tuple(lines),),
        author=me.name, author_specialty=me.specialty, facility="Rio Seco Community Hospital",
        date_of_service=done, report_date=final,
    )  # fmt: skip


def nerve_study(world: World, random: Random) -> Draft:
    """Return a study of nerves and muscles with its tables over pages."""
    me, prose = world.people["neurologist"], world.prose
    look_ = look(random, (SANS, SERIF, NARROW), (*FORMS, *LETTERS))
    tested = world.day(random)
    written = later(random, tested, 0.4, 9)
    nerves = [(nerve, side, f"{random.uniform(2.4, 6.1):.1f}", f"{random.uniform(3, 21):.1f}",
               f"{random.randint(38, 66)}")
              for nerve in ("Median motor", "Ulnar motor", "Median sensory", "Ulnar sensory", "Peroneal",
                            "Tibial", "Sural") for side in ("R", "L")]  # fmt: skip
    muscles = [(muscle, *random.choices(("N", "N", "1+", "0"), k=4))
               for muscle in ("Deltoid", "Biceps", "Triceps", "1st DI", "APB", "Vastus")]  # fmt: skip
    source = (
        look_.setup(header=from_page_two(f"{said(f'EMG/NCV  {world.reversed}')} #h(1fr) {said('p. ')}{PAGE}"))
        + stamp(random, written or tested, 0.2)
        + letterhead(random, me, me.facility)
        + centred("ELECTRODIAGNOSTIC STUDY", weight="700", size="12pt")
        + (f"{said(look_.day(written), **BOLD)}\n\n" if written else "")
        + labelled([("Patient", world.patient),
                    (random.choice(("Test Date", "Date of Test", "Examined")), look_.day(tested)),
                    ("Birth date", look_.day(world.born_on)), ("Hand", random.choice(("Right", "Left"))),
                    ("Ref. physician", world.people["orthopedist"].signed),
                    ("Limb temp.", f"{random.uniform(31, 34):.1f} C")], 2)
        + look_.head("History") + said(prose.sentences(random, "history", 4)) + "\n\n"
        + look_.head("Focused examination") + said(prose.sentences(random, "exam", 4)) + "\n\n"
        + look_.head("Nerve conduction")
        + table([("Nerve", "Side", "Latency ms", "Amplitude", "Velocity m/s"), *nerves],
                "(2fr, 1fr, 1fr, 1fr, 1fr)")
        + look_.head("Needle examination")
        + table([("Muscle", "Ins. act.", "Fibs", "PSW", "MUAP"), *muscles], "(2fr, 1fr, 1fr, 1fr, 1fr)")
        + look_.head("Interpretation") + lined(prose.items(random, "assessment", 3))
        + said("Clinical correlation is advised.") + "\n\n"
        + lined([me.signed, "Diplomate, American Board of Electrodiagnostic Medicine"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.ELECTRODIAGNOSTIC, title="Electrodiagnostic study", source=source, author=me.name,
        author_specialty=me.specialty, facility=me.facility, date_of_service=tested, report_date=written,
    )  # fmt: skip

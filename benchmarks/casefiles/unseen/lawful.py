"""Evaluations for the law, letters, covers of faxes, and papers of no other kind."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles import dates
from benchmarks.casefiles.draft import (
    BOLD,
    PAGE,
    PAGE_OF,
    Draft,
    centred,
    from_page_two,
    paragraphs,
    said,
    ticked,
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
    WIDE,
    addressed,
    before,
    boxes,
    clock,
    concerning,
    labelled,
    letterhead,
    lined,
    look,
    oath,
    stamp,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_REVIEWED = ("Progress report", "MRI report", "Physical therapy notes", "First report", "EMG study",
             "Operative report", "Acupuncture notes", "Consultation")  # fmt: skip


def qme_report(world: World, random: Random) -> Draft:
    """Return a panel evaluator's report of many pages, with a long list of records and their days."""
    me, prose, lawyer = world.people["evaluator"], world.prose, world.people["attorney"]
    look_ = look(random, (SERIF, BOOK, SANS), LETTERS)
    seen = dates.after(random, world.injured_on, 150, 900)
    written = dates.after(random, seen, 5, 29)
    box = random.choice((*FORMS, look_.day))
    title = random.choice(("Mr.", "Ms."))
    records = sorted(before(random, seen, 10, 140) for _ in range(random.randint(6, 16)))
    listed = [
        f"{box(day)}  {random.choice(_REVIEWED)}. {prose.sentences(random, 'exam', 1)}" for day in records
    ]
    oath_ = (f"Date of report: {look_.day(written)}. Signed this {oath(written)}, "
             f"at {me.city.split(',')[0]}, California.")  # fmt: skip
    source = (
        look_.setup(header=from_page_two(lined([f"RE: {world.patient.upper()}", look_.day(written)])
                                         + f"{said('Page ')}{PAGE}"))
        + stamp(random, written)
        + letterhead(random, me, f"{me.name}, {me.credential}")
        + said(look_.day(written)) + "\n\n"
        + lined([f"{lawyer.name}, Esq.", lawyer.facility, lawyer.street, lawyer.city])
        + addressed(random, world)
        + concerning(random, world, look_.day,
                     (random.choice(("Date of Examination", "Evaluated", "Examined")), look_.day(seen)))
        + centred(random.choice(("PANEL QUALIFIED MEDICAL EVALUATION", "QUALIFIED MEDICAL EVALUATOR'S REPORT",
                                 "AGREED MEDICAL EVALUATION IN ORTHOPEDICS")), weight="700")
        + said("To the parties:") + "\n\n"
        + said(f"{title} {world.last} was examined in my {me.city.split(',')[0]} office as shown above. "
               f"I spent {random.randint(25, 70)} minutes face to face with the applicant. An interpreter "
               "was "
               f"{random.choice(('present', 'not needed'))}. This is a complex evaluation under ML-103.")
        + "\n\n"
        + look_.head("History as told by the applicant") + paragraphs(prose.paragraphs(random, "history", 3))
        + look_.head("Present complaints") + said(prose.sentences(random, "history", 5)) + "\n\n"
        + look_.head("Review of medical records") + paragraphs(listed)
        + look_.head("Physical examination") + paragraphs(prose.paragraphs(random, "exam", 3))
        + look_.head("Diagnoses") + lined(prose.items(random, "assessment", 4))
        + look_.head("Discussion") + paragraphs(prose.paragraphs(random, "law", 3))
        + look_.head("Impairment and apportionment") + paragraphs(prose.paragraphs(random, "law", 2))
        + look_.head("Future medical care") + said(prose.sentences(random, "plan", 3)) + "\n\n"
        + look_.head("Affirmation")
        + said("I declare under penalty of perjury that the information in this report and its "
               "attachments, if "
               "any, is true and correct to the best of my knowledge and belief, except as to what I have "
               "indicated I received from others.") + "\n\n" + said(oath_) + "\n\n"
        + lined(["", me.signed, "Diplomate, American Board of Orthopaedic Surgery"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL, title="Qualified medical evaluation", source=source, author=me.name,
        author_specialty=me.specialty, date_of_service=seen, report_date=written,
    )  # fmt: skip


def supplemental(world: World, random: Random) -> Draft:
    """Return an evaluator's answer to a letter, without a further examination; the old one's day is told."""
    me, prose = world.people["evaluator"], world.prose
    look_ = look(random, (SERIF, OLD), LETTERS)
    written = dates.after(random, world.injured_on, 350, 900)
    seen, asked = before(random, written, 40, 300), before(random, written, 10, 35)
    source = (
        look_.setup(header=from_page_two(f"{said(world.patient)} #h(1fr) {said('Page ')}{PAGE}"))
        + stamp(random, written) + letterhead(random, me, f"{me.name}, {me.credential}")
        + said(look_.day(written)) + "\n\n" + addressed(random, world) + concerning(random, world, look_.day)
        + centred("SUPPLEMENTAL REPORT", weight="700")
        + said("Ladies and gentlemen:") + "\n\n"
        + said(f"I have your letter of {look_.day(asked)} and the enclosed records. I examined the "
               "applicant on "
               f"{look_.day(seen)}; the applicant was not examined again for this report.") + "\n\n"
        + paragraphs(prose.paragraphs(random, "law", 3))
        + said("I declare under penalty of perjury that this report is true and correct to the best of my "
               "knowledge and belief.") + "\n\n"
        + lined(["Yours truly,", "", me.signed])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL, title="Supplemental report", source=source, author=me.name,
        author_specialty=me.specialty, report_date=written,
    )  # fmt: skip


def counsel_letter(world: World, random: Random) -> Draft:
    """Return a letter of the applicant's lawyers, by fax or mail, that speaks of other days."""
    me, prose = world.people["attorney"], world.prose
    look_ = look(random, (SERIF, BOOK, OLD), LETTERS)
    written = world.day(random)
    denied = before(random, written, 3, 25)
    sent = random.choice(("VIA FACSIMILE AND U.S. MAIL", "Via certified mail", "By email and mail"))
    source = (
        look_.setup(header=from_page_two(lined([world.adjuster, look_.day(written)]) + f"Page {PAGE}"))
        + stamp(random, written) + letterhead(random, me, me.facility)
        + said(look_.day(written)) + "\n\n" + said(sent, **BOLD) + "\n\n" + addressed(random, world)
        + concerning(random, world, look_.day, ("ADJ", f"ADJ{random.randint(10**6, 10**7)}"))
        + said(f"Dear {random.choice(('Mr.', 'Ms.'))} {world.adjuster.split()[-1]}:") + "\n\n"
        + said(f"We write about your {random.choice(('denial', 'letter'))} dated {look_.day(denied)}.")
        + " " + said(prose.sentences(random, "legal", 2)) + "\n\n"
        + paragraphs(prose.paragraphs(random, "legal", random.randint(1, 3)))
        + lined(["Very truly yours,", me.facility.upper(), "", f"{me.name}, Attorney at Law", "",
                 f"{me.name[0]}{me.name.split()[-1][0]}/{random.choice(('ap', 'rs', 'cg'))}",
                 f"cc: {world.patient}"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.CORRESPONDENCE, title="Letter of counsel", source=source, author=me.name,
        facility=me.facility, report_date=written,
    )  # fmt: skip


def benefit_notice(world: World, random: Random) -> Draft:
    """Return an administrator's notice about benefits, with periods and an examination to come."""
    look_ = look(random, (SANS, WIDE, SERIF), (*LETTERS, dates.slashes))
    written = world.day(random)
    box = random.choice(FORMS)
    exam = dates.after(random, written, 14, 60)
    first = before(random, written, 15, 60)
    week = f"${random.randint(180, 980)}.{random.randint(10, 99)}"
    about, text = random.choice((
        ("NOTICE REGARDING TEMPORARY DISABILITY BENEFITS: START",
         f"Payments of temporary disability begin with {box(first)}. Your weekly rate is {week}."),
        ("NOTICE REGARDING TEMPORARY DISABILITY BENEFITS: END",
         f"Payments ended on {box(first)}: your doctor released you to work. You were paid {week} a week."),
        ("NOTICE OF APPOINTMENT",
         f"An examination has been set for {box(exam)} at {clock(random)} with "
         f"{world.people['evaluator'].signed}. Mileage is paid to you before that day."),
        ("NOTICE REGARDING DELAY OF YOUR CLAIM",
         f"We need more time to decide about your claim. You will hear from us by {box(exam)}."),
    ))  # fmt: skip
    source = (
        look_.setup(footer=f"[{said(f'{world.payer} - Claim {world.claim}', size='8pt')}]")
        + said(world.payer, size="14pt", **BOLD) + "\n\n" + said(look_.day(written)) + "\n\n"
        + lined([world.patient, f"{random.randint(10, 999)} Oak Street", "California"])
        + labelled([("Employee", world.patient), ("Employer", world.employer), ("Claim", world.claim),
                    ("Date of injury", box(world.injured_on))])
        + centred(about, weight="700")
        + said(f"Dear {world.patient}:") + "\n\n"
        + said(f"{world.payer} handles your claim on behalf of {world.employer}. {text}") + "\n\n"
        + said("If you disagree with this decision, write or call us. You may also ask the state's "
               "information "
               "and assistance officer for help without charge, or consult an attorney.") + "\n\n"
        + lined(["Sincerely,", "", world.adjuster, "Claims Examiner"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.CORRESPONDENCE, title=about.capitalize(), source=source, author=world.adjuster,
        facility=world.payer, report_date=written,
    )  # fmt: skip


def fax_sheet(world: World, random: Random) -> Draft:
    """Return the cover of a fax that names what comes behind it and its day."""
    me = world.people[random.choice(("primary", "pain", "attorney"))]
    look_ = look(random, (SANS, WIDE, OLD, NARROW), (*FORMS, *LETTERS))
    sent = world.day(random)
    about = before(random, sent, 1, 12)
    rows = [("TO", f"{world.adjuster}, {world.payer}"), ("FAX", me.fax), ("FROM", me.facility),
            ("PHONE", me.phone), ("PAGES", f"{random.randint(2, 30)} with this sheet"),
            (random.choice(("DATE", "SENT")), look_.day(sent))]  # fmt: skip
    random.shuffle(rows)
    source = (
        look_.setup()
        + said(random.choice(("FAX", "Facsimile Transmittal", "FAX COVER SHEET", "fax message")), size="26pt",
               **BOLD) + "\n\n" + RULE + (labelled(rows) if random.random() < 0.5 else boxes(rows)) + RULE
        + lined(["  ".join(ticked(random.random() < 0.3, one) for one in
                           ("Urgent", "For review", "Please reply", "As requested"))])
        + said(f"Re: {world.patient}, claim {world.claim}. "
               f"{random.choice(('Report and request', 'RFA and chart note', 'Records'))} "
               f"of {look_.day(about)} to follow.") + "\n\n"
        + said("The pages behind this sheet are confidential and meant for the addressee alone. If they "
               "reached "
               "you by mistake, please call us and destroy them.", size="8pt")
    )  # fmt: skip
    return Draft(
        type=ExhibitType.FAX_COVER, title="Fax cover sheet", source=source, facility=me.facility,
        report_date=sent,
    )  # fmt: skip


def questionnaire(world: World, random: Random) -> Draft:
    """Return a questionnaire about daily life that the patient filled in."""
    look_ = look(random, (SANS, SERIF, WIDE), FORMS)
    filled = world.day(random)
    parts = ("Personal care", "Lifting", "Walking", "Sitting", "Standing", "Sleeping", "Social life",
             "Traveling", "Housework")  # fmt: skip
    answers = ("No problem", "Some pain, no help needed", "Slow and careful", "Need some help",
               "Need help every day", "Cannot do it at all")  # fmt: skip
    body = ""
    for number, part in enumerate(parts, 1):
        chosen = random.randrange(len(answers))
        body += said(f"Section {number} - {part}", **BOLD) + "\n\n"
        body += lined([ticked(at == chosen, answer) for at, answer in enumerate(answers)])
    source = (
        look_.setup(footer=f"context [#align(right)[{PAGE_OF}]]")
        + centred(random.choice(("DAILY ACTIVITIES QUESTIONNAIRE", "Disability Index - Patient Form",
                                 "Pain and Function Questionnaire")), weight="700", size="13pt")
        + labelled([("Name", world.patient), (random.choice(("Date", "Today's date", "Date completed")),
                                              look_.day(filled)),
                    ("Date of birth", look_.day(world.born_on)), ("Where is your pain?", world.region)], 2)
        + said("In every section mark the one box that best describes you today.") + "\n\n" + body
        + lined([f"Score {random.randint(8, 40)}/45", "Patient signature: ____________________"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.OTHER, title="Questionnaire on daily activities", source=source,
        date_of_service=filled,
    )  # fmt: skip


def custodian(world: World, random: Random) -> Draft:
    """Return a custodian's declaration that the records are complete, sworn on a day in words."""
    me = world.people["primary"]
    look_ = look(random, (SERIF, BOOK), (*LETTERS, *FORMS))
    sworn = world.day(random)
    asked = before(random, sworn, 8, 40)
    when = random.choice((f"Executed on {look_.day(sworn)}", f"Executed this {oath(sworn)}",
                          f"Dated: {look_.day(sworn)}"))  # fmt: skip
    source = (
        look_.setup() + stamp(random, sworn, 0.2)
        + centred(random.choice(("DECLARATION OF CUSTODIAN OF RECORDS", "Affidavit of Custodian",
                                 "CERTIFICATION OF RECORDS")), weight="700", size="13pt")
        + labelled([("Records of", world.patient), ("Date of birth", look_.day(world.born_on)),
                    ("Subpoena / request dated", look_.day(asked)),
                    ("Order no.", f"{random.randint(10**5, 10**6)}")])
        + lined([f"I, {world.people['therapist'].name}, declare:",
                 f"1. I am the custodian of the records of {me.facility}.",
                 "2. The copies are true copies of all records described in the request.",
                 "3. They were made in the ordinary course of business at or near the time of the event.",
                 ticked(random.random() < 0.3, "4. No billing records were found.")])
        + said("I declare under penalty of perjury under the laws of the State of California that the "
               "foregoing "
               "is true and correct.") + "\n\n"
        + lined([f"{when}, at {me.city.split(',')[0]}, California.", "", "__________________________",
                 world.people["therapist"].name])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.OTHER, title="Declaration of custodian of records", source=source,
        author=world.people["therapist"].name, facility=me.facility, report_date=sworn,
    )  # fmt: skip

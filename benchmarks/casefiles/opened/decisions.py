"""Utilization review by two organizations, and what claims administrators write."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles.draft import Draft, grid, paragraphs, quoted, said, setup
from benchmarks.casefiles.opened import manners
from benchmarks.casefiles.opened.phrases import SERVICES, diagnoses, passages, sentences
from benchmarks.casefiles.opened.sheet import (
    BLUE,
    bar,
    box,
    counted,
    heading,
    labelled,
    later_pages,
    letterhead,
    plain_table,
    signature,
    stacked,
    staff,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_BOLD = quoted("bold")
_PAPERS = (
    "Progress report",
    "PR-2",
    "Request for authorization",
    "MRI report",
    "Operative report",
    "QME report",
    "Physical therapy notes",
    "Urine drug screen",
    "Electrodiagnostic study",
    "Initial consultation",
)


def _served(random: Random) -> list[str]:
    return [
        f"{random.randint(100, 9999)} {street}, {city}"
        for street, city in (("Walnut Grove", "Fontana, CA 92335"), ("Pine St", "Colton, CA 92324"))
    ]


def northgate(world: World, random: Random) -> Draft:
    """Return a determination as one organization writes it: a table of requests, then a page on each."""
    received = world.day(random)
    decided = manners.later(random, received, 3, 8)
    reviewer, doctor = staff(world, "advisor"), staff(world, "physiatrist")
    wanted = random.sample(SERVICES, random.randint(1, 4))
    fates = [random.choice(("Non-Certified", "Non-Certified", "Modified", "Certified")) for _ in wanted]
    body = [
        letterhead(reviewer, "band", BLUE),
        said(manners.worded(decided)) + "\n\n",
        said("VIA FACSIMILE AND U.S. MAIL", weight=_BOLD) + "\n\n",
        stacked([doctor.signed, doctor.street, doctor.city]),
        plain_table(
            [
                ["Injured Worker:", world.patient, "Claim #:", world.claim],
                ["Date of Injury:", manners.slash(world.injured_on), "Client:", world.payer],
                [
                    "RFA Received:",
                    manners.slash(received),
                    "Review #:",
                    f"NG-{random.randint(10**6, 10**7 - 1)}",
                ],
                ["Decision Date:", manners.slash(decided), "Review Type:", "Prospective"],
            ],
            "(90pt, 1fr, 70pt, 1fr)",
        ),
        f"#align(center)[{said('UTILIZATION REVIEW DETERMINATION', weight=_BOLD, size='12pt')}]\n",
        paragraphs(
            [
                f"Dear Dr. {doctor.name.split()[-1]}:",
                (
                    "We have reviewed the treatment listed below against the Medical Treatment "
                    "Utilization Schedule. The determination for each item is as follows."
                ),
            ]
        ),
        grid(
            [
                ["#", "Requested treatment", "Code", "Quantity", "Determination"],
                *(
                    [str(n), service, code, how, fate]
                    for n, ((code, service, how), fate) in enumerate(zip(wanted, fates, strict=True), 1)
                ),
            ],
            "(20pt, 1fr, 50pt, 110pt, 90pt)",
            head=True,
        ),
        heading("Clinical summary"),
        paragraphs(passages(world, random, "complaint", random.randint(1, 4), real=0.4)),
        paragraphs(passages(world, random, "findings", random.randint(1, 3), real=0.4)),
    ]
    for (_, service, _), fate in zip(wanted, fates, strict=True):
        body += [
            bar(f"{service}: {fate}"),
            paragraphs(passages(world, random, "verdict", random.randint(2, 4), real=0.1)),
        ]
    body += [
        heading("Records received"),
        "".join(
            (
                "- "
                + said(f"{random.choice(_PAPERS)}, {manners.slash(manners.earlier(random, world, received))}")
                + "\n"
            )
            for _ in range(random.randint(3, 40))
        ),
        heading("Disputing this decision"),
        paragraphs(
            [
                (
                    "The decision may be disputed by independent medical review. The enclosed "
                    "application must be signed and sent within 30 days of the service of this "
                    "letter. An internal appeal may be requested within 10 days and does not "
                    "extend that time."
                ),
                "The reviewer may be reached Monday to Thursday, 10 am to 2 pm Pacific time.",
            ]
        ),
        signature(reviewer, [f"{reviewer.specialty}, CA license {reviewer.licence}", "Physician Reviewer"]),
        stacked([f"cc: {world.patient}", *_served(random)]),
    ]
    return Draft(
        type=ExhibitType.UR_DECISION,
        title="Utilization Review Determination",
        source=setup(
            font="Liberation Sans",
            size=10,
            margin="x: 0.9in, y: 0.8in",
            header=later_pages(
                [f"{world.patient}   {world.claim}", f"Determination of {manners.slash(decided)}"]
            ),
            footer=counted("Northgate Utilization Review Services - Confidential", "of"),
        )
        + "".join(body),
        author=reviewer.name,
        author_specialty=reviewer.specialty,
        facility=reviewer.facility,
        report_date=decided,
        strings=(manners.worded(decided), reviewer.signed),
    )


def calbridge(world: World, random: Random) -> Draft:
    """Return a notice by the other organization, with its advisor's own report behind it as one paper."""
    decided = world.day(random)
    reviewer, doctor = staff(world, "peer"), staff(world, "orthopaedist")
    asked = manners.earlier(random, world, decided)
    code, service, how = random.choice(SERVICES)
    referral = f"{random.randint(10**7, 10**8)}"
    body = [
        letterhead(reviewer, "centred", "#444444"),
        plain_table(
            [
                ["Date:", manners.hyphenated(decided)],
                ["To:", doctor.signed],
                ["Re:", f"{world.patient} / {world.employer}"],
                ["Claim:", world.claim],
                ["DOI:", manners.hyphenated(world.injured_on)],
            ],
            "(50pt, 1fr)",
        ),
        said(
            random.choice(("NOTICE OF DENIAL OF TREATMENT", "NOTICE OF MODIFICATION OF TREATMENT REQUEST")),
            weight=_BOLD,
            size="12pt",
        )
        + "\n\n",
        paragraphs(
            [
                (
                    f"On behalf of {world.payer} we received your request dated "
                    f"{manners.hyphenated(asked)} for {service} ({code}), {how}. After review by "
                    "a physician we are unable to certify it as asked. The reasons are given in "
                    "the physician's report, which is part of this notice."
                ),
                (
                    "If you have information that was not sent before, please submit a new "
                    "request with it. Should you disagree, the employee may ask for an "
                    "independent medical review with the form enclosed."
                ),
            ]
        ),
        stacked(["Utilization Review Department", f"Tel {reviewer.phone}"]),
        "#pagebreak()\n",
        f"#align(center)[{said('PHYSICIAN ADVISOR REPORT', weight=_BOLD, size='12pt')}]\n",
        labelled("Referral number:", referral),
        labelled("Question:", f"Is {service.lower()} medically necessary?"),
        heading("HISTORY"),
        paragraphs(passages(world, random, "complaint", random.randint(2, 6), real=0.5)),
        labelled("Diagnoses:", "; ".join(f"{icd} {name}" for icd, name in diagnoses(world, random))),
        heading("DOCUMENTS CONSIDERED"),
        paragraphs(
            [
                "; ".join(
                    f"{random.choice(_PAPERS)} ({manners.padded(manners.earlier(random, world, decided))})"
                    for _ in range(random.randint(3, 9))
                )
                + "."
            ]
        ),
        heading("DECISION AND RATIONALE"),
        paragraphs(passages(world, random, "verdict", random.randint(2, 5), real=0)),
        heading("CITATION"),
        paragraphs(["California MTUS, Title 8, section 9792.20 and following."]),
        signature(
            reviewer,
            [reviewer.specialty, f"Licensed in California, {reviewer.licence}", manners.hyphenated(decided)],
        ),
        said(
            (
                "The reviewer attests to having no conflict of interest with the provider, the "
                "employee or the administrator."
            ),
            size="8pt",
        ),
    ]
    return Draft(
        type=ExhibitType.UR_DECISION,
        title="Notice of Utilization Review Decision",
        source=setup(font="Libertinus Serif", size=11.5, footer=counted(f"Ref {referral}", "bare"))
        + "".join(body),
        author=reviewer.name,
        author_specialty=reviewer.specialty,
        facility=reviewer.facility,
        report_date=decided,
        strings=(manners.hyphenated(decided), reviewer.name),
    )


def benefit_notice(world: World, random: Random) -> Draft:
    """Return a claims administrator's notice about benefits; a page of a form letter."""
    day = world.day(random)
    since, until = manners.later(random, day, 3, 9), manners.later(random, day, 16, 22)
    kind = random.choice(("DELAY IN DETERMINATION", "TEMPORARY DISABILITY PAYMENT", "DENIAL OF BODY PART"))
    body = [
        said(world.payer, size="14pt", weight=_BOLD) + "\n\n",
        stacked(["P.O. Box 14", "Rancho Cordova, CA 95741"]),
        said(manners.worded(day)) + "\n\n",
        stacked([world.patient, *_served(random)[:1]]),
        plain_table(
            [
                ["Employee:", world.patient],
                ["Employer:", world.employer],
                ["Date of injury:", manners.worded(world.injured_on)],
                ["Claim number:", world.claim],
            ],
            "(90pt, 1fr)",
        ),
        said(f"NOTICE REGARDING {kind}", weight=_BOLD) + "\n\n",
        paragraphs(
            [
                (
                    f"{world.payer} is handling your workers' compensation claim on behalf of "
                    f"{world.employer}. This notice is to advise you of the status of benefits "
                    f"for your {world.region} injury."
                ),
                (
                    f"Payments cover the period from {manners.slash(since)} to "
                    f"{manners.slash(until)} and will be sent every two weeks on a day named by "
                    "us."
                ),
                (
                    "The law requires that we give you this notice. If you disagree you may "
                    "consult an attorney or the state's Information and Assistance officer at no "
                    "charge."
                ),
                "Sincerely,",
            ]
        ),
        stacked([world.adjuster, "Senior Claims Examiner"]),
        box(False, "Enclosure: fact sheet about your right to a medical evaluation") + "\n",
    ]
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title=f"Notice regarding {kind.lower()}",
        source=setup(font="Liberation Serif", size=12, margin="x: 1.1in, y: 1in") + "".join(body),
        author=world.adjuster,
        facility=world.payer,
        report_date=day,
        strings=(manners.worded(day), "NOTICE REGARDING"),
    )


def explanation_of_review(world: World, random: Random) -> Draft:
    """Return an explanation of review over bills of several days: a table in landscape, no day of its own."""
    paid = world.day(random)
    doctor = staff(world, "pt")
    rows = [["Line", "DOS", "Proc", "Units", "Billed", "Reduction", "Allowed", "Reason"]]
    days = sorted(manners.earlier(random, world, paid) for _ in range(random.randint(6, 100)))
    for number, day in enumerate(days, 1):
        billed = random.randint(40, 900)
        cut = random.randint(0, billed)
        rows.append(
            [
                str(number),
                manners.padded(day),
                random.choice(SERVICES)[0],
                "1",
                f"{billed}.00",
                f"{cut}.00",
                f"{billed - cut}.00",
                random.choice(("G1", "M5", "854", "9")),
            ]
        )
    body = [
        said("EXPLANATION OF REVIEW", size="15pt", weight=_BOLD) + "\n\n",
        plain_table(
            [
                ["Payer:", world.payer, "Claimant:", world.reversed],
                ["Provider:", doctor.facility, "Claim:", world.claim],
                ["TIN:", f"95-{random.randint(10**6, 10**7 - 1)}", "Date paid:", manners.padded(paid)],
                ["Bill ID:", str(random.randint(10**8, 10**9)), "DOI:", manners.padded(world.injured_on)],
            ],
            "(60pt, 1fr, 60pt, 1fr)",
        ),
        grid(rows, "(30pt, 65pt, 50pt, 35pt, 60pt, 60pt, 60pt, 1fr)", stroke="0.3pt", head=True, inset="3pt"),
        heading("Reason codes"),
        stacked(
            [
                "G1 The charge exceeds the Official Medical Fee Schedule allowance.",
                "M5 The item is included in the value of another procedure.",
                "854 Documentation does not support the level billed.",
                "9 Reduced under a contract with the network.",
            ]
        ),
        paragraphs(["A request for second review must reach us within 90 days of this explanation."]),
    ]
    return Draft(
        type=ExhibitType.OTHER,
        title="Explanation of Review",
        source=setup(
            font="Liberation Sans",
            size=10,
            margin="x: 0.6in, y: 0.6in",
            footer=counted("EOR - not a bill", "of"),
        )
        + "".join(body),
        facility=None,
        report_date=paid,
        strings=("EXPLANATION OF REVIEW",),
    )


def itemized_statement(world: World, random: Random) -> Draft:
    """Return a provider's statement of account with a lien warning, for bills over a year."""
    asked = world.day(random)
    doctor = staff(world, "chiro")
    rows = [["Date", "Description", "Charge", "Payment", "Balance"]]
    balance = 0
    for day in sorted(manners.earlier(random, world, asked) for _ in range(random.randint(10, 140))):
        charge = random.randint(35, 190)
        balance += charge
        rows.append(
            [manners.slash_short(day), random.choice(SERVICES)[1][:34], f"{charge}.00", "", f"{balance}.00"]
        )
    body = [
        letterhead(doctor, "logo", "#b8860b"),
        said("STATEMENT OF ACCOUNT / LIEN ITEMIZATION", weight=_BOLD, size="12pt") + "\n\n",
        plain_table(
            [
                ["Patient", world.patient, "Statement date", manners.slash_short(asked)],
                ["Account", world.chart, "Amount due", f"${balance}.00"],
            ],
            "(60pt, 1fr, 90pt, 90pt)",
        ),
        grid(rows, "(60pt, 1fr, 60pt, 60pt, 70pt)", stroke="0.3pt + gray", head=True, inset="2.5pt"),
        paragraphs(sentences(world, random, "counsel", 1)),
    ]
    return Draft(
        type=ExhibitType.OTHER,
        title="Statement of Account",
        source=setup(font="Liberation Sans", size=9, footer=counted(world.patient, "slash")) + "".join(body),
        facility=doctor.facility,
        report_date=asked,
        strings=("STATEMENT OF ACCOUNT",),
    )

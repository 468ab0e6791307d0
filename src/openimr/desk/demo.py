"""Invented cases in every stage, and one account for each role. Everything goes through ``store.act``.

No person, company or claim named here exists.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings

from openimr.casework.case_state import CaseState
from openimr.casework.roles import Role
from openimr.casework.stages import Stage, stage_of
from openimr.desk import demo_steps as step
from openimr.desk import job_plan
from openimr.desk.clock import now
from openimr.desk.demo_case import PAYERS, application
from openimr.desk.demo_drafts import begin_drafts
from openimr.desk.demo_panel import draw_waiting, fill_panel
from openimr.desk.demo_steps import People, Story
from openimr.desk.models import Case, PayerOrganization, User
from openimr.desk.packs import keep_demo_pack
from openimr.desk.payers import AliasKind, remember
from openimr.terms.errors import InputError

WORDS = (
    "amber anchor basil beacon birch canyon cedar comet copper coral cotton delta ember fable falcon fern "
    "garnet ginger granite harbor hazel heron indigo island ivory jasper juniper kelp lantern lemon lilac "
    "linen maple marble meadow mint mosaic nectar oasis olive opal orchard otter pebble pepper pine plum "
    "prairie quartz quill raven reef river saffron sage silver slate sparrow spruce tide topaz tulip velvet "
    "walnut willow winter yarrow zephyr"
).split()
# name of the account, role, name of the person, party, identifier in the panel
ACCOUNTS: tuple[tuple[str, Role, str, str, str], ...] = (
    ("intake", Role.INTAKE, "Ines Marlowe", "", ""),
    ("manager", Role.CASE_MANAGER, "Casimir Vane", "", ""),
    ("director", Role.MEDICAL_DIRECTOR, "Delphine Aster, MD", "", ""),
    ("reviewer", Role.REVIEWER, "Rowan Quillfeather, MD", "", "reviewer-quillfeather"),
    ("quality", Role.QUALITY, "Quintessa Bramble", "", ""),
    ("payer", Role.PAYER, "Perrin Hollow", "payer-pelican", ""),
    ("applicant", Role.APPLICANT, "Araminta Thistle", "patient-1", ""),
    ("office", Role.ADMINISTRATIVE_DIRECTOR, "Ottoline Fenwick", "", ""),
    ("auditor", Role.AUDITOR, "Aurelio Strand", "", ""),
    ("administrator", Role.ADMINISTRATOR, "Adair Nettle", "", ""),
    ("intake2", Role.INTAKE, "Isidore Gale", "", ""),
    ("manager2", Role.CASE_MANAGER, "Cordelia Brisk", "", ""),
    ("reviewer2", Role.REVIEWER, "Ruta Marchbank, DO", "", "reviewer-marchbank"),
    ("payer2", Role.PAYER, "Philippa Drew", "payer-heron", ""),
)


class DemoRefused(InputError):
    """The desk holds accounts or cases already."""

    code = "demo_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What somebody needs to sign in, told once."""

    username: str
    role: Role
    password: str
    codes: tuple[str, ...]


# How far each case goes, and by which way. The straight way is that of a case that ends with a letter.
STRAIGHT: tuple[Callable[[Story], None], ...] = (
    step.screen,
    step.find_eligible,
    step.send_notice,
    step.receive_records,
    step.complete_records,
    step.propose,
    step.attest,
    step.prepare,
    step.record_view,
    step.open_draft,
    step.adopt,
    step.compose,
    step.release,
    step.serve_determination,
    step.appeal,
    step.reverse,
)
WAYS: Mapping[Stage, tuple[Callable[[Story], None], ...]] = {
    Stage.INFORMATION: (step.screen, step.ask),
    Stage.INELIGIBLE: (step.screen, step.find_ineligible),
    Stage.DEFERRED: (step.screen, step.defer),
    Stage.UNDECIDABLE: (*STRAIGHT[:3], step.receive_decision, step.find_undecidable),
    Stage.TERMINATED: (*STRAIGHT[:3], step.terminate),
    Stage.DUPLICATE: (step.screen, step.link_duplicate),
}
# What is done in a case that stands where it should, and leaves it there.
AFTERWARDS: Mapping[Stage, tuple[Callable[[Story], None], ...]] = {
    Stage.RECORDS: (step.receive_in_part,),
    Stage.SERVED: (step.bill, step.pay),
    Stage.TERMINATED: (step.bill,),
    Stage.APPEAL: (step.bill,),
}
# The stages of the first cases; then the same again, other people, other parties.
STAGES = (
    Stage.VIEW,
    Stage.SCREENING,
    Stage.RECORDS,
    Stage.QUALITY,
    Stage.SERVED,
    Stage.INFORMATION,
    Stage.ASSIGNMENT,
    Stage.INELIGIBLE,
    Stage.REVIEW,
    Stage.DEFERRED,
    Stage.ATTESTATION,
    Stage.NOTICE,
    Stage.SERVICE,
    Stage.UNDECIDABLE,
    Stage.TERMINATED,
    Stage.APPEAL,
    Stage.DUPLICATE,
    Stage.REMAND,
)


def fill(*, cases: int | None = None, at: datetime | None = None) -> tuple[Account, ...]:
    """Return the accounts of a desk that was filled with invented cases, one of each stage or so many.

    Raises:
        DemoRefused: The desk holds accounts or cases already.
    """
    if User.objects.exists() or Case.objects.exists():
        raise DemoRefused(
            asked="Fill the desk with invented cases",
            found="it holds accounts or cases already.",
            remedy="Name an empty data folder in OPENIMR_DATA.",
        )
    keep_demo_pack(settings.ENVIRONMENT)
    accounts = tuple(_account(*about) for about in ACCOUNTS)
    users = {user.username: user for user in User.objects.all()}
    moment = at or now()
    able = {identifier: name for _, role, name, _, identifier in ACCOUNTS if role is Role.REVIEWER}
    fill_panel(users["administrator"], able, moment.date())
    _name_payers(users["administrator"])
    for n in range(len(STAGES) if cases is None else cases):
        _tell(n, STAGES[n % len(STAGES)], users, moment)
    draw_waiting(users["director"])
    begin_drafts(users, moment.date())
    return accounts


def _name_payers(by: User) -> None:
    """Keep the claims administrators of the invented cases as organizations, and what each is known by."""
    for party, prefix in zip(PAYERS, ("PMI", "HCX"), strict=True):
        one = PayerOrganization.objects.create(identifier=party.id or "", name=party.name, made_by=by)
        remember(one, AliasKind.CLAIM_PREFIX, prefix, by=by)


def _account(username: str, role: Role, name: str, party: str, reviewer: str) -> Account:
    password = "-".join(secrets.choice(WORDS) for _ in range(5))
    user = User.objects.create_user(username, password, role=role, name=name, party=party, reviewer=reviewer)
    TOTP.activate(user, generate_totp_secret())
    codes = RecoveryCodes.activate(user).get_unused_codes()
    return Account(username=username, role=role, password=password, codes=tuple(codes[:3]))


def _tell(n: int, stage: Stage, users: Mapping[str, User], moment: datetime) -> CaseState:
    """Return a case that was led to a stage. Every other one is run by other people."""
    second = "2" if n % 2 else ""
    people = People(
        intake=users[f"intake{second}"].actor,
        manager=users[f"manager{second}"].actor,
        director=users["director"].actor,
        quality=users["quality"].actor,
        office=users["office"].actor,
        reviewer=users[f"reviewer{second}"].actor,
        applicant=users["applicant"].actor,
    )
    way = WAYS.get(stage, STRAIGHT)
    began = moment - timedelta(days=2 * len(way) + 12 + n % 7)
    case = application(n, began.date(), stage=stage)
    story = Story.begin(case, people, began, by_applicant=n % 5 == 0)
    for act in way:
        if stage_of(story.state) is stage:
            break
        act(story)
    for act in AFTERWARDS.get(stage, ()):
        act(story)
    assert stage_of(story.state) is stage, f"case {n} stands at {stage_of(story.state)}, not at {stage}"
    job_plan.start(Case.objects.get(number=story.state.case_number), story.state)
    return story.state

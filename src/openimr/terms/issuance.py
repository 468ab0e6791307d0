"""What stands behind a letter: proofs, adoption, addressees, service, rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.terms.places import Verification


class LetterStatus(StrEnum):
    """Whether a physician has adopted what a letter says."""

    DRAFT = "draft"
    ADOPTED = "adopted"


class Statement(StrEnum):
    """Statements about reviewer and file that a letter makes only when proven."""

    COMPLETE_FILE = "complete_file"
    NO_AFFILIATION = "no_affiliation"
    ACTIVE_PRACTICE = "active_practice"
    CURRENT_HOURS = "current_hours"
    SAME_OR_SIMILAR_SPECIALTY = "same_or_similar_specialty"
    FAMILIAR_WITH_LAW = "familiar_with_law"
    READ_THE_FILE = "read_the_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Whether a statement is proven, by what, or what is missing.

    ``figure`` is the number in the statement: years of practice, hours a week.
    """

    statement: Statement
    is_proven: bool
    because: str
    figure: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A party to whom the letter is served."""

    role: str
    name: str
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """The review organization that sends the letter; ``lines`` are its address, line by line."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How and when the letter was served."""

    method: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRights:
    """Until when and how a party may appeal, with the rule it follows from."""

    explanation: str
    due: date | None
    citation: str
    verified: Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What software prepared, when a physician adopted it, and what was changed."""

    prepared_by_software: tuple[str, ...]
    adopted_on: date | None = None
    changed_by_physician: tuple[str, ...] = ()
    confirmed_by_physician: tuple[str, ...] = ()
    """Citations whose words the library only recalls and the physician read at their source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldName:
    """A name that the published version of a letter must not hold."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSays:
    """What the record says about one dispute (numbered from 1), for a draft without an outcome."""

    dispute: int
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUsed:
    """A rule or guideline that the review used, in the version that was in force."""

    name: str
    version: str
    verified: Verification | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuance:
    """Everything about a letter that is not its content.

    ``programme`` is the name of the programme as letters print it;
    ``software_version`` the version of this package that prepared the letter.
    """

    status: LetterStatus
    programme: str | None = None
    organization: Organization | None = None
    proofs: tuple[Proof, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    service: Service | None = None
    appeal: AppealRights | None = None
    disclosure: Disclosure | None = None
    withheld_names: tuple[WithheldName, ...] = ()
    record_says: tuple[RecordSays, ...] = ()
    sources_used: tuple[SourceUsed, ...] = ()
    software_version: str | None = None

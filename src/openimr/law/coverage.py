"""What of the law is encoded, and how far it was verified: row by row and ground by ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from openimr.law.deadlines import table_of
from openimr.law.fees import fee_table
from openimr.law.questions import ground_table
from openimr.law.rulebook import RuleBook
from openimr.law.rules import Rule, Version
from openimr.terms.places import Verification
from openimr.vocabulary.tables import read_table

# The amounts of the table of penalties, and how they read.
_AMOUNTS = {
    "usd": "",
    "usd_a_day": " a day",
    "at_most_usd": " at most",
    "at_most_usd_a_day": " a day at most",
}


class Cover(StrEnum):
    """How far a part of the law is encoded and verified; the weakest of its versions counts."""

    VERIFIED = "verified"
    ENCODED = "encoded"
    RECALLED = "recalled"
    GAP = "gap"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One row of the deadline table, ground, rule, or thing known to be missing.

    ``versions`` says for each version from when it is in force and how it was
    verified, or why it is not encoded.
    """

    programme: str
    part: str
    code: str
    rule: str | None
    cover: Cover
    versions: tuple[str, ...]


def coverage(rulebook: RuleBook) -> tuple[Covered, ...]:
    """Return what of a programme is encoded, verified, recalled and absent.

    Source:
        The rule files and tables of the programme.
    """
    clocks_and_grounds = (*_rows(rulebook), *_grounds(rulebook))
    charges = (*_fees(rulebook), *_penalties(rulebook))
    return (*clocks_and_grounds, *charges, *_other_rules(rulebook), *_absent(rulebook))


def _rows(rulebook: RuleBook) -> Iterator[Covered]:
    by_ref: dict[str, dict[str, Rule]] = {}
    for clock in table_of(rulebook):
        rule = rulebook.rule(clock.rule)
        by_ref.setdefault(clock.ref, {})[rule.id] = rule
    for ref, rules in by_ref.items():
        versions = [v for rule in rules.values() for v in rule.versions]
        yield _covered(rulebook, "row", ref, ", ".join(rules), versions)


def _other_rules(rulebook: RuleBook) -> Iterator[Covered]:
    timed = {rulebook.rule(clock.rule).id for clock in table_of(rulebook)}
    for name, rule in sorted(rulebook.rules.items()):
        if name not in timed:
            yield _covered(rulebook, "rule", name.removeprefix(f"{rulebook.programme}."), name, rule.versions)


def _covered(rulebook: RuleBook, part: str, code: str, rule: str, versions: Iterable[Version]) -> Covered:
    found = list(versions)
    marks = [Cover.GAP if v.reason is not None else _cover_of(v.verified.how) for v in found]
    return Covered(
        programme=rulebook.programme,
        part=part,
        code=code,
        rule=rule,
        cover=max(marks, key=list(Cover).index),
        versions=tuple(_version_words(v) for v in found),
    )


def _cover_of(how: Verification) -> Cover:
    named = {Verification.SEEN: Cover.VERIFIED, Verification.RECALLED: Cover.RECALLED}
    return named.get(how, Cover.ENCODED)


def _version_words(version: Version) -> str:
    if version.reason is not None:
        return f"{version.effective_from} not encoded: {version.reason}"
    if version.has("no_such_rule"):
        return f"{version.effective_from} no such rule, {version.verified.how}"
    return f"{version.effective_from} {version.verified.how}"


def _grounds(rulebook: RuleBook) -> Iterator[Covered]:
    if not rulebook.has_table("grounds.csv"):
        return
    for code, row in ground_table(rulebook.programme).items():
        yield Covered(
            programme=rulebook.programme,
            part="ground",
            code=code,
            rule=None,
            cover=_cover_of(row.verified.how),
            versions=(row.verified.how.value,),
        )


def _fees(rulebook: RuleBook) -> Iterator[Covered]:
    if not rulebook.has_table("fees.csv"):
        return
    by_day: dict[str, list[tuple[Cover, str]]] = {}
    for row in fee_table(rulebook.programme):
        until = f" to {row.submitted_until}" if row.submitted_until else ""
        words = ", ".join(row.asks.values()) or "every case"
        mark = Cover.GAP if row.usd is None else _cover_of(row.verified.how)
        said = f"{words}: not known" if row.usd is None else f"{words}: {row.verified.how}"
        by_day.setdefault(f"{row.submitted_from}{until}", []).append((mark, said))
    for code, marks in by_day.items():
        yield Covered(
            programme=rulebook.programme,
            part="fee",
            code=code,
            rule=None,
            cover=max((mark for mark, _ in marks), key=list(Cover).index),
            versions=tuple(said for _, said in marks),
        )


def _penalties(rulebook: RuleBook) -> Iterator[Covered]:
    if not rulebook.has_table("penalties.csv"):
        return
    for row in read_table("openimr.law", f"{rulebook.programme}/penalties.csv"):
        amounts = [f"${int(row[key]):,}{words}" for key, words in _AMOUNTS.items() if row[key]]
        until = f" to {row['effective_until']}" if row["effective_until"] else ""
        said = f"{row['breach']}: {', '.join(amounts) or 'not known'}, {row['citation']}, {row['how']}"
        yield Covered(
            programme=rulebook.programme,
            part="penalty",
            code=f"{row['code']} {row['effective_from']}{until}",
            rule=None,
            cover=_cover_of(Verification(row["how"])) if amounts else Cover.GAP,
            versions=(said,),
        )


def _absent(rulebook: RuleBook) -> Iterator[Covered]:
    for item in rulebook.not_encoded:
        yield Covered(
            programme=rulebook.programme,
            part="absent",
            code=item.id,
            rule=None,
            cover=Cover.ABSENT,
            versions=(item.text,),
        )


def coverage_toml(rulebooks: Iterable[RuleBook]) -> str:
    """Return the coverage of programmes as the text of a TOML file.

    Source:
        The rule files and tables of the programmes.
    """
    lines = [
        "# What of the law is encoded, and how far it was verified. Written by openimr law coverage --write.",
        "# verified: every version was seen in its source. encoded: another edition, derived, or sources",
        "# disagree. recalled: a version rests on memory. gap: a time is not encoded. absent: nothing is.",
    ]
    for rulebook in rulebooks:
        found = coverage(rulebook)
        lines += ["", f"[{rulebook.programme}.totals]"]
        lines += [f"{mark} = {sum(c.cover is mark for c in found)}" for mark in Cover]
        for covered in found:
            lines += ["", f"[[{rulebook.programme}.{covered.part}]]", f'code = "{covered.code}"']
            lines += [f'rule = "{covered.rule}"'] if covered.rule else []
            lines += [f'cover = "{covered.cover}"', "versions = ["]
            lines += [f'    "{words}",' for words in covered.versions]
            lines += ["]"]
    return "\n".join(lines) + "\n"

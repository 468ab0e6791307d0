"""``openimr law show``: one rule of law, with its versions."""

from __future__ import annotations

from datetime import date, datetime

import click

from openimr.cli.show import print_json_line
from openimr.law.figures import Figure, Item
from openimr.law.rulebook import NotEncoded, Rule, RuleBook, Version, load_rulebook

_PROGRAMME = "us_ca_wc"


@click.command(
    name="show",
    help=(
        "Print a rule of law: who has to act, from which date its days run, and what each version says.\n\n"
        "RULE is a rule such as us_ca_wc.determination_deadline; without a programme it is one of "
        "us_ca_wc. An unknown name lists the known ones. With --on only the version of that day is printed."
    ),
    epilog="Example: openimr law show determination_deadline --on 2014-05-12",
)
@click.argument("rule_name", metavar="RULE")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose version is asked for.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(rule_name: str, on: datetime | None, as_json: bool) -> None:
    """Look a rule up and print it."""
    programme, _, name = rule_name.rpartition(".")
    book = load_rulebook(programme or _PROGRAMME)
    rule = book.rule(name)
    day = on.date() if on else None
    if as_json:
        print_json_line(_record(rule, book, day))
    else:
        _print(rule, book, day)


def _versions(rule: Rule, day: date | None) -> tuple[Version, ...] | NotEncoded:
    if day is None:
        return rule.versions
    found = rule.version_on(day)
    return found if isinstance(found, NotEncoded) else (found,)


def _record(rule: Rule, book: RuleBook, day: date | None) -> dict[str, object]:
    found = _versions(rule, day)
    return {
        "rule": rule.id,
        "title": rule.title,
        "who": rule.who,
        "picked_by": rule.picked_by,
        "runs_from": rule.runs_from,
        "on": day,
        "regimes": [r.label for r in book.regimes_on(day)] if day else None,
        "not_encoded": found.reason if isinstance(found, NotEncoded) else None,
        "versions": [] if isinstance(found, NotEncoded) else [_version(v) for v in found],
    }


def _version(version: Version) -> dict[str, object]:
    return {
        "effective_from": version.effective_from,
        "repealed_on": version.repealed_on,
        "figures": version.figures,
        "not_encoded": version.reason,
        "force": version.force,
        "citation": version.citation,
        "see_also": version.see_also,
        "verified": version.verified,
    }


def _print(rule: Rule, book: RuleBook, day: date | None) -> None:
    click.echo(f"{rule.id}: {rule.title}.")
    click.echo(f"Who: {rule.who or 'nobody in particular'}. Version picked by: {rule.picked_by}.")
    click.echo(f"Days run from: {rule.runs_from or 'no date of the case'}.")
    found = _versions(rule, day)
    if day is not None:
        labels = ", ".join(f"{r.label} ({r.title})" for r in book.regimes_on(day)) or "none"
        click.echo(f"Regime on {day}: {labels}.")
    if isinstance(found, NotEncoded):
        click.echo(f"On {found.on}: not encoded: {found.reason}.")
        return
    for version in found:
        _print_version(version)


def _print_version(version: Version) -> None:
    click.echo(f"\nFrom {version.effective_from}, {version.force or 'no duty'}: {version.citation}")
    if version.reason is not None:
        click.echo(f"  not encoded: {version.reason}")
    for name, value in version.figures.items():
        click.echo(f"  {name.replace('_', ' ')}: {_words(value)}")
    for citation in version.see_also:
        click.echo(f"  see also: {citation}")
    source = f", {version.verified.source}" if version.verified.source else ""
    click.echo(f"  {version.verified.how.value.replace('_', ' ')}{source}, {version.verified.on}")


def _words(value: Figure) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(f"({v.id}) {v.text}" if isinstance(v, Item) else v for v in value)
    return str(value)

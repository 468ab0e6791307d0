"""A report for accreditation as tables: for its page, its PDF, and whoever reads either."""

from __future__ import annotations

from datetime import date

from openimr.desk.accreditation import Report
from openimr.desk.intervals import wilson
from openimr.letters.blocks import Block, Composed, Heading, Letterhead, Paragraph, Table, Title


def compose_report(report: Report) -> Composed:
    """Return a report as blocks."""
    blocks: tuple[Block, ...] = (
        Letterhead(programme=None, organization=report.organization, lines=()),
        Title("Report for accreditation"),
        Paragraph(_how_drawn(report)),
        Heading("TIMELINESS OVER THE DRAWN FILES"),
        timeliness(report),
        clocks(report),
        Heading("CREDENTIALS OF THE PANEL"),
        credentials(report),
        Heading("ATTESTATIONS IN THE DRAWN FILES"),
        attestations(report),
        Heading("CONFLICTS OF THE PERIOD"),
        conflicts(report) if report.conflicts else Paragraph("None was found in the period."),
    )
    return Composed(
        title=f"Report for accreditation, {report.first_on} to {report.last_on}",
        footer=f"Seed {report.seed}",
        header=None,
        dated=report.made_at.date(),
        blocks=blocks,
        problems=(),
    )


def _how_drawn(report: Report) -> str:
    sound = "; ".join(report.broken) or "Every log of the drawn files is whole"
    return (
        f"Made on {report.made_at:%Y-%m-%d %H:%M}. {len(report.files)} files were drawn by lot from the "
        f"{report.population:,} applications filed from {report.first_on} to {report.last_on}, with the "
        f"seed {report.seed}. {sound}."
    )


def _day(value: date | None) -> str:
    return value.isoformat() if value else "\u2013"


def timeliness(report: Report) -> Table:
    """Return for each clock how many of the drawn files kept it, with the 95 % interval."""
    rows = []
    for ref in dict.fromkeys(sorted(c.ref for c in report.clocks)):
        of_clock = [c for c in report.clocks if c.ref == ref]
        ended = [c for c in of_clock if c.result != "running"]
        kept = sum(c.result == "in time" for c in ended)
        running = len(of_clock) - len(ended)
        share = wilson(kept, len(ended)).words
        rows.append((ref, of_clock[0].citation, str(kept), str(len(ended)), str(running), share))
    head = ("Clock", "Citation", "In time", "Ended", "Still running", "Share in time")
    return Table("Clocks of the law, by kind", head, tuple(rows))


def clocks(report: Report) -> Table:
    """Return each clock of each drawn file."""
    head = ("Case", "Clock", "Citation", "Last day", "Done on", "Result")
    rows = tuple(
        (c.case, c.ref, c.citation, _day(c.due_on), _day(c.done_on), c.result) for c in report.clocks
    )
    return Table("Each clock of each file", head, rows)


def credentials(report: Report) -> Table:
    """Return every credential of the panel."""
    head = ("Reviewer", "Name", "Credential", "Runs until", "Verified on")
    rows = tuple(
        (c.reviewer, c.name, c.what, _day(c.expires_on), _day(c.verified_on)) for c in report.credentials
    )
    return Table("Credentials, and when they were verified", head, rows)


def attestations(report: Report) -> Table:
    """Return what was attested in the drawn files."""
    head = ("Case", "Reviewer", "Attested", "What", "File opened before")
    rows = tuple(
        (
            a.case,
            a.reviewer,
            f"{a.attested_at:%Y-%m-%d %H:%M}",
            ", ".join(a.attests).replace("_", " "),
            "yes" if a.opened_before else "no",
        )
        for a in report.attestations
    )
    return Table("Attestations before the file was opened", head, rows)


def conflicts(report: Report) -> Table:
    """Return the conflicts of the period with how they were decided."""
    head = ("Case", "Reviewer", "Day", "Found", "Decided")
    rows = tuple((c.case, c.reviewer, _day(c.on), c.found, c.decided) for c in report.conflicts)
    return Table("Conflicts that were found, and how they were decided", head, rows)

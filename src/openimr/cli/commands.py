"""Every command of the command line: its words, its module, its one line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: ``path`` as typed, the module that holds it, what it does."""

    path: str
    module: str
    line: str


COMMANDS = (
    Entry(
        "review",
        "openimr.cli.review",
        "Review a case folder, or published letters anew; software drafts, a physician decides.",
    ),
    Entry(
        "letters parse",
        "openimr.cli.letters_parse",
        "Read determination letters: PDF, text or Markdown, any layout.",
    ),
    Entry(
        "letters cite", "openimr.cli.letters_cite", "Read the guideline line of a letter as single citations."
    ),
    Entry(
        "letters render",
        "openimr.cli.letters_render",
        "Write a determination letter as PDF, HTML, text or Markdown.",
    ),
    Entry(
        "records read",
        "openimr.cli.records_read",
        "Read a case file: pages, exhibits, timeline, and a seal over all of it.",
    ),
    Entry(
        "records search",
        "openimr.cli.records_search",
        "Search a case file that was read: words, phrases, by kind and day.",
    ),
    Entry("records purge", "openimr.cli.records_purge", "Remove the pages that reading records kept."),
    Entry(
        "facts extract",
        "openimr.cli.facts_extract",
        "The clinical facts of a case file that was read, and their chronology.",
    ),
    Entry(
        "law due",
        "openimr.cli.law_due",
        "The legal clocks of a case: what is due, by whom, when, and why.",
    ),
    Entry(
        "law eligible",
        "openimr.cli.law_eligible",
        "Whether a case may be reviewed: every ground, for each disputed item.",
    ),
    Entry(
        "law fees",
        "openimr.cli.law_fees",
        "What a review costs the payer, and which penalties its delays may bring.",
    ),
    Entry(
        "law show",
        "openimr.cli.law_show",
        "One rule of law with its versions: figures, citation, how it was verified.",
    ),
    Entry(
        "law coverage",
        "openimr.cli.law_coverage",
        "What of the law is encoded, verified, recalled and absent.",
    ),
    Entry(
        "panel check",
        "openimr.cli.panel_check",
        "Every reviewer of a panel against a case: credentials, ties, fit.",
    ),
    Entry(
        "panel assign",
        "openimr.cli.panel_assign",
        "All waiting cases to the reviewers of a panel at once, with every reason.",
    ),
    Entry(
        "panel audit",
        "openimr.cli.panel_audit",
        "The record of a draw: whole, signed, and the same when drawn again.",
    ),
    Entry(
        "panel gaps",
        "openimr.cli.panel_gaps",
        "What a panel lacks for the cases that arrive, with a picture.",
    ),
    Entry("panel import", "openimr.cli.panel_import", "A panel from a table of CSV."),
    Entry("panel export", "openimr.cli.panel_export", "A panel as a table of CSV."),
    Entry(
        "guidelines list",
        "openimr.cli.guidelines_list",
        "The guideline library: documents, editions, topics and criteria.",
    ),
    Entry(
        "guidelines show",
        "openimr.cli.guidelines_show",
        "One guideline topic: what it says in our words and what it asks, in every edition.",
    ),
    Entry(
        "guidelines for",
        "openimr.cli.guidelines_for",
        "The topics that answer for a request on a day, and how the search came to them.",
    ),
    Entry(
        "guidelines evaluate",
        "openimr.cli.guidelines_evaluate",
        "Ask the criteria for a request of the facts of a record.",
    ),
    Entry("desk serve", "openimr.cli.desk_serve", "Serve the desk: the pages in which cases are run."),
    Entry(
        "desk demo",
        "openimr.cli.desk_demo",
        "Fill an empty desk with invented cases, and print an account for each role once.",
    ),
    Entry("desk worker", "openimr.cli.desk_worker", "Do the work of the desk that waits in the background."),
    Entry("desk migrate", "openimr.cli.desk_migrate", "Bring the tables of the desk to this version."),
    Entry("desk createsuperuser", "openimr.cli.desk_createsuperuser", "Make an account of the desk."),
    Entry("desk backup", "openimr.cli.desk_backup", "Write everything that the desk keeps into one file."),
    Entry("desk restore", "openimr.cli.desk_restore", "Make a desk from a backup, and check it."),
    Entry("desk purge", "openimr.cli.desk_purge", "Remove what the desk drew and read and can make again."),
    Entry(
        "desk verify",
        "openimr.cli.desk_verify",
        "Check a signed determination against the public key of the organization.",
    ),
    Entry(
        "desk audit verify",
        "openimr.cli.desk_audit_verify",
        "Check every log of the desk against its hashes, and every stored file.",
    ),
    Entry(
        "desk audit heads", "openimr.cli.desk_audit_heads", "Write where every log ends, to be kept outside."
    ),
)

"""Letters made harder to read: each change is a text transformation, and its truth is known.

A mutation takes the text of a letter and what it says, and gives back the
changed text and what that says now. What must be read from the original is
verified elsewhere; here only the parser's steadiness is measured.

The file is longer than others: it is one list of changes, each of a few
lines, and reads best in one place.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from random import Random

Truth = dict[str, object]
"""What a letter says, by field: "decision_date", "disputes.0.request" and so on."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter's text, what it says, and where each field stands in the text."""

    text: str
    truth: Truth
    places: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed letter and what it says now."""

    text: str
    truth: Truth


Mutation = Callable[[Sample, Random], Changed | None]
"""A change of a letter; None where the letter has nothing to be changed so."""

_FIRST_HEADING = re.compile(r"^[ #*]*HOW THE IMR FINAL DETERMINATION WAS MADE", re.MULTILINE)
_LABEL_LINE = re.compile(
    r"^[ *]*(?:Claims Administrator guideline|MAXIMUS guideline|Decision rationale):", re.MULTILINE
)
_HEADING = re.compile(r"^ *(?:HOW THE IMR|CLINICAL CASE|IMR ISSUES,)[A-Z ,]*$", re.MULTILINE)


def _parts(text: str) -> tuple[str, str]:
    """Return the header table and the rest."""
    match = _FIRST_HEADING.search(text)
    at = match.start() if match else 0
    return text[:at], text[at:]


def _paragraphs(text: str) -> list[str]:
    lines = [line.strip() for line in text.replace("\f", "\n").split("\n")]
    printed = [line for line in lines if line]
    are_short = sum(len(line) < 120 for line in printed) > len(printed) * 0.9
    if are_short and sum(1 for a, b in pairwise(lines) if a and b) < len(lines) / 8:
        # a blank line behind every line: two of them end a paragraph
        lines = re.sub(r"\n\n", "\n", "\n".join(lines)).split("\n")
    return [" ".join(p.split()) for p in re.split(r"\n{2,}", "\n".join(lines)) if p.strip()]


def _rewrapped(width: int) -> Mutation:
    def change(sample: Sample, random: Random) -> Changed:
        head, body = _parts(sample.text)
        wrapped = [
            textwrap.fill(p, width, break_long_words=False, break_on_hyphens=False) for p in _paragraphs(body)
        ]
        return Changed(head + "\n\n".join(wrapped) + "\n", sample.truth)

    return change


def _double_spaced(sample: Sample, random: Random) -> Changed:
    lines = [line.strip() for line in sample.text.split("\n")]
    return Changed("".join(f"{line} \n\n" for line in lines), sample.truth)


def _blank_after_each(sample: Sample, random: Random) -> Changed:
    """Every line followed by one blank line, and nothing else told apart."""
    lines = [line.strip() for line in sample.text.split("\n") if line.strip()]
    return Changed("\n\n".join(lines) + "\n", sample.truth)


def _no_blank_lines(sample: Sample, random: Random) -> Changed:
    return Changed("\n".join(line for line in sample.text.split("\n") if line.strip()), sample.truth)


def _one_line_a_paragraph(sample: Sample, random: Random) -> Changed:
    head, body = _parts(sample.text)
    return Changed(head + "\n".join(_paragraphs(body)), sample.truth)


def _no_line_ends(sample: Sample, random: Random) -> Changed:
    return Changed(" ".join(sample.text.split()), sample.truth)


_HEADER = (
    ("case_number", "Case Number:"),
    ("date_assigned", "Date Assigned:"),
    ("date_of_injury", "Date of Injury:"),
    ("decision_date", "Decision Date:"),
    ("ur_denial_date", "UR Denial Date:"),
    ("priority", "Priority:"),
    ("application_received", "Application Received:"),
)


def _printed(sample: Sample) -> dict[str, str] | None:
    """Return the header's values as printed, None where one is missing."""
    found = {}
    for name, _ in _HEADER:
        if name not in sample.places:
            return None
        start, end = sample.places[name]
        found[name] = sample.text[start:end]
    return found


def _header_form(form: Callable[[list[tuple[str, str]]], str]) -> Mutation:
    def change(sample: Sample, random: Random) -> Changed | None:
        values = _printed(sample)
        if values is None:
            return None
        rows = [(label, values[name]) for name, label in _HEADER]
        return Changed(form(rows) + "\n\n" + _parts(sample.text)[1], sample.truth)

    return change


def _line_each(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"{label} {value}" for label, value in rows)


def _columns_one_after_the_other(rows: list[tuple[str, str]]) -> str:
    left, right = [rows[i] for i in (0, 1, 3, 5)], [rows[i] for i in (2, 4, 6)]
    parts = []
    for column in (left, right):
        parts += [label for label, _ in column] + [value for _, value in column]
    return "\n".join(parts)


def _labels_then_values(rows: list[tuple[str, str]]) -> str:
    return "\n".join(label for label, _ in rows) + "\n" + "\n".join(value for _, value in rows)


def _values_then_labels(rows: list[tuple[str, str]]) -> str:
    return "\n".join(value for _, value in rows) + "\n" + "\n".join(label for label, _ in rows)


def _two_rows(rows: list[tuple[str, str]]) -> str:
    return " ".join(label for label, _ in rows) + "\n" + " ".join(value for _, value in rows)


def _split_label(rows: list[tuple[str, str]]) -> str:
    kept = [f"{label} {value}" for label, value in rows[:-1]]
    return "\n".join([*kept, f"Application {rows[-1][1]}", "Received:"])


def _markdown_table(rows: list[tuple[str, str]]) -> str:
    lines = [f"| **{rows[0][0]}** | {rows[0][1]} | | |", "|---|---|---|---|"]
    for a, b in ((1, 2), (3, 4), (5, 6)):
        lines.append(f"| **{rows[a][0]}** | {rows[a][1]} | **{rows[b][0]}** | {rows[b][1]} |")
    return "\n".join(lines)


def _no_header(sample: Sample, random: Random) -> Changed:
    truth = dict(sample.truth)
    for name, _ in _HEADER:
        truth[name] = None
    return Changed(_parts(sample.text)[1], truth)


def _header_value_lost(sample: Sample, random: Random) -> Changed | None:
    """One value of the header, label standing, is not there."""
    name = random.choice([n for n, _ in _HEADER])
    if name not in sample.places:
        return None
    start, end = sample.places[name]
    return Changed(
        sample.text[:start] + " " * (end - start) + sample.text[end:], {**sample.truth, name: None}
    )


def _header_label_lost(sample: Sample, random: Random) -> Changed | None:
    """One label of the header is not there; its value stands alone."""
    values = _printed(sample)
    if values is None:
        return None
    name, _ = random.choice(_HEADER)
    rows = [(("" if n == name else lab), values[n]) for n, lab in _HEADER]
    return Changed(_line_each(rows) + "\n\n" + _parts(sample.text)[1], {**sample.truth, name: None})


def _markdown(mark: str, close: str, *, table: bool) -> Mutation:
    def change(sample: Sample, random: Random) -> Changed | None:
        values = _printed(sample)
        head = ""
        if values is not None:
            rows = [(label, values[name]) for name, label in _HEADER]
            head = _markdown_table(rows) if table else _line_each(rows)
        body = "\n\n".join(_paragraphs(_marked(sample, mark, close)))
        body = _HEADING.sub(lambda m: f"### {m.group(0).strip()}", body)
        return Changed(f"{head}\n\n{body}\n", sample.truth)

    return change


def _marked(sample: Sample, mark: str, close: str) -> str:
    """Return the body with headings of items and labels set in bold type, each its own paragraph."""
    edits: list[tuple[int, int, str]] = []
    for path, (start, end) in sample.places.items():
        if re.fullmatch(r"disputes\.\d+\.request", path):
            edits.append((start, end, f"\n\n{mark}{' '.join(sample.text[start:end].split())}:{close}"))
    for match in _LABEL_LINE.finditer(sample.text):
        edits.append((match.start(), match.end(), f"\n\n{mark}{match.group(0).strip(' *')}{close}"))
    text = sample.text
    for start, end, new in sorted(edits, reverse=True):
        rest = text[end:]
        if new.rstrip(close).endswith(":") and rest.lstrip(" *").startswith(":"):
            rest = rest.lstrip(" *")[1:]
        text = text[:start] + new + rest
    return _parts(text)[1]


def _footers(sample: Sample, random: Random) -> Changed:
    """A page number and the case number between the lines, every forty of them."""
    number = sample.truth.get("case_number") or "CM15-0000000"
    lines = sample.text.split("\n")
    head = sum(1 for _ in _parts(sample.text)[0].split("\n"))
    out: list[str] = []
    for index, line in enumerate(lines):
        out.append(line)
        if index > head and index % 40 == 39:
            out += ["", f"Final Determination Letter for IMR Case Number {number} {index // 40 + 2}", ""]
    return Changed("\n".join(out), sample.truth)


def _page_footers(sample: Sample, random: Random) -> Changed:
    lines = sample.text.split("\n")
    head = sum(1 for _ in _parts(sample.text)[0].split("\n"))
    out: list[str] = []
    for index, line in enumerate(lines):
        out.append(line)
        if index > head and index % 37 == 36:
            out += [f"Page {index // 37 + 1} of 9", "\f"]
    return Changed("\n".join(out), sample.truth)


def _merged(separator: str) -> Mutation:
    """Make every heading but the first run on from the rationale before it."""

    def change(sample: Sample, random: Random) -> Changed | None:
        text = sample.text
        starts = [
            place[0]
            for path, place in sample.places.items()
            if re.fullmatch(r"disputes\.[1-9]\d*\.request", path)
        ]
        if not starts:
            return None
        for start in sorted(starts, reverse=True):
            text = text[:start].rstrip(" *\n") + separator + text[start:]
        return Changed(text.replace("**", ""), sample.truth)

    return change


def _swapped_outcomes(sample: Sample, random: Random) -> Changed:
    """Every Upheld becomes Overturned and the other way round, in headings only."""
    text, truth = sample.text, dict(sample.truth)
    found = [(place, path) for path, place in sample.places.items() if path.endswith(".outcome")]
    for (start, end), path in sorted(found, reverse=True):
        is_upheld = text[start:end] == "Upheld"
        text = text[:start] + ("Overturned" if is_upheld else "Upheld") + text[end:]
        truth[path] = "overturned" if is_upheld else "upheld"
    return Changed(text, truth)


def _in_requests(added: str, *, front: bool) -> Mutation:
    """Add words to every request."""

    def change(sample: Sample, random: Random) -> Changed:
        text, truth = sample.text, dict(sample.truth)
        found = [
            (place, path)
            for path, place in sample.places.items()
            if re.fullmatch(r"disputes\.\d+\.request", path)
        ]
        for (start, end), path in sorted(found, reverse=True):
            at = start if front else end
            text = text[:at] + (f"{added} " if front else f" {added}") + text[at:]
            request = str(truth[path])
            truth[path] = f"{added} {request}" if front else f"{request} {added}"
        return Changed(text, truth)

    return change


_LONG = (
    "with medical clearance, assistant surgeon, fluoroscopy, a two day inpatient stay and post-operative\n"
    "physical therapy two times a week for six weeks to the lumbar spine and the left lower extremity, with\n"
    "a lumbar brace, a cold therapy unit for a fourteen day rental with pads, a front wheeled walker, and a\n"
    "bone growth stimulator for purchase, all of it to be provided at the surgery center named in the\n"
    "request and within ninety days of the date of the operation or as soon thereafter as can be done"
)


def _long_requests(sample: Sample, random: Random) -> Changed:
    changed = _in_requests(_LONG, front=False)(sample, random)
    assert changed is not None
    truth = {
        path: " ".join(value.split()) if isinstance(value, str) else value
        for path, value in changed.truth.items()
    }
    return Changed(changed.text, truth)


def _in_rationales(sentence: str) -> Mutation:
    """Add a sentence in the middle of every rationale, on lines of its own."""

    def change(sample: Sample, random: Random) -> Changed | None:
        text, truth = sample.text, dict(sample.truth)
        found = [(place, path) for path, place in sample.places.items() if path.endswith(".rationale")]
        if not found:
            return None
        for (start, end), path in sorted(found, reverse=True):
            ends = [m.end() for m in re.finditer(r"\.(?=\s)", text[start:end])]
            if not ends:
                continue
            at = start + ends[len(ends) // 2]
            text = text[:at] + f" {sentence}" + text[at:]
            end += len(sentence) + 1
            truth[path] = " ".join(text[start:end].split())
        return Changed(text, truth)

    return change


# What text recognition takes for one another; none changes the length of a text.
_CONFUSED = dict(zip("0O1lI5S8BecbhnuvtfiaoIrm.:", "O0l1lS5B8cehbunrfjjoalvn,;", strict=True))


def _noise(share: float) -> Mutation:
    """Confuse letters and figures as text recognition does; what is printed now is the truth."""

    def change(sample: Sample, random: Random) -> Changed:
        chars = list(sample.text)
        for index, char in enumerate(chars):
            other = _CONFUSED.get(char)
            if other and random.random() < share:
                chars[index] = other
        text = "".join(chars)
        truth = dict(sample.truth)
        for path, (start, end) in sample.places.items():
            if text[start:end] != sample.text[start:end]:
                truth[path] = _reprinted(path, sample, text[start:end])
        return Changed(text, truth)

    return change


def _reprinted(path: str, sample: Sample, printed: str) -> object:
    """Return what a damaged field says now; ANY where nobody could tell."""
    if (
        path.endswith((".request", ".rationale"))
        or path in ("clinical_summary", "case_number")
        or path.startswith("reviewer.")
    ):
        return Either(" ".join(printed.split()), sample.truth.get(path))
    return Either(None, sample.truth.get(path))


@dataclass(frozen=True, slots=True)
class Either:
    """A damaged field: as printed now, or as it was, are both right."""

    now: object
    before: object


def _impossible_dates(sample: Sample, random: Random) -> Changed | None:
    names = [n for n, _ in _HEADER if "date" in n or n == "application_received"]
    chosen = [n for n in names if n in sample.places]
    if not chosen:
        return None
    name = random.choice(chosen)
    start, end = sample.places[name]
    bad = random.choice(["02/30/2016", "13/12/2016", "00/10/2016", "06/31/2016"])
    return Changed(sample.text[:start] + bad + sample.text[end:], {**sample.truth, name: None})


def _truncated(sample: Sample, random: Random) -> Changed:
    """Cut the letter anywhere behind its first heading; what is gone is not said."""
    first = len(_parts(sample.text)[0]) + 60
    at = random.randrange(first, len(sample.text))
    truth = dict(sample.truth)
    for path, (start, end) in sample.places.items():
        if start >= at:
            truth[path] = None
        elif end > at:
            truth[path] = Either(" ".join(sample.text[start:at].split()), None)
    truth["cut"] = True
    return Changed(sample.text[:at], truth)


def _characters(pairs: dict[str, str]) -> Mutation:
    def change(sample: Sample, random: Random) -> Changed:
        text = sample.text
        for old, new in pairs.items():
            text = text.replace(old, new)
        truth = {
            path: _replaced(value, pairs) if isinstance(value, str) else value
            for path, value in sample.truth.items()
        }
        return Changed(text, truth)

    return change


def _replaced(value: str, pairs: dict[str, str]) -> str:
    for old, new in pairs.items():
        if not old.isspace() and not new.isspace():
            value = value.replace(old, new)
    return value


def _label_words(old: str, new: str) -> Mutation:
    def change(sample: Sample, random: Random) -> Changed:
        return Changed(sample.text.replace(old, new), sample.truth)

    return change


def _twice(sample: Sample, random: Random) -> Changed:
    """Two letters in one file: nothing of the second belongs to the first."""
    return Changed(sample.text + "\n\n" + sample.text, sample.truth)


def _payer_line_lost(sample: Sample, random: Random) -> Changed | None:
    """The claims administrator's line of one item is not there."""
    found = list(
        re.finditer(r"[ *]*Claims Administrator guideline:.*?(?=MAXIMUS guideline:)", sample.text, re.DOTALL)
    )
    if not found:
        return None
    index = random.randrange(len(found))
    match = found[index]
    return Changed(
        sample.text[: match.start()] + sample.text[match.end() :],
        {**sample.truth, f"disputes.{index}.payer_basis": None},
    )


def _short_years(sample: Sample, random: Random) -> Changed | None:
    """Header dates with two-digit years."""
    return _with_dates(sample, lambda printed: printed[:6] + printed[8:])


def _hyphens_in_dates(sample: Sample, random: Random) -> Changed | None:
    return _with_dates(sample, lambda printed: printed.replace("/", "-"))


def _with_dates(sample: Sample, form: Callable[[str], str]) -> Changed | None:
    names = [name for name, _ in _HEADER if name not in ("case_number", "priority")]
    found = sorted((sample.places[name] for name in names if name in sample.places), reverse=True)
    if not found:
        return None
    text = sample.text
    for start, end in found:
        text = text[:start] + form(text[start:end]) + text[end:]
    return Changed(text, sample.truth)


def _joined(pattern: str, replacement: str) -> Mutation:
    """Join what stands before and behind a place."""

    def change(sample: Sample, random: Random) -> Changed:
        return Changed(re.sub(pattern, replacement, sample.text), sample.truth)

    return change


def _broken_requests(between: str) -> Mutation:
    """Break every request of more than four words in its middle."""

    def change(sample: Sample, random: Random) -> Changed | None:
        text = sample.text
        found = [
            place for path, place in sample.places.items() if re.fullmatch(r"disputes\.\d+\.request", path)
        ]
        for start, end in sorted(found, reverse=True):
            blanks = [m.start() for m in re.finditer(r"(?<=\w)[ ](?=\w)", text[start:end])]
            if len(blanks) > 4:
                at = start + blanks[len(blanks) // 2]
                text = text[:at] + between + text[at + 1 :]
        return Changed(text, sample.truth) if text != sample.text else None

    return change


def _no_final_period(sample: Sample, random: Random) -> Changed | None:
    """Rationales that lost the period at their end."""
    text, truth = sample.text, dict(sample.truth)
    found = [(place, path) for path, place in sample.places.items() if path.endswith(".rationale")]
    for (_, end), path in sorted(found, reverse=True):
        if text[end - 1] == ".":
            text = text[: end - 1] + text[end:]
            truth[path] = str(truth[path])[:-1]
    return Changed(text, truth) if found else None


MUTATIONS: dict[str, Mutation] = {
    "as it is": lambda sample, random: Changed(sample.text, sample.truth),
    "lines wrapped at 60": _rewrapped(60),
    "lines wrapped at 80": _rewrapped(80),
    "lines wrapped at 140": _rewrapped(140),
    "double spaced, gaps kept": _double_spaced,
    "blank line after every line": _blank_after_each,
    "no blank lines": _no_blank_lines,
    "one line a paragraph": _one_line_a_paragraph,
    "no line ends at all": _no_line_ends,
    "header: one line each": _header_form(_line_each),
    "header: column after column": _header_form(_columns_one_after_the_other),
    "header: labels, then values": _header_form(_labels_then_values),
    "header: values, then labels": _header_form(_values_then_labels),
    "header: two rows": _header_form(_two_rows),
    "header: split label": _header_form(_split_label),
    "header: Markdown table": _header_form(_markdown_table),
    "header lost": _no_header,
    "header: a value lost": _header_value_lost,
    "header: a label lost": _header_label_lost,
    "dates that do not exist": _impossible_dates,
    "Markdown": _markdown("**", "**", table=True),
    "HTML bold": _markdown("<b>", "</b>", table=False),
    "footers between the lines": _footers,
    "page ends between the lines": _page_footers,
    "headings run on, same line": _merged(" "),
    "headings run on, next line": _merged("\n"),
    "outcomes swapped": _swapped_outcomes,
    "colon in requests": _in_requests("Associated surgical service:", front=True),
    "colons and figures in requests": _in_requests("(retrospective DOS: 11/14/16; ratio 2:1)", front=False),
    "quotes in requests": _in_requests('"per RFA of 01/05/2017," QTY: 1.00', front=False),
    "requests of 550 characters": _long_requests,
    "Upheld in rationales": _in_rationales("The earlier appeal was not sustained: Upheld."),
    "Overturned in rationales": _in_rationales("That denial was later\noverturned."),
    "Decision: in rationales": _in_rationales("Decision: the request cannot be granted."),
    "label words in rationales": _in_rationales(
        "The decision rationale: it rests on the guideline: see above."
    ),
    "guideline words in rationales": _in_rationales("Per the MAXIMUS guideline: no more than six visits."),
    "list in rationales": _in_rationales(
        "Criteria:\n\n1. Pain lasting three months.\n\n2. Failed therapy.\n\nThese were not met."
    ),
    "labels in capitals": _label_words("Decision rationale:", "DECISION RATIONALE:"),
    "labels without a colon's blank": _label_words("guideline: ", "guideline:"),
    "outcomes in capitals": _label_words(": Upheld", ": UPHELD"),
    "no blank before outcome": _label_words(": Upheld", ":Upheld"),
    "outcome without colon": _label_words(": Upheld", " Upheld"),
    "dash before outcome": _label_words(": Upheld", " \u2013 Upheld"),
    "Windows line ends": lambda s, r: Changed(s.text.replace("\n", "\r\n"), s.truth),
    "tabs and no-break blanks": lambda s, r: Changed(s.text.replace("  ", "\t\u00a0"), s.truth),
    "typographic quotes": _characters({"'": "\u2019"}),
    "claims administrator's line lost": _payer_line_lost,
    "noise of 0.5 %": _noise(0.005),
    "noise of 2 %": _noise(0.02),
    "cut anywhere": _truncated,
    "header: two-digit years": _short_years,
    "header: hyphens in dates": _hyphens_in_dates,
    "label behind the outcome": _joined(r"\s*\n\s*\n(?=[* ]*Claims Administrator guideline:)", " "),
    "labels behind the line before": _joined(
        r"\s*\n\s*\n(?=[* ]*(?:MAXIMUS guideline|Decision rationale):)", " "
    ),
    "outcome on its own line": _joined(r":(?:\*\*)? +(?=(?:Upheld|Overturned)\s*\n)", ":\n"),
    "page end within requests": _broken_requests("\n\n\f"),
    "gap within requests": _broken_requests("\n\n"),
    "footer within requests": _broken_requests("\n\nCM15-0000001 Page 3 of 7\n\f\n"),
    "line end within requests": _broken_requests("\n"),
    "rationales without a final period": _no_final_period,
    "two letters in one file": _twice,
}

# These draw where or how they change a letter; all others do the same each time.
AT_RANDOM = frozenset(
    {
        "header: a value lost",
        "header: a label lost",
        "dates that do not exist",
        "claims administrator's line lost",
        "noise of 0.5 %",
        "noise of 2 %",
        "cut anywhere",
    }
)

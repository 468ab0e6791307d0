"""Notices about a review: assignment and records, reminders, conversion, termination, remand, invoice."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.casework.parts import CaseParty, ClosedBecause, DisputeStatus, Invoice
from openimr.desk.notices.frame import (
    Notice,
    clocks,
    due_words,
    head,
    law,
    name_of,
    questions,
    treatments,
    us_day,
)
from openimr.law.calendars import local_day
from openimr.law.other_starts import deadline_from
from openimr.law.rulebook import NotEncoded
from openimr.letters.blocks import Block, Decision, Entries, Fields, Heading, Paragraph
from openimr.terms.letter import Priority
from openimr.terms.period import Moment

_RECORDS = ("D1", "D2", "D3")


def assignment(notice: Notice) -> Sequence[Block]:
    """Return the notice of assignment, which asks for the records."""
    eligible = notice.state.case.dates.eligible
    found = f" on {us_day(local_day(eligible))}" if eligible else ""
    return [
        *head(notice, "Notice of Assignment and Request for Records"),
        Paragraph(
            f"The application for independent medical review was found eligible{found}. "
            f"{notice.organization} carries out the review. A physician who has no tie to anybody in this "
            "case decides whether the treatment is medically necessary. Who the physician is stays "
            "confidential."
        ),
        *treatments(notice, "Treatment under review:", DisputeStatus.ELIGIBLE),
        *treatments(
            notice,
            "Not under review (see the notice about it):",
            DisputeStatus.INELIGIBLE,
            DisputeStatus.DEFERRED,
        ),
        *_what_to_send(notice),
        Heading("WHAT HAPPENS NEXT"),
        Paragraph(_next_words(notice)),
        *_end_of_dispute(notice),
        *law(notice, "notice_of_assignment", *_record_rules(notice), "determination_deadline"),
        *questions(notice),
    ]


def _record_rules(notice: Notice) -> tuple[str, ...]:
    expedited = notice.state.case.case.priority is Priority.EXPEDITED
    if notice.party is CaseParty.PAYER:
        rule = "records_deadline_expedited" if expedited else "records_deadline"
        return (rule, "records_duties", "copies_of_records")
    return ("records_of_employee_expedited" if expedited else "records_of_employee",)


def _what_to_send(notice: Notice) -> list[Block]:
    if notice.party is CaseParty.PAYER:
        return _records_of_payer(notice)
    clock = next(iter(clocks(notice, "D4")), None)
    words = (
        "You need not send anything. If you have records that the physician should see, such as reports, "
        "results of tests or your own account of treatment so far, send them and name the case number."
    )
    if notice.party is CaseParty.PROVIDER:
        words = (
            "The claims administrator sends the records. You may send records of your own that support the "
            "request; name the case number."
        )
    blocks: list[Block] = [Heading("RECORDS YOU MAY SEND"), Paragraph(words)]
    if day := due_words(clock):
        blocks.append(Paragraph(day, lead="They should be here by:"))
    return blocks


def _records_of_payer(notice: Notice) -> list[Block]:
    """Return the request for the records that the regulation lists."""
    version = notice.rulebook.version_on("records_duties", notice.on)
    blocks: list[Block] = [
        Heading("RECORDS TO SEND"),
        Paragraph(
            "Send us the records listed here, and at the same time copies to the employee and the requesting "
            "physician of whatever they do not have."
        ),
    ]
    if not isinstance(version, NotEncoded):
        if version.has("look_back"):
            period = version.period("look_back")
            blocks.append(Paragraph(f"Records of the {period} before the request for treatment count."))
        texts = tuple(i.text[:1].upper() + i.text[1:] + "." for i in version.items("contents"))
        blocks.append(Entries("The records:", texts))
    clock = next(iter(clocks(notice, *_RECORDS)), None)
    if day := due_words(clock):
        blocks.append(Decision("Records due:", day + ".", "They must be here on that day."))
    elif clock is not None:
        blocks.append(Paragraph(_counted_from_sending(notice), lead="Records due:"))
    return blocks


def _counted_from_sending(notice: Notice) -> str:
    """Return how the time for records counts, where the day of sending is not known yet."""
    version = notice.rulebook.version_on("records_deadline", notice.on)
    if notice.state.case.case.priority is Priority.EXPEDITED or isinstance(version, NotEncoded):
        return "at once; the time runs from the receipt of this notice."
    mailed, electronic = version.period("mailed"), version.period("electronic")
    return f"{mailed} from the day this notice is mailed, {electronic} where it is sent electronically."


def _next_words(notice: Notice) -> str:
    version = notice.rulebook.version_on("determination_deadline", notice.on)
    expedited = notice.state.case.case.priority is Priority.EXPEDITED
    length = ""
    if not isinstance(version, NotEncoded):
        period = version.period("expedited" if expedited else "regular")
        length = f" within {period}"
    return (
        f"When the records are complete, the physician reads them and decides{length}. The written "
        "determination is sent to everybody who receives this notice. It states the reasons, the documents "
        "that were read, and how it can be appealed."
    )


def _end_of_dispute(notice: Notice) -> list[Block]:
    if notice.party is CaseParty.PAYER:
        words = "If you authorize any of the treatment, tell us at once: the review of it then ends."
    else:
        words = "If the treatment is authorized or no longer wanted, tell us: the review of it then ends."
    return [Paragraph(words)]


def records_chase(notice: Notice) -> Sequence[Block]:
    """Return the reminder that records are missing, with what the law says of the delay."""
    chases = notice.state.chases
    chase = chases[min(notice.number, len(chases)) - 1] if chases else None
    if chase is None:
        return head(notice, "Reminder: Records Are Missing")
    penalty = [Paragraph(f"${chase.penalty_usd:,}", lead="Penalty so far:")] if chase.penalty_usd else []
    return [
        *head(notice, "Reminder: Records Are Missing"),
        Paragraph("The review cannot go on, because records that you have to send are not here."),
        Entries("Missing:", chase.missing),
        Paragraph(f"{chase.explanation.rstrip('.')}.", lead="The time for them:"),
        *penalty,
        Paragraph(
            "Send them today. If a record does not exist, say so in writing: that ends the wait for it."
        ),
        *law(notice, *_record_rules(notice)[:2], "records_penalty"),
        *questions(notice),
    ]


def conversion(notice: Notice) -> Sequence[Block]:
    """Return the notice that the review became an expedited one."""
    certified = notice.state.case.dates.expedited_certified
    when = f" on {us_day(local_day(certified))}" if certified else ""
    records = next(iter(clocks(notice, "D3")), None)
    due = f" They are due by {due_words(records)}." if due_words(records) else ""
    return [
        *head(notice, "Notice of Conversion to an Expedited Review"),
        Paragraph(
            f"It was certified{when} that waiting would be a serious threat to the health of the employee. "
            "From now on the short periods of an expedited review apply."
        ),
        *treatments(notice, "Treatment under review:", DisputeStatus.ELIGIBLE),
        Paragraph(f"Records that are not here yet have to be sent at once.{due}"),
        *law(notice, "conversion_to_expedited", "records_deadline_expedited", "determination_deadline"),
        *questions(notice),
    ]


def termination(notice: Notice) -> Sequence[Block]:
    """Return the notice that a review ends without a determination."""
    closed = notice.state.closed
    return [
        *head(notice, "Notice of Termination"),
        Decision("Decision:", "Ended.", "This independent medical review ends without a determination."),
        Paragraph((closed.why if closed else None) or "not stated", lead="Reason:"),
        *treatments(notice, "Treatment that was under review:"),
        Paragraph(
            "No physician decided whether the treatment is medically necessary. A later decision of "
            "utilization review opens a right to review of its own."
        ),
        *law(notice, "notice_of_authorization"),
        *questions(notice),
    ]


def remand(notice: Notice) -> Sequence[Block]:
    """Return the notice that a reversed case is reviewed anew."""
    closed = notice.state.closed
    elsewhere = closed is not None and closed.because is ClosedBecause.SENT_ELSEWHERE
    goes_to = (
        f"The case goes to {closed.goes_on_in}, which tells you how it goes on."
        if closed is not None and elsewhere
        else "No other review organization is available: another physician of this organization reviews anew."
    )
    appeal = notice.state.appeals[-1] if notice.state.appeals else None
    facts = appeal.facts if appeal else ()
    decided = f" on {us_day(appeal.decided_on)}" if appeal and appeal.decided_on else ""
    return [
        *head(notice, "Notice of Remand"),
        Paragraph(f"The Workers' Compensation Appeals Board reversed the determination{decided}. {goes_to}"),
        *([Entries("What the order names as wrong:", facts)] if facts else []),
        *treatments(notice, "Treatment reviewed anew:", DisputeStatus.ELIGIBLE),
        Paragraph("The earlier determination does not count any more. Nobody who made it takes part again."),
        *law(notice, "remand", "remand_order"),
        *questions(notice),
    ]


def invoice(notice: Notice) -> Sequence[Block]:
    """Return the invoice to the claims administrator."""
    bill = next((i for i in notice.state.invoices if i.paper == notice.paper.id), None)
    blocks = head(notice, "Invoice")
    if bill is None:
        return blocks
    blocks.append(Fields("Invoice", _bill_rows(notice, bill), is_table=True))
    blocks.append(Decision("Amount due:", f"${bill.amount_usd:,}.00", ""))
    blocks.append(Paragraph(f"{bill.basis.rstrip('.')}.", lead="How it was reached:"))
    blocks.extend(treatments(notice, "Treatment that was applied for:"))
    moment = Moment(notice.sent) if notice.sent else None
    clock = deadline_from(
        notice.state.case, notice.rulebook, ref="F1", start="invoice_received", moment=moment
    )
    if day := due_words(clock):
        blocks.append(Paragraph(f"{day}, if it is received on the day of its date.", lead="Pay by:"))
    received = notice.state.case.dates.application_received
    on = local_day(received) if received else None
    return [*blocks, *law(notice, "invoice", on=on), *questions(notice)]


def _bill_rows(notice: Notice, bill: Invoice) -> tuple[tuple[str, str], ...]:
    return (
        ("Invoice number", bill.number),
        ("Date of invoice", us_day(bill.sent_at.date())),
        ("Owed by", name_of(notice.state.case, CaseParty.PAYER) or "not stated"),
        ("For case", notice.state.case_number),
    )

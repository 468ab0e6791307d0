"""The questions to somebody who applies without a lawyer: one a screen, in plain words.

Which questions come depends on the answers before. Every one may be answered
with "I do not know": what is not known is then absent from the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from openimr.desk.application_forms import MOST_DISPUTES, day_field
from openimr.desk.entered import Entered
from openimr.terms.case import ServiceMethod, UrAction

YES_NO = (("yes", "Yes"), ("no", "No"))
# how many treatments somebody can name one by one
MOST_TREATMENTS = 10
ACTIONS = (
    (UrAction.DENY.value, "It said no"),
    (UrAction.MODIFY.value, "It said yes to a part and no to the rest"),
    (UrAction.CONDITIONAL.value, "It said no because papers were missing"),
    (UrAction.RETROSPECTIVE_DENY.value, "It said no to care I already got"),
)
WAYS = (
    (ServiceMethod.MAIL_CA.value, "By mail from a place in California"),
    (ServiceMethod.MAIL_US.value, "By mail from another state"),
    (ServiceMethod.FAX.value, "By fax"),
    (ServiceMethod.ELECTRONIC.value, "By e-mail"),
    (ServiceMethod.PERSONAL.value, "Someone handed it to me"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its name in the address, its words, and the field that it fills.

    Attributes:
        row: The number of the treatment that it is about, from 1; None for the whole case.
        paper: For a question that asks for a paper: what kind it is.
        must: Whether nothing can be filed without an answer.
    """

    name: str
    text: str
    field: str
    hint: str = ""
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    row: int | None = None
    paper: str | None = None
    must: bool = False
    part: str = ""


YOU, HURT, LETTER, CARE, PAPERS = (
    "About you",
    "How you were hurt",
    "The letter that said no",
    "The care you want",
    "Your papers",
)
_ABOUT_YOU = (
    Question(
        name="name",
        field="patient_name",
        text="What is your full name?",
        hint="Write it as it stands on your claim papers.",
        must=True,
        part=YOU,
    ),
    Question(name="birthday", field="born_on", text="When were you born?", kind="day", part=YOU),
    Question(
        name="lawyer",
        field="represented",
        text="Does a lawyer help you with this claim?",
        hint="You do not need one to ask for a review.",
        kind="choice",
        choices=YES_NO,
        part=YOU,
    ),
)
_LAWYER = Question(name="lawyer-name", field="attorney", text="What is the name of your lawyer?", part=YOU)
_HURT = (
    Question(
        name="injury-day",
        field="of_injury",
        text="What day were you hurt?",
        hint="If you were hurt bit by bit, use the day on your claim form.",
        kind="day",
        part=HURT,
    ),
    Question(
        name="employer",
        field="employer",
        text="Who did you work for when you were hurt?",
        hint="Write the name of the company.",
        part=HURT,
    ),
    Question(
        name="hurt",
        field="diagnoses",
        text="What is wrong?",
        hint="Use your own words, or the words of your doctor. One thing on a line.",
        kind="lines",
        part=HURT,
    ),
)
_LETTER = (
    Question(
        name="insurer",
        field="payer",
        text="Who said no to your care?",
        hint="The name is at the top of the letter. It may be a claims office or an insurance company.",
        part=LETTER,
    ),
    Question(
        name="letter-day",
        field="ur_decision",
        text="What day is on the letter?",
        hint="The letter is called a utilization review decision.",
        kind="day",
        part=LETTER,
    ),
    Question(
        name="sent-day",
        field="ur_served",
        text="What day was the letter sent to you?",
        hint="Look for a page that says “proof of service”. The time you have starts on that day.",
        kind="day",
        part=LETTER,
    ),
    Question(
        name="sent-how",
        field="ur_service",
        text="How did the letter come to you?",
        kind="choice",
        choices=WAYS,
        part=LETTER,
    ),
    Question(
        name="not-ours",
        field="liability_disputed",
        text="Does the letter say that they do not have to pay for this injury?",
        hint="Some letters say that the injury, or a part of your body, is not a part of the claim.",
        kind="choice",
        choices=YES_NO,
        part=LETTER,
    ),
)
_DOCTOR = (
    Question(
        name="doctor",
        field="provider",
        text="Which doctor asked for the care?",
        hint="Write the name of the doctor.",
        part=CARE,
    ),
    Question(
        name="doctor-kind",
        field="provider_specialty",
        text="What kind of doctor is that?",
        hint="For example: a family doctor, a bone surgeon, a pain doctor.",
        part=CARE,
    ),
)
_PAPERS = (
    Question(
        name="urgent",
        field="priority",
        text="Did a doctor write that it would put your health in danger to wait?",
        hint="Then the review is faster. The paper from the doctor must come with it.",
        kind="choice",
        choices=(("expedited", "Yes"), ("regular", "No")),
        part=PAPERS,
    ),
    Question(
        name="letter",
        field="ur_decision_attached",
        text="Can you send us the letter that said no?",
        hint="We need it. You can take a photo of each page with your phone, or send a PDF.",
        paper="ur_decision",
        kind="paper",
        part=PAPERS,
    ),
    Question(
        name="request-form",
        field="",
        text="Do you have the form in which your doctor asked for the care?",
        hint="It is called “Request for Authorization”. It helps, but you do not need it.",
        paper="rfa",
        kind="paper",
        part=PAPERS,
    ),
)
_CERTIFICATE = Question(
    name="certificate",
    field="",
    text="Please send the paper in which your doctor wrote this.",
    hint="Take a photo of it, or send a PDF.",
    paper="certification",
    kind="paper",
    part=PAPERS,
)
_TREATMENT = (
    Question(
        name="care",
        field="request",
        text="What care did they say no to?",
        hint="Copy the words from the letter. Name one thing here. You can add more after it.",
        must=True,
        part=CARE,
    ),
    Question(
        name="answer",
        field="ur_action",
        text="What did the letter say about this care?",
        kind="choice",
        choices=ACTIONS,
        part=CARE,
    ),
    Question(
        name="asked",
        field="requested",
        text="How much of it did your doctor ask for?",
        hint="For example: 12 visits, or 90 pills.",
        part=CARE,
    ),
)
_ALLOWED = Question(
    name="allowed",
    field="authorized",
    text="How much of it did they say yes to?",
    hint="For example: 6 visits.",
    part=CARE,
)
_MORE = Question(
    name="more",
    field="more",
    text="Did the letter say no to anything else?",
    kind="choice",
    choices=YES_NO,
    part=CARE,
)


def questions_of(entered: Entered) -> tuple[Question, ...]:
    """Return the questions to somebody, in order, as the answers so far make them.

    Example:
        >>> [q.name for q in questions_of({"represented": "yes"})][2:4]
        ['lawyer', 'lawyer-name']
    """
    return tuple(_walk(entered))


def _walk(entered: Entered) -> Iterator[Question]:
    yield from _ABOUT_YOU
    if entered.get("represented") == "yes":
        yield _LAWYER
    yield from _HURT
    yield from _LETTER
    yield from _DOCTOR
    yield from _treatments(entered)
    for question in _PAPERS:
        yield question
        if question.name == "urgent" and entered.get("priority") == "expedited":
            yield _CERTIFICATE


def _treatments(entered: Entered) -> Iterator[Question]:
    rows = list(entered.get("disputes", ()))
    for number in range(1, MOST_TREATMENTS + 1):
        row = rows[number - 1] if number <= len(rows) else {}
        yield from (_of_row(question, number) for question in _TREATMENT)
        if row.get("ur_action") == UrAction.MODIFY:
            yield _of_row(_ALLOWED, number)
        if number == MOST_TREATMENTS:
            return
        yield _of_row(_MORE, number)
        if row.get("more") != "yes" and number >= len(rows):
            return


def _of_row(question: Question, number: int) -> Question:
    words = question.text if number == 1 else question.text.replace("What care did", "What other care did")
    return replace(question, name=f"{question.name}-{number}", text=words, row=number)


def answer_to(question: Question, entered: Entered) -> str:
    """Return what was answered to a question so far, as it was typed."""
    if question.row is None:
        return str(entered.get(question.field) or "")
    rows = entered.get("disputes", ())
    return str(rows[question.row - 1].get(question.field) or "") if question.row <= len(rows) else ""


def with_answer(question: Question, value: str, entered: Entered) -> dict[str, Any]:
    """Return what changes in a draft with an answer."""
    if question.row is None:
        return {question.field: value} if question.field else {}
    rows = [dict(row) for row in entered.get("disputes", ())][:MOST_DISPUTES]
    while len(rows) < question.row:
        rows.append({})
    rows[question.row - 1][question.field] = value
    if question.field == "more" and value != "yes":
        rows = rows[: question.row]
    return {"disputes": rows}


def form_for(question: Question, told: Mapping[str, str] | None, entered: Entered) -> forms.Form:
    """Return the form of a question: one field named ``answer``."""
    form = forms.Form(told, initial={"answer": answer_to(question, entered)})
    form.fields["answer"] = _field(question)
    return form


def _field(question: Question) -> forms.Field:
    if question.kind == "day":
        return _required(day_field(question.text, question.hint), "Enter a day, or choose “I do not know”.")
    missing = "Write your answer here." if question.must else "Write an answer, or choose “I do not know”."
    if question.kind == "choice":
        field: forms.Field = forms.ChoiceField(
            label=question.text, help_text=question.hint, choices=question.choices, widget=forms.RadioSelect
        )
        return _required(field, "Choose one, or choose “I do not know”.")
    widget = forms.Textarea(attrs={"rows": 4}) if question.kind == "lines" else forms.TextInput()
    most = 2000 if question.kind == "lines" else 300
    field = forms.CharField(
        label=question.text,
        help_text=question.hint,
        max_length=most,
        widget=widget,
        error_messages={"max_length": "This is too long. Please use fewer words."},
    )
    return _required(field, missing)


def _required(field: forms.Field, words: str) -> forms.Field:
    field.required = True
    field.error_messages["required"] = words
    return field

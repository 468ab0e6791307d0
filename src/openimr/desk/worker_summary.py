"""The answers of somebody who applies without a lawyer, to look over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openimr.desk.application_summary import day_words
from openimr.desk.models import ApplicationDraft
from openimr.desk.questions import Question, answer_to, questions_of

UNKNOWN = "I do not know"
NOT_ANSWERED = "No answer yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question with its answer; ``is_open`` where there is none."""

    question: Question
    answer: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredPart:
    """The answers of one part of the questions."""

    title: str
    answers: tuple[Answered, ...]


def answers_of(draft: ApplicationDraft) -> tuple[AnsweredPart, ...]:
    """Return every question with its answer, part by part."""
    found = list(_answers(draft))
    titles = dict.fromkeys(one.question.part for one in found)
    return tuple(
        AnsweredPart(title=title, answers=tuple(one for one in found if one.question.part == title))
        for title in titles
    )


def _answers(draft: ApplicationDraft) -> Iterator[Answered]:
    unknown = draft.entered.get("unknown", ())
    for question in questions_of(draft.entered):
        words = _words(question, draft)
        if not words:
            words = _nothing(question) if question.name in unknown else NOT_ANSWERED
        yield Answered(question=question, answer=words, is_open=words == NOT_ANSWERED)


def _nothing(question: Question) -> str:
    return "I do not have it" if question.paper else UNKNOWN


def _words(question: Question, draft: ApplicationDraft) -> str:
    if question.paper:
        papers = draft.entered.get("papers", ())
        return ", ".join(paper["name"] for paper in papers if paper["kind"] == question.paper)
    told = answer_to(question, draft.entered)
    if question.kind == "choice":
        return dict(question.choices).get(told, "")
    return day_words(told) if question.kind == "day" else told

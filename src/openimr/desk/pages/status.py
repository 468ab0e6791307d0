"""The public status of a case: by its number, without any name; and whether the desk is healthy."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.stages import Stage
from openimr.desk.access import PUBLIC, page
from openimr.desk.models import Case, CaseEvent

# What anybody may know of a case, by the name of the event.
STEPS: Mapping[str, str] = {
    "ApplicationFiled": "The application came in.",
    "InformationRequested": "A party was asked for information.",
    "InformationReceived": "An answer came in.",
    "EligibilityDecided": "It was decided which disputes may be reviewed.",
    "EligibilityDecidedAnew": "It was decided anew which disputes may be reviewed.",
    "ConvertedToExpedited": "The review became an expedited one.",
    "RecordsCompleted": "The file was closed for review.",
    "Released": "The determination was made.",
    "CorrectionReleased": "A corrected determination was made.",
    "Terminated": "The review was ended.",
    "AppealFiled": "The determination was appealed.",
    "AppealDecided": "The appeal was decided.",
    "Remanded": "The case is reviewed anew.",
}
STAGES: Mapping[Stage, str] = {
    Stage.DRAFT: "The application is not filed yet.",
    Stage.SCREENING: "It is being checked whether the application can be reviewed.",
    Stage.INFORMATION: "A party was asked for what is needed to decide whether the case can be reviewed.",
    Stage.INELIGIBLE: "The application is not eligible for review.",
    Stage.DEFERRED: "The review is deferred until the dispute over liability is resolved.",
    Stage.DUPLICATE: "The application is a duplicate of another one.",
    Stage.CONSOLIDATED: "The application is reviewed together with another one.",
    Stage.NOTICE: "The case is eligible; the notice of assignment is being sent.",
    Stage.RECORDS: "The parties were asked for the medical records.",
    Stage.UNDECIDABLE: "Records are missing without which the case cannot be decided.",
    Stage.SERVICE: "The determination was made and is being sent.",
    Stage.SERVED: "The determination was sent to the parties.",
    Stage.APPEAL: "The determination was appealed.",
    Stage.REMAND: "The determination was reversed on appeal; it is decided who reviews anew.",
    Stage.TERMINATED: "The review was ended without a determination.",
    Stage.SENT_ELSEWHERE: "The case went to another review organization.",
}
UNDER_REVIEW = "The case is under review."


@page(PUBLIC)
def ask(request: HttpRequest) -> HttpResponse:
    """Return the page that asks for a case number, or go to that case."""
    number = request.GET.get("number", "").strip()
    if not number:
        return render(request, "desk/status/ask.html")
    if not Case.objects.filter(number=number).exists():
        return render(request, "desk/status/ask.html", {"number": number, "missing": True}, status=404)
    return redirect("status-of", number=number)


@page(PUBLIC)
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Return where a case stands and its dated steps, for anybody."""
    case = Case.objects.filter(number=number).exclude(stage=Stage.DRAFT).first()
    if case is None:
        raise Http404
    log = CaseEvent.objects.filter(case=case, kind__in=STEPS).order_by("number").values_list("at", "kind")
    return render(
        request,
        "desk/status/show.html",
        {
            "case": case,
            "where": where(case),
            "steps": [(at, STEPS[kind]) for at, kind in log],
        },
    )


def where(case: Case) -> str:
    """Return where a case stands, in a sentence for anybody."""
    return STAGES.get(Stage(case.stage), UNDER_REVIEW)


@page(PUBLIC)
def healthy(request: HttpRequest) -> HttpResponse:
    """Return one word where the database answers: for whatever watches over the desk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("healthy\n", content_type="text/plain")

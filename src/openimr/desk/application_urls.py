"""The addresses of applications and of eligibility."""

from __future__ import annotations

from django.urls import URLPattern, path

from openimr.desk.pages import consolidation, eligibility, intake, invitations, payers, worker
from openimr.desk.pages.application_acts import VIEWS

_DRAFT = "applications/<str:draft>/"
_APPLY = "apply/<str:draft>/"

ADDRESSES: list[URLPattern] = [
    # for intake: the guided form
    path("applications/", intake.listed, name="applications"),
    path("applications/new/", intake.new, name="application-new"),
    path(f"{_DRAFT}review/", intake.review, name="application-review"),
    path(f"{_DRAFT}papers/", intake.add_paper, name="application-paper"),
    path(f"{_DRAFT}papers/<int:paper>/remove/", intake.remove_paper, name="application-paper-remove"),
    path(f"{_DRAFT}papers/<int:paper>/<int:sheet>/", intake.sheet, name="application-sheet"),
    path(f"{_DRAFT}<str:step>/", intake.step, name="application-step"),
    path(f"{_DRAFT}<str:step>/save/", intake.save, name="application-save"),
    # for somebody who applies alone: one question a screen
    path("my-cases/", worker.listed, name="my-cases"),
    path("my-cases/<str:number>/", worker.show, name="my-case"),
    path("apply/", worker.begin, name="apply"),
    path(_APPLY, worker.resume, name="apply-resume"),
    path(f"{_APPLY}check/", worker.check, name="apply-check"),
    path(f"{_APPLY}sign/", worker.sign, name="apply-sign"),
    path(f"{_APPLY}<str:question>/", worker.question, name="apply-question"),
    path(f"{_APPLY}<str:question>/save/", worker.save, name="apply-save"),
    # who the parties are: claims administrators, and applicants that are invited
    path("payers/", payers.show, name="payers"),
    path("payers/<int:payer>/", payers.organization, name="payer"),
    path("payers/<int:payer>/forget/", payers.forget, name="payer-forget"),
    path("cases/<str:number>/payer/", payers.link, name="case-link-payer"),
    path("cases/<str:number>/payer/not/", payers.refuse, name="case-refuse-payer"),
    path("cases/<str:number>/invitations/", invitations.show, name="case-invitations"),
    path(
        "cases/<str:number>/invitations/<int:invitation>/revoke/",
        invitations.revoke,
        name="case-invitation-revoke",
    ),
    path("join/", invitations.join, name="join"),
    # eligibility
    path("cases/<str:number>/eligibility/", eligibility.show, name="case-eligibility"),
    path("cases/<str:number>/eligibility/decide/", eligibility.decide, name="case-decide-eligibility"),
    path("cases/<str:number>/eligibility/look/", eligibility.screen, name="case-screen-application"),
    path("cases/<str:number>/correct/", eligibility.correct, name="case-correct-application"),
    path("cases/<str:number>/file-again/", eligibility.file_again, name="case-file-again"),
    path("cases/<str:number>/consolidate/", consolidation.consolidate, name="case-take-in-case"),
    *(
        path(
            f"cases/<str:number>/{action.value.replace('_', '-')}/",
            view,
            name=f"case-{action.value.replace('_', '-')}",
        )
        for action, view in VIEWS.items()
    ),
]

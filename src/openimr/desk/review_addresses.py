"""The addresses of the panel, of assignment, of review and of release."""

from __future__ import annotations

from django.urls import path

from openimr.desk.pages import adoption, assignment, candidates, draft, panel, panel_changes, release, reviews

_CASE = "cases/<str:number>"

REVIEWS = [
    path("panel/", panel.show, name="panel"),
    path("panel/add/", panel.add, name="panel-add"),
    path("panel/import/", panel.bring_in, name="panel-import"),
    path("panel/export/", panel.export, name="panel-export"),
    path("panel/changes/", panel_changes.show, name="panel-changes"),
    path("panel/changes/changes.csv", panel_changes.export, name="panel-changes-csv"),
    path("panel/of/<str:reviewer>/", panel.entry, name="panel-reviewer"),
    path("panel/of/<str:reviewer>/edit/", panel.edit, name="panel-edit"),
    path("panel/of/<str:reviewer>/active/", panel.set_active, name="panel-set-active"),
    path("assignment/", assignment.show, name="assignment"),
    path("assignment/draw/", assignment.draw, name="assignment-draw"),
    path("assignment/draws/<str:draw>/", assignment.show_draw, name="draw"),
    path("assignment/draws/<str:draw>/confirm/", assignment.confirm, name="draw-confirm"),
    path("assignment/draws/<str:draw>/audit/", assignment.audit, name="draw-audit"),
    path("assignment/draws/<str:draw>/record/", assignment.record, name="draw-record"),
    path("assignment/offers/<int:offer>/lapse/", assignment.let_pass, name="offer-lapse"),
    path("reviews/", reviews.show, name="reviews"),
    path("reviews/availability/", panel.availability, name="my-availability"),
    path(f"{_CASE}/reviewers/", candidates.show, name="case-propose-reviewer"),
    path(f"{_CASE}/reviewers/tie/", candidates.judge, name="case-judge-tie"),
    path(f"{_CASE}/reviewers/nobody/", candidates.report_nobody, name="case-report-nobody"),
    path(f"{_CASE}/reviewers/replace/", candidates.replace, name="case-replace-reviewer"),
    path(f"{_CASE}/reviewers/several/", candidates.approve, name="case-approve-reviewers"),
    path(f"{_CASE}/reviewers/conflict/", reviews.report_conflict, name="case-report-conflict"),
    path(f"{_CASE}/review/attest/", reviews.attest, name="case-attest"),
    path(f"{_CASE}/review/decline/", reviews.decline, name="case-decline"),
    path(f"{_CASE}/review/view/", reviews.record_view, name="case-record-view"),
    path(f"{_CASE}/review/draft/", reviews.open_draft, name="case-open-draft"),
    path(f"{_CASE}/review/prepare/", draft.prepare, name="case-prepare-draft"),
    path(f"{_CASE}/review/extend/", draft.extend, name="case-approve-extension"),
    path(f"{_CASE}/review/", adoption.decide, name="case-adopt-determination"),
    path(f"{_CASE}/review/save/", adoption.save, name="case-save-review"),
    path(f"{_CASE}/versions/", release.versions, name="case-versions"),
    path(f"{_CASE}/versions/<int:version>/signed/", release.signed, name="case-signed-determination"),
    path(f"{_CASE}/release/", release.check, name="case-release-determination"),
    path(f"{_CASE}/release/compose/", release.compose, name="case-compose-letter"),
    path(f"{_CASE}/release/return/", release.give_back, name="case-return-for-rewrite"),
    path(f"{_CASE}/release/letter/<str:form>/", release.letter_file, name="case-determination-letter"),
]

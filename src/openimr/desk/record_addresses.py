"""The addresses of the records of a case."""

from __future__ import annotations

from django.urls import path

from openimr.desk.pages import boundaries, case_file, record_acts, records, uploads, viewer

_CASE = "cases/<str:number>"

RECORDS = [
    path(f"{_CASE}/records/", records.show, name="case-records"),
    path(f"{_CASE}/records/receive/", uploads.receive, name="case-receive-records"),
    path(f"{_CASE}/records/chase/", record_acts.chase, name="case-chase-records"),
    path(f"{_CASE}/records/complete/", record_acts.complete, name="case-complete-records"),
    path(f"{_CASE}/records/undecidable/", record_acts.undecidable, name="case-find-undecidable"),
    path(f"{_CASE}/information/ask/", record_acts.ask, name="case-request-information"),
    path(f"{_CASE}/information/answer/", record_acts.answer, name="case-answer-information"),
    path(f"{_CASE}/information/close/", record_acts.close, name="case-close-information"),
    path(f"{_CASE}/jobs/", records.jobs, name="case-jobs"),
    path(f"{_CASE}/jobs/again/", records.start_again, name="case-job-again"),
    path(f"{_CASE}/uploads/", uploads.announce, name="case-uploads"),
    path(f"{_CASE}/uploads/<str:key>/", uploads.piece, name="case-upload-piece"),
    path(f"{_CASE}/files/<str:sha256>/", records.file, name="case-file"),
    path(f"{_CASE}/exhibits/", case_file.exhibits, name="case-exhibits"),
    path(f"{_CASE}/chronology/", case_file.chronology, name="case-chronology"),
    path(f"{_CASE}/search/", case_file.search, name="case-search"),
    path(f"{_CASE}/pages/<int:place>/", viewer.show, name="case-page"),
    path(f"{_CASE}/pages/<int:place>/boundary/", boundaries.set_boundary, name="case-page-boundary"),
    path(f"{_CASE}/pages/<int:place>/picture/", viewer.picture, name="case-page-picture"),
]

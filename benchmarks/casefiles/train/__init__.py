"""Families that the author of the splitter may look at, each with how often it comes."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.casefiles.draft import Family
from benchmarks.casefiles.train.claims import (
    application,
    fax_sheet,
    lawyer_letter,
    request_form,
    review_letter,
    work_slip,
)
from benchmarks.casefiles.train.clinic import (
    dictated_letter,
    first_report_form,
    progress_form,
    record_printout,
)
from benchmarks.casefiles.train.hospital import drug_test, nerve_study, operation, picture_report
from benchmarks.casefiles.train.long import drug_ledger, evaluator_report, therapy_sheet
from benchmarks.casefiles.train.odd import (
    bare_dictation,
    chart_log,
    deposition,
    evaluators_letter,
    nurse_report,
    pathway_table,
    portal_summary,
    ward_terminal,
)
from benchmarks.casefiles.train.styled.families import STYLED

CLASSIC: Mapping[str, tuple[Family, int]] = {
    "record_printout": (record_printout, 16),
    "progress_form": (progress_form, 14),
    "dictated_letter": (dictated_letter, 7),
    "first_report_form": (first_report_form, 2),
    "operation": (operation, 3),
    "picture_report": (picture_report, 5),
    "drug_test": (drug_test, 5),
    "nerve_study": (nerve_study, 3),
    "review_letter": (review_letter, 6),
    "request_form": (request_form, 9),
    "application": (application, 2),
    "work_slip": (work_slip, 8),
    "fax_sheet": (fax_sheet, 4),
    "lawyer_letter": (lawyer_letter, 4),
    "evaluator_report": (evaluator_report, 2),
    "therapy_sheet": (therapy_sheet, 12),
    "drug_ledger": (drug_ledger, 3),
}

ODD: Mapping[str, tuple[Family, int]] = {
    "bare_dictation": (bare_dictation, 4),
    "ward_terminal": (ward_terminal, 2),
    "portal_summary": (portal_summary, 4),
    "chart_log": (chart_log, 5),
    "deposition": (deposition, 1),
    "nurse_report": (nurse_report, 2),
    "pathway_table": (pathway_table, 2),
    "evaluators_letter": (evaluators_letter, 1),
}

TRAIN: Mapping[str, tuple[Family, int]] = {**CLASSIC, **ODD, **STYLED}

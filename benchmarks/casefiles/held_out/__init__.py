"""Families that the author of the splitter does not read, so that the figures mean something."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.casefiles.draft import Family
from benchmarks.casefiles.held_out.lineprinter import (
    county_clinic,
    county_laboratory,
    county_operation,
    county_picture,
)
from benchmarks.casefiles.held_out.offices import (
    adjuster_letter,
    agreed_evaluation,
    application_newer,
    benefit_statement,
    nerve_letter,
    outcome_notice,
    request_by_letter,
    transmission_sheet,
)
from benchmarks.casefiles.held_out.practices import (
    capacity_note,
    chiropractic_columns,
    first_visit_told,
    narrative_progress,
    portal_export,
)

HELD_OUT: Mapping[str, tuple[Family, int]] = {
    "portal_export": (portal_export, 14),
    "narrative_progress": (narrative_progress, 12),
    "county_clinic": (county_clinic, 6),
    "county_operation": (county_operation, 3),
    "county_picture": (county_picture, 5),
    "county_laboratory": (county_laboratory, 5),
    "nerve_letter": (nerve_letter, 3),
    "outcome_notice": (outcome_notice, 6),
    "request_by_letter": (request_by_letter, 9),
    "application_newer": (application_newer, 2),
    "capacity_note": (capacity_note, 8),
    "transmission_sheet": (transmission_sheet, 4),
    "adjuster_letter": (adjuster_letter, 4),
    "agreed_evaluation": (agreed_evaluation, 2),
    "chiropractic_columns": (chiropractic_columns, 12),
    "benefit_statement": (benefit_statement, 3),
    "first_visit_told": (first_visit_told, 2),
}

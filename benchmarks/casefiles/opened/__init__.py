"""Families written when the reading of records was finished: measured unseen, then opened to be learned from.

A family is a sheet of paper told from top to bottom, so its function is as long as the sheet, and an office's
papers stand in one file; both are longer than code should be, and none of it branches much.
"""

from __future__ import annotations

from benchmarks.casefiles.draft import Family
from benchmarks.casefiles.opened import (
    decisions,
    desks,
    dictated,
    evaluations,
    forms,
    studies,
    systems,
    treatments,
)

OPENED: dict[str, tuple[Family, int]] = {
    "health_system": (systems.health_system, 6),
    "office_suite": (systems.office_suite, 6),
    "web_chart": (systems.web_chart, 5),
    "key_values": (systems.key_values, 5),
    "old_terminal": (systems.old_terminal, 4),
    "hospital_consultation": (systems.hospital_consultation, 3),
    "consultant_letter": (dictated.consultant_letter, 5),
    "narrative_report": (dictated.narrative_report, 6),
    "chart_notes": (dictated.chart_notes, 4),
    "operation": (dictated.operation, 4),
    "injection": (dictated.injection, 3),
    "psychology": (dictated.psychology, 2),
    "visit_packet": (forms.visit_packet, 8),
    "request": (forms.request, 4),
    "slip": (forms.slip, 4),
    "first_report": (forms.first_report, 3),
    "independent_review": (forms.independent_review, 3),
    "northgate": (decisions.northgate, 5),
    "calbridge": (decisions.calbridge, 4),
    "benefit_notice": (decisions.benefit_notice, 3),
    "explanation_of_review": (decisions.explanation_of_review, 2),
    "itemized_statement": (decisions.itemized_statement, 2),
    "panel_evaluation": (evaluations.panel_evaluation, 1),
    "agreed_evaluation": (evaluations.agreed_evaluation, 2),
    "supplement": (evaluations.supplement, 2),
    "magnet": (studies.magnet, 4),
    "plain_film": (studies.plain_film, 3),
    "nerves": (studies.nerves, 3),
    "blood": (studies.blood, 2),
    "urine_confirmed": (studies.urine_confirmed, 3),
    "urine_cup": (studies.urine_cup, 2),
    "therapy_days": (treatments.therapy_days, 3),
    "therapy_evaluation": (treatments.therapy_evaluation, 2),
    "chiropractic_days": (treatments.chiropractic_days, 3),
    "needles": (treatments.needles, 3),
    "attendance": (treatments.attendance, 1),
    "pharmacy_history": (treatments.pharmacy_history, 2),
    "medication_log": (treatments.medication_log, 1),
    "prescription": (treatments.prescription, 2),
    "applicant_letter": (desks.applicant_letter, 4),
    "cover_to_evaluator": (desks.cover_to_evaluator, 2),
    "proof_of_service": (desks.proof_of_service, 3),
    "custodian": (desks.custodian, 1),
    "clinic_fax": (desks.clinic_fax, 4),
    "server_fax": (desks.server_fax, 2),
    "questionnaire": (desks.questionnaire, 1),
    "job_description": (desks.job_description, 1),
    "delivery": (desks.delivery, 1),
}

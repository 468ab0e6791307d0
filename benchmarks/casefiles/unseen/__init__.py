"""Papers of many kinds that nobody who worked on the reading has seen: families and their weights."""

from __future__ import annotations

from benchmarks.casefiles.draft import Family
from benchmarks.casefiles.unseen.examined import (
    behavioral_consult,
    injection_note,
    mri_report,
    nerve_study,
    operation_printed,
    plain_films,
    thanks_letter,
)
from benchmarks.casefiles.unseen.lawful import (
    benefit_notice,
    counsel_letter,
    custodian,
    fax_sheet,
    qme_report,
    questionnaire,
    supplemental,
)
from benchmarks.casefiles.unseen.reports import dictated_progress, first_report, pr2_form, system_progress
from benchmarks.casefiles.unseen.requests import imr_form, rfa_form, rfa_office, ur_notice, ur_worksheet
from benchmarks.casefiles.unseen.treated import (
    acupuncture_visit,
    blood_printed,
    chiropractic_visit,
    dispensed,
    drug_screen,
    duty_letter,
    duty_slip,
    fills,
    therapy_evaluation,
)

UNSEEN: dict[str, tuple[Family, int]] = {
    "pr2_form": (pr2_form, 4),
    "dictated_progress": (dictated_progress, 4),
    "system_progress": (system_progress, 4),
    "first_report": (first_report, 2),
    "rfa_form": (rfa_form, 3),
    "rfa_office": (rfa_office, 2),
    "ur_notice": (ur_notice, 2),
    "ur_worksheet": (ur_worksheet, 2),
    "imr_form": (imr_form, 2),
    "thanks_letter": (thanks_letter, 2),
    "behavioral_consult": (behavioral_consult, 2),
    "operation_printed": (operation_printed, 2),
    "injection_note": (injection_note, 2),
    "mri_report": (mri_report, 2),
    "plain_films": (plain_films, 2),
    "nerve_study": (nerve_study, 2),
    "drug_screen": (drug_screen, 2),
    "blood_printed": (blood_printed, 2),
    "therapy_evaluation": (therapy_evaluation, 2),
    "chiropractic_visit": (chiropractic_visit, 3),
    "acupuncture_visit": (acupuncture_visit, 2),
    "dispensed": (dispensed, 2),
    "fills": (fills, 2),
    "duty_slip": (duty_slip, 2),
    "duty_letter": (duty_letter, 1),
    "qme_report": (qme_report, 2),
    "supplemental": (supplemental, 1),
    "counsel_letter": (counsel_letter, 2),
    "benefit_notice": (benefit_notice, 2),
    "fax_sheet": (fax_sheet, 2),
    "questionnaire": (questionnaire, 1),
    "custodian": (custodian, 1),
}

"""What a sentence of a record answers to a criterion: met, not met, or not documented, in tables.

Each row is a sentence and a request; the criterion is the first of the library
that asks the question. A no needs words that say no; a record without a word
on the question, or with a denial of documentation, is silent.
"""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines import about_course, about_opioids, about_plans, about_services, about_studies
from openimr.guidelines.answer import Asked
from openimr.guidelines.compare import compare
from openimr.guidelines.library import load_library
from openimr.guidelines.questions import QUESTIONS, ask
from openimr.terms.findings import Status
from openimr.vocabulary.requests import parse_request

LIBRARY = load_library()
MET, NO, SILENT = Status.MET, Status.NOT_MET, Status.NOT_DOCUMENTED
IN_2016 = date(2016, 12, 14)
NORCO, GABAPENTIN = "Norco 10/325 mg #60", "Gabapentin 600 mg #90"
ESI, TPI = "Lumbar epidural steroid injection", "Trigger point injections x 4"
EMG, CONDUCTION = "Electromyography of the legs", "Nerve conduction study of the legs"
TENS, THERAPY = "TENS unit", "Chiropractic 2 sessions for the neck"
OMEPRAZOLE = "Omeprazole 20 mg #60"
PATCH = "Nucynta 75 mg #60"

Row = tuple[str, str, str, Status]


def answered(fact: str, request: str, record: str) -> Status:
    """Return the status of the first criterion of the library that asks a question."""
    criterion = next(c for t in LIBRARY.topics for c in t.criterion if c.fact == fact)
    facts = extract_facts(pages_of_summary(record))
    found = ask(fact, Asked(facts=facts, treatment=parse_request(request), on=IN_2016))
    return compare(criterion, found)[0]


PLANS: list[Row] = [
    ("plan.functional_goals_stated", NORCO, "The functional goals are to lift and to walk.", MET),
    ("plan.functional_goals_stated", NORCO, "There is no documentation of functional goals.", SILENT),
    ("plan.functional_goals_stated", NORCO, "No goals of treatment were written down.", SILENT),
    ("plan.short_and_long_goals", TENS, "The short-term goal is sleep, the long-term goal work.", MET),
    ("plan.short_and_long_goals", TENS, "Short and long term goals were set.", MET),
    ("plan.short_and_long_goals", TENS, "The short-term goal is sleep.", SILENT),
    ("plan.return_to_work_goal", "Work hardening", "The goal is to return to work.", MET),
    ("plan.return_to_work_goal", "Work hardening", "He has returned to work.", SILENT),
    ("plan.taper_plan", NORCO, "A tapering schedule was handed out.", MET),
    ("plan.taper_plan", NORCO, "The dose is reduced by 10% per week.", MET),
    ("plan.taper_plan", NORCO, "The dose was discussed.", SILENT),
    ("plan.taper_pct_per_week", NORCO, "The dose is reduced by 10% per week.", MET),
    ("plan.taper_pct_per_week", NORCO, "The dose is reduced by 25% per week.", NO),
    ("plan.taper_pct_per_week", NORCO, "The dose is reduced.", SILENT),
    ("plan.taper_attempt_within_months", NORCO, "On 10/3/2016 we attempted to wean.", MET),
    # an attempt that is older than asked for does not show that there was none since
    ("plan.taper_attempt_within_months", NORCO, "On 1/3/2016 we attempted to wean.", SILENT),
    ("plan.physician_supervised", "Medical food", "It is taken under physician supervision.", MET),
    ("plan.physician_supervised", "Medical food", "It is taken.", SILENT),
    ("plan.professional_monitoring", "Gym membership", "Training is monitored by a physical therapist.", MET),
    ("plan.professional_monitoring", "Gym membership", "He trains.", SILENT),
    ("request.abrupt_stop", NORCO, "A weaning schedule was handed out.", MET),
    ("request.abrupt_stop", NORCO, "The drug was abruptly discontinued.", NO),
    ("request.abrupt_stop", NORCO, "The drug goes on.", SILENT),
    ("case.taper_indication", NORCO, "She wishes to come off the tablets.", MET),
    ("case.taper_indication", NORCO, "There was a violation of the pain contract.", MET),
    ("case.taper_indication", NORCO, "She takes the tablets.", SILENT),
    (
        "doc.baseline_functional_evaluation",
        "Functional restoration program",
        "Baseline function is poor.",
        MET,
    ),
    ("doc.baseline_functional_evaluation", "Functional restoration program", "Function is poor.", SILENT),
    ("case.motivated_forgoes_secondary_gain", "Functional restoration program", "She is motivated.", MET),
    ("case.motivated_forgoes_secondary_gain", "Functional restoration program", "She came.", SILENT),
    ("case.significant_loss_of_independence", "Functional restoration program", "Loss of independence.", MET),
    ("case.significant_loss_of_independence", "Functional restoration program", "He lives alone.", SILENT),
    (
        "case.previous_methods_failed_no_options",
        "Functional restoration program",
        "There is an absence of other options.",
        MET,
    ),
    ("case.previous_methods_failed_no_options", "Functional restoration program", "Care went on.", SILENT),
    ("doc.psychological_clearance", "Lumbar fusion", "He was cleared by psychology.", MET),
    ("doc.psychological_clearance", "Lumbar fusion", "He saw a surgeon.", SILENT),
    (
        "case.failed_rtw_or_conflicting_reports",
        "Functional capacity evaluation",
        "There were failed attempts to return to work.",
        MET,
    ),
    ("case.failed_rtw_or_conflicting_reports", "Functional capacity evaluation", "He works.", SILENT),
    ("case.surgery_complex", "Assistant surgeon", "This is a complex procedure.", MET),
    ("case.surgery_complex", "Assistant surgeon", "Surgery is planned.", SILENT),
    ("tx.therapy_plateau", "Work hardening", "She has plateaued.", MET),
    ("tx.therapy_plateau", "Work hardening", "A fracture of the tibial plateau.", SILENT),
    (
        "outcome.treatment_dependency_reduced",
        THERAPY,
        "There is a reduction in the dependency on continued medical treatment.",
        MET,
    ),
    ("outcome.treatment_dependency_reduced", THERAPY, "Treatment goes on.", SILENT),
]

OPIOIDS: list[Row] = [
    ("rx.analgesic_effect_seen_within_days", NORCO, "Norco brings relief within two hours.", MET),
    ("rx.analgesic_effect_seen_within_days", NORCO, "Norco brings relief within two weeks.", NO),
    ("rx.analgesic_effect_seen_within_days", NORCO, "Gabapentin brings relief within two weeks.", SILENT),
    (
        "doc.qt_and_interaction_checked",
        "Methadone 10 mg #60",
        "QTc and drug interactions were looked at.",
        MET,
    ),
    ("doc.qt_and_interaction_checked", "Methadone 10 mg #60", "Drug interactions were looked at.", SILENT),
    ("doc.single_prescriber_and_pharmacy", NORCO, "One prescriber and one pharmacy.", MET),
    ("doc.single_prescriber_and_pharmacy", NORCO, "CURES shows multiple prescribers.", NO),
    ("doc.single_prescriber_and_pharmacy", NORCO, "CURES shows no multiple prescribers.", SILENT),
    ("doc.single_prescriber_and_pharmacy", NORCO, "There is one prescriber.", SILENT),
    ("doc.lowest_effective_dose", NORCO, "Norco is given at the lowest effective dose.", MET),
    ("doc.lowest_effective_dose", NORCO, "The guideline recommends the lowest effective dose.", SILENT),
    ("rx.lowest_dose_shortest_time", "Naproxen 500 mg #60", "The lowest dose for the shortest time.", MET),
    ("rx.lowest_dose_shortest_time", "Naproxen 500 mg #60", "The lowest dose is given.", SILENT),
    (
        "doc.baseline_pain_and_function",
        NORCO,
        "On 1/5/2016 pain was 8/10, with functional improvement noted. On 3/5/2016 she takes Norco.",
        MET,
    ),
    ("doc.baseline_pain_and_function", NORCO, "Baseline pain and function were recorded.", MET),
    ("doc.baseline_pain_and_function", NORCO, "On 1/5/2016 pain was 8/10.", SILENT),
    ("doc.pain_and_function_compared_to_baseline", NORCO, "Function is better compared to baseline.", MET),
    ("doc.pain_and_function_compared_to_baseline", NORCO, "Function is better.", SILENT),
    (
        "doc.pain_and_function_recorded_for_drug",
        NORCO,
        "On 1/5/2016 she takes Norco. On 3/5/2016 there was pain relief and functional improvement.",
        MET,
    ),
    ("doc.pain_and_function_recorded_for_drug", NORCO, "On 1/5/2016 she takes Norco.", SILENT),
    ("doc.months_since_last_functional_assessment", NORCO, "On 11/1/2016 the Oswestry score was 40.", MET),
    ("doc.months_since_last_functional_assessment", NORCO, "On 1/1/2014 the Oswestry score was 40.", SILENT),
    ("doc.serious_nonadherence", NORCO, "He has not violated the opioid agreement.", MET),
    ("doc.serious_nonadherence", NORCO, "There was a violation of the pain contract.", NO),
    ("doc.serious_nonadherence", NORCO, "There is an opioid agreement.", SILENT),
    ("rx.one_drug_changed_at_a_time", NORCO, "One medication at a time is changed.", MET),
    ("rx.one_drug_changed_at_a_time", NORCO, "Medication is changed.", SILENT),
    ("rx.short_acting_first", NORCO, "", MET),
    ("rx.short_acting_first", "OxyContin 20 mg #60", "She took Norco before.", MET),
    ("rx.short_acting_first", "OxyContin 20 mg #60", "She took naproxen before.", SILENT),
    (
        "rx.trial_weeks",
        "Amitriptyline 25 mg #30",
        "On 1/5/2016 she takes amitriptyline. On 3/5/2016 she takes amitriptyline.",
        MET,
    ),
    ("rx.trial_weeks", "Amitriptyline 25 mg #30", "On 1/5/2016 she takes amitriptyline.", SILENT),
    ("rx.first_line_opioid_not_tolerated", PATCH, "Norco was not helpful.", MET),
    ("rx.first_line_opioid_not_tolerated", PATCH, "He takes Norco.", SILENT),
    ("rx.other_treatments_failed_or_intolerant", "Capsaicin cream", "Naproxen was ineffective.", MET),
    ("rx.other_treatments_failed_or_intolerant", "Capsaicin cream", "Naproxen is taken.", SILENT),
    ("rx.opioid_reduction_considered", "Modafinil 100 mg #30", "Reduction of opioids was discussed.", MET),
    ("rx.opioid_reduction_considered", "Modafinil 100 mg #30", "He is sleepy.", SILENT),
    ("case.opioid_tolerant", "Fentanyl patch 25 mcg/hr #10", "He is opioid tolerant.", MET),
    ("case.opioid_tolerant", "Fentanyl patch 25 mcg/hr #10", "He takes opioids.", SILENT),
    ("case.high_risk_of_misuse", "Urine drug screen", "He is at high risk for abuse.", MET),
    ("case.high_risk_of_misuse", "Urine drug screen", "He is at risk.", SILENT),
    ("doc.liver_monitoring", "Tizanidine 4 mg #60", "Liver function tests are normal.", MET),
    ("doc.liver_monitoring", "Tizanidine 4 mg #60", "He takes tizanidine.", SILENT),
    (
        "doc.bp_renal_liver_monitoring",
        "Naproxen 500 mg #60",
        "Blood pressure is monitored. Liver function tests and renal function are followed.",
        MET,
    ),
    ("doc.bp_renal_liver_monitoring", "Naproxen 500 mg #60", "Liver function tests are followed.", SILENT),
    ("doc.sleep_hygiene_or_behavioural_tried", "Zolpidem 10 mg #30", "Sleep hygiene was taught.", MET),
    ("doc.sleep_hygiene_or_behavioural_tried", "Zolpidem 10 mg #30", "She sleeps badly.", SILENT),
    ("lab.low_testosterone", "Testosterone injection", "The testosterone level was low.", MET),
    ("lab.low_testosterone", "Testosterone injection", "Testosterone was measured.", SILENT),
]

COURSE: list[Row] = [
    (
        "case.home_exercise_failed_after_revision",
        "Gym membership",
        "The home exercise program failed. The home exercise program was revised.",
        MET,
    ),
    (
        "case.home_exercise_failed_after_revision",
        "Gym membership",
        "The home exercise program failed.",
        SILENT,
    ),
    (
        "outcome.subjective_and_objective_gains",
        "Functional restoration program",
        "There is pain relief and functional improvement.",
        MET,
    ),
    ("outcome.subjective_and_objective_gains", "Functional restoration program", "She came.", SILENT),
    (
        "tx.sessions_cumulative_full_day",
        "Functional restoration program 10 sessions",
        "She had 15 sessions of the functional restoration program.",
        NO,
    ),
    ("tx.sessions_cumulative_full_day", "Functional restoration program 10 sessions", "She came.", SILENT),
    ("outcome.relief_weeks", ESI, "The epidural steroid injection gave relief for eight weeks.", MET),
    ("outcome.relief_weeks", ESI, "The epidural steroid injection gave relief for two weeks.", NO),
    ("outcome.relief_weeks", ESI, "The facet injection gave relief for eight weeks.", SILENT),
    ("outcome.relief_weeks", ESI, "There was no relief for eight weeks.", SILENT),
    (
        "outcome.relief_months",
        "Viscosupplementation",
        "The viscosupplementation gave relief for 7 months.",
        MET,
    ),
    (
        "outcome.relief_months",
        "Viscosupplementation",
        "The viscosupplementation gave relief for 2 months.",
        NO,
    ),
    ("outcome.relief_months", "Viscosupplementation", "The viscosupplementation was done.", SILENT),
    (
        "outcome.diagnostic_block_relief_pct",
        "Radiofrequency ablation",
        "The medial branch block gave 80% relief.",
        MET,
    ),
    (
        "outcome.diagnostic_block_relief_pct",
        "Radiofrequency ablation",
        "The medial branch block gave 40% relief.",
        NO,
    ),
    ("outcome.diagnostic_block_relief_pct", "Radiofrequency ablation", "A block was done.", SILENT),
    (
        "outcome.trial_pain_reduction_pct",
        "Spinal cord stimulator",
        "The spinal cord stimulator gave 60% relief.",
        MET,
    ),
    (
        "outcome.trial_pain_reduction_pct",
        "Spinal cord stimulator",
        "The spinal cord stimulator gave 20% relief.",
        NO,
    ),
    ("outcome.trial_pain_reduction_pct", "Spinal cord stimulator", "A trial was done.", SILENT),
    # the last that is recorded shows how near it was, and not that there was none since
    ("tx.months_since_last", TPI, "On 12/1/2016 a trigger point injection was performed.", NO),
    ("tx.months_since_last", TPI, "On 1/1/2016 a trigger point injection was performed.", SILENT),
    (
        "tx.count_last_12_months_region",
        "Steroid injection of the left knee x 1",
        "On 2/1/2016, 4/1/2016 and 6/1/2016 a steroid injection was given.",
        SILENT,
    ),
    (
        "tx.count_last_12_months_region",
        "Steroid injection of the left knee x 4",
        "On 2/1/2016 a steroid injection was given.",
        NO,
    ),
    (
        "tx.visits_requested_for_flare",
        THERAPY,
        "There is an acute exacerbation. She is working full duty.",
        MET,
    ),
    (
        "tx.visits_requested_for_flare",
        "Chiropractic 6 sessions for the neck",
        "There is an acute exacerbation. She is working full duty.",
        NO,
    ),
    ("tx.visits_requested_for_flare", THERAPY, "She is working full duty.", SILENT),
    ("request.series_of_three", "Lumbar ESI series of three", "", NO),
    ("request.series_of_three", "Lumbar ESI x 1", "", MET),
    ("request.series_of_three", ESI, "", SILENT),
    ("request.injections_per_session", TPI, "", MET),
    ("request.injections_per_session", "Trigger point injections x 6", "", NO),
    ("request.injections_per_session", "Trigger point injections", "", SILENT),
    (
        "request.weeks_after_surgery",
        NORCO,
        "On 12/1/2016 a rotator cuff repair was performed.",
        MET,
    ),
    ("request.weeks_after_surgery", NORCO, "On 6/1/2016 a rotator cuff repair was performed.", NO),
    ("request.weeks_after_surgery", NORCO, "A repair is planned.", SILENT),
    (
        "doc.trial_use_relief_function_recorded",
        TENS,
        "The TENS unit was helpful. There is functional improvement.",
        MET,
    ),
    ("doc.trial_use_relief_function_recorded", TENS, "The TENS unit was used.", SILENT),
    ("case.steroid_injection_failed", "Viscosupplementation", "The steroid injection failed.", MET),
    ("case.steroid_injection_failed", "Viscosupplementation", "A steroid injection was given.", SILENT),
    (
        "case.pt_medications_tens_failed",
        "H-wave device",
        "Physical therapy failed. The TENS unit failed. Naproxen was ineffective.",
        MET,
    ),
    ("case.pt_medications_tens_failed", "H-wave device", "Physical therapy failed.", SILENT),
    ("case.ics_selection_reason", "Interferential unit", "Naproxen was ineffective.", MET),
    ("case.ics_selection_reason", "Interferential unit", "Naproxen is taken.", SILENT),
    (
        "case.activity_limited_weeks",
        "Discectomy",
        "On 1/4/2016 he was off work. On 3/4/2016 he was off work.",
        MET,
    ),
    ("case.activity_limited_weeks", "Discectomy", "On 1/4/2016 he was off work.", SILENT),
    (
        "case.sleep_disturbance_days",
        "Eszopiclone 2 mg #30",
        "On 1/4/2016 she has insomnia. On 3/4/2016 she has insomnia.",
        MET,
    ),
    ("case.sleep_disturbance_days", "Eszopiclone 2 mg #30", "She has insomnia.", SILENT),
    ("doc.insomnia_cause_evaluated", "Eszopiclone 2 mg #30", "A sleep study was read.", MET),
    ("doc.insomnia_cause_evaluated", "Eszopiclone 2 mg #30", "She has insomnia.", SILENT),
    ("case.self_directed_weight_loss_failed", "Weight loss program", "He failed diet and exercise.", MET),
    ("case.self_directed_weight_loss_failed", "Weight loss program", "He is heavy.", SILENT),
]

SERVICES: list[Row] = [
    (
        "doc.home_health_kind_duration_frequency",
        "Home health care 4 hours a day for 6 weeks",
        "",
        MET,
    ),
    ("doc.home_health_kind_duration_frequency", "Home health care", "", SILENT),
    (
        "doc.home_health_deficits_and_activities",
        "Home health care",
        "There is decreased sensation of the leg. He is limited in activities of daily living.",
        MET,
    ),
    ("doc.home_health_deficits_and_activities", "Home health care", "He lives alone.", SILENT),
    ("doc.home_health_licence_level", "Home health care", "A registered nurse is needed.", MET),
    ("doc.home_health_licence_level", "Home health care", "Help is needed.", SILENT),
    ("doc.in_home_evaluation", "Home health care", "He was evaluated at home.", MET),
    ("doc.in_home_evaluation", "Home health care", "He was evaluated.", SILENT),
    ("doc.specialist_recommendation", "Hearing aid", "The audiologist recommends it.", MET),
    ("doc.specialist_recommendation", "Hearing aid", "Hearing is poor.", SILENT),
    ("request.services_are_medical", "Home health care", "Skilled nursing is needed.", MET),
    ("request.services_are_medical", "Home health care", "Help with cooking is needed.", SILENT),
    (
        "case.job_demands_exceed_capacity",
        "Work hardening",
        "He is unable to meet the physical demands of the job.",
        MET,
    ),
    ("case.job_demands_exceed_capacity", "Work hardening", "He drives a truck.", SILENT),
    ("request.primarily_medical_purpose", "Wheelchair", "", MET),
    ("request.primarily_medical_purpose", "Shower chair", "", NO),
    ("request.primarily_medical_purpose", "Knee scooter", "", SILENT),
    ("request.not_useful_without_illness", "Wheelchair", "", MET),
    ("request.not_useful_without_illness", "Exercise equipment", "", NO),
    ("request.not_useful_without_illness", "Knee scooter", "", SILENT),
    ("request.suited_to_home", "Commode", "", MET),
    ("request.suited_to_home", "Knee scooter", "", SILENT),
    ("request.withstands_repeated_use", "Walker", "", MET),
    ("request.withstands_repeated_use", "Compression stockings", "", NO),
    ("request.withstands_repeated_use", "Shower chair", "", SILENT),
    ("request.leads", "TENS unit 2 lead", "", MET),
    ("request.leads", "TENS unit, four-lead", "", NO),
    ("request.leads", TENS, "", SILENT),
    ("request.hours_per_week", "Home health care 20 hours a week", "", MET),
    ("request.hours_per_week", "Home health care 8 hours a day", "", NO),
    ("request.hours_per_week", "Home health care", "", SILENT),
    (
        "request.duplicates_authorized_service",
        "Spine surgery consultation",
        "The spine surgery consultation was authorized on 12/1/2016.",
        NO,
    ),
    (
        "request.duplicates_authorized_service",
        "Spine surgery consultation",
        "The spine surgery consultation was authorized on 12/1/2014.",
        SILENT,
    ),
    ("request.prospective_authorization", "Ketamine cream 10%", "Prior authorization was obtained.", MET),
    ("request.prospective_authorization", "Retrospective ketamine cream 10% (DOS 11/1/2016)", "", NO),
    ("request.prospective_authorization", "Ketamine cream 10%", "It was dispensed.", SILENT),
    (
        "request.prescribed_by_surgeon_or_designee",
        "Post-op physical therapy 12 sessions",
        "Therapy was ordered by the surgeon.",
        MET,
    ),
    (
        "request.prescribed_by_surgeon_or_designee",
        "Post-op physical therapy 12 sessions",
        "Therapy was ordered.",
        SILENT,
    ),
    ("related.nsaid_item_outcome", OMEPRAZOLE, "Naproxen was authorized.", MET),
    # a denial by the payer is what the review decides about: no outcome yet
    ("related.nsaid_item_outcome", OMEPRAZOLE, "Naproxen was denied.", SILENT),
    ("related.nsaid_item_outcome", OMEPRAZOLE, "She takes naproxen.", SILENT),
    ("case.referral_reason_stated", "Spine surgery consultation", "Referred to Dr. Marl for weakness.", MET),
    ("case.referral_reason_stated", "Spine surgery consultation", "Referred for physical therapy.", SILENT),
    ("case.surgery_candidate", "Functional restoration program", "He is not a surgical candidate.", MET),
    ("case.surgery_candidate", "Functional restoration program", "He is a surgical candidate.", NO),
    ("case.surgery_candidate", "Functional restoration program", "He saw a surgeon.", SILENT),
    (
        "case.surgery_candidate",
        "Functional restoration program",
        "The surgeon did not feel that he was a surgical candidate.",
        SILENT,
    ),
    ("case.homebound", "Home health care", "She is homebound.", MET),
    ("case.homebound", "Home health care", "She is not homebound.", NO),
    ("case.homebound", "Home health care", "She lives alone.", SILENT),
    ("case.home_care_need", "Home health care", "She needs help with bathing.", MET),
    ("case.home_care_need", "Home health care", "She lives alone.", SILENT),
    ("case.cannot_self_transport", "Transportation", "He is unable to drive.", MET),
    ("case.cannot_self_transport", "Transportation", "He drives.", SILENT),
    ("case.nursing_home_level_of_care", "Transportation", "He needs nursing home level of care.", MET),
    ("case.nursing_home_level_of_care", "Transportation", "He needs care.", SILENT),
    ("case.reduced_weight_bearing_needed", "Aquatic therapy", "Reduced weight bearing is advised.", MET),
    ("case.reduced_weight_bearing_needed", "Aquatic therapy", "He walks.", SILENT),
    ("case.smoke_free_weeks", "Lumbar fusion", "He does not smoke.", MET),
    ("case.smoke_free_weeks", "Lumbar fusion", "He came alone.", SILENT),
    ("case.smoke_free_weeks", "Lumbar fusion", "He quit smoking last week. He denies tobacco use.", SILENT),
]

TWO_DEFICITS = "There is decreased sensation of the leg. Ankle reflexes are decreased."
STUDY = "MRI of the lumbar spine showed nerve root compression at L5."
STUDIES: list[Row] = [
    ("exam.hernia_clinically_obvious", "Ultrasound of the groin", "An occult hernia is in question.", MET),
    ("exam.hernia_clinically_obvious", "Ultrasound of the groin", "There is no palpable hernia.", MET),
    (
        "exam.hernia_clinically_obvious",
        "Ultrasound of the groin",
        "There is a reducible inguinal hernia.",
        NO,
    ),
    ("exam.hernia_clinically_obvious", "Ultrasound of the groin", "There is pain.", SILENT),
    ("case.neuro_deterioration_or_red_flag", "CT of the head", "There is a fracture.", MET),
    ("case.neuro_deterioration_or_red_flag", "CT of the head", "There is no fracture.", SILENT),
    ("imaging_or_exam.pathology_documented", "Intrathecal pump", "There is decreased sensation.", MET),
    ("imaging_or_exam.pathology_documented", "Intrathecal pump", "There is pain.", SILENT),
    ("case.hip_imaging_reason", "MRI of the left hip", "Avascular necrosis is suspected.", MET),
    ("case.hip_imaging_reason", "MRI of the left hip", "There is hip pain.", SILENT),
    ("case.bone_scan_reason", "Bone scan", "A stress fracture is suspected.", MET),
    ("case.bone_scan_reason", "Bone scan", "There is pain.", SILENT),
    (
        "case.open_large_rotator_cuff_repair",
        "Sling",
        "An open rotator cuff repair of a massive cuff tear was done.",
        MET,
    ),
    ("case.open_large_rotator_cuff_repair", "Sling", "A rotator cuff repair was done.", SILENT),
    ("doc.plain_films_repeated", "MRI of the left foot", "X-rays were repeated.", MET),
    ("doc.plain_films_repeated", "MRI of the left foot", "Repeat x-rays are to be ordered.", SILENT),
    ("exam.radiculopathy_obvious", EMG, "The radiculopathy is not clinically obvious.", MET),
    ("exam.radiculopathy_obvious", EMG, "The radiculopathy is clinically obvious.", NO),
    ("exam.radiculopathy_obvious", EMG, f"There is radiculopathy. {TWO_DEFICITS} {STUDY}", NO),
    ("exam.radiculopathy_obvious", EMG, f"There is radiculopathy. {TWO_DEFICITS}", SILENT),
    (
        "exam.radiculopathy_or_myelopathy",
        "Cervical fusion",
        "There is radiculopathy. There is decreased sensation of the arm.",
        MET,
    ),
    (
        "exam.radiculopathy_or_myelopathy",
        "Cervical fusion",
        "There is lumbar radiculopathy. There is decreased sensation of the leg.",
        SILENT,
    ),
    ("exam.radiculopathy_or_myelopathy", "Cervical fusion", "There is neck pain.", SILENT),
    (
        "exam.si_tests_positive",
        "Sacroiliac joint injection",
        "FABER test is positive, Gaenslen test is positive, sacroiliac compression test is positive.",
        MET,
    ),
    ("exam.si_tests_positive", "Sacroiliac joint injection", "The FABER test is positive.", SILENT),
    (
        "exam.trigger_points_with_twitch_and_referred_pain",
        TPI,
        "There are trigger points with a twitch response and referred pain.",
        MET,
    ),
    ("exam.trigger_points_with_twitch_and_referred_pain", TPI, "There are trigger points.", SILENT),
    ("exam.abnormal_neuro_or_mental_status", "CT of the head", "There is a neurological deficit.", MET),
    ("exam.abnormal_neuro_or_mental_status", "CT of the head", "There is no weakness.", SILENT),
    ("request.ncs_for_radiculopathy", EMG, "", MET),
    ("request.ncs_for_radiculopathy", CONDUCTION, "There is peripheral neuropathy.", MET),
    ("request.ncs_for_radiculopathy", CONDUCTION, "There is radiculopathy.", NO),
    ("request.ncs_for_radiculopathy", CONDUCTION, "There is pain.", SILENT),
    ("imaging.ankle_effusion_mm", "MRI of the left ankle", "The ankle has an effusion of 15 mm.", MET),
    ("imaging.ankle_effusion_mm", "MRI of the left ankle", "The ankle has an effusion of 5 mm.", NO),
    ("imaging.ankle_effusion_mm", "MRI of the left ankle", "The ankle has an effusion.", SILENT),
    ("imaging.spinal_instability", "Lumbar fusion", "X-rays of the lumbar spine show instability.", MET),
    (
        "imaging.spinal_instability",
        "Lumbar fusion",
        "X-rays of the lumbar spine show no instability.",
        SILENT,
    ),
    ("emg.carpal_tunnel_confirmed", "Carpal tunnel release", "EMG showed carpal tunnel syndrome.", MET),
    ("emg.carpal_tunnel_confirmed", "Carpal tunnel release", "EMG showed no carpal tunnel syndrome.", NO),
    ("emg.carpal_tunnel_confirmed", "Carpal tunnel release", "EMG was done.", SILENT),
]
FLARE = "Baclofen 10 mg #30"
OTHERS: list[Row] = [
    ("case.acute_exacerbation", FLARE, "There is an acute flare-up of the low back.", MET),
    ("case.acute_exacerbation", FLARE, "There is no acute exacerbation.", NO),
    ("case.acute_exacerbation", FLARE, "There is pain.", SILENT),
    ("case.pain_beyond_expected_healing", FLARE, "She has chronic pain.", MET),
    ("case.pain_beyond_expected_healing", FLARE, "She has pain.", SILENT),
]
CERVICAL = "There is cervical radiculopathy. There is decreased sensation at C6."
TFESI, SHOULDER = "Right L5 transforaminal epidural steroid injection", "Right shoulder arthroscopy"
# What is said of another part, or of the other side, is silence on the one that is asked about.
PARTS: list[Row] = [
    ("exam.radiculopathy", ESI, f"There is radiculopathy. {TWO_DEFICITS}", MET),
    ("exam.radiculopathy", ESI, CERVICAL, SILENT),
    ("exam.radiculopathy", "Cervical ESI", CERVICAL, MET),
    (
        "exam.radiculopathy",
        TFESI,
        "There is lumbar radiculopathy. Decreased sensation of the right foot.",
        MET,
    ),
    (
        "exam.radiculopathy",
        TFESI,
        "There is lumbar radiculopathy. Decreased sensation of the left foot.",
        SILENT,
    ),
    ("exam.radiculopathy", ESI, "There is radiculopathy. Spurling test is positive.", SILENT),
    ("exam.unequivocal_nerve_compromise", "MRI of the lumbar spine", TWO_DEFICITS, MET),
    ("exam.unequivocal_nerve_compromise", "MRI of the cervical spine", TWO_DEFICITS, SILENT),
    ("imaging_or_emg.corroborates_radiculopathy", ESI, STUDY, MET),
    (
        "imaging_or_emg.corroborates_radiculopathy",
        ESI,
        "MRI of the cervical spine showed disc herniation compressing the C6 nerve root.",
        SILENT,
    ),
    ("imaging.lesion_shown", SHOULDER, "MRI of the right shoulder showed a rotator cuff tear.", MET),
    ("imaging.lesion_shown", SHOULDER, "MRI of the left shoulder showed a rotator cuff tear.", SILENT),
    ("imaging.lesion_shown", SHOULDER, "MRI of the knee showed a meniscus tear.", SILENT),
    ("exam.abnormal_finding_at_region", "X-ray of the right knee", "The right knee is tender.", MET),
    ("exam.abnormal_finding_at_region", "X-ray of the right knee", "The left knee is tender.", SILENT),
    ("exam.radiculopathy", "EMG of the legs", f"There is lumbar radiculopathy. {TWO_DEFICITS}", MET),
    ("exam.radiculopathy", "MRI of the left knee", f"There is lumbar radiculopathy. {TWO_DEFICITS}", SILENT),
    (
        "request.duplicates_authorized_service",
        "MRI of the left knee",
        "MRI of the right knee was authorized on 12/1/2016.",
        SILENT,
    ),
    ("case.conservative_care_failed", SHOULDER, "Physical therapy of the knee failed.", SILENT),
]
# Relief by another treatment that is named is none by the one asked for.
RELIEF: list[Row] = [
    ("outcome.pain_reduction_pct", ESI, "The epidural steroid injection gave 60% relief.", MET),
    ("outcome.pain_reduction_pct", ESI, "There was 60% pain relief.", MET),
    ("outcome.pain_reduction_pct", ESI, "Norco provides 80% pain relief.", SILENT),
    ("outcome.pain_reduction_pct", NORCO, "Norco provides 80% pain relief.", MET),
    ("outcome.pain_reduction_pct", NORCO, "Medications provide 80% pain relief.", MET),
    ("outcome.pain_and_function_improved", NORCO, "Norco brings pain relief. Functional improvement.", MET),
    (
        "outcome.pain_and_function_improved",
        NORCO,
        "Acupuncture brings pain relief. Functional improvement.",
        SILENT,
    ),
    ("doc.analgesia_recorded", NORCO, "With Norco there is pain relief.", MET),
    ("doc.analgesia_recorded", NORCO, "Acupuncture brings pain relief.", SILENT),
]
ROWS = [*PLANS, *OPIOIDS, *COURSE, *SERVICES, *STUDIES, *OTHERS, *PARTS, *RELIEF]


@pytest.mark.parametrize(("fact", "request_", "record", "status"), ROWS)
def test_what_a_sentence_answers(fact: str, request_: str, record: str, status: Status) -> None:
    assert answered(fact, request_, record) is status


def test_every_question_of_these_rooms_has_its_rows() -> None:
    """Each is met or not met in some row, and not documented in another."""
    tables = (about_plans, about_opioids, about_course, about_services, about_studies)
    for table in tables:
        for fact in table.QUESTIONS:
            statuses = {status for name, _, _, status in ROWS if name == fact}
            assert SILENT in statuses and len(statuses) > 1, fact


@pytest.mark.parametrize("record", ["", "Nothing was documented.", "The patient came alone and sat down."])
def test_a_record_that_says_nothing_answers_no_to_nothing(record: str) -> None:
    """Of a request that names only a treatment no criterion is unmet, except by the request's own words."""
    facts = extract_facts(pages_of_summary(record))
    for request in (
        NORCO,
        ESI,
        TENS,
        EMG,
        "MRI of the left hip",
        "Functional restoration program",
        OMEPRAZOLE,
    ):
        asked = Asked(facts=facts, treatment=parse_request(request), on=IN_2016)
        for topic in LIBRARY.topics:
            for criterion in topic.criterion:
                if criterion.fact in QUESTIONS:
                    found = ask(criterion.fact, asked)
                    status, _ = compare(criterion, found)
                    assert status is not NO or "request" in found.because.lower(), (criterion.id, found)

"""The questions that criteria ask of a record, each by its name.

A question that the extraction of facts cannot yet look for is silence that
says so, so that a person knows to read the record for it.

Source:
    The criteria in ``topics/``: each names the question that it asks here, and
    carries the guideline's section and how it was verified.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

from openimr.guidelines import (
    about_course,
    about_drugs,
    about_findings,
    about_opioids,
    about_patient,
    about_plans,
    about_reasons,
    about_request,
    about_services,
    about_studies,
    morphine,
    postsurgical,
)
from openimr.guidelines.answer import (
    NOT_SEARCHED,
    SAID,
    Answer,
    Asked,
    Question,
    facts_of,
    is_recorded,
    is_shown,
    is_so,
    of_the_part,
    was_done,
)
from openimr.guidelines.topic import When
from openimr.terms.facts import FactKind

_CARPAL = ("Phalen test", "Tinel sign", "Durkan test")
_MECHANICAL = ("locking", "giving way", "clicking")


_OF_DRUGS: dict[str, Question] = {
    "rx.duration_of_use_total": about_drugs.duration_of_use,
    "rx.days_supply_requested": about_drugs.days_supply,
    "rx.daily_dose_mg": about_drugs.daily_dose,
    "rx.daily_acetaminophen_mg": about_drugs.daily_acetaminophen,
    "rx.daily_mme_total": morphine.daily_mme,
    "rx.concurrent_classes": about_drugs.concurrent_classes,
    "rx.concurrent": about_drugs.concurrent_drugs,
    "rx.current_classes": about_drugs.current_classes,
    "rx.concurrent_same_class_count": about_drugs.same_class_count,
    "rx.first_line_tried_or_contraindicated": about_drugs.first_line_tried,
    "rx.nonopioid_trial_failed": about_drugs.nonopioid_failed,
    "rx.nonopioid_given_or_failed": about_drugs.nonopioid_given,
    "rx.oral_nsaid_failed_or_contraindicated": about_drugs.oral_nsaid_failed,
    "rx.prior_failed_classes": about_drugs.failed_classes,
    "rx.strength_pct": about_drugs.strength_percent,
    "rx.form": about_drugs.form,
    "rx.fda_approved_topical_form": about_drugs.approved_topical,
    "doc.indication_stated_for_drug": about_drugs.indication_stated,
}

_OF_REQUEST: dict[str, Question] = {
    "request.body_part": about_request.body_part,
    "request.body_part_stated": about_request.part_stated,
    "request.quantity_stated": about_request.quantity_stated,
    "request.duration_or_quantity_stated": about_request.quantity_stated,
    "request.procedure_named": about_request.procedure_named,
    "request.visits_total": about_request.visits,
    "request.sessions": about_request.visits,
    "request.visits_per_week": about_request.visits_per_week,
    "request.weeks": about_request.weeks,
    "request.days": about_request.term_days,
    "request.rental_days": about_request.term_days,
    "request.trial_days": about_request.trial_days,
    "request.levels": about_request.levels,
    "request.transforaminal_levels": about_request.transforaminal_levels,
    "request.interlaminar_levels": about_request.interlaminar_levels,
    "request.fluoroscopy": about_request.fluoroscopy,
    "request.member": about_request.member,
    "request.purpose": about_request.purpose,
    "case.postoperative": about_request.postoperative,
    "test.count_last_12_months": about_request.tests_in_a_year,
}

_OF_PATIENT: dict[str, Question] = {
    "dx.concepts": about_patient.diagnoses,
    "dx.history": about_patient.diagnoses,
    "patient.age": about_patient.age,
    "case.months_since_injury": about_patient.months_since_injury,
    "case.months_since_onset": about_patient.months_since_injury,
    "case.weeks_since_onset": about_patient.weeks_since_injury,
    "case.hours_since_head_injury": about_patient.hours_since_injury,
    "case.months_since_surgery": postsurgical.months_since_surgery,
    "case.pain_months": about_patient.pain_months,
    "case.symptom_weeks": about_patient.symptom_weeks,
    "case.pain_is_chronic": about_patient.pain_is_chronic,
    "case.pain_beyond_expected_healing": about_patient.pain_is_chronic,
    "case.acute_phase": about_patient.acute_phase,
    "case.phase": about_patient.phase,
    "case.conservative_weeks": about_patient.conservative_weeks,
    "case.conservative_months": about_patient.conservative_months,
    "case.conservative_treatments_tried": about_patient.conservative_count,
    "case.conservative_care_failed": about_patient.conservative_care_failed,
    "case.other_modalities_tried_failed": about_patient.conservative_care_failed,
    "case.recent_conservative_care": about_patient.recent_care,
    "case.red_flags": about_findings.red_flags,
    "case.returned_to_work": about_patient.at_work,
    "case.near_mmi": about_patient.stable,
    "tx.visits_cumulative": about_patient.visits_so_far,
    "tx.concurrent": about_patient.concurrent_care,
    "plan.active_home_program": about_patient.home_program,
    "exam.radiculopathy": about_findings.radiculopathy,
    "exam.unequivocal_nerve_compromise": about_findings.nerve_compromise,
    "imaging_or_emg.corroborates_radiculopathy": about_findings.study_agrees,
    "outcome.pain_reduction_pct": about_patient.pain_reduction,
    "outcome.pain_and_function_improved": about_patient.pain_and_function,
}

_OF_REASONS: dict[str, Question] = {
    "case.cervical_imaging_reason": about_reasons.cervical_imaging,
    "case.joint_imaging_reason": about_reasons.joint_imaging,
    "case.significant_change_since_last_study": about_reasons.changed_since_study,
    "case.would_consider_surgery": about_reasons.surgery_considered,
    "case.surgery_approved": about_reasons.surgery_approved,
    "case.shoulder_surgery_approved": about_reasons.surgery_approved,
    "case.exercise_program_failed": about_reasons.exercise_failed,
    "case.home_program_insufficient_reason": about_reasons.home_program_failed,
    "case.medication_reduced_or_not_tolerated_or_adjunct": about_reasons.adjunct_or_instead,
    "case.diagnosis_question_stated": about_reasons.nerve_question,
    "case.severe_acute_injury": about_reasons.severe_acute_injury,
    "case.localized_peripheral_neuropathic_pain": about_reasons.local_nerve_pain,
    "case.surgery_risk_high_or_factor": about_reasons.heart_or_surgery_risk,
    "case.pulmonary_risk": about_reasons.lung_risk,
    "case.anaemia_or_blood_loss_risk_or_age": about_reasons.blood_count_reason,
    "case.urologic_or_implant_surgery": about_reasons.implant_surgery,
    "tx.prior_visits_counted": about_reasons.visits_counted,
    "exam.findings_support_referral": about_reasons.findings_support,
    "exam.abnormal_finding_at_region": about_reasons.findings_support,
    "imaging.lesion_shown": about_reasons.lesion_shown,
    "doc.response_to_prior_opioid": about_reasons.response_to_opioid,
    "rx.oral_form_not_tolerated": about_reasons.oral_not_borne,
    "rx.added_to_other_agents": about_reasons.added_to_others,
    "rx.nsaid_high_dose_or_multiple": about_reasons.several_nsaids,
    "rx.ingredients": about_reasons.ingredients_in_form,
}

_RECORDED: dict[str, Question] = {
    "exam.muscle_spasm": is_so(FactKind.FINDING, ("muscle spasm",), "whether muscle spasm was found"),
    "case.acute_exacerbation": is_so(
        FactKind.CIRCUMSTANCE, ("acute exacerbation",), "whether this is an acute flare"
    ),
    "outcome.functional_improvement_documented": is_so(
        FactKind.FUNCTION, ("functional improvement",), "whether function improved"
    ),
    "outcome.adl_improved_or_restrictions_reduced": is_so(
        FactKind.FUNCTION, ("improvement in activities of daily living",), "whether daily life improved"
    ),
    "outcome.medication_reduced": is_so(
        FactKind.FUNCTION, ("medication reduction",), "whether less medication was needed"
    ),
    "exam.facet_signs": is_so(
        FactKind.FINDING, ("facet loading", "facet tenderness"), "whether the facet joints hurt"
    ),
    "exam.carpal_tunnel_signs": is_so(FactKind.FINDING, _CARPAL, "whether signs of carpal tunnel were found"),
    "exam.knee_instability_or_ligament_tear": is_so(
        FactKind.FINDING, ("joint instability", "Lachman test"), "whether the joint is unstable"
    ),
    "exam.mechanical_symptoms": is_shown(
        FactKind.SYMPTOM, _MECHANICAL, "whether the joint locks, clicks or gives way"
    ),
    "doc.analgesia_recorded": about_opioids.analgesia_recorded,
    "doc.adverse_effects_recorded": about_opioids.adverse_effects_recorded,
    "doc.aberrant_behaviour_assessed": about_opioids.behaviour_assessed,
    "doc.uds_done": was_done("urine drug test", "whether a urine drug test was done"),
    "doc.cures_checked": was_done("CURES report", "whether the prescription database was checked"),
    "doc.pain_agreement": was_done("opioid agreement", "whether there is a written agreement"),
    "doc.addiction_risk_screened": is_recorded(
        FactKind.RISK, ("opioid risk screening",), "whether the risk of misuse was screened"
    ),
    "test.screen_inconsistent": is_so(
        FactKind.RISK, ("unexpected drug test result",), "whether a drug test surprised"
    ),
    "case.gi_risk_present": is_so(
        FactKind.RISK, ("gastrointestinal risk",), "whether there is a gastrointestinal risk"
    ),
    "case.steroid_injection_tried": is_shown(
        FactKind.TREATMENT, ("steroid injection", "injection"), "whether an injection was tried"
    ),
    "doc.pain_consult": is_shown(
        FactKind.TREATMENT, ("pain management consultation",), "whether a pain specialist was asked"
    ),
}

QUESTIONS: dict[str, Question] = {
    **_OF_DRUGS,
    **_OF_REQUEST,
    **_OF_PATIENT,
    **_OF_REASONS,
    **_RECORDED,
    **about_plans.QUESTIONS,
    **about_opioids.QUESTIONS,
    **about_course.QUESTIONS,
    **about_services.QUESTIONS,
    **about_studies.QUESTIONS,
}


def ask(fact: str, asked: Asked) -> Answer:
    """Return what the record answers to one question of a criterion.

    Source:
        The question's name is the criterion's; the answer carries its places.
    """
    question = QUESTIONS.get(fact)
    return question(asked) if question else not_searched(fact)


@cache
def reasons_not_searched() -> Mapping[str, str]:
    """Return the questions that no search answers, each with the reason.

    Source:
        ``not_searched.toml``, which is ours.
    """
    text = files("openimr.guidelines").joinpath("not_searched.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["reasons"])


def not_searched(fact: str) -> Answer:
    """Return the answer where nobody searches the record, with the reason where one is given.

    Source:
        ``not_searched.toml``; a guideline pack may ask what is not in it.
    """
    reason = reasons_not_searched().get(fact)
    if reason is None:
        return NOT_SEARCHED
    because = f"The record was not searched for this, as {reason}; a person must read it for it."
    return replace(NOT_SEARCHED, because=because)


# Diagnoses that the conditions of visit limits stand for.
_CONDITIONS = {
    "myalgia": ("myalgia", "myositis", "myalgia and myositis", "myofascial pain syndrome"),
    "neuritis": ("radiculitis", "radiculopathy", "neuralgia", "neuropathy"),
    "CRPS": ("complex regional pain syndrome", "complex regional pain syndrome type I"),
}
_MEMBERS = {
    "ECG": ("electrocardiogram",),
    "CBC": ("laboratory tests", "preoperative laboratory tests"),
    "chest x-ray": ("chest radiography",),
    "EEG": ("electroencephalogram",),
    "abduction pillow sling": ("shoulder brace",),
}


def applies(when: When | None, asked: Asked) -> Answer:
    """Return whether a condition of a criterion holds: yes, no, or not searched.

    Source:
        The ``when`` of the criterion; the request and the diagnoses.
    """
    if when is None:
        return Answer(value=True, because="")
    if when.about == "member":
        names = _MEMBERS.get(when.is_, (when.is_,))
        is_it = asked.treatment.name in names
        return Answer(value=is_it, because=f"It is asked only of {when.is_}.")
    if when.about == "dx":
        names = _CONDITIONS.get(when.is_, (when.is_,))
        found = [f for f in facts_of(asked, FactKind.DIAGNOSIS, *names) if f.assertion in SAID]
        because = f"It is asked only of {when.is_}, which the record does not give{of_the_part(asked)}."
        return Answer(value=bool(found), because="" if found else because)
    if when.about == "since":
        is_since = asked.judged_on is not None and asked.judged_on >= date.fromisoformat(when.is_)
        return Answer(value=is_since, because=f"It is asked only since {when.is_}.")
    if when.about == "over_threshold":
        return _over_threshold(asked)
    because = f"It is asked only where {when.about.replace('_', ' ')} is {when.is_}; a person must tell."
    return Answer(value=None, because=because, is_looked_for=False)


# The threshold of the opioid guideline of 2016, in milligrams of morphine equivalents a day.
_THRESHOLD_MG_PER_DAY = 80.0


def _over_threshold(asked: Asked) -> Answer:
    dose = morphine.daily_mme(asked)
    because = f"It is asked only above {_THRESHOLD_MG_PER_DAY:g} mg a day. {dose.because}"
    if isinstance(dose.value, float) and dose.value > _THRESHOLD_MG_PER_DAY:
        return Answer(value=True, because=because, places=dose.places)
    is_below = isinstance(dose.value, float) and not dose.is_least
    return Answer(value=False if is_below else None, because=because, places=dose.places)

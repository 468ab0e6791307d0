"""Guideline lines as reviewers print them, read whole: which topics they lead to."""

from __future__ import annotations

import pytest

from openimr.guidelines.cited import Resolution, resolve_all
from openimr.guidelines.library import load_library
from openimr.letters.citations import cite
from openimr.vocabulary.requests import parse_request

LIBRARY = load_library()


def led_to(line: str, request: str) -> dict[str, Resolution]:
    found = resolve_all(cite(line), LIBRARY, treatment=parse_request(request))
    return {topic: r.resolution for r in found for topic in r.topics}


@pytest.mark.parametrize(
    ("line", "request_", "topic", "how"),
    [
        ("ACOEM Guidelines, Chapter 7, page 127", "Surgeon consult", "dx.consult", Resolution.NAMED),
        ("ACOEM Chapter 13, pages 346-347", "Right knee brace", "dme.knee_brace", Resolution.CHAPTER),
        (
            "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 309, Table 12-8.",
            "CT of the lumbar spine",
            "dx.mri_lumbar",
            Resolution.CHAPTER,
        ),
        (
            "Decision based on MTUS Chronic Pain Treatment Guidelines "
            "8 C.C.R. 9792.20 - 9792.26 Page 46 of 127.",
            "Caudal epidural injection",
            "inj.esi",
            Resolution.NAMED,
        ),
        (
            "The Expert Reviewer based his/her decision on the MTUS Chronic Pain Medical Treatment "
            "Guidelines, Baclofen, page 23, which is part of the MTUS.",
            "Baclofen 10 mg",
            "mr.baclofen",
            Resolution.NAMED,
        ),
        (
            "Decision based on MTUS Chronic Pain Treatment Guidelines CA MTUS Massage Therapy Page(s): 60.",
            "Massage, six visits",
            "pm.massage",
            Resolution.NAMED,
        ),
        (
            "Decision based on Non-MTUS Citation FDA: Pepcid label.",
            "Famotidine 20 mg",
            "nsaid.ppi",
            Resolution.OTHER_DOCUMENT,
        ),
        (
            "Decision based on Non-MTUS Citation Some Journal: on a weight loss program for adults.",
            "Weight loss program",
            "weight_loss",
            Resolution.OTHER_DOCUMENT,
        ),
        (
            "Decision based on Non-MTUS Citation ODG Chronic Pain, Insomnia treatment.",
            "Zolpidem 10 mg",
            "hyp.zolpidem",
            Resolution.NAMED,
        ),
        (
            "Decision based on Non-MTUS Citation ODG-TWC, Shoulder, Ultrasound, diagnostic.",
            "Diagnostic ultrasound of the shoulder",
            "dx.mri_joint",
            Resolution.NAMED,
        ),
        (
            "Decision based on MTUS Neck and Upper Back Complaints 2004, Section(s): Physical Methods.",
            "Home cervical traction unit",
            "dme.traction",
            Resolution.NAMED,
        ),
        (
            "The Expert Reviewer relied on the ACOEM Guidelines Chapter 8 (Neck and Upper Back Complaints) "
            "page 175, part of the MTUS.",
            "Cervical collar",
            "dme.collar",
            Resolution.NAMED,
        ),
        (
            "Decision based on MTUS Chronic Pain Treatment Guidelines Page(s): 93.",
            "Dilaudid 4 mg #120",
            "opi.ongoing",
            Resolution.NAMED,
        ),
        (
            "Decision based on MTUS Chronic Pain Treatment Guidelines NSAIDs, specific drug list & adverse "
            "effects Page(s): 70.",
            "Comprehensive metabolic panel",
            "dx.labs",
            Resolution.NAMED,
        ),
        (
            "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Aquatic therapy.",
            "Aquatic therapy 8 visits",
            "pm.aquatic",
            Resolution.NAMED,
        ),
        (
            "Decision based on Non-MTUS Citation ODG, Head Chapter, Vestibular PT rehabilitation.",
            "Vestibular rehabilitation",
            "pm.vestibular",
            Resolution.NAMED,
        ),
        (
            "Decision based on Non-MTUS Citation ODG Pain Chapter/Naloxone (Narcan).",
            "Evzio auto-injector",
            "rx.opioid_antagonist",
            Resolution.NAMED,
        ),
        (
            "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): "
            "Opioids, criteria for use.",
            "Percocet 10/325 mg #60",
            "op16.maintain",
            Resolution.OTHER_DOCUMENT,
        ),
        (
            "Decision based on MTUS General Approaches 2004, Section(s): "
            "Independent Medical Examinations and Consultations.",
            "Functional capacity evaluation",
            "dx.fce",
            Resolution.NAMED,
        ),
        (
            "Decision based on Non-MTUS Citation FDA Prescribing Information Namenda.",
            "Namenda 10 mg #30",
            "drug.other_label",
            Resolution.OTHER_DOCUMENT,
        ),
    ],
)
def test_a_line_leads_to_the_topic_it_means(line: str, request_: str, topic: str, how: Resolution) -> None:
    assert led_to(line, request_).get(topic) is how


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("Decision based on Non-MTUS Citation Some Journal: on headache in adults.", "Knee brace"),
        ("Decision based on Non-MTUS Citation FDA: Pepcid label.", "Norco 10/325"),
        ("Decision based on Non-MTUS Citation Medscape 2014.", "Norco 10/325"),
        # equipment that no topic names is no subject of the one for all equipment
        ("Decision based on Non-MTUS Citation Some Journal: a prosthesis.", "Prosthesis"),
    ],
)
def test_a_source_on_something_else_leads_nowhere(line: str, request_: str) -> None:
    assert led_to(line, request_) == {}


def test_a_page_of_another_chapter_is_not_the_page_of_a_topic() -> None:
    found = led_to(
        "Decision based on MTUS ACOEM Chapter 9 Shoulder Complaints Page(s): 303.", "MRI lumbar spine"
    )
    assert "dx.mri_lumbar" not in found


def test_a_wrong_page_is_told_though_another_topic_stands_on_it() -> None:
    found = resolve_all(
        cite(
            "Decision based on MTUS Chronic Pain Treatment Guidelines "
            "Muscle relaxants (for pain) Page(s): 46."
        ),
        LIBRARY,
        treatment=parse_request("Lumbar epidural steroid injection"),
    )
    assert any("outside the section" in said for r in found for said in r.wrong)

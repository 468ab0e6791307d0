"""Requests and the topics that they find: a table that a physician can read."""

from __future__ import annotations

import pytest

from openimr.guidelines.library import load_library
from openimr.guidelines.members import topics_for
from openimr.vocabulary.requests import parse_request

LIBRARY = load_library()


@pytest.mark.parametrize(
    ("request_", "first"),
    [
        ("Cyclobenzaprine 7.5 mg #60", "mr.cyclobenzaprine"),
        ("Zanaflex 4 mg #90", "mr.tizanidine"),
        ("Norflex 100 mg #60", "mr.other"),
        ("Ambien 10 mg #30", "hyp.zolpidem"),
        ("Trazodone 50 mg #30", "hyp.other"),
        ("Fioricet #60", "bca"),
        ("Butrans 10 mcg patch #4", "opi.buprenorphine"),
        ("Tramadol ER 150 mg #30", "opi.ongoing"),
        ("Naproxen 550 mg #60", "nsaid.class"),
        ("Celebrex 200 mg #30", "nsaid.celecoxib"),
        ("Omeprazole 20 mg #60", "nsaid.ppi"),
        ("Cymbalta 60 mg #30", "ad.snri"),
        ("Amitriptyline 25 mg #30", "ad.class"),
        ("Zoloft 50 mg #30", "ad.ssri"),
        ("Gabapentin 600 mg #90", "aed.gabapentin"),
        ("Lyrica 75 mg #60", "aed.pregabalin"),
        ("Gabapentin 10%/Cyclobenzaprine 6%/Tramadol 10% cream 180 gm", "top.class"),
        ("Lidoderm patch 5% #30", "top.lidocaine"),
        ("Medical food Theramine #90", "med_food"),
        ("Zofran 4 mg #20", "antiemetic"),
        ("Colace 100 mg #60", "laxative"),
        ("Imitrex 50 mg #9", "triptan"),
        ("Physical therapy 2 times a week for 6 weeks", "pm.physical_medicine"),
        ("Post-op physical therapy 12 sessions left shoulder", "pm.postsurgical"),
        ("Chiropractic 12 sessions for the neck", "pm.manual"),
        ("Acupuncture 6 sessions", "pm.acupuncture"),
        ("Aquatic therapy 12 visits", "pm.aquatic"),
        ("Gym membership for 6 months", "pm.gym"),
        ("Functional restoration program 80 hours", "pm.frp"),
        ("Psychotherapy 12 sessions", "pm.cbt"),
        ("TENS unit purchase", "dme.tens"),
        ("H-wave unit rental 30 days", "dme.hwave"),
        ("Interferential unit", "dme.ics"),
        ("Lumbar back brace", "dme.lumbar_support"),
        ("Cold therapy unit 7 day rental", "dme.cold"),
        ("Transforaminal epidural steroid injection L4-L5", "inj.esi"),
        ("Trigger point injections x 4", "inj.tpi"),
        ("Medial branch block L4-S1", "inj.facet"),
        ("Sacroiliac joint injection", "inj.si"),
        ("Stellate ganglion block", "inj.sympathetic"),
        ("Synvisc injection right knee", "inj.viscosupp"),
        ("Spinal cord stimulator trial", "proc.scs"),
        ("MRI of the lumbar spine", "dx.mri_lumbar"),
        ("MRI of the cervical spine", "dx.mri_cervical"),
        ("MRI of the left shoulder", "dx.mri_joint"),
        ("MRI of the right wrist", "dx.mri_wrist"),
        ("MRI of the right hip", "dx.mri_hip"),
        ("MRI of the left ankle", "dx.mri_foot"),
        ("MRI of the brain", "dx.head_ct"),
        ("X-rays of the lumbar spine", "dx.xray"),
        ("EMG/NCV of the bilateral upper extremities", "dx.emg_upper"),
        ("EMG of the lower extremities", "dx.emg_lower"),
        ("Urine drug screen", "opi.udt"),
        ("Functional capacity evaluation", "dx.fce"),
        ("Carpal tunnel release, right", "surg.ctr"),
        ("L4-L5 lumbar fusion", "surg.fusion_lumbar"),
        ("Anterior cervical discectomy and fusion C5-C6", "surg.cervical"),
        ("Left knee arthroscopy with meniscectomy", "surg.knee"),
        ("Preoperative clearance", "surg.preop"),
        ("Associated surgical service: Labs - CBC", "surg.preop"),
        ("Assistant surgeon", "surg.assistant"),
        ("Hospital bed", "dme.bed"),
        ("Transportation to appointments", "svc.transport"),
        ("Norco 10/325 mg #60, Soma 350 mg #60 and Prilosec 20 mg #30", "opi.ongoing"),
        ("Prescription of Naproxen 550 mg #60 and Omeprazole 20 mg #60", "nsaid.class"),
        ("Continue meds: Flexeril, naproxen", "mr.cyclobenzaprine"),
        ("Soma compound with codeine #60", "opi.ongoing"),
        ("Unspecified topical cream", "top.class"),
        ("Transdermal compounded cream for the low back", "top.class"),
        ("Compound medication of flurbiprofen and cyclobenzaprine", "top.class"),
        ("Ketamine infusion", "ketamine"),
        ("Urinalysis, toxicology", "opi.udt"),
        ("Electrodes, 8 pairs a month", "dme.tens"),
        ("Epidurography", "inj.esi"),
        ("Soft cervical collar", "dme.collar"),
        ("Laboratory tests: CBC, CMP", "dx.labs"),
        ("X-ray of the right hip", "dx.xray_hip"),
        ("Vestibular rehabilitation 2 x 6", "pm.vestibular"),
        ("Narcan nasal spray", "rx.opioid_antagonist"),
        ("Vitamin D 50,000 units", "supp.vitamin"),
        ("Inversion table", "dme.traction"),
        ("Home lumbar traction unit", "dme.traction"),
        ("Flurbiprofen powder, cyclobenzaprine powder in a base", "top.class"),
        ("Hyaluronic acid 0.2%, capsaicin 0.025% in cream base", "top.class"),
        ("Demerol 50 mg injection", "opi.ongoing"),
        ("Post-surgical physical therapy for the knee, 12 sessions", "pm.postsurgical"),
        ("Post-operative chiropractic therapy", "pm.postsurgical"),
        ("Removal of painful hardware, right ankle", "surg.hardware"),
        ("Genicular nerve ablation, left knee", "inj.facet"),
    ],
)
def test_a_request_finds_its_topic_first(request_: str, first: str) -> None:
    found = topics_for(parse_request(request_), LIBRARY)
    assert found[:1] == (first,), found[:5]


@pytest.mark.parametrize(
    ("request_", "never"),
    [
        ("MRI of the lumbar spine", {"dx.mri_cervical", "dx.mri_joint", "dx.head_ct"}),
        ("Gabapentin 10% cream 180 gm", {"aed.gabapentin", "aed.class"}),
        ("Norco 10/325 mg #60", {"apap"}),
        ("EMG of the upper extremities", {"dx.emg_lower"}),
        ("Physical therapy 12 sessions", {"pm.postsurgical"}),
        ("Laboratory tests", {"surg.preop"}),
        ("Associated surgical service: Labs - CBC", {"dx.labs"}),
        ("Norco 10/325 mg #60 and Soma 350 mg #60", {"apap", "top.class"}),
    ],
)
def test_a_request_does_not_find_what_speaks_of_something_else(request_: str, never: set[str]) -> None:
    assert not set(topics_for(parse_request(request_), LIBRARY)) & never


def test_the_first_part_that_is_printed_comes_first() -> None:
    found = topics_for(parse_request("MRI of neck and right hand without contrast"), LIBRARY)
    assert found == ("dx.mri_cervical", "dx.mri_wrist")

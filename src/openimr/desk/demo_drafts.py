"""Invented applications that nobody has filed yet, with their papers: no person named here exists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from openimr.desk import drafts
from openimr.desk.demo_records import pdf
from openimr.desk.files import store_file
from openimr.desk.models import User

_PAPERS = (
    (
        "application",
        "application.pdf",
        ("APPLICATION FOR INDEPENDENT MEDICAL REVIEW", "", "Employee: Mirabel Sedgewick", "Signed."),
    ),
    (
        "ur_decision",
        "decision.pdf",
        ("UTILIZATION REVIEW DECISION", "", "Request: Right shoulder MRI", "Decision: not authorized."),
    ),
    (
        "rfa",
        "request.pdf",
        ("REQUEST FOR AUTHORIZATION", "", "Right shoulder MRI", "Corin Halloway, MD"),
    ),
)


def begin_drafts(users: Mapping[str, User], today: date) -> None:
    """Begin one application as intake, with its three papers, and one as the applicant, half answered."""
    by_intake = drafts.begin(users["intake"], _by_intake(today))
    for kind, name, lines in _PAPERS:
        drafts.add_paper(by_intake, _paper(kind, name, lines))
    alone = drafts.begin(users["applicant"], _alone(today))
    drafts.add_paper(alone, _paper(*_PAPERS[1]))


def _paper(kind: str, name: str, lines: tuple[str, ...]) -> Mapping[str, Any]:
    stored = store_file([pdf([lines])], media_type="application/pdf")
    return {
        "sha256": stored.sha256,
        "name": name,
        "kind": kind,
        "media_type": stored.media_type,
        "pages": 1,
    }


def _by_intake(today: date) -> Mapping[str, Any]:
    return {
        "programme": "us_ca_wc",
        "patient_name": "Mirabel Sedgewick",
        "born_on": "1971-04-18",
        "of_injury": (today - timedelta(days=420)).isoformat(),
        "employer": "Bellweather Nurseries",
        "payer": "Heron Casualty",
        "payer_id": "payer-heron",
        "provider": "Corin Halloway, MD",
        "disputes": [{"request": "MRI of the right shoulder without contrast", "requested": "1"}],
        "seen": ["person", "injury", "parties"],
    }


def _alone(today: date) -> Mapping[str, Any]:
    return {
        "patient_name": "Araminta Thistle",
        "born_on": "1958-01-01",
        "represented": "no",
        "filed_by": "web",
        "of_injury": (today - timedelta(days=700)).isoformat(),
        "disputes": [{"request": "Acupuncture, 8 visits", "ur_action": "deny", "requested": "8 visits"}],
        "seen": ["name", "birthday", "lawyer", "injury-day"],
    }

"""The form on which eligibility is decided: every dispute once, and every exemption with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from openimr.casework.case_state import CaseState
from openimr.casework.commands import DecideEligibility, DisputeDecision
from openimr.casework.eligibility import grounds_of
from openimr.casework.parts import DisputeStatus, Exemption
from openimr.desk.act_forms import DECISION_WORDS
from openimr.terms.eligibility import Ground, GroundOutcome


class DecideForm(forms.Form):
    """For each dispute what it is found to be; for each ground whether it counts."""

    def __init__(self, data: Mapping[str, Any] | None, state: CaseState) -> None:
        super().__init__(data)
        self.state = state
        self.grounds: tuple[Ground, ...] = state.screening.grounds if state.screening else ()
        for place, ground in enumerate(self.grounds):
            where = "the application" if ground.dispute is None else f"treatment {ground.dispute}"
            self.fields[f"exempt-{place}"] = forms.BooleanField(
                label=f"{ground.code} does not count against {where}", required=False
            )
            self.fields[f"reason-{place}"] = forms.CharField(
                label="Reason of the exemption",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for number in state.unended:
            self.fields[f"status-{number}"] = forms.ChoiceField(
                label=f"{number}. {state.case.dispute[number - 1].request}",
                choices=[(s.value, w) for s, w in DECISION_WORDS.items()],
                initial=proposed(state, number),
                widget=forms.RadioSelect,
                error_messages={"required": "Decide this treatment."},
            )
            self.fields[f"why-{number}"] = forms.CharField(
                label="Reason",
                help_text="Without one, the words of the grounds stand.",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Return what was decided; an exemption has its reason."""
        told = super().clean() or {}
        for place, ground in enumerate(self.grounds):
            if told.get(f"exempt-{place}") and not (told.get(f"reason-{place}") or "").strip():
                self.add_error(f"reason-{place}", f"State why {ground.code} does not count.")
        return told

    def command(self) -> DecideEligibility:
        """Return what the form asks for."""
        told = self.cleaned_data
        return DecideEligibility(
            decisions=tuple(
                DisputeDecision(
                    dispute=number,
                    status=DisputeStatus(told[f"status-{number}"]),
                    why=told[f"why-{number}"].strip() or None,
                )
                for number in self.state.unended
            ),
            exemptions=tuple(
                Exemption(code=g.code, dispute=g.dispute, reason=told[f"reason-{n}"].strip())
                for n, g in enumerate(self.grounds)
                if told.get(f"exempt-{n}")
            ),
        )


def proposed(state: CaseState, number: int) -> DisputeStatus | None:
    """Return what the grounds come to for one dispute, for a person to confirm or to change.

    None where nobody looked for grounds: then nothing is chosen before.
    """
    grounds = grounds_of(state, number)
    if not grounds:
        looked = state.screening is not None and number in state.screening.eligible
        return DisputeStatus.ELIGIBLE if looked or state.exemptions else None
    if all(ground.outcome is GroundOutcome.DEFERRED for ground in grounds):
        return DisputeStatus.DEFERRED
    return DisputeStatus.INELIGIBLE

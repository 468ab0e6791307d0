"""The forms of a review: the view before the draft, and the adoption. Nothing is ever preselected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms

from openimr.casework.case_state import CaseState
from openimr.casework.reviewing import AT_ADOPTION
from openimr.casework.seats import View
from openimr.terms.determination import (
    AdoptedSummary,
    Adoption,
    Decision,
    Draft,
    DraftDispute,
    FindingChange,
)
from openimr.terms.findings import Status
from openimr.terms.letter import Outcome

OUTCOMES = (
    (Outcome.UPHELD.value, "Uphold the denial: not medically necessary"),
    (Outcome.OVERTURNED.value, "Overturn the denial: medically necessary"),
    (Outcome.OVERTURNED_IN_PART.value, "Overturn in part: a part is medically necessary"),
)
STATUSES = (
    ("", "As the draft answers it"),
    (Status.MET.value, "Met"),
    (Status.NOT_MET.value, "Not met"),
    (Status.NOT_DOCUMENTED.value, "Not documented"),
    (Status.NOT_APPLICABLE.value, "Not applicable"),
)
ATTESTS = (
    ("no_conflict", "I have no tie to anybody in this case."),
    ("qualified", "I am qualified to review these treatments."),
    ("read_the_file", "I have read the whole file."),
    ("knows_the_law", "I know the law and the guidelines that apply."),
)
LONGEST = 20_000


def _long(label: str, hint: str = "", *, required: bool = True, rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _outcome(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=OUTCOMES, widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )


class ViewForm(forms.Form):
    """What a physician thinks of each dispute before the draft opens."""

    def __init__(self, data: Mapping[str, str] | None, *, state: CaseState) -> None:
        super().__init__(data)
        self._live = state.live
        for n in state.live:
            self.fields[f"leans-{n}"] = _outcome("As you see it now")
            self.fields[f"because-{n}"] = _long("What of the file makes you think so", rows=4)

    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """Return for each dispute its number and its two fields."""
        return [(n, self[f"leans-{n}"], self[f"because-{n}"]) for n in self._live]

    def views(self) -> tuple[View, ...]:
        """Return the views that were entered."""
        told = self.cleaned_data
        return tuple(
            View(dispute=n, leans_to=Outcome(told[f"leans-{n}"]), because=told[f"because-{n}"])
            for n in self._live
        )


class AdoptionForm(forms.Form):
    """The adoption: of each dispute an outcome and its reasons; what was confirmed; what is attested."""

    def __init__(
        self, data: Mapping[str, str] | None, *, draft: Draft, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.draft = draft
        for dispute in draft.disputes:
            self._add(dispute)
        told = told_of(draft)
        for n, name in enumerate(draft.to_confirm):
            self.fields[f"confirmed-{n}"] = forms.BooleanField(
                label=f"I have read it at its source: {told.get(name, name)}", required=False
            )
        self.fields["summary"] = _long(
            "Your own clinical summary",
            "Leave it empty to take over the drafted one.",
            required=False,
        )
        for word, label in ATTESTS:
            self.fields[f"attests-{word}"] = forms.BooleanField(
                label=label,
                required=word in AT_ADOPTION,
                error_messages={
                    "required": "A determination needs it. If it is not so, tell the case manager."
                },
            )

    def _add(self, dispute: DraftDispute) -> None:
        n = dispute.number
        self.fields[f"outcome-{n}"] = _outcome("Your decision")
        self.fields[f"necessary-{n}"] = forms.CharField(
            label="What is medically necessary, if a part is",
            help_text="In the quantities of the request, as: 6 of 12 sessions.",
            required=False,
            max_length=300,
        )
        self.fields[f"rationale-{n}"] = _long("Your reasons", rows=10)
        self.fields[f"citations-{n}"] = _long(
            "Guidelines and evidence that you rely on",
            "One a line, as the letter shall print it.",
            required=False,
            rows=3,
        )
        for criterion in criteria_of(dispute):
            self.fields[f"status-{n}-{criterion}"] = forms.ChoiceField(
                label="Your answer", choices=STATUSES, required=False
            )
            self.fields[f"why-{n}-{criterion}"] = forms.CharField(
                label="Why it is answered otherwise", required=False, max_length=2000
            )

    def clean(self) -> dict[str, object]:
        """Return what was entered, after looking at what belongs together."""
        told = self.cleaned_data
        for dispute in self.draft.disputes:
            n = dispute.number
            in_part = told.get(f"outcome-{n}") == Outcome.OVERTURNED_IN_PART.value
            necessary = (told.get(f"necessary-{n}") or "").strip()
            if in_part and not necessary:
                self.add_error(f"necessary-{n}", "Say which part is medically necessary.")
            if necessary and not in_part and told.get(f"outcome-{n}"):
                self.add_error(f"necessary-{n}", "Leave it empty, or choose to overturn in part.")
            for criterion in criteria_of(dispute):
                if told.get(f"status-{n}-{criterion}") and not told.get(f"why-{n}-{criterion}"):
                    self.add_error(f"why-{n}-{criterion}", "Say why you answer it otherwise.")
        return told

    def adoption(self, *, reviewer: str, on: date) -> Adoption:
        """Return what was decided, as the term."""
        told = self.cleaned_data
        return Adoption(
            reviewer=reviewer,
            adopted_on=on,
            attests=tuple(word for word, _ in ATTESTS if told[f"attests-{word}"]),
            summary=AdoptedSummary(text=told["summary"] or None),
            decision=tuple(self._decision(d) for d in self.draft.disputes),
            confirmed=self.confirmed(),
        )

    def confirmed(self) -> tuple[str, ...]:
        """Return what was confirmed at its source."""
        names = enumerate(self.draft.to_confirm)
        return tuple(name for n, name in names if self.cleaned_data[f"confirmed-{n}"])

    def _decision(self, dispute: DraftDispute) -> Decision:
        told, n = self.cleaned_data, dispute.number
        return Decision(
            dispute=n,
            outcome=Outcome(told[f"outcome-{n}"]),
            rationale=told[f"rationale-{n}"],
            necessary=told[f"necessary-{n}"].strip() or None,
            citations=tuple(line.strip() for line in told[f"citations-{n}"].splitlines() if line.strip()),
            findings_changed=tuple(
                FindingChange(
                    criterion=c, status=Status(told[f"status-{n}-{c}"]), why=told[f"why-{n}-{c}"].strip()
                )
                for c in criteria_of(dispute)
                if told[f"status-{n}-{c}"]
            ),
        )


def told_of(draft: Draft) -> dict[str, str]:
    """Return what each topic and criterion of a draft asks, with its citation, by its name."""
    evaluations = [e for d in draft.disputes for e in d.evaluations]
    told = {e.topic: f"{e.citation}: {e.gist}" for e in evaluations if e.topic}
    return told | {f.criterion: f"{f.citation}: {f.asks}" for e in evaluations for f in e.findings}


def criteria_of(dispute: DraftDispute) -> tuple[str, ...]:
    """Return the criteria of a dispute, each once: a finding is changed by the name of its criterion."""
    return tuple(dict.fromkeys(f.criterion for e in dispute.evaluations for f in e.findings))


def entered_before(adoption: Adoption, draft: Draft) -> dict[str, object]:
    """Return a version that came back, as the fields of the form: the author writes on, decides anew.

    Outcomes and attestations are not taken over: both are given again.
    """
    found: dict[str, object] = {"summary": adoption.summary.text or ""}
    for n, name in enumerate(draft.to_confirm):
        found[f"confirmed-{n}"] = name in adoption.confirmed
    for decision in adoption.decision:
        n = decision.dispute
        found[f"rationale-{n}"] = decision.rationale
        found[f"necessary-{n}"] = decision.necessary or ""
        found[f"citations-{n}"] = "\n".join(decision.citations)
        for change in decision.findings_changed:
            found[f"status-{n}-{change.criterion}"] = change.status.value
            found[f"why-{n}-{change.criterion}"] = change.why
    return found


def kept_fields(posted: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Return what is kept of a text that is being written: the fields of the form but the attestations."""
    return {
        name: posted[name][:LONGEST] for name in names if name in posted and not name.startswith("attests-")
    }

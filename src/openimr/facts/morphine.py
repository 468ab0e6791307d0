"""An opioid in oral morphine: by the milligram, by the band of the dose, by the hour of a patch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openimr.terms.treatment import Amount
from openimr.vocabulary.drugs import Drug

# Names under which a table gives what is no milligram of an ingredient.
FENTANYL_BY_THE_HOUR = "fentanyl_transdermal_mcg_per_hour"
"""What one microgram an hour of fentanyl through the skin is in milligrams of morphine a day."""
BUPRENORPHINE_PATCH = "buprenorphine_patch"
"""The factor of a patch of buprenorphine: for one patch a day, of which each is worn a week."""
BUPRENORPHINE_FILM = "buprenorphine_film_mcg"
"""One microgram of a film for the cheek; what goes by the milligram treats dependence and is not counted."""
# Milligrams of methadone a day up to which a factor holds, where a table gives one for each band.
_METHADONE = (
    (20.0, "methadone_to_20_mg"),
    (40.0, "methadone_21_to_40_mg"),
    (60.0, "methadone_41_to_60_mg"),
    (float("inf"), "methadone_over_60_mg"),
)
_DAYS_OF_A_PATCH = 7
_HOURLY = ("mcg/h", "mcg/hr", "mcg/hour")


@dataclass(frozen=True, slots=True, kw_only=True)
class InMorphine:
    """One opioid as oral morphine: ``amount`` a day in ``unit``, times ``factor``, is ``mg_per_day``."""

    ingredient: str
    amount: float
    unit: str
    factor: float
    key: str

    @property
    def mg_per_day(self) -> float:
        """The milligrams of oral morphine that one day of it comes to."""
        return self.amount * self.factor


def in_morphine(
    drug: Drug, amounts: Sequence[Amount], units_per_day: float | None, factors: Mapping[str, float]
) -> InMorphine | None:
    """Return what an opioid comes to in morphine; None where dose, frequency or factor is not there.

    A patch needs no frequency: one is worn at a time, and its strength is by
    the hour. The factor of methadone goes by the dose of the whole day, where
    the table has one for each band.

    Args:
        drug: The opioid.
        amounts: The strength of each ingredient, in the drug's order.
        units_per_day: How many tablets or films a day.
        factors: The table of the day, by ingredient.

    Example:
        >>> from openimr.vocabulary.drugs import find_drugs
        >>> methadone = find_drugs("methadone")[0].value
        >>> bands = {"methadone_to_20_mg": 4.0, "methadone_21_to_40_mg": 8.0}
        >>> in_morphine(methadone, [Amount(10, "mg")], 3, bands).mg_per_day
        240.0
    """
    if drug.route == "transdermal":
        return _patch(drug, amounts, factors)
    if units_per_day is None or not units_per_day:
        return None
    for ingredient, amount in zip(drug.ingredients, amounts, strict=False):
        daily = amount.amount * units_per_day
        key = _key(drug, ingredient, amount.unit, daily, factors)
        if key in factors:
            return InMorphine(
                ingredient=ingredient, amount=daily, unit=amount.unit, factor=factors[key], key=key
            )
    return None


def _key(drug: Drug, ingredient: str, unit: str, daily: float, factors: Mapping[str, float]) -> str:
    """Return the name of the factor of an ingredient; an empty one where it is in no unit that has one."""
    if ingredient == "buprenorphine":
        return BUPRENORPHINE_FILM if unit == "mcg" else ""
    if ingredient == "methadone" and "methadone" not in factors:
        return next(key for most, key in _METHADONE if daily <= most) if unit == "mg" else ""
    # other ways than by mouth (a lozenge, a spray) have factors of their own
    return ingredient if unit == "mg" and drug.route in (None, "oral") else ""


def _patch(drug: Drug, amounts: Sequence[Amount], factors: Mapping[str, float]) -> InMorphine | None:
    by_ingredient = {
        "fentanyl": (FENTANYL_BY_THE_HOUR, 1.0),
        "buprenorphine": (BUPRENORPHINE_PATCH, 1 / _DAYS_OF_A_PATCH),
    }
    key, share = by_ingredient.get(drug.ingredients[0], ("", 1.0))
    # "patch 50 mcg": the strength of a patch is by the hour, whether it is printed or not
    hourly = [a for a in amounts if a.unit in (*_HOURLY, "mcg")]
    if key not in factors or not hourly:
        return None
    return InMorphine(
        ingredient=drug.ingredients[0],
        amount=hourly[0].amount,
        unit="mcg an hour",
        factor=factors[key] * share,
        key=key,
    )

"""A request for a drug: which product, how strong, how many."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from openimr.terms.treatment import Amount, Quantity, Treatment, TreatmentKind
from openimr.vocabulary.anatomy import read_body_parts
from openimr.vocabulary.drugs import Drug, all_drugs
from openimr.vocabulary.phrases import Match
from openimr.vocabulary.requests.amounts import (
    StrengthFound,
    find_strengths,
    is_size,
    read_counts,
    read_form,
    read_quantity,
    read_refills,
    read_route,
)
from openimr.vocabulary.requests.doses import read_units_per_day
from openimr.vocabulary.requests.schedule import read_schedule

_TOPICAL_FORMS = {"gel", "cream", "ointment", "lotion", "roll-on", "foam"}
# What a table calls transmucosal is printed by the place of the mucosa.
_MUCOSAL = {"buccal", "sublingual", "nasal", "oral"}
_INJECTED = {"intramuscular", "intravenous", "injection"}
_COMPOUND = re.compile(r"\bcompound(?:ed|s)?\b", re.IGNORECASE)
# "hydrocodone 10mg/acetaminophen 325mg": one product, its ingredients joined
_JOINT = re.compile(r"^[\s\d.,%mgc]{0,14}[/-]\s?$", re.IGNORECASE)
# The partners of an opioid, always dosed in mg; misoprostol, for one, is not.
_IN_MILLIGRAMS = frozenset({"acetaminophen", "ibuprofen", "aspirin", "caffeine"})
# "Norco 10/325": the unit of a combination in tablets goes without saying
_BARE_STRENGTH = re.compile(
    r"^\s{0,2}\(?(?P<numbers>\d{1,3}(?:\.\d)?(?:\s?[/-]\s?\d{1,3}(?:\.\d)?){1,2})(?![\w/%.-])"
)


def parse_medication(text: str, drugs: list[Match[Drug]]) -> Treatment:
    """Return a request for one or several drugs as a treatment.

    Several ingredients of a topical are one compound; several tablets in one
    request are several products, whose strength and quantity stay empty
    where more than one is printed.

    Args:
        text: The request with number words written as digits.
        drugs: The drugs found in it.
    """
    strengths = find_strengths(text)
    form, printed_route = read_form(text), read_route(text)
    route = _plain_route(form, printed_route)
    product = _single_product(text, drugs)
    if product is None:
        return _several(text, drugs, strengths, form, route)
    product = _with_acetaminophen(product, strengths)
    if route is None and product.route == "oral" and any("%" in s.text for s in strengths):
        route = "topical"
    drug = _variant(product, route, form)
    found = _strength_of(text, drugs[0], product, strengths)
    schedule = read_schedule(text, by_weeks=False)
    return Treatment(
        kind=TreatmentKind.MEDICATION,
        name=drug.id if drug else None,
        ingredients=product.ingredients,
        product=text[drugs[0].start : drugs[0].end],
        drug_class=drug.drug_class if drug else None,
        strength=found.text if found else None,
        strengths=found.amounts if found else (),
        form=form or (drug.form if drug else None),
        route=printed_route or route or (drug.route if drug else None),
        quantity=_quantity(_without_names(text, drugs), [s for s in strengths if s is not found])
        or _leading_count(text, drugs[0]),
        refills=read_refills(text),
        frequency=schedule.frequency,
        units_per_day=read_units_per_day(_without_names(text, drugs), schedule.frequency),
        duration=schedule.duration,
        body_parts=read_body_parts(text),
    )


def unknown_medication(text: str) -> Treatment:
    """Return a request for a drug that the vocabulary does not know."""
    strengths = [s for s in find_strengths(text) if not is_size(s)]
    form, route = read_form(text), read_route(text)
    schedule = read_schedule(text, by_weeks=False)
    return Treatment(
        kind=TreatmentKind.MEDICATION,
        strength=strengths[0].text if len(strengths) == 1 else None,
        strengths=tuple(a for s in strengths for a in s.amounts),
        form=form,
        route=route or _plain_route(form, route),
        quantity=_quantity(text, find_strengths(text)),
        refills=read_refills(text),
        frequency=schedule.frequency,
        duration=schedule.duration,
        body_parts=read_body_parts(text),
    )


def _several(
    text: str, drugs: list[Match[Drug]], strengths: list[StrengthFound], form: str | None, route: str | None
) -> Treatment:
    """Return a compound, or several products asked for in one request."""
    # powders are what a pharmacy mixes from
    is_called_so = form == "powder" or bool(_COMPOUND.search(_without_names(text, drugs)))
    is_compound = route == "topical" or is_called_so or any("%" in s.text for s in strengths)
    if route is None and is_compound and any("%" in s.text for s in strengths):
        route = "topical"
    amounts = [s for s in strengths if not is_size(s)]
    text = _without_names(text, drugs)
    quantity = _quantity(text, strengths)
    if not is_compound and (len(read_counts(text)) != 1 or len(amounts) > 1):
        quantity = None
    routes = {m.value.route for m in drugs}
    schedule = read_schedule(text, by_weeks=False)
    return Treatment(
        kind=TreatmentKind.MEDICATION,
        ingredients=tuple(dict.fromkeys(i for m in drugs for i in m.value.ingredients)),
        drug_class=_class_of_compound(route, is_called_so=is_called_so) if is_compound else None,
        strength=", ".join(s.text for s in amounts) if is_compound and amounts else None,
        strengths=tuple(a for s in amounts for a in s.amounts),
        form=form,
        route=route or (routes.pop() if len(routes) == 1 else None),
        quantity=quantity,
        refills=read_refills(text),
        frequency=schedule.frequency if is_compound else None,
        duration=schedule.duration,
        body_parts=read_body_parts(text),
    )


def _class_of_compound(route: str | None, *, is_called_so: bool) -> str | None:
    """Return the class of what is mixed: for the skin, or somewhere that is not printed."""
    if route == "topical":
        return "topical compound"
    return "compound" if is_called_so and route is None else None


def _plain_route(form: str | None, printed: str | None) -> str | None:
    """Return the route that selects the product: what is printed, or what the form leaves no doubt about."""
    if printed is not None:
        return "injection" if printed in _INJECTED else printed
    if form in _TOPICAL_FORMS:
        return "topical"
    return "injection" if form == "injection" else None


def _single_product(text: str, drugs: list[Match[Drug]]) -> Drug | None:
    """Return the one product that all names of a request mean, or None for several.

    "Hydrocodone/APAP (Norco)" is one product, and so is "hydrocodone 10mg/
    acetaminophen 325mg"; "Norco and Soma" are two.
    """
    widest = max((m.value for m in drugs), key=lambda d: (len(d.ingredients), d.form is not None))
    wanted = set(widest.ingredients)
    if all(set(m.value.ingredients) == wanted for m in drugs):
        return widest
    covered = {i for m in drugs for i in m.value.ingredients} == wanted
    if covered and len(drugs) == 2 and text[drugs[0].end : drugs[1].start].strip() == "(":
        return widest
    if all(_JOINT.match(text[a.end : b.start]) for a, b in pairwise(drugs)):
        joined = frozenset(i for m in drugs for i in m.value.ingredients)
        same = [d for d in _by_ingredients().get(joined, ()) if d.route == "oral" and d.form is None]
        if len(same) == 1 and "%" not in text:
            return same[0]
    return None


# How much acetaminophen a combination tablet holds, in mg.
_ACETAMINOPHEN_MG = frozenset({300.0, 325.0, 500.0, 650.0, 750.0})


def _with_acetaminophen(drug: Drug, strengths: list[StrengthFound]) -> Drug:
    """Return the combination that "hydrocodone 10/325 mg" means, else the drug itself."""
    amounts = strengths[0].amounts if strengths else ()
    if len(drug.ingredients) != 1 or len(amounts) != 2 or amounts[1].unit != "mg":
        return drug
    same = _by_ingredients().get(frozenset({*drug.ingredients, "acetaminophen"}), ())
    return same[0] if same and amounts[1].amount in _ACETAMINOPHEN_MG else drug


def _leading_count(text: str, first: Match[Drug]) -> Quantity | None:
    """Return the number that stands alone before the drug: "90 tramadol 50 mg"."""
    before = text[: first.start].strip()
    return Quantity(float(before)) if re.fullmatch(r"[1-9]\d{0,2}", before) else None


@cache
def _by_ingredients() -> dict[frozenset[str], tuple[Drug, ...]]:
    found: dict[frozenset[str], tuple[Drug, ...]] = {}
    for drug in all_drugs():
        key = frozenset(drug.ingredients)
        found[key] = (*found.get(key, ()), drug)
    return found


def _variant(drug: Drug, route: str | None, form: str | None) -> Drug | None:
    """Return the product with these ingredients that has the printed form and route.

    None where the vocabulary has no such product: a name that stands for
    tablets is not kept for a cream.
    """
    same = _by_ingredients()[frozenset(drug.ingredients)]
    if form and form.startswith("extended release"):
        longer = [d for d in same if d.form == "extended release" and d.route == drug.route]
        return longer[0] if len(longer) == 1 and drug.form is None else drug
    of_form = [d for d in same if d.form == form and route in (None, d.route)] if form else []
    if len(of_form) == 1 and drug.form != form:
        return of_form[0]
    if route is None or drug.route in (None, route) or (drug.route == "transmucosal" and route in _MUCOSAL):
        return drug
    of_route = [d for d in same if d.route == route and d.form in (None, form, "injection")]
    return of_route[0] if of_route else None


def _strength_of(
    text: str, first: Match[Drug], drug: Drug, strengths: list[StrengthFound]
) -> StrengthFound | None:
    """Return the strength of a single product; what follows it is the size of its container."""
    printed = [s for s in strengths if not is_size(s)]
    if len(drug.ingredients) > 1 and drug.route == "oral":
        bare = _BARE_STRENGTH.match(text[first.end :])
        if bare and _IN_MILLIGRAMS & set(drug.ingredients):
            numbers = re.split(r"\s?[/-]\s?", bare["numbers"])
            amounts = tuple(Amount(float(n), "mg") for n in numbers)
            joined = "/".join(f"{a.amount:g}" for a in amounts)
            return StrengthFound(first.end, first.end + bare.end(), f"{joined} mg", amounts)
        if len(printed) == len(drug.ingredients) and all(len(s.amounts) == 1 for s in printed):
            amounts = tuple(s.amounts[0] for s in printed)
            if len({a.unit for a in amounts}) == 1:
                joined = "/".join(f"{a.amount:g}" for a in amounts)
                return StrengthFound(
                    printed[0].start, printed[-1].end, f"{joined} {amounts[0].unit}", amounts
                )
    if printed:
        # more amounts than ingredients: one of them is of something unknown
        return printed[0] if len(printed[0].amounts) <= len(drug.ingredients) else None
    # "glucosamine 1 g": a size alone can be the strength of a tablet
    return (
        strengths[0] if strengths and drug.route == "oral" and strengths[0].amounts[0].unit == "g" else None
    )


def _quantity(text: str, strengths: list[StrengthFound]) -> Quantity | None:
    """Return how many are asked for, or else how much: "#1" before "100 g"."""
    counted = read_quantity(text)
    if counted is not None:
        return counted
    sizes = {s.amounts[0] for s in strengths if is_size(s)}
    if len(sizes) != 1:
        return None
    size = sizes.pop()
    return Quantity(size.amount, size.unit)


def _without_names(text: str, drugs: list[Match[Drug]]) -> str:
    """Return the text with the names of drugs blank: "Tylenol #3" asks for no three."""
    for match in drugs:
        text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
    return text

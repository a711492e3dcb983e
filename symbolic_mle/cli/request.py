"""From the arguments of ``derive`` to the specification of a model, as ``Model.parse`` takes it."""

from __future__ import annotations

import argparse
import re
from fractions import Fraction
from typing import Any

from symbolic_mle import families
from symbolic_mle.cli.relations import spaces
from symbolic_mle.errors import DataError, ModelError

WORDS_ONLY = re.compile(r"[A-Za-z]{2,}(?:[ _-][A-Za-z]+)*")
NEEDED = "--parameter: none was given; name what is unknown and its space, as in --parameter 'lambda > 0'"


def specification(options: argparse.Namespace) -> dict[str, Any]:
    """The keyword arguments of ``Model.parse`` that the command line asks for."""
    if _is_named(options):
        return _named_model(options)
    if not options.parameter:
        raise ModelError(NEEDED)
    parameters, known = _parameters_and_known(options)
    return {
        "density": options.density,
        "variable": options.variable or "x",
        "parameters": parameters,
        "support": options.support or "",
        "known": known,
        "discrete": options.discrete,
        "constraints": options.constraint,
        "covariates": options.covariate,
        "checked": not options.unchecked,
    }


def known_values(assignments: list[str]) -> dict[str, float]:
    """["sigma=1.5", "m=1/3"] → {"sigma": 1.5, "m": 0.333…}."""
    values: dict[str, float] = {}
    for text in assignments:
        name, equals, number = (part.strip() for part in text.partition("="))
        if not name or not equals:
            raise DataError(f"--set: {text!r} is not an assignment; write a name and a number, as in 'sigma=1.5'")
        values[name] = _number(number, text)
    return values


def _number(text: str, assignment: str) -> float:
    """An integer stays one: a known number of trials is a whole number."""
    try:
        exact = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise DataError(f"--set: {text!r} in {assignment!r} is not a number; write '1.5', '2e-3' or '1/3'") from None
    return exact.numerator if exact.denominator == 1 else float(exact)


def _parameters_and_known(options: argparse.Namespace) -> tuple[dict[str, str], dict[str, str]]:
    """Spaces of both; a relation of a parameter may use known constants, so the clear ones are found first."""
    observed = [*(options.variable or "x").split(","), *options.covariate]
    known = spaces(options.known, "--known", observed)
    return spaces(options.parameter, "--parameter", [*observed, *known]), known


def _is_named(options: argparse.Namespace) -> bool:
    """A named model: its name and no variable or support, which a density would need."""
    try:
        families.find(options.density)
    except ModelError:
        if WORDS_ONLY.fullmatch(options.density) and not (options.parameter or options.variable or options.support):
            raise
        return False
    return True


def _named_model(options: argparse.Namespace) -> dict[str, Any]:
    """A named model, in which --parameter and --known change a space, or make a parameter known and the reverse."""
    for option in ("variable", "support"):
        if getattr(options, option) is not None:
            raise ModelError(f"--{option} does not go with the named model {options.density!r}; write its density out")
    chosen = families.find(options.density).specification()
    parameters, known = _parameters_and_known(options)
    _refuse_other_names({**parameters, **known}, chosen, options.density)
    names = {**chosen["parameters"], **chosen["known"]}
    unknown = {n: parameters.get(n) or r for n, r in names.items() if n in {**chosen["parameters"], **parameters}}
    constants = {n: known.get(n) or r for n, r in names.items() if n in {**chosen["known"], **known}}
    chosen["parameters"] = {n: r for n, r in unknown.items() if n not in known}
    chosen["known"] = {n: r for n, r in constants.items() if n not in parameters}
    chosen["constraints"] += options.constraint
    chosen["checked"] = not options.unchecked
    return chosen


def _refuse_other_names(given: dict[str, str], chosen: dict[str, Any], density: str) -> None:
    names = [*chosen["parameters"], *chosen["known"]]
    for name in given:
        if name not in names:
            raise ModelError(f"the model {density!r} has no {name!r}; its names are {', '.join(names)}")

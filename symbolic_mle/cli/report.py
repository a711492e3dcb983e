"""What is printed beside a derivation: an estimate in words, the listing of models."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from symbolic_mle.errors import MLEError
from symbolic_mle.families import Family

VERDICTS = {
    "attained": "The likelihood is largest there.",
    "not attained": "There is no maximum: the likelihood approaches its supremum and never attains it.",
    "unbounded": "There is no maximum: the likelihood is unbounded.",
    "unknown": "Whether the likelihood has a maximum for these data could not be decided.",
}


def listing(families: Iterable[Family]) -> str:
    """One line a model: name, parameters, title."""
    chosen = list(families)
    names = max(len(family.name) for family in chosen)
    spaces = max(len(family.parametrisation) for family in chosen)
    return "\n".join(f"{family.name:{names}}  {family.parametrisation:{spaces}}  {family.title}" for family in chosen)


def details(family: Family) -> str:
    """All about one model."""
    kind = "probability function" if family.discrete else "density"
    lines = [
        f"{family.name}: {family.title}",
        f"  {family.about}",
        f"  {kind:22}{family.density}",
        f"  {'observations':22}{family.support or f'{family.variable} real'}",
        f"  {'parameters':22}{family.parametrisation}",
        f"  {'derive it':22}symbolic-mle derive {family.name}",
    ]
    return "\n".join(lines)


def estimate_in_words(estimate: Any, source: str, size: int) -> str:
    """The value of the estimator, whether it is a maximum, and which case the data are in."""
    observations = "1 observation" if size == 1 else f"{size} observations"
    lines = [f"Estimate from {source} ({observations})"]
    found = estimate.maximisers or ([estimate.values] if estimate.values else [])
    if len(found) > 1:
        lines.append(f"    {len(found)} maximisers:")
    lines += ["    " + ", ".join(_value(name, value) for name, value in point.items()) for point in found]
    lines.append(f"    {VERDICTS[str(estimate.existence)]}")
    if estimate.note and not found:
        lines.append(f"    Why: {estimate.note}.")
    return "\n".join(lines)


def _value(name: str, value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return f"{name} anywhere from {_short(value[0])} to {_short(value[1])}"
    return f"{name} = {_short(value)}"


def _short(value: Any) -> str:
    """Ten significant digits: more than any data determine, and no noise of rounding."""
    return f"{float(value):.10g}"


def uncertainty_in_words(estimate: Any, functions: Iterable[str], iterations: str | None) -> Iterator[str]:
    """Standard errors and intervals, functions of the parameters, and a table of iterations."""
    if estimate.standard_errors is not None:
        for name, error in estimate.standard_errors.items():
            yield f"    se({name}) = {_short(error)}{_interval(estimate, name)}"
    for text in functions:
        found = estimate.function(text)
        error = "" if found.standard_error is None else f", standard error {_short(found.standard_error)}"
        yield f"    {text} = {_short(found.value)}{error}"
    if iterations:
        rows = estimate.iterations(iterations)
        for k, row in enumerate(rows):
            values = ", ".join(_value(n, v) for n, v in row.values.items())
            yield f"    step {k}: {values}   log-likelihood {row.log_likelihood:.10g}, gradient {row.gradient:.3g}"


def _interval(estimate: Any, name: str) -> str:
    try:
        low, high = estimate.interval(name)
    except MLEError:
        return ""
    return f", 95 % interval {_short(low)} to {_short(high)} (likelihood ratio)"


def estimate_as_json(estimate: Any) -> dict[str, Any]:
    """Full precision, in the words of the Python interface."""
    return {
        "existence": str(estimate.existence),
        "values": _plain(estimate.values) if estimate.values else None,
        "maximisers": [_plain(point) for point in estimate.maximisers or []],
        "proof": str(estimate.proof),
        "log_likelihood": estimate.log_likelihood,
        "note": estimate.note,
        "standard_errors": estimate.standard_errors,
        "covariance": None if estimate.covariance is None else estimate.covariance.tolist(),
    }


def _plain(point: Mapping[str, Any]) -> dict[str, Any]:
    return {n: [float(e) for e in v] if isinstance(v, (tuple, list)) else float(v) for n, v in point.items()}


def with_estimate(derivation: str, estimate: Any) -> str:
    """A derivation in JSON with the estimate as one more key."""
    return json.dumps({**json.loads(derivation), "estimate": estimate_as_json(estimate)}, ensure_ascii=False, indent=2)

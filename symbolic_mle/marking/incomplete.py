"""What a strict marker misses in a working: the second order, the boundary, existence, independence."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator

from symbolic_mle.marking.desk import Desk
from symbolic_mle.marking.sampling import Trial, ends
from symbolic_mle.marking.truth import Truth

PATIENCE = 0.4  # seconds of CPU for each question about special samples
_INDEPENDENT = re.compile(r"independen|\biid\b|i\.\s?i\.\s?d|random sample|simple random", re.IGNORECASE)
_SECOND = re.compile(
    r"concav|negative[- ]definite|hessian|second derivative|global maximum|sign change|changes? (?:its )?sign|unimodal"
    r"|positive (?:for|when|if|below|left)|negative (?:for|when|if|above)|(?:increas|decreas)\w*|strictly less",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"boundar|end ?point|\bif all\b|\ball (?:zero|the x|observations|x)|no zero in|at the end|interior|\bedge\b|corner",
    re.IGNORECASE,
)
_EXISTS = re.compile(
    r"\bexist|not all (?:equal|zero|the same)|no maximum|at least (?:one|two)|provided|not all|unbounded|positive probability",
    re.IGNORECASE,
)
_STRICT = re.compile(r"(?:0|1)\s*(?:<|\\lt)\s*\S+\s*(?:<|\\lt)|>\s*0|n\s*(?:\\ge(?:q)?|≥|>=|>)\s*[12]|\\ne(?:q)?\b|≠")
_INDEPENDENCE, _ORDER, _ENDS, _EXISTENCE = (
    "no-independence-statement",
    "no-second-order-check",
    "boundary-not-treated",
    "existence-not-treated",
)


def incomplete(text: str, words: str, conditions: str, desk: Desk) -> list[str]:
    """The stable words for what is missing. ``words`` are the words of the working, ``conditions`` its conditions."""
    found: list[str] = []
    estimated = any(kind.startswith("estimate") for kind in desk.seen)
    if estimated and "second derivative" not in desk.seen and not _SECOND.search(words):
        found.append(_ORDER)
    treats = bool(_STRICT.search(conditions))
    if _boundary_matters(desk) and not (_BOUNDARY.search(words) or treats or re.search(r"\\?(?:max|min)\s*[({]", text)):
        found.append(_ENDS)
    if not _INDEPENDENT.search(words) and not re.search(r"i\.?i\.?d|\\perp", text):
        found.append(_INDEPENDENCE)
    if _existence_matters(desk) and not (_EXISTS.search(words) or treats):
        found.append(_EXISTENCE)
    return found


def _boundary_matters(desk: Desk) -> bool:
    """Is the maximum of some possible sample at a closed end of the parameter space?"""
    truth = desk.bench.truth
    model = truth.likelihood.model
    if not any(i.closed_lower or i.closed_upper for i in model.parameters.values()):
        return False
    for trial in _special(truth):
        point = truth.maximum(trial).point or {}
        for p, value in point.items():
            for end in ends(model.parameters[p], {**trial.known, **point}):
                if math.isfinite(end) and abs(value - end) <= 1e-9 * (1 + abs(end)):
                    return True
    return False


def _existence_matters(desk: Desk) -> bool:
    """Is there a possible sample without a maximum: of equal observations, or at an end of the support?"""
    truth = desk.bench.truth
    return bool(desk.bench.places) and any(
        truth.maximum(trial).exists is not True for trial in _special(truth) if trial.kind == "degenerate"
    )


def _special(truth: Truth) -> Iterator[Trial]:
    """The samples that are not generic, as far as there is time for them."""
    end = time.thread_time() + PATIENCE
    for trial in truth.trials:
        if trial.kind != "generic":
            yield trial
        if time.thread_time() > end:
            return

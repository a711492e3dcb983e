"""Would a claim be right with one of its signs changed?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from itertools import islice
from typing import Any

from symbolic_mle.marking.evaluation import Point, evaluate
from symbolic_mle.marking.functions import NoValueError
from symbolic_mle.marking.outcomes import close
from symbolic_mle.marking.reading_claims import Claim
from symbolic_mle.marking.relations import Pair
from symbolic_mle.marking.truth import Truth
from symbolic_mle.reading.syntax import Negative, Node, Power, Sum

MOST = 40  # changed claims that are tried
SAMPLES = 6


def sign_changes(node: Node) -> Iterator[Node]:
    """The tree with one term's sign changed, for every term outside of exponents; not the sign of the whole."""
    if isinstance(node, Sum):
        for place, term in enumerate(node.terms):
            changed = term.operand if isinstance(term, Negative) else Negative(term.start, term.end, term)
            yield replace(node, terms=(*node.terms[:place], changed, *node.terms[place + 1 :]))
    if isinstance(node, Negative):
        yield node.operand
    for field in fields(node):
        if not (isinstance(node, Power) and field.name == "exponent"):
            for value in _changed(getattr(node, field.name)):
                parts: dict[str, Any] = {field.name: value}
                yield replace(node, **parts)


def _changed(value: object) -> Iterator[object]:
    if isinstance(value, Node):
        yield from sign_changes(value)
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            for changed in _changed(item):
                yield (*value[:place], changed, *value[place + 1 :])


def flips_to(claim: Claim, truth: Truth, pairs: Sequence[Pair]) -> bool:
    """Is the claim the maximiser at every sample after one change of sign?"""
    symbol = next(p for p in pairs[0].claimed if p.name == claim.parameter)
    points = [(truth.at(q.trial, {f"{p.name}_hat": q.number(p) for p in q.claimed}), q.goal(symbol)) for q in pairs]
    spread = points[:SAMPLES] + points[-2:]
    for changed in islice(sign_changes(claim.sides[0]), MOST):
        if all(_reaches(changed, point, goal) for point, goal in spread) and all(
            _reaches(changed, p, g) for p, g in points
        ):
            return True
    return False


def _reaches(node: Node, point: Point, goal: object) -> bool:
    try:
        return close(evaluate(node, point), goal, 1e-6)
    except NoValueError:
        return False

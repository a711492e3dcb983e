"""One statement of a working, held against the model: what it is, whether it is true, and which mistake it makes.

Every true statement follows from the model, so the first false one is the first mistake, wherever it was copied from.
"""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_mle.marking.agreement import (
    Valued,
    estimate_fits,
    formula_fits,
    holds_at_maximum,
    inequality,
    is_identity,
    label_valued,
    names_in_all,
    valued,
)
from symbolic_mle.marking.desk import Desk
from symbolic_mle.marking.labels import Kind, Label
from symbolic_mle.marking.lines import Statement
from symbolic_mle.marking.mistakes import dropped_term, equation_sign_slip, sign_slip
from symbolic_mle.marking.reading_claims import hat
from symbolic_mle.reading.syntax import Aggregate, Element, Name, Node, Number, OrderStatistic


@dataclass(frozen=True)
class Finding:
    """``verdict`` is True, False, or None where the statement was not understood or could not be tested."""

    what: str
    verdict: bool | None
    mistake: str = ""
    comment: str = ""
    only_at_maximum: bool = False


@dataclass(frozen=True)
class Side:
    """One side of a relation as read: an object's label, or a tree."""

    text: str
    label: Label | None
    tree: Node | None


def examine(statement: Statement, desk: Desk) -> list[Finding]:
    """What the relations of a statement say, and whether it is so."""
    if len(statement.sides) < 2 or not all(statement.sides):
        return []
    sides = [side_of(text, desk) for text in statement.sides]
    findings: list[Finding] = []
    head = sides[0]
    for place, relation in enumerate(statement.relations):
        left, right = sides[place], sides[place + 1]
        if relation in ("=", "≈", "∝"):
            named = head if all(r in ("=", "≈", "∝") for r in statement.relations[:place]) else left
            found = _equality(named, left, right, place, desk)
        else:
            second = any(s.label is not None and len(s.label.by) > 1 for s in (head, left, right))
            found = _inequality(left, relation, right, second, desk)
        findings.append(found)
        if found.verdict is False:
            break
    return findings


def side_of(text: str, desk: Desk) -> Side:
    """The label or the tree of a side; neither where it is not understood."""
    if desk.is_conditional(text):
        return Side(text, None, None)
    label = desk.label(text)
    return Side(text, label, None if label else desk.tree(text))


def _equality(head: Side, left: Side, right: Side, place: int, desk: Desk) -> Finding:
    if head.label is None and right.label is not None and place == 0:
        head, right = right, head
    if head.label is not None and right.label is not None:
        return Finding("name", True)
    if head.label is not None:
        desk.seen.add(kind_of(head.label))
        if right.tree is None:
            return Finding(kind_of(head.label), None)
        if head.label.by and is_zero(right.tree):
            return _set_to_zero(head, left, desk)
        return _labelled(head.label, right.tree, place, desk)
    parameter = desk.hatted(head.tree)
    if parameter and right.tree is not None:
        desk.seen.add("estimate")
        return _estimate(parameter, right.tree, place, desk)
    if left.tree is None or right.tree is None:
        return Finding("relation", None)
    return _equation(left.tree, right.tree, desk)


def kind_of(label: Label) -> str:
    """The word for what a label names."""
    if label.kind is Kind.DENSITY:
        return "density"
    if not label.by:
        return str(label.kind)
    return "score" if len(label.by) == 1 else "second derivative"


def is_zero(node: Node) -> bool:
    """Is it the number 0?"""
    return isinstance(node, Number) and node.digits.strip("0.") == ""


def _set_to_zero(head: Side, left: Side, desk: Desk) -> Finding:
    """ℓ′(θ) = 0: fair where the maximum is a zero of the score."""
    assert head.label is not None
    desk.seen.add("equation")
    if len(head.label.by) != 1 or head.label.kind is Kind.DENSITY:
        return Finding("equation", None)
    stationary = holds_at_maximum(label_valued(Label(Kind.LOG_LIKELIHOOD, head.label.by), desk), _zero, desk)
    return _not_applicable() if stationary is False else Finding("equation", True)


def _zero(place: object, values: object) -> int:
    return 0


def _not_applicable() -> Finding:
    return Finding(
        "equation",
        False,
        "score-not-applicable",
        "the score is not zero at the maximum of this likelihood, so setting it to zero does not find the maximum: look at where"
        " the support or the parameter space ends",
    )


def _labelled(label: Label, node: Node, place: int, desk: Desk) -> Finding:
    """An object with its formula."""
    kind = kind_of(label)
    verdict = formula_fits(label, node, desk)
    if verdict is not False:
        desk.trees[kind] = node
        return Finding(kind, verdict)
    if kind in ("score", "second derivative") and place:
        return Finding(kind, False, "algebra", "this form is not equal to the one before it")
    mistake, comment = _mistake(label, node, desk)
    return Finding(kind, False, mistake, comment)


def _mistake(label: Label, node: Node, desk: Desk) -> tuple[str, str]:
    kind = kind_of(label)
    if kind == "density":
        return "wrong-likelihood", "this is not the density of the model"
    if kind == "likelihood":
        return (
            "wrong-likelihood",
            "this is not the product of the densities of the observations, up to a factor free of the parameters",
        )
    if kind == "score":
        if sign_slip(label, node, desk):
            return (
                "wrong-derivative",
                f"with one sign changed this is the derivative of the log-likelihood in {label.by[0]}",
            )
        return "wrong-derivative", f"this is not the derivative of the log-likelihood in {label.by[0]}"
    if kind == "second derivative":
        return "wrong-second-derivative", "this is not the second derivative of the log-likelihood"
    term = dropped_term(label, node, desk)
    if term is not None:
        shown = desk.bench.truth.model.specification.published(term)
        return "dropped-term", f"the term that comes from {shown} depends on the parameter and may not be dropped"
    if sign_slip(label, node, desk):
        return "sign-error", "with one sign changed this is the log-likelihood"
    if "likelihood" in desk.seen:
        return "wrong-log", "this is not the logarithm of the likelihood, even up to terms free of the parameters"
    return "wrong-likelihood", "this is not the log-likelihood of the model, even up to terms free of the parameters"


def _estimate(parameter: str, node: Node, place: int, desk: Desk) -> Finding:
    verdict = estimate_fits(parameter, node, desk)
    if verdict is not False:
        desk.trees[f"estimate {parameter}"] = node
        return Finding("estimate", verdict)
    if place:
        return Finding("estimate", False, "algebra", "this form is not equal to the one before it")
    return Finding("estimate", False, "wrong-estimate", f"this is not where the likelihood is largest in {parameter}")


def _equation(left: Node, right: Node, desk: Desk) -> Finding:
    """Two expressions said to be equal: always, or at the maximum."""
    if _is_about_data(left, right, desk):
        return Finding("condition", None)
    a, b = valued(left, desk), valued(right, desk)
    identical = is_identity(a, b, desk)
    if identical:
        return Finding("identity", True)
    verdict = holds_at_maximum(a, b, desk)
    if verdict is not False:
        desk.seen.add("equation")
        return Finding("equation", verdict)
    if _is_score(a, b, desk):
        return _not_applicable()
    if equation_sign_slip(left, right, desk):
        return Finding("equation", False, "sign-error", "with one sign changed the equation holds at the maximum")
    solved = isinstance(left, Name) and left.name in desk.vocabulary.parameters
    word = "the value" if solved else "the equation"
    return Finding("equation", False, "algebra", f"{word} does not follow: it does not hold at the maximum")


def _is_about_data(left: Node, right: Node, desk: Desk) -> bool:
    """Is it "x₍ₙ₎ = 0" or "S = n", a condition on the data rather than a step?"""
    names = names_in_all(left, desk) | names_in_all(right, desk)
    if names & ({*desk.vocabulary.parameters} | {hat(p) for p in desk.vocabulary.parameters}):
        return False
    if isinstance(right, Number):
        return True
    simple = (Number, Name, Aggregate, OrderStatistic, Element)
    return isinstance(left, simple) and isinstance(right, simple)


def _is_score(left: Valued, right: Valued, desk: Desk) -> bool:
    """Is left = right the score set to zero?"""
    for parameter in desk.vocabulary.parameters:
        score = label_valued(Label(Kind.LOG_LIKELIHOOD, (parameter,)), desk)
        for sign in (1, -1):
            if is_identity(lambda p, v, s=sign: s * (left(p, v) - right(p, v)), score, desk):  # type: ignore[misc]
                return True
    return False


def _inequality(left: Side, relation: str, right: Side, second: bool, desk: Desk) -> Finding:
    sides = [
        label_valued(s.label, desk) if s.label and s.label.by else valued(s.tree, desk) if s.tree else None
        for s in (left, right)
    ]
    if sides[0] is None or sides[1] is None:
        return Finding("inequality", None)
    found = inequality(sides[0], relation, sides[1], desk)
    if found.everywhere:
        return Finding("inequality", True)
    if found.at_maximum:
        return Finding("inequality", True, only_at_maximum=found.everywhere is False)
    if not found.nowhere or not (second or "second derivative" in desk.seen):
        return Finding("inequality", None)
    return Finding("inequality", False, "wrong-conclusion", "the sign is not so, not even at the maximum")

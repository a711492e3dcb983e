"""Is a line about all data, or about special ones: "if all xᵢ = 0", "for k = n"? Generic formulas need not hold for the latter."""

from __future__ import annotations

import re

from symbolic_mle.marking.agreement import names_in_all
from symbolic_mle.marking.desk import Desk
from symbolic_mle.marking.evaluation import holds
from symbolic_mle.marking.functions import NoValueError
from symbolic_mle.marking.lines import Line, Statement
from symbolic_mle.marking.reading_claims import hat
from symbolic_mle.reading.syntax import Comparison, Name, Node

_CONDITION = re.compile(
    r"(?:^|\b)(?:for|if|when|whenever|where|at|with|provided|unless|on|since|because|assuming|assume|suppose|given|or|by|using|substituting)"
    r"(?:\s+(?:all|every|each|any|fixed|that|this|data|the|we have))*\s*$",
    re.IGNORECASE,
)


_ABOUT_ALL = re.compile(
    r"\b(?:all|every|each|no|none of)\s+(?:of\s+)?(?:the\s+)?(?:\\text\{\s*)?\}?\s*"
    r"(?:[A-Za-z]_|[A-Za-z]ᵢ|observation|data|values)|\ball\s+(?:are\s+)?equal\b",
    re.IGNORECASE,
)


def is_condition(statement: Statement) -> bool:
    """Is the statement the condition of another one, as in "for θ > 0"?"""
    return _CONDITION.search(statement.before) is not None


def data_conditions(line: Line, desk: Desk) -> list[Node] | None:
    """The conditions on the data that a line names: "k = 0 or k = n", "S > 0"; None when one was not understood."""
    found: list[Node] = []
    for statement in line.statements:
        if len(statement.sides) < 2 or "" in statement.sides or any(desk.label(side) for side in statement.sides):
            continue
        trees = [desk.tree(side) for side in statement.sides]
        known = [t for t in trees if t is not None]
        if len(known) < len(trees):
            if is_condition(statement) or set(statement.relations) - {"="}:
                return None
            continue
        names = set().union(*(names_in_all(t, desk) for t in known))
        about_parameters = names & ({*desk.vocabulary.parameters} | {hat(p) for p in desk.vocabulary.parameters})
        defines = isinstance(known[0], Name) and known[0].name in desk.definitions and not is_condition(statement)
        joined = bool(found) and statement.before.lower() in ("or", "and")
        if not about_parameters and not (defines and not joined) and names & (desk.vectors | set(desk.definitions)):
            found.append(Comparison(0, 0, tuple(known), statement.relations))
    return found


def is_special(line: Line, desk: Desk) -> bool:
    """Is the line about special data, "if all xᵢ = 0, then …", for which the generic formulas may change?"""
    if _ABOUT_ALL.search(line.text):
        return True
    conditions = data_conditions(line, desk)
    if conditions is None:
        return True
    for condition in conditions:
        for place in desk.bench.places:
            try:
                if not holds(condition, desk.bench.point(place, place.maximiser, desk.definitions)):
                    return True
            except NoValueError:  # about one observation, as in 0 < x < 1
                continue
    return False

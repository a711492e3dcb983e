"""The moving ends as parameters: centre and half-width, mean and deviation, become the two ends of the support.

Theorem (invariance; Zehna 1966, Casella & Berger 2002, Theorem 7.2.10). If (c, w) ↔ (a, b) is one to one between the spaces, the
maximisers in one correspond to those in the other, and so do unboundedness and suprema that are not attained.
Premises checked: as many distinct ends as parameters in them, each end linear in these parameters, or in a power or exponential of
one that runs over (0, ∞), with constant coefficients, and a determinant that is not 0. What the old spaces said is kept as
restrictions on the new parameters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.locating.heights import relations_of
from symbolic_mle.records import Case, Existence, Specification, Support
from symbolic_mle.stages.moving.edges import Constraint


@dataclass(frozen=True, slots=True)
class Change:
    """The model in its ends, each new parameter as it was (a = c − w), and the old ones in the new."""

    model: Specification
    ends: dict[Symbol, Expr]
    back: dict[Symbol, Expr]


def by_ends(model: Specification, constraints: tuple[Constraint, ...]) -> Change | None:
    """The model with the ends of its support as parameters; None where they are no such change of parameters."""
    ends = list(dict.fromkeys(c.end for c in constraints))
    moved = [p for p in model.parameters if any(e.has(p) for e in ends)]
    if len(ends) != len(moved) or len(ends) < 2 or all(e in moved for e in ends):
        return None
    if any(c.quantity not in model.variables for c in constraints) or any(model.parameters[p].integer for p in moved):
        return None
    scales = [_scale(p, ends, model.parameters[p]) for p in moved]
    opened = [sp.expand(e).xreplace({s.of: s.symbol for s in scales}) for e in ends]
    matrix = sp.Matrix([[e.coeff(s.symbol, 1) for s in scales] for e in opened])
    rest = [sp.expand(e - sum(matrix[i, j] * s.symbol for j, s in enumerate(scales))) for i, e in enumerate(opened)]
    unknown = {*model.parameters, *(s.symbol for s in scales)}
    if any(entry.free_symbols & unknown for entry in (*matrix, *rest)) or not matrix.det().is_nonzero:
        return None
    names = _names(model, constraints, ends)
    solved = matrix.LUsolve(sp.Matrix([n - r for n, r in zip(names, rest, strict=True)]))
    linear = {s.symbol: sp.factor_terms(sp.expand(v)) for s, v in zip(scales, solved, strict=True)}
    back = {p: s.inverse.xreplace(linear) for p, s in zip(moved, scales, strict=True)}
    positive = tuple(linear[s.symbol] > 0 for s in scales if s.of not in moved)
    inverses = {p: s.inverse for p, s in zip(moved, scales, strict=True)}
    density = model.density.xreplace(inverses).xreplace(linear)  # u > 0: √(u²) is u
    changed = _rewritten(replace(model, density=density), constraints, names, ends, back, positive)
    return Change(changed, dict(zip(names, ends, strict=True)), back)


@dataclass(frozen=True, slots=True)
class Scale:
    """A parameter p by u = g(p), in which the ends are linear: p itself, or a power or exponential that runs over (0, ∞)."""

    symbol: Symbol
    of: Expr
    inverse: Expr


def _scale(parameter: Symbol, ends: list[Expr], space: Interval) -> Scale:
    functions = {f for e in ends for f in sp.expand(e).atoms(sp.Pow, sp.exp) if f.free_symbols == {parameter}}
    if len(functions) == 1:
        (function,) = functions
        u = sp.Dummy("u", positive=True)
        base, power = function.as_base_exp()
        if base == parameter and power.is_positive and power.is_number and (space.lower, space.upper) == (0, sp.oo):
            return Scale(u, function, u ** (1 / power))
        if isinstance(function, sp.exp) and function.args[0] == parameter and space.is_real_line:
            return Scale(u, function, sp.log(u))
    return Scale(parameter, parameter, parameter)


def _names(model: Specification, constraints: tuple[Constraint, ...], ends: list[Expr]) -> list[Symbol]:
    """a for a lower end, b for an upper one, or letters that are free."""
    taken = {s.name for s in (*model.parameters, *model.known, *model.observed, model.size)}
    found: list[Symbol] = []
    for end in ends:
        largest = next(c.edge.largest for c in constraints if c.end == end)
        name = next(n for n in (*("bdv" if largest else "acu"), "q", "g", "k", "j") if n not in taken)
        taken.add(name)
        found.append(Symbol(name, real=True))
    return found


def _rewritten(
    model: Specification, constraints: tuple[Constraint, ...], names: list[Symbol], ends: list[Expr],
    back: dict[Symbol, Expr], positive: tuple[sp.Basic, ...],
) -> Specification:  # fmt: skip
    new, unknown = dict(zip(ends, names, strict=True)), set(model.parameters)
    intervals = {x: _unbounded_where(i, unknown) for x, i in model.support.intervals.items()}
    for constraint in constraints:
        x, end = constraint.quantity, new[constraint.end]
        if constraint.edge.largest:
            intervals[x] = replace(intervals[x], upper=end, closed_upper=not constraint.strict)
        else:
            intervals[x] = replace(intervals[x], lower=end, closed_lower=not constraint.strict)
    spaces = [
        r.xreplace(back) for p in back for r in relations_of(p, model.parameters[p]) if _is_linear(back[p], names)
    ]
    old = [r.xreplace(back) for r in model.restrictions]
    restrictions = tuple(dict.fromkeys(_cleared(r) for r in (*old, *spaces, *positive)))
    rational = model.density.is_rational_function(*names)
    density = sp.factor_terms(sp.cancel(model.density) if rational else model.density)
    density = density.replace(lambda e: _is_turned(e, names), lambda e: (-1) ** e.exp * (-e.base) ** e.exp)
    return replace(
        model,
        density=density,
        parameters={**{n: Interval() for n in names}, **{p: i for p, i in model.parameters.items() if p not in back}},
        support=Support(intervals, _fixed(model), model.support.points),
        restrictions=restrictions,
        public={**model.public},
    )


def _unbounded_where(interval: Interval, unknown: set[Symbol]) -> Interval:
    """The interval without the ends that hold a parameter."""
    low = interval.lower if not interval.lower.free_symbols & unknown else sp.S.NegativeInfinity
    high = interval.upper if not interval.upper.free_symbols & unknown else sp.S.Infinity
    return replace(interval, lower=low, upper=high)


def _fixed(model: Specification) -> tuple[sp.Basic, ...]:
    return tuple(r for r in model.support.relations if not r.free_symbols & set(model.parameters))


def _is_linear(value: Expr, names: list[Symbol]) -> bool:
    return not any(value.diff(n).has(*names) for n in names)


def _is_turned(expr: Expr, names: list[Symbol]) -> bool:
    """(a − b)^k, where b − a reads better."""
    if not (isinstance(expr, sp.Pow) and expr.exp.is_integer and isinstance(expr.base, sp.Add)):
        return False
    return bool(expr.base.coeff(names[-1], 1).is_negative)


def _cleared(relation: sp.Basic) -> sp.Basic:
    """(b − a)/2 > 0 → b > a"""
    difference = sp.factor_terms(sp.expand(relation.lhs - relation.rhs))
    content, bare = difference.as_independent(*difference.free_symbols, as_Add=False)
    terms = sp.Add.make_args(sp.expand(bare if content.is_positive else difference))
    left, right = (
        [t for t in terms if not t.could_extract_minus_sign()],
        [-t for t in terms if t.could_extract_minus_sign()],
    )
    return relation.func(sp.Add(*left), sp.Add(*right), evaluate=False)


def in_old_parameters(case: Case, change: Change, model: Specification) -> Case:
    """A case of the new parameters as one of the old."""
    if case.existence is not Existence.ATTAINED:
        return replace(case, path=())
    values = {p: sp.factor_terms(v.xreplace(dict(case.estimators))) for p, v in change.back.items()}
    whole = {**case.estimators, **values}
    return replace(case, estimators={p: whole[p] for p in model.parameters if p in whole})

"""SymPy expressions with sums over the sample, as ``Derivation.estimators`` gives them → the trees that text becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import sympy as sp
from sympy import Basic, Expr

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.reading import syntax
from symbolic_mle.reading.functions import FUNCTIONS
from symbolic_mle.reading.refusal import refusal
from symbolic_mle.reading.syntax import Node

_NAMED: Mapping[type, str] = MappingProxyType(
    {sp.Abs: "Abs", sp.floor: "floor", sp.ceiling: "ceiling", sp.Max: "max", sp.Min: "min", sp.LambertW: "LambertW"}
)
_SIGNS: Mapping[type, str] = MappingProxyType(
    {
        sp.StrictLessThan: "<",
        sp.LessThan: "<=",
        sp.StrictGreaterThan: ">",
        sp.GreaterThan: ">=",
        sp.Eq: "=",
        sp.Ne: "!=",
    }
)
MAX_DEPTH = 200


def tree_of(expr: Basic, depth: int = 0) -> Node:
    """The tree of an expression; ``ReadingError`` for what has no place in an estimator."""
    if depth > MAX_DEPTH:
        raise refusal("", 0, "an expression too deep to read")

    def of(part: Basic) -> Node:
        return tree_of(part, depth + 1)

    if isinstance(expr, sp.Symbol):
        return syntax.Name(0, 0, expr.name)
    if expr.is_Rational:
        return syntax.Number(0, 0, f"{expr.p}/{expr.q}") if expr >= 0 else syntax.Negative(0, 0, of(-expr))
    if expr.is_Float:
        return of(sp.Rational(str(expr)))
    if expr in (sp.pi, sp.E, sp.EulerGamma):
        return syntax.Constant(0, 0, {sp.pi: "pi", sp.E: "e"}.get(expr, "EulerGamma"))
    if isinstance(expr, sp.Add):
        return syntax.Sum(0, 0, tuple(map(of, expr.args)))
    if isinstance(expr, sp.Mul):
        return syntax.Product(0, 0, tuple(map(of, expr.args)))
    if isinstance(expr, sp.exp):
        return syntax.Call(0, 0, "exp", (of(expr.args[0]),))
    if isinstance(expr, sp.Pow):
        return syntax.Power(0, 0, of(expr.base), of(expr.exp))
    if isinstance(expr, sp.Indexed):
        index = expr.indices[0]
        return syntax.Element(0, 0, expr.base.label.name, str(index))
    if isinstance(expr, (sp.Sum, sp.Product)):
        return _over_sample(expr, of)
    if isinstance(expr, DataSum):
        return syntax.Aggregate(0, 0, "sum", of(expr.summand))
    if isinstance(expr, sp.Piecewise):
        rows = tuple((of(value), None if condition is sp.true else of(condition)) for value, condition in expr.args)
        return syntax.Cases(0, 0, rows)
    if type(expr) in _SIGNS:
        return syntax.Comparison(0, 0, (of(expr.lhs), of(expr.rhs)), (_SIGNS[type(expr)],))
    if isinstance(expr, (sp.And, sp.Or)):
        return syntax.Logic(0, 0, "and" if isinstance(expr, sp.And) else "or", tuple(map(of, expr.args)))
    name = _NAMED.get(type(expr), type(expr).__name__)
    if isinstance(expr, Expr) and (ranked := _ranked(expr, name, of)):
        return ranked
    if isinstance(expr, Expr) and name in FUNCTIONS:
        return syntax.Call(0, 0, name, tuple(map(of, expr.args)))
    raise refusal("", 0, f"{type(expr).__name__} has no place in an estimator")


def _ranked(expr: Expr, name: str, of: Callable[[Basic], Node]) -> Node | None:
    """max(g(x[i])), min(g(x[i])) and order_statistic(k, g(x[i])), as the engine gives them."""
    letters = {str(i.indices[0]) for i in expr.args[-1].atoms(sp.Indexed)} if expr.args else set()
    if len(letters) != 1 or name not in ("max", "min", "median", "order_statistic"):
        return None
    body, letter = of(expr.args[-1]), letters.pop()
    if name == "order_statistic":
        return syntax.Ranked(0, 0, of(expr.args[0]), body, letter)
    return syntax.Aggregate(0, 0, name, body, letter) if len(expr.args) == 1 else None


def _over_sample(expr: Basic, of: object) -> Node:
    ((index, low, _),) = expr.limits
    if low != 1:
        raise refusal("", 0, f"a sum from {low}", "a sum from 1 to n")
    kind = "sum" if isinstance(expr, sp.Sum) else "product"
    return syntax.Aggregate(0, 0, kind, of(expr.function), index.name)  # type: ignore[operator]

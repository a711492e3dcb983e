"""What means the same in every arithmetic: sums over the sample, cases, finite sums, derivatives."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric.scope import Handler, Scope
from symbolic_mle.algebra.numeric.tape import NotNumeric, Operation
from symbolic_mle.algebra.sample import DataSum, OrderStatistic, Statistic

MOST_TERMS = 10_000
WEIGHTS = "weights"


def open_sum(scope: Scope, total: Statistic) -> Scope:
    """The scope of the summand: the variables are its inputs, everything else comes from outside."""
    body = scope.inner(total.variables)
    for variable in total.variables:
        body.memory[variable] = body.input()
    return body


def close_sum(scope: Scope, total: DataSum, body: Scope, operation: Operation) -> int:
    """The step that folds the body over the sample; operands: the weights, the columns, what the body captured."""
    columns = [scope.column(variable) for variable in total.variables]
    return scope.emit(operation, scope.column(WEIGHTS), *columns, *body.captured)


def place_data_sum(scope: Scope, total: DataSum) -> int:
    body = open_sum(scope, total)
    tape = body.finish(body.place(total.summand))
    return close_sum(scope, total, body, scope.arithmetic.total(tape, len(total.variables)))


def place_order_statistic(scope: Scope, found: OrderStatistic) -> int:
    body = open_sum(scope, found)
    tape = body.finish(body.place(found.summand))
    columns = [scope.column(variable) for variable in found.variables]
    operation = scope.arithmetic.ordered(tape, len(found.variables))
    return scope.emit(operation, scope.place(found.rank), scope.column(WEIGHTS), *columns, *body.captured)


def place_number(scope: Scope, expr: Expr) -> int:
    return scope.number(expr)


def place_finite_sum(scope: Scope, expr: Any) -> int:
    """Σ or Π over explicit integers, written out."""
    inner, (index, low, high) = expr.function, expr.limits[0]
    if len(expr.limits) != 1 or not (low.is_Integer and high.is_Integer) or high - low > MOST_TERMS:
        raise NotNumeric(f"the range of {expr} is not a short range of given integers")
    terms = [inner.xreplace({index: sp.Integer(i)}) for i in range(int(low), int(high) + 1)]
    return scope.place(sp.Add(*terms) if isinstance(expr, sp.Sum) else sp.Mul(*terms))


def place_piecewise(scope: Scope, expr: sp.Piecewise) -> int:
    return _chosen(scope, [(scope.place(condition), scope.place(value)) for value, condition in expr.args])


def place_if(scope: Scope, expr: Any) -> int:
    test, yes, no = map(scope.place, expr.args)
    return _chosen(scope, [(test, yes), (scope.place(sp.true), no)])


def _chosen(scope: Scope, cases: list[tuple[int, int]]) -> int:
    """The value of the first case whose condition holds; nan when none does."""
    select, slot = scope.arithmetic.functions[sp.Piecewise], scope.number(sp.nan)
    for condition, value in reversed(cases):
        slot = scope.emit(select, condition, value, slot)
    return slot


def place_boolean(scope: Scope, expr: Any) -> int:
    return scope.constant(bool(expr))


def place_substitution(scope: Scope, expr: sp.Subs) -> int:
    """F⁽ᵐ⁾(g) as SymPy writes it: Subs(Derivative(F(ξ), (ξ, m)), ξ, g)."""
    inner, names, points = expr.args
    if isinstance(inner, sp.Derivative) and len(names) == 1:
        return _place_derivative(scope, inner, {names[0]: points[0]})
    return scope.place(inner.xreplace(dict(zip(names, points, strict=True))))


def place_derivative(scope: Scope, expr: sp.Derivative) -> int:
    return _place_derivative(scope, expr, {})


def _place_derivative(scope: Scope, expr: sp.Derivative, points: dict[Symbol, Expr]) -> int:
    function, counts = expr.expr, expr.variable_count
    where = [i for i, argument in enumerate(function.args) if argument == counts[0][0]]
    if len(counts) == 1 and len(where) == 1 and counts[0][1].is_Integer:
        others = [argument for i, argument in enumerate(function.args) if i != where[0]]
        operation = scope.arithmetic.derivative(type(function), where[0], int(counts[0][1]))
        if operation is not None and not any(argument.has(counts[0][0]) for argument in others):
            return scope.emit(operation, *(scope.place(argument.xreplace(points)) for argument in function.args))
    if (done := expr.doit()) != expr and not isinstance(done, sp.Derivative):
        return scope.place(done.xreplace(points))
    raise NotNumeric(f"the derivative {expr} has no numerical meaning here")


def place_folded(pairwise: Operation) -> Handler:
    """An operation of two arguments, over as many as there are."""

    def place(scope: Scope, expr: Expr) -> int:
        first, *rest = map(scope.place, expr.args)
        for operand in rest:
            first = scope.emit(pairwise, first, operand)
        return first

    return place


STRUCTURE: dict[type, Handler] = {
    DataSum: place_data_sum,
    OrderStatistic: place_order_statistic,
    sp.Number: place_number,
    sp.NumberSymbol: place_number,
    sp.core.numbers.ComplexInfinity: place_number,
    sp.Sum: place_finite_sum,
    sp.Product: place_finite_sum,
    sp.Piecewise: place_piecewise,
    sp.ITE: place_if,
    sp.logic.boolalg.BooleanAtom: place_boolean,
    sp.Subs: place_substitution,
    sp.Derivative: place_derivative,
}

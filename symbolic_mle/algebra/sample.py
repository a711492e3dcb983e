"""Statistics of the sample, Σᵢ g(xᵢ) and the k-th smallest g(xᵢ), as SymPy expressions that keep their signs.

SymPy's own ``Sum`` over ``Indexed`` cannot be solved through, has two spellings for every index letter, and crashes
under ``simplify``. A ``DataSum`` has no index at all: the model's variable, which stands for one observation, is bound
in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy import Expr, Symbol, Tuple


class Statistic(Expr):
    """A number made of all g(xᵢ), where the variables in g stand for one observation: they are bound, not free.

    Signs follow from ``g`` and the symbols' own assumptions (a sample has at least one observation).
    """

    is_commutative = True
    is_Atom = True  # noqa: N815 (SymPy's name): ``expand`` and its kin leave the summand as it was written

    @property
    def summand(self) -> Expr:
        """g, in the variables."""
        return self.args[0]

    @property
    def variables(self) -> tuple[Symbol, ...]:
        return tuple(self.args[1])

    @property
    def free_symbols(self) -> set[Symbol]:
        outside = set().union(*(a.free_symbols for a in self.args[2:]))
        return (self.summand.free_symbols - set(self.variables)) | outside

    @property
    def bound_symbols(self) -> list[Symbol]:
        return list(self.variables)

    def of(self, summand: Expr, variables: Any) -> Expr:
        """The same statistic of another g."""
        return self.func(summand, variables, *self.args[2:])

    def _eval_subs(self, old: Expr, new: Expr) -> Expr | None:
        if old in self.variables:
            return self
        if not new.free_symbols & set(self.variables):
            return None
        renamed = {v: sp.Dummy(v.name, **v.assumptions0) for v in self.variables}
        return self.of(self.summand.xreplace(renamed), tuple(renamed.values())).subs(old, new)

    def _eval_is_real(self) -> bool | None:
        return self.summand.is_real

    def _eval_is_finite(self) -> bool | None:
        return self.summand.is_finite

    def _eval_is_integer(self) -> bool | None:
        return self.summand.is_integer or None

    def _eval_is_positive(self) -> bool | None:
        return self.summand.is_positive or None

    def _eval_is_negative(self) -> bool | None:
        return self.summand.is_negative or None

    def _eval_is_nonnegative(self) -> bool | None:
        return self.summand.is_nonnegative or None

    def _eval_is_nonpositive(self) -> bool | None:
        return self.summand.is_nonpositive or None

    def _sympystr(self, printer: Any) -> str:
        return f"{type(self).__name__}({', '.join(map(printer._print, self.args))})"


class DataSum(Statistic):
    """Σᵢ g(xᵢ): ``DataSum(g, x)`` or ``DataSum(g, (y, z))``, where x (or y, z) in ``g`` stands for one observation.

    A ``DataSum`` inside ``g`` is a number as far as the outer sum is concerned.

    >>> x, t = sp.symbols("x t", positive=True)
    >>> DataSum(x**t, x).diff(t)
    DataSum(x**t*log(x), (x,))
    >>> DataSum(x, x).is_positive
    True
    """

    def __new__(cls, summand: Any, variables: Any) -> DataSum:
        return Expr.__new__(cls, sp.sympify(summand), _bound(variables))

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        if symbol not in self.free_symbols:
            return sp.S.Zero
        derivative = self.summand.diff(symbol)
        return sp.S.Zero if derivative == 0 else DataSum(derivative, self.variables)


class OrderStatistic(Statistic):
    """The k-th smallest of the g(xᵢ): ``OrderStatistic(g, x, k)``, k = 1 … n; g is free of the parameters.

    k = 1 is the minimum, k = n (the symbol of the sample size) the maximum.

    >>> x, n = sp.Symbol("x", positive=True), sp.Symbol("n", integer=True, positive=True)
    >>> OrderStatistic(x, x, n)
    OrderStatistic(x, (x,), n)
    """

    def __new__(cls, summand: Any, variables: Any, rank: Any) -> OrderStatistic:
        return Expr.__new__(cls, sp.sympify(summand), _bound(variables), sp.sympify(rank))

    @property
    def rank(self) -> Expr:
        """k, a number or an expression in the sample size."""
        return self.args[2]

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        if symbol in self.summand.free_symbols - set(self.variables):
            raise ValueError(f"the {self.rank}-th smallest value of {self.summand} has no derivative in {symbol}")
        return sp.S.Zero


def _bound(variables: Any) -> Tuple:
    return Tuple(*variables) if isinstance(variables, (tuple, list, Tuple)) else Tuple(variables)


def mean(summand: Expr, variables: Any, size: Symbol) -> Expr:
    """(1/n) Σᵢ g(xᵢ)."""
    return DataSum(summand, variables) / size


def sealed(function: Callable[[Expr], Expr], expr: Expr) -> Expr:
    """function(expr), with the sums over the sample as plain symbols while SymPy works on it."""
    slots = {s: sp.Dummy("S", **{k: True for k in _KEPT if getattr(s, f"is_{k}")}) for s in outermost_statistics(expr)}
    return function(expr.xreplace(slots)).xreplace({d: s for s, d in slots.items()})


_KEPT = ("real", "positive", "negative", "nonnegative", "nonpositive")


def outermost_statistics(expr: Expr) -> set[Statistic]:
    """The statistics that do not stand inside another."""
    if isinstance(expr, Statistic):
        return {expr}
    return set().union(*(outermost_statistics(a) for a in expr.args))


def outermost_sums(expr: Expr) -> set[DataSum]:
    """The sums over the data that do not stand inside another statistic."""
    return {s for s in outermost_statistics(expr) if isinstance(s, DataSum)}


def as_sympy_sum(expr: Expr, size: Symbol) -> Expr:
    """The expression with SymPy's own sums: Σᵢ g(xᵢ) → ``Sum(g(x[i]), (i, 1, n))``, for what goes to users.

    An order statistic becomes ``max(g(x[i]))``, ``min(g(x[i]))`` or ``order_statistic(k, g(x[i]))``, functions without a value.
    """
    return expr.xreplace({found: _indexed(found, size) for found in outermost_statistics(expr)})


def _indexed(found: Statistic, size: Symbol) -> Expr:
    """One statistic, its inner ones first, each with an index of its own.

    x gives way to a placeholder until the end, because the label of an ``IndexedBase`` is a symbol x too.
    """
    slots = {v: sp.Dummy(v.name, **v.assumptions0) for v in found.variables}
    body = as_sympy_sum(found.summand.xreplace(slots), size)
    taken = {s.name for s in body.atoms(Symbol)} | {size.name}
    letter = sp.Symbol(next(name for name in _INDICES if name not in taken), integer=True)
    observed = {slot: sp.Indexed(sp.IndexedBase(v.name, **v.assumptions0), letter) for v, slot in slots.items()}
    body = body.xreplace(observed)
    if not isinstance(found, OrderStatistic):
        return sp.Sum(body, (letter, 1, size))
    if found.rank in (1, size):
        return sp.Function("min" if found.rank == 1 else "max")(body)
    return sp.Function("order_statistic")(found.rank, body)


_INDICES = (*"ijklrst", *(f"i{k}" for k in range(100)))

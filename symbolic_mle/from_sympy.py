"""What users give as SymPy objects: symbols, sets, relations and random variables of ``sympy.stats``, as domains."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.errors import ModelError
from symbolic_mle.reading import Domain, read_name


def symbols_of(given: Any, role: str) -> tuple[Symbol, ...]:
    found = () if given is None else tuple(given) if isinstance(given, (tuple, list, sp.Tuple, set)) else (given,)
    for s in found:
        if not isinstance(s, Symbol):
            raise ModelError(f"{role}: got {s!r}, needed a SymPy symbol")
        read_name(s.name)
    return found


def domain_of(symbol: Symbol, given: Any) -> Domain:
    """A SymPy set, relation or tuple of relations, together with the symbol's own assumptions."""
    integer = bool(symbol.is_integer)
    if isinstance(given, sp.FiniteSet):
        return Domain((), all(p.is_integer for p in given), tuple(given))
    if isinstance(given, sp.Set):
        return _domain_of_set(symbol, given, integer)
    relations = relations_of(given)
    return Domain(relations or _unevaluated(symbol), integer, None)


def _unevaluated(symbol: Symbol) -> tuple[Basic, ...]:
    """What the assumptions of a symbol say, as relations that SymPy does not evaluate to True."""
    zero = sp.Integer(0)
    for relation, holds in (
        (sp.Gt, symbol.is_positive), (sp.Lt, symbol.is_negative), (sp.Ge, symbol.is_nonnegative), (sp.Le, symbol.is_nonpositive)
    ):  # fmt: skip
        if holds:
            return (relation(symbol, zero, evaluate=False),)
    return ()


def _domain_of_set(symbol: Symbol, given: sp.Set, integer: bool) -> Domain:
    if given in (sp.S.Naturals, sp.S.Naturals0, sp.S.Integers):
        first = {sp.S.Naturals: 1, sp.S.Naturals0: 0}.get(given)
        return Domain(() if first is None else (sp.Ge(symbol, first, evaluate=False),), True, None)
    if isinstance(given, sp.Range):
        ends = (sp.Ge(symbol, given.inf, evaluate=False), sp.Le(symbol, given.sup, evaluate=False))
        return Domain(tuple(r for r in ends if r.rhs.is_finite is not False), True, None)
    if not isinstance(given, sp.Interval):
        raise ModelError(f"{symbol}: the set {given} is not an interval, a range of integers or a finite set")
    low = (sp.Gt if given.left_open else sp.Ge)(symbol, given.start, evaluate=False)
    high = (sp.Lt if given.right_open else sp.Le)(symbol, given.end, evaluate=False)
    ends = tuple(r for r in (low, high) if r.rhs not in (sp.oo, -sp.oo))
    return Domain(ends, integer, None)


def relations_of(given: Any) -> tuple[Basic, ...]:
    if given is None or given is True or given == sp.true:
        return ()
    items = tuple(given) if isinstance(given, (tuple, list)) else (given,)
    flat = [a for g in items for a in (g.args if isinstance(g, sp.And) else (g,))]
    for item in flat:
        if not isinstance(item, (sp.core.relational.Relational, sp.logic.boolalg.BooleanAtom)):
            raise ModelError(f"{item!r} is not a SymPy set or relation, such as x > 0 or Interval(0, 1)")
    return tuple(i for i in flat if i != sp.true)


def from_random_variable(variable: Any, support: Any) -> tuple[Expr, Symbol, Any, bool]:
    """Density, symbol and support of a ``sympy.stats`` variable."""
    from sympy.stats import density

    space = variable.pspace
    symbol = Symbol(str(space.symbol).lower() if len(str(space.symbol)) == 1 else "x", real=True)
    discrete = bool(getattr(space, "is_Discrete", False) or getattr(space, "is_Finite", False))
    found = density(variable)
    if not callable(found):
        raise ModelError(f"{variable}: its density is not an expression")
    expression = found(symbol)
    if support is None:
        support = _finite_support(variable) if getattr(space, "is_Finite", False) else space.domain.set
    return _inside_support(expression), symbol, support, discrete


def _finite_support(variable: Any) -> sp.Set:
    """The values of a finite random variable: 0, 1, …, n for a symbolic n."""
    try:
        found = variable.pspace.distribution.set
    except (AttributeError, NotImplementedError, TypeError, ValueError):
        found = None
    if isinstance(found, set):
        found = sp.FiniteSet(*found)
    high = getattr(variable.pspace.distribution, "high", None)
    if not isinstance(found, (sp.FiniteSet, sp.Range)) and high is not None:
        return sp.Range(sp.sympify(variable.pspace.distribution.low), sp.sympify(high) + 1)
    if not isinstance(found, (sp.FiniteSet, sp.Range)):
        raise ModelError(f"{variable}: its values are not known; give support=..., for example Interval or FiniteSet")
    return found


def _inside_support(expression: Expr) -> Expr:
    """The branch of a Piecewise density that is not 0: the support says where it holds."""
    if isinstance(expression, sp.Piecewise):
        pieces = [e for e, _ in expression.args if e != 0]
        if len(pieces) == 1:
            return pieces[0]
    return expression

"""SymPy expressions → the maths tree, in a human order and with the names of a ``Notation``.

``Writer`` is one fold over SymPy's classes; products are in ``products``, the order of terms in ``order``. To draw
another function, add it to the table in ``functions``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, OrderStatistic

from . import building as make
from .conditions import draw_condition
from .functions import CONSTANTS, draw_function
from .mathematics import Big, Cases, Maths, Name, Number, Operator, Row, Sum, Term, contains, size
from .names import draw_name
from .order import flat_terms, is_exponential, term_keys
from .products import Signed, write_product

if TYPE_CHECKING:
    from .notation import Notation

_CONDITIONS = (sp.Rel, sp.logic.boolalg.BooleanFunction, sp.logic.boolalg.BooleanAtom)
_SHORT = 4  # leaves of an exponent up to which e^… is easier to read than exp(…)


@dataclass(frozen=True, slots=True)
class Writer:
    """Draws expressions; symbols in ``bound`` stand for the observation with the letter ``index``."""

    notation: Notation
    bound: frozenset[Symbol] = frozenset()
    index: str = ""

    def write(self, expr: Any) -> Maths:
        """The drawing of an expression, a relation, a condition or a matrix."""
        if isinstance(expr, sp.MatrixBase):
            return make.matrix([[self.write(entry) for entry in row] for row in expr.tolist()])
        if isinstance(expr, _CONDITIONS):
            return self.condition(expr)
        minus, node = self.signed(expr)
        return make.negative(node) if minus else node

    def signed(self, expr: Expr) -> Signed:
        """The drawing without its sign, and whether that is a minus."""
        if isinstance(expr, sp.Add):
            return self._sum(flat_terms(expr))
        if isinstance(expr, (sp.Mul, sp.Pow, sp.Rational)):
            return write_product(expr, self)
        if isinstance(expr, sp.Float):
            return bool(expr < 0), Number(f"{abs(float(expr)):.6g}")
        if expr is sp.S.NegativeInfinity:
            return True, make.INFINITY
        if isinstance(expr, DataSum):
            return self.data_sum(expr)
        if isinstance(expr, OrderStatistic):
            return False, self.order_statistic(expr)
        return False, self.atom(expr)

    def _sum(self, terms: list[Expr]) -> Signed:
        """The sum; a number over the same denominator as all the rest is not left alone: (ν + 1)/2."""
        below = {term.as_coeff_Mul()[0].q if term.as_coeff_Mul()[0].is_Rational else 1 for term in terms}
        if len(below) == 1 and below != {1} and len(terms) > 1 and any(term.is_Rational for term in terms):
            (denominator,) = below
            above = self.ordered_sum([denominator * term for term in terms])
            return False, make.fraction(above, make.number(denominator))
        return False, self.ordered_sum(terms)

    def ordered_sum(self, terms: list[Expr]) -> Maths:
        """The sum in human order: a positive term leads where there is one."""
        ordered = [term for _, term in self._ranked(terms)]
        lead = next((i for i, term in enumerate(ordered) if not term.negative), 0)
        return make.total(*(Sum((term,)) for term in (ordered[lead], *ordered[:lead], *ordered[lead + 1 :])))

    def _ranked(self, terms: list[Expr]) -> list[tuple[Expr, Term]]:
        """The terms and how they are drawn, in order of rank, length and, at last, of what is drawn."""
        drawn = [(term, self._term(term)) for term in terms]
        ranks = [
            (*key, size(t.body), repr(t))
            for key, (_, t) in zip(term_keys(terms, self.notation.roles), drawn, strict=True)
        ]
        return [pair for _, pair in sorted(zip(ranks, drawn, strict=True), key=lambda ranked: ranked[0])]

    def _term(self, expr: Expr) -> Term:
        minus, node = self.signed(expr)
        return Term(make.brackets(node) if isinstance(node, (Sum, Cases)) else node, minus)

    def turns(self, expr: Expr) -> bool:
        """Whether an even function of a sum is better drawn of its negative: |x − μ|, not |μ − x|."""
        first, drawn = self._ranked(flat_terms(expr))[0]
        return drawn.negative and self.notation.roles.has_data(first)

    def write_power(self, base: Expr, exponent: Expr) -> Maths:
        """base^exponent for an exponent that is no square root and not negative."""
        if is_exponential(base):
            return self.exponential(exponent if base is sp.E else base.args[0] * exponent)
        if exponent.is_Rational and exponent.p == 1 and exponent.q == 2:
            return make.root(self.write(base))
        return make.power(self.write(base), self.write(exponent))

    def exponential(self, exponent: Expr) -> Maths:
        """e^(−x/θ), and exp(…) when there is more in it."""
        body = self.write(exponent)
        if body == make.ONE:
            return Name("e")
        if size(body) <= _SHORT and not contains(body, Big) and not exponent.has(sp.exp):
            return make.power(Name("e"), body)
        return make.call("exp", body)

    def atom(self, expr: Expr) -> Maths:
        if isinstance(expr, Symbol):
            return self.symbol(expr)
        if isinstance(expr, sp.exp):
            return self.exponential(expr.args[0])
        if isinstance(expr, sp.Piecewise):
            return self.piecewise(expr)
        if expr in CONSTANTS:
            return CONSTANTS[expr]
        return draw_function(expr, self)

    def symbol(self, symbol: Symbol) -> Maths:
        """x, or xᵢ where it stands for one observation of many; θ, or θ̂."""
        given = self.notation.given.get(symbol)
        if given is not None:
            return given
        name = draw_name(symbol.name, self.notation.spellings)
        if symbol in self.bound:
            inner = Name(self.index) if name.subscript is None else make.sequence(name.subscript, Name(self.index))
            return replace(name, subscript=inner)
        return replace(name, accent="hat") if symbol in self.notation.hatted else name

    def data_sum(self, expr: DataSum) -> Signed:
        """∑ᵢ g(xᵢ) with its sign in front; an indicator is counted: #{xᵢ > μ}."""
        inner = self.over_sample(expr.variables)
        condition = _indicated(expr.summand)
        if condition is not None:
            return False, Row((Operator("#"), make.brackets(inner.condition(condition), "{}")))
        minus, body = inner.signed(expr.summand)
        return minus, inner.big("sum", body)

    def order_statistic(self, expr: OrderStatistic) -> Maths:
        """x₍ₖ₎, and maxᵢ g(xᵢ) or minᵢ g(xᵢ) for a function of the observation."""
        name = self.unbound().symbol(expr.summand) if expr.summand in expr.variables else None
        if isinstance(name, Name) and name.subscript is None:
            return replace(name, subscript=make.brackets(self.write(expr.rank)))
        inner = self.over_sample(expr.variables)
        word = {sp.S.One: "min", self.notation.size: "max"}.get(expr.rank)
        if word is None:
            return Name("ord", make.sequence(make.brackets(self.write(expr.rank)), Name(inner.index)))
        return make.call(Name(word, Name(inner.index)), inner.write(expr.summand))

    def over_sample(self, variables: tuple[Symbol, ...]) -> Writer:
        """The writer inside a sum or product over the sample, with a letter that is not in use."""
        letters = [self.notation.index, *(letter for letter in "ijlmrs" if letter != self.notation.index)]
        free = [letter for letter in letters if letter not in self.notation.spellings]
        return Writer(self.notation, frozenset(variables), free[1] if self.index == free[0] else free[0])

    def big(self, operator: str, body: Maths) -> Maths:
        return make.big(operator, Name(self.index), body, make.ONE, self.write(self.notation.size))

    def has_mean(self, base: Expr) -> bool:
        """Whether the average of a sum over the sample is written with a bar."""
        return self.notation.means and isinstance(base, DataSum) and base.summand in base.variables

    def unbound(self) -> Writer:
        return Writer(self.notation)

    def piecewise(self, expr: sp.Piecewise) -> Maths:
        branches = list(expr.args)
        if len(branches) == 2 and branches[1].args == (sp.S.Zero, sp.true):
            value, condition = branches[0].args
            return make.product(self.write(value), make.indicator(self.condition(condition)))
        rows = [(self.write(value), self.condition(condition)) for value, condition in (b.args for b in branches)]
        return make.cases(*rows)

    def condition(self, expr: Any) -> Maths:
        """A relation or a condition made of relations."""
        return draw_condition(expr, self)


def _indicated(summand: Expr) -> Any:
    """The condition under which a summand is 1 rather than 0, or None."""
    if not isinstance(summand, sp.Piecewise) or len(summand.args) != 2:
        return None
    (value, condition), (other, rest) = (branch.args for branch in summand.args)
    return condition if value == 1 and other == 0 and rest is sp.true else None

"""A function with corners, taken apart: |x − θ|, max(1, |x − θ|), pieces whose conditions hold θ → smooth pieces in order.

All corners of a ``Broken`` function lie where u = slope·θ − offset passes through numbers c₁ < c₂ < … that are free of
the data, so that for every observation the pieces come in one known order. A function whose corners have no such order is
not taken apart. SymPy and algebra only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp
from sympy import Basic, Expr, Symbol

Sign = Callable[[Expr], int | None]  # 1, 0 or −1 where it is proved

CORNERS = (sp.Abs, sp.Max, sp.Min, sp.Piecewise, sp.sign, sp.Heaviside)
MOST = 8  # corners of one function


@dataclass(frozen=True, slots=True)
class Broken:
    """g(x, θ): ``pieces[k]`` where c[k−1] < u < c[k], ``at[k]`` where u = c[k], for u = slope·θ − offset, c = ``corners``."""

    slope: Expr
    offset: Expr
    corners: tuple[Expr, ...]
    pieces: tuple[Expr, ...]
    at: tuple[Expr, ...]

    def mapped(self, function: Callable[[Expr], Expr]) -> Broken:
        """The function applied to every piece."""
        return Broken(
            self.slope, self.offset, self.corners, tuple(map(function, self.pieces)), tuple(map(function, self.at))
        )

    def knot(self, corner: int) -> Expr:
        """The θ at which a corner lies (for slope ≠ 0)."""
        return sp.cancel((self.offset + self.corners[corner]) / self.slope)


class UnorderedError(Exception):
    """The corners are not where one u passes through constants."""


def has_corner(expr: Basic, symbol: Symbol) -> bool:
    """Is there a corner or a jump in the symbol?"""
    return any(_breaks(node, symbol) for node in expr.atoms(*CORNERS))


def _breaks(node: Basic, symbol: Symbol) -> bool:
    if isinstance(node, sp.Piecewise):
        return any(condition.has(symbol) for _, condition in node.args)
    return bool(node.has(symbol))


def break_apart(expr: Expr, symbol: Symbol, constant: set[Symbol], sign: Sign) -> Broken | None:
    """The pieces of an expression and their order; None where they have no order that is the same for all data.

    ``constant`` are the symbols that a corner may depend on (known constants); ``sign`` proves signs.

    >>> x, t = sp.symbols("x t", real=True)
    >>> broken = break_apart(sp.Abs(x - t), t, set(), lambda e: int(sp.sign(e)) if e.is_number else None)
    >>> broken.corners, broken.pieces
    ((0,), (-t + x, t - x))
    """
    line = _Line(symbol, constant, sign)
    try:
        while True:
            count = len(line.corners)
            pieces = [line.resolve(expr, 2 * k) for k in range(count + 1)]
            at = [line.resolve(expr, 2 * k + 1) for k in range(count)]
            if len(line.corners) == count:
                break
    except UnorderedError:
        return None
    if line.base is None:
        return None
    return Broken(*line.base, tuple(line.corners), tuple(pieces), tuple(at))


class _Line:
    """The line of u with the corners met so far. Place 2k is the interval below corner k, place 2k + 1 the corner k."""

    def __init__(self, symbol: Symbol, constant: set[Symbol], sign: Sign) -> None:
        self.symbol, self.constant, self.sign = symbol, constant, sign
        self.base: tuple[Expr, Expr] | None = None
        self.corners: list[Expr] = []

    # ------------------------------------------------------------------ expressions at a place

    def resolve(self, expr: Basic, place: int) -> Expr:
        """The expression as it reads at a place, without corners."""
        if not expr.has(self.symbol) or not has_corner(expr, self.symbol):
            return expr
        if isinstance(expr, sp.Piecewise):
            return self._piece(expr, place)
        arguments = [self.resolve(a, place) for a in expr.args]
        if isinstance(expr, sp.Abs):
            return arguments[0] * self._sign_at(arguments[0], place)
        if isinstance(expr, (sp.Max, sp.Min)):
            return self._extreme(arguments, 1 if isinstance(expr, sp.Max) else -1, place)
        if isinstance(expr, sp.sign):
            return sp.Integer(self._sign_at(arguments[0], place))
        if isinstance(expr, sp.Heaviside):
            side = self._sign_at(arguments[0], place)
            return sp.Integer(side) if side == 1 else sp.Integer(0) if side else arguments[1]
        return expr.func(*arguments)

    def _extreme(self, arguments: list[Expr], side: int, place: int) -> Expr:
        best, *others = arguments
        for other in others:
            if self._sign_at(other - best, place) == side:
                best = other
        return best

    def _piece(self, expr: sp.Piecewise, place: int) -> Expr:
        pieces: list[tuple[Expr, Basic]] = []
        for value, condition in expr.args:
            where = self._condition(condition, place)
            if where == sp.false:
                continue
            pieces.append((self.resolve(value, place), where))
            if where == sp.true:
                break
        if not pieces:
            raise UnorderedError
        return pieces[0][0] if pieces[0][1] == sp.true else sp.Piecewise(*pieces)

    def _condition(self, condition: Basic, place: int) -> Basic:
        if not condition.has(self.symbol):
            return condition
        if isinstance(condition, (sp.And, sp.Or, sp.Not)):
            return condition.func(*(self._condition(a, place) for a in condition.args))
        if not isinstance(condition, sp.core.relational.Relational):
            raise UnorderedError
        side = self._sign_at(self.resolve(condition.lhs - condition.rhs, place), place)
        return sp.true if condition.func(sp.Integer(side), 0) == sp.true else sp.false

    # ------------------------------------------------------------------ signs on the line

    def _sign_at(self, expr: Expr, place: int) -> int:
        """The sign of c·(u − d) at a place; d becomes a corner where it lies inside."""
        if not expr.has(self.symbol):
            side = self.sign(expr)
            if side is None:
                raise UnorderedError
            return side
        factor, corner = self._on_line(expr)
        where = self._place_of(corner)
        return factor * ((place > where) - (place < where))

    def _on_line(self, expr: Expr) -> tuple[int, Expr]:
        """The sign of c, and d, with c·(u − d) of the same sign as the expression."""
        slope, offset, side = self._affine(expr)
        if self.base is None:
            self.base = slope, offset
        ratio = sp.cancel(slope / self.base[0])
        corner = sp.cancel(offset / ratio - self.base[1])
        factor = self.sign(ratio)
        if not factor or (ratio.free_symbols | corner.free_symbols) - self.constant:
            raise UnorderedError
        return side * factor, corner

    def _affine(self, expr: Expr) -> tuple[Expr, Expr, int]:
        """a, b and ±1, with ±(a·θ − b) of the sign of the expression."""
        side = 1
        opened = sp.expand(expr)
        if not opened.is_polynomial(self.symbol) or sp.degree(opened, self.symbol) != 1:
            numerator, denominator = sp.fraction(sp.together(expr))
            below = self.sign(denominator)
            opened = sp.expand(numerator)
            if not below or not opened.is_polynomial(self.symbol) or sp.degree(opened, self.symbol) != 1:
                raise UnorderedError
            side = below
        slope = opened.coeff(self.symbol, 1)
        return slope, -(opened - slope * self.symbol).expand(), side

    def _place_of(self, corner: Expr) -> int:
        """The place of a corner on the line, put there if it is new."""
        for k, known in enumerate(self.corners):
            order = self.sign(sp.expand(corner - known))
            if order is None:
                raise UnorderedError
            if order == 0:
                return 2 * k + 1
            if order < 0:
                return self._insert(k, corner)
        return self._insert(len(self.corners), corner)

    def _insert(self, k: int, corner: Expr) -> int:
        if len(self.corners) == MOST:
            raise UnorderedError
        self.corners.insert(k, corner)
        return 2 * k + 1

"""The names in which shares of a whole are told: n₁ for a count, r for a cell that is no parameter.

Reads an argument by its names: ``simplices`` with ``shares``, each a ``weight`` (``shown``, ``total``), a ``multiple`` and an
``estimate``; ``counts`` with their values; ``solved``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.mathematics import Maths, size
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.exposition.voice import Voice

FEW = 3  # terms that are written out; of more, the first and the last are
_NUMBERED = re.compile(r"([^\W\d_]+)(_?)(\d+)")


@dataclass(frozen=True)
class Cells:
    """The voice of an argument about simplices, with names for counts and cells."""

    voice: Voice

    @property
    def argument(self) -> Any:
        return self.voice.derivation.findings.argument

    @cached_property
    def counts(self) -> dict[Expr, Symbol]:
        """#{xᵢ = v} → its symbol."""
        letter = next(c for c in ("n", "N", "k", "m", "c", "K") if c not in self._taken)
        return {count: Symbol(f"{letter}_{_digits(v)}", integer=True) for count, v in self.argument.counts}

    @property
    def _taken(self) -> frozenset[str]:
        """Letters of the model; the sample size shares its letter with the counts."""
        return self.voice.plain.spellings - {self.voice.size.name}

    @cached_property
    def extra(self) -> dict[Expr, Symbol]:
        """A cell that is no parameter → its symbol: r, or p₃ beside p₁ and p₂."""
        found: dict[Expr, Symbol] = {}
        for simplex in self.argument.simplices:
            names = [s.weight.shown.name for s in simplex.shares if isinstance(s.weight.shown, Symbol)]
            for share in simplex.shares:
                if not isinstance(share.weight.shown, Symbol):
                    name = self._next(names, {s.name for s in found.values()})
                    found[share.weight.shown] = Symbol(name, positive=True)
                    names.append(name)
        return found

    def _next(self, names: Sequence[str], used: set[str]) -> str:
        parts = [m for n in names if (m := _NUMBERED.fullmatch(n))]
        taken = self.voice.plain.spellings | used
        if parts and len(parts) == len(names) and len({p[1] for p in parts}) == 1:
            following = f"{parts[0][1]}{parts[0][2]}{max(int(p[3]) for p in parts) + 1}"
            if following not in taken:
                return following
        return next(w for w in (*"rstwuvhQ", *(f"r{k}" for k in range(1, 100))) if w not in taken)

    @cached_property
    def notation(self) -> Notation:
        drawn = {s: make.name(*s.name.split("_", 1)) for s in self.counts.values()}
        plain = self.voice.plain
        parameters = (*plain.parameters, *self.extra.values())
        return replace(plain, parameters=parameters, statistics=tuple(drawn), given=drawn)

    @cached_property
    def _hats(self) -> Notation:
        return self.notation.with_hats(*self.notation.parameters)

    def renamed(self, expr: Expr) -> Expr:
        """Counts and cells by their symbols."""
        return expr.xreplace(self.counts).xreplace(self.extra)

    def write(self, expr: Expr) -> Maths:
        """A value with its counts in their order: 2n₁ + n₄ + n₅."""
        named = self.renamed(expr)
        counts = self._parted(named)
        if counts is None:
            return self.notation.write(named)
        return make.total(*(make.product(self.notation.write(c), self.notation.write(s)) for c, s in counts))

    def _parted(self, named: Expr) -> list[tuple[Expr, Symbol]] | None:
        """(c, nᵥ) for Σ c·nᵥ with numbers c, in the order of the values."""
        symbols = self.counts.values()
        if not isinstance(named, sp.Add) or not named.free_symbols <= set(symbols):
            return None
        parts = [(named.coeff(s), s) for s in symbols if named.has(s)]
        return parts if sp.expand(named - sp.Add(*(c * s for c, s in parts))) == 0 else None

    def hat(self, expr: Expr) -> Maths:
        return self._hats.write(self.renamed(expr))

    def share(self, share: Any) -> Maths:
        """p̂ₖ, or gₖ for a share that an order may still change."""
        if not self.has_order:
            return self.hat(share.weight.shown)
        drawn = self.write(share.weight.shown)
        below = getattr(drawn, "subscript", None)
        return make.name(self.share_letter, drawn if below is None else below)

    @property
    def has_order(self) -> bool:
        """Does the space ask for an order of some cells?"""
        return any(simplex.order.pairs for simplex in self.argument.simplices)

    @property
    def share_letter(self) -> str:
        return self.voice.letter("g", "s", "h")

    def value(self, estimate: Expr) -> Maths:
        """An estimate in its shortest form, counts gathered over one denominator."""
        if isinstance(estimate, (sp.Max, sp.Min)):
            word = "max" if isinstance(estimate, sp.Max) else "min"
            return make.call(word, *sorted(map(self.value, estimate.args), key=lambda m: (size(m), repr(m))))
        named = self.renamed(estimate)
        if not self.counts:
            return self.notation.write(min((named, sp.factor(named), sp.cancel(named)), key=lambda e: e.count_ops()))
        number, (numerator, denominator) = sp.S.One, sp.fraction(sp.factor(named))
        content, numerator = numerator.as_content_primitive()
        number = content / denominator.as_content_primitive()[0]
        denominator = denominator.as_content_primitive()[1] * number.q
        return make.fraction(make.product(make.number(number.p), self.write(numerator)), self.write(denominator))

    def sum(self, nodes: Sequence[Maths]) -> Maths:
        """a + b + c, or a + ⋯ + z."""
        shown = nodes if len(nodes) <= FEW + 1 else [nodes[0], nodes[1], make.words("⋯"), nodes[-1]]
        return make.total(*shown)

    def constants(self) -> Iterable[tuple[Expr, Symbol]]:
        """(c, nᵥ) where f(v) = c·∏ uₖ^(Tₖ(v)) with c ≠ 1: what a value adds to ℓ beside its weights."""
        shares = [s for simplex in self.argument.simplices for s in simplex.shares]
        for (_, value), symbol in zip(self.argument.counts, self.counts.values(), strict=True):
            cells = sp.Mul(*(s.weight.shown ** s.weight.term.subs(dict(value)) for s in shares))
            ratio = sp.cancel((self.probability(value) / cells).xreplace(dict(self.argument.solved)))
            if ratio != 1:
                yield ratio, symbol

    def probability(self, value: Mapping[Symbol, Expr]) -> Expr:
        """f(v)"""
        return sp.piecewise_fold(self.voice.model.density.subs(dict(value))).doit()

    def named_counts(self) -> Iterable[Maths]:
        return map(self.notation.write, self.counts.values())


def _digits(value: Mapping[Symbol, Expr]) -> str:
    return "".join(str(v) for v in value.values())

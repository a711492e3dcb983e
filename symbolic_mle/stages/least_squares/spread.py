"""What is left for the other parameters when the coefficients are at their least squares: ℓₚ = −Σ c·g(φ)·R̂ + terms free of β.

Every R̂ is a number of the sample. It is put into the profile as a known constant, R > 0, and the profile is maximised by the
score; R̂ = 0 is a case of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import sum_over_sample
from symbolic_mle.stages.sample_signs import find_sign

LETTERS = ("R", "Q", "W", "V", "H", "J")


@dataclass(frozen=True, slots=True)
class Spread:
    """The profile in the other parameters, with the letters of its sums of squares.

    ``residuals`` gives each letter its R(β) of one observation; ``positive`` are the letters with R ≥ 0 for every β.
    """

    profile: Expr
    counts: Mapping[Symbol, DataSum]  # the sizes of the groups with label 1, 0 < size < n
    residuals: Mapping[Symbol, Expr]
    positive: tuple[Symbol, ...]
    model: Specification  # of the profile: its parameters are the others, the letters are known

    def put_in(self, coefficients: Mapping[Symbol, Expr]) -> dict[Expr, Expr]:
        """R → Σ R(β̂)."""
        observed = self.model.observed
        totals = {letter: DataSum(r.xreplace(dict(coefficients)), observed) for letter, r in self.residuals.items()}
        return {**self.counts, **totals}


def spread_of(
    log_density: Expr, coefficients: tuple[Symbol, ...], others: tuple[Symbol, ...], model: Specification
) -> Spread | None:
    """None where a term with coefficients does not part into c·g(φ)·R(β)."""
    for form in (log_density, sp.expand(log_density)):
        groups = _groups(form, coefficients, others)
        if groups is not None:
            break
    else:
        return None
    names = {s.name for s in (*model.observed, *model.parameters, *model.known, model.size)}
    letters = (Symbol(name, positive=True) for name in LETTERS if name not in names)
    free = sp.Add(*(sp.expand(g * q) for g, q in groups.items() if not q.has(*coefficients)))
    counts = _counts(model, names)
    profile = sum_over_sample(free, model).xreplace({total: count for count, total in counts.items()})
    residuals, positive, spaces = dict[Symbol, Expr](), list[Symbol](), dict[Symbol, Interval]()
    for scale, value in groups.items():
        if not value.has(*coefficients):
            continue
        number, shape = _signed(value)
        letter = next(letters, None)
        if letter is None:
            return None
        found = find_sign(shape, model.region)
        if found is None:
            shape = sp.factor(shape)
            found = find_sign(shape, model.region)
        if found is not None and found.sign.is_upward:
            positive.append(letter)
            spaces[letter] = Interval(lower=sp.Integer(0))
        else:
            letter = Symbol(letter.name, real=True)
            spaces[letter] = Interval()
        residuals[letter] = shape
        profile -= number * scale * letter
    spaces |= {count: Interval(sp.Integer(0), model.size) for count in counts}
    inner = replace(
        model, parameters={p: model.parameters[p] for p in others}, known={**model.known, **spaces}, checked=False
    )
    return Spread(profile, counts, residuals, tuple(positive), inner)


def _counts(model: Specification, taken: set[str]) -> dict[Symbol, DataSum]:
    """A letter for Σ g of every label g, when both of its groups are there."""
    letters = (name for name in ("m", "k", "l", "q", "w") if name not in taken)
    labels = [c for c, i in model.covariates.items() if i.integer and (i.lower, i.upper) == (0, 1)]
    return {Symbol(name, positive=True): DataSum(g, model.observed) for g, name in zip(labels, letters, strict=False)}


def _signed(value: Expr) -> tuple[Expr, Expr]:
    """value = −number·shape with a number > 0, a sum of squares as it was written."""
    number, shape = value.primitive() if isinstance(value, sp.Add) else value.as_coeff_Mul()
    return (-number, shape) if number.is_negative else (number, -shape)


def _groups(expr: Expr, coefficients: tuple[Symbol, ...], others: tuple[Symbol, ...]) -> dict[Expr, Expr] | None:
    """{g(φ): what it is multiplied by}, every term with coefficients parted."""
    found: dict[Expr, Expr] = {}
    for term in sp.Add.make_args(expr):
        value, scale = term.as_independent(*others, as_Add=False)
        if scale.has(*coefficients):
            return None
        if not others and not value.has(*coefficients):
            continue  # it moves nothing
        found[scale] = found.get(scale, sp.Integer(0)) + value
    return found

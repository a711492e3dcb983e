"""The likelihood of a sample as a product of powers: λ^(∑ᵢ xᵢ) e^(−nλ) / ∏ᵢ xᵢ!.

Each term c·T of the log-density is a power: a·log(b)·T(x) of b, c·log h(x) of ∏ᵢ h(xᵢ), any other of e. Knows
expressions and the notation, not the steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.forms import pulled, summed
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.order import falls
from symbolic_mle.exposition.voice import Voice

_LOGS = (sp.log, sp.loggamma)


@dataclass(slots=True)
class _Powers:
    """∏ⱼ base^exponent · ∏ₖ (∏ᵢ h(xᵢ))^c · e^exponent, collected term by term."""

    single: dict[Expr, Expr] = field(default_factory=dict)
    products: dict[Expr, Expr] = field(default_factory=dict)
    exponent: Expr = sp.S.Zero


def collected_product(voice: Voice) -> Maths | None:
    """The product over the sample with its powers collected; None where the observations stay inside."""
    if voice.derivation.likelihood.mixed or voice.log_density.has(sp.Piecewise):
        return None
    powers = _Powers()
    for term in voice.terms:
        _take(term, powers, voice)
    return _drawn(powers, voice)


def _take(term: Expr, powers: _Powers, voice: Voice) -> None:
    outside, inside = term.as_independent(*voice.model.observed, as_Add=False)
    if isinstance(inside, _LOGS):
        base = _argument(inside)
        powers.products[base] = powers.products.get(base, sp.S.Zero) + outside
        return
    weight, log = _log_factor(outside)
    total = pulled(summed(sp.expand(inside), voice.model.observed, voice.size))
    if log is None:
        powers.exponent += outside * (total if _opens(inside) else pulled(DataSum(inside, voice.model.observed)))
    else:
        base = _argument(log)
        powers.single[base] = powers.single.get(base, sp.S.Zero) + sp.expand(weight * total)


def _opens(inside: Expr) -> bool:
    """Σ (1 − xᵢ) is taken term by term, Σ (xᵢ − μ)² is not."""
    return not isinstance(inside, sp.Pow) or not inside.base.is_Add


def _argument(log: Expr) -> Expr:
    return sp.gamma(log.args[0]) if isinstance(log, sp.loggamma) else log.args[0]


def _log_factor(product: Expr) -> tuple[Expr, Expr | None]:
    """(a, log b) for a·log b."""
    logs = [f for f in sp.Mul.make_args(product) if isinstance(f, _LOGS)]
    return (product, None) if len(logs) != 1 else (product / logs[0], logs[0])


def _drawn(powers: _Powers, voice: Voice) -> Maths:
    above: list[Maths] = []
    below: list[Maths] = []
    fronted = not powers.products and all(falls(e) for e in powers.single.values())
    for base, exponent in powers.single.items():
        if falls(exponent) and not fronted:
            below.append(voice.plain.write(base**-exponent))
        else:
            above.append(make.power(voice.plain.write(base), voice.plain.write(exponent)))
    _draw_products(powers, above, below, voice)
    if powers.exponent != 0:
        above.append(voice.plain.write(sp.exp(powers.exponent)))
    top = make.product(*above) if above else make.ONE
    return make.fraction(top, make.product(*below)) if below else top


def _draw_products(powers: _Powers, above: list[Maths], below: list[Maths], voice: Voice) -> None:
    """(∏ᵢ xᵢ)^(k−1); factors with the powers 1 and −1 are multiplied inside one product."""
    for unit, place in ((sp.S.One, above), (sp.S.NegativeOne, below)):
        plain = [base for base, exponent in powers.products.items() if exponent == unit]
        if plain:
            place.append(voice.plain.product_over_sample(sp.Mul(*plain)))
    for base, exponent in powers.products.items():
        if abs(exponent) == 1:
            continue
        whole = make.brackets(voice.plain.product_over_sample(base))
        down = falls(exponent)
        (below if down else above).append(make.power(whole, voice.plain.write(-exponent if down else exponent)))

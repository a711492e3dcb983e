"""Textbook inequalities: a function value between two simpler expressions, with the source.

To add one, write a function from the call to its ``Enclosure`` and enter it in ``FACTS``; ``holds`` names
expressions that must be positive. Sources: DLMF = NIST Digital Library of Mathematical Functions; AS =
Abramowitz and Stegun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.zeta_derivatives import ZetaDerivative


@dataclass(frozen=True, slots=True)
class Enclosure:
    """lower < f < upper (None: no bound on that side), where every expression of ``holds`` is positive."""

    lower: Expr | None
    upper: Expr | None
    holds: tuple[Expr, ...]
    source: str


def enclosures(call: Expr) -> Iterator[Enclosure]:
    """The known enclosures of a function value, the simplest first."""
    if (fact := FACTS.get(call.func)) is not None:
        yield from fact(call)


SIMPLE_BRACKETS = (
    "log k − 1/k < ψ(k) < log k − 1/(2k) for k > 0",
    "1/k + 1/(2k²) < ψ′(k) < 1/k + 1/k² for k > 0",
    "(m−1)!/k^m + m!/(2k^(m+1)) < (−1)^(m+1) ψ^(m)(k) < (m−1)!/k^m + m!/k^(m+1) for k > 0",
)


def _polygamma(call: Expr) -> Iterator[Enclosure]:
    """The Stirling series of ψ^(m) envelops it: successive partial sums lie on alternating sides."""
    order, k = call.args
    if not order.is_Integer or not 0 <= order <= 8:
        return
    m, name = int(order), ("ψ(k)", "ψ′(k)", "ψ″(k)")[int(order)] if order <= 2 else f"ψ^({order})(k)"
    source = f"the asymptotic series of {name} envelops it for k > 0 (DLMF 5.11(ii), 5.15(ii))"
    bracket = SIMPLE_BRACKETS[min(m, 2)]
    simple = sp.factorial(m) / k ** (m + 1) + (-sp.log(k) if m == 0 else sp.factorial(m - 1) / k**m)
    yield _signed(m, _series(m, k, 0), simple, k, bracket)
    for terms in (0, 2):
        yield _signed(m, _series(m, k, terms), _series(m, k, terms + 1), k, source)


def _signed(m: int, below: Expr, above: Expr, k: Expr, source: str) -> Enclosure:
    """Bounds on (−1)^(m+1) ψ^(m)(k) as bounds on ψ^(m)(k)."""
    return Enclosure(below, above, (k,), source) if m % 2 == 1 else Enclosure(-above, -below, (k,), source)


def _series(m: int, k: Expr, terms: int) -> Expr:
    """(−1)^(m+1) ψ^(m)(k) ≈ (m−1)!/k^m + m!/(2k^(m+1)) + Σ B₂ⱼ (2j+m−1)!/((2j)! k^(2j+m)); for m = 0 it starts with
    −log k."""
    first = -sp.log(k) if m == 0 else sp.factorial(m - 1) / k**m
    result = first + sp.factorial(m) / (2 * k ** (m + 1))
    for j in range(1, terms + 1):
        weight = sp.bernoulli(2 * j) * sp.factorial(2 * j + m - 1) / sp.factorial(2 * j)
        result += weight / k ** (2 * j + m)
    return result


def _zeta_derivative(call: Expr) -> Iterator[Enclosure]:
    """ζ ζ″ > ζ′² for s > 1: a Dirichlet series with positive coefficients is log-convex (Cauchy–Schwarz)."""
    order, s = call.args
    if order == 2:
        source = "ζ(s)ζ″(s) > ζ′(s)²: ζ(s) = Σ k^(−s) is log-convex in s > 1 (Cauchy–Schwarz)"
        yield Enclosure(ZetaDerivative(1, s) ** 2 / sp.zeta(s), None, (s - 1,), source)


def _complementary_error(call: Expr) -> Iterator[Enclosure]:
    """Mills' ratio: 2x/(2x² + 1) < √π e^(x²) erfc(x) < 1/x for x > 0."""
    x = call.args[0]
    gaussian = sp.exp(-(x**2)) / sp.sqrt(sp.pi)
    source = "Mills' ratio: 2x/(2x² + 1) < √π e^(x²) erfc(x) < 1/x for x > 0 (DLMF 7.8)"
    yield Enclosure(2 * x / (2 * x**2 + 1) * gaussian, gaussian / x, (x,), source)


def _bessel(call: Expr) -> Iterator[Enclosure]:
    """I_(ν+1)(z) < I_ν(z) for ν ≥ 0, z > 0."""
    order, z = call.args
    if not order.is_Integer or order < 1:
        return
    source = "I_ν(z) decreases in the order ν ≥ 0 for z > 0 (DLMF 10.37)"
    yield Enclosure(None, sp.besseli(order - 1, z), (z,), source)


FACTS: Mapping[type, Callable[[Expr], Iterator[Enclosure]]] = MappingProxyType(
    {
        sp.polygamma: _polygamma,
        ZetaDerivative: _zeta_derivative,
        sp.erfc: _complementary_error,
        sp.besseli: _bessel,
    }
)

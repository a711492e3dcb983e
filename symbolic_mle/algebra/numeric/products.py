"""What a product is when factors are zero, infinite or out of the range of a double.

0 · log 0 = 0, because log grows slower than any power. 0 · ∞ = 0 too when the two share no symbol: the product is
then zero all the way as the other factor grows. Otherwise 0 · ∞ is nan. When the product of finite factors over- or
underflows on the way, it is recomputed from the logarithms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp
from sympy import Expr

SLOW = (sp.log, sp.loggamma)


@dataclass(frozen=True, slots=True)
class ProductRule:
    """vanishing[i, j]: factor i at zero beats factor j at infinity. unsigned[j]: factor j has a pole without a sign."""

    vanishing: Any
    unsigned: tuple[bool, ...]

    @staticmethod
    def of(factors: Sequence[Expr]) -> ProductRule:
        names = [factor.atoms(sp.Symbol) for factor in factors]
        vanishing = [
            [not (names[i] & names[j]) or isinstance(factors[j], SLOW) for j in range(len(factors))]
            for i in range(len(factors))
        ]
        return ProductRule(np.array(vanishing), tuple(map(is_unsigned_pole, factors)))

    def with_zero(self, zeros: Sequence[Any], infinities: Sequence[Any]) -> Any:
        """The product where there is a zero and an infinity: 0, or nan."""
        clash = False
        for i, zero in enumerate(zeros):
            for j, infinity in enumerate(infinities):
                if not self.vanishing[i, j]:
                    clash = clash | (zero & infinity)
        return np.where(clash, np.nan, 0.0)


def is_unsigned_pole(expr: Expr) -> bool:
    """Whether 1/b^k with odd k changes sign at b = 0, as far as the assumptions on b tell."""
    if not isinstance(expr, sp.Pow) or not expr.exp.is_Integer or expr.exp % 2 == 0 or expr.exp > 0:
        return False
    return not (expr.base.is_nonnegative or expr.base.is_zero)


def multiply(rule: ProductRule, *factors: Any) -> Any:
    """Π factors, elementwise."""
    direct = factors[0]
    for factor in factors[1:]:
        direct = direct * factor
    if _is_plain(direct):
        return direct
    return _repaired(rule, direct, factors, [_log_size(factor) for factor in factors])


def _is_plain(product: Any) -> bool:
    if isinstance(product, float):
        return product != 0 and -np.inf < product < np.inf
    return bool(np.all(np.isfinite(product) & (product != 0)))


def _log_size(factor: Any) -> Any:
    return np.log(np.abs(factor))


def _repaired(rule: ProductRule, direct: Any, factors: Sequence[Any], logs: Sequence[Any]) -> Any:
    zeros, infinities = [np.isneginf(log) for log in logs], [np.isposinf(log) for log in logs]
    any_zero, any_infinity = np.logical_or.reduce(_alike(zeros)), np.logical_or.reduce(_alike(infinities))
    sign: Any = 1.0
    for factor in factors:
        sign = sign * np.where(factor == 0, 1.0, np.sign(factor))
    value = sign * np.exp(sum(logs))
    unsigned = np.zeros((), dtype=bool)
    for infinity, flag in zip(infinities, rule.unsigned, strict=True):
        unsigned = unsigned | (infinity & flag)
    value = np.where(any_infinity, np.where(unsigned, np.nan, sign * np.inf), value)
    value = np.where(any_zero, np.where(any_infinity, rule.with_zero(zeros, infinities), 0.0), value)
    plain = np.isfinite(direct) & (direct != 0)
    broken = np.logical_or.reduce(_alike([np.isnan(log) for log in logs]))
    return np.where(plain, direct, np.where(broken, np.nan, value))[()]


def _alike(parts: Sequence[Any]) -> list[Any]:
    return list(np.broadcast_arrays(*parts))


@dataclass(frozen=True, slots=True)
class SteadyProduct:
    """A product some of whose factors may leave the range of a double although the product does not.

    The logarithms are a tape of their own, run only when the direct product is not a plain number. Operands: the
    factors, then what the tape needs.
    """

    rule: ProductRule
    count: int
    logs: Any

    def __call__(self, *operands: Any) -> Any:
        factors = operands[: self.count]
        direct = factors[0]
        for factor in factors[1:]:
            direct = direct * factor
        if _is_plain(direct):
            return direct
        signs_and_logs = self.logs.run(operands[self.count :])
        signs = [sign for sign, _ in signs_and_logs]
        return _repaired(self.rule, direct, signs, [log for _, log in signs_and_logs])

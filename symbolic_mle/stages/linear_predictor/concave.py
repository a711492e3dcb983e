"""Concavity by rules of a log-density in predictors, affine functions v·θ + c of the parameters, with its slopes at infinity.

    v·θ                                     affine
    −w·log Σⱼ kⱼ exp(vⱼ·θ), w ≥ 0, kⱼ > 0   concave; falls like −w·maxⱼ vⱼ·d in the direction d
    −w·exp(v·θ), w ≥ 0                      concave; falls faster than any line where v·d > 0, else runs to 0
    −w·(v·θ)², w ≥ 0                        concave; falls faster than any line where v·d ≠ 0
    w·log Φ(v·θ), w ≥ 0                     concave; falls faster than any line where v·d < 0, else runs to 0
    w·log(1 − exp(−k·exp(v·θ))), w ≥ 0      concave; falls like w·v·d where v·d < 0, else runs to 0

(Boyd & Vandenberghe 2004, sections 3.1.5 and 3.5; Φ is log-concave: Prékopa 1973.) A sum of concave functions is concave.
What is not such a sum is refused. Each weight is proved to be ≥ 0 for all data of the support.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Specification
from symbolic_mle.stages.sample_signs import find_sign

Vector = tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Bend:
    """One concave term: ``kind`` is the rule; ``vectors`` are its v, and ``weight`` its w."""

    kind: str  # "log-sum-exp", "exp", "square", "probit", "log-log"
    weight: Expr
    vectors: tuple[Vector, ...]


@dataclass(frozen=True, slots=True)
class Concave:
    """slope·θ + Σ bends + terms free of θ."""

    slope: Vector
    bends: tuple[Bend, ...]


def concave_form(log_density: Expr, model: Specification) -> Concave | None:
    """The log-density of one observation by the rules, or None."""
    names = tuple(model.parameters)
    slope = [sp.Integer(0)] * len(names)
    bends: list[Bend] = []
    powers: dict[Expr, Expr] = {}  # exponent → what exp of it is multiplied by
    for term in sp.Add.make_args(sp.expand_mul(log_density)):
        if not term.has(*names):
            continue
        vector = gradient(term, names)
        if vector is not None:
            slope = [a + b for a, b in zip(slope, vector, strict=True)]
            continue
        weight, shape = term.as_independent(*names, as_Add=False)
        if isinstance(shape, sp.exp):
            powers[shape.exp] = powers.get(shape.exp, sp.Integer(0)) + weight
            continue
        found = _bend(weight, shape, names, model)
        if found is None:
            return None
        linear, bent, exponent = found
        slope = [a + b for a, b in zip(slope, linear, strict=True)]
        bends += bent
        for power, factor in exponent.items():
            powers[power] = powers.get(power, sp.Integer(0)) + factor
    for power, factor in powers.items():
        vector, weight = gradient(power, names), sp.expand(-factor)
        if weight == 0:
            continue
        if vector is None or not _is_nonnegative(weight, model):
            return None
        bends.append(Bend("exp", weight, (_without_number(vector),)))
    return Concave(tuple(map(sp.expand, slope)), tuple(bends))


def gradient(expr: Expr, names: tuple[Symbol, ...]) -> Vector | None:
    """v of an affine function v·θ + c; None for any other."""
    found = tuple(sp.expand(expr.diff(p)) for p in names)
    return None if any(e.has(*names) for e in found) else found


Parts = tuple[Vector, list[Bend], dict[Expr, Expr]]  # affine, bent, and exponents with the weights of their exp


def _bend(weight: Expr, shape: Expr, names: tuple[Symbol, ...], model: Specification) -> Parts | None:
    """A term by its rule."""
    if isinstance(shape, sp.log):
        return _logarithm(weight, shape.args[0], names, model)
    if not isinstance(shape, sp.Pow) or shape.exp != 2:
        return None
    vector = gradient(shape.base, names)
    if vector is None or not _is_nonnegative(-weight, model):
        return None
    return _nothing(names), [Bend("square", -weight, (_without_number(vector),))], {}


def _nothing(names: tuple[Symbol, ...]) -> Vector:
    return (sp.Integer(0),) * len(names)


def _without_number(vector: Vector) -> Vector:
    """A multiple of the vector without factors such as 1/√2, where only its direction matters."""
    first = next((v for v in vector if v != 0), sp.Integer(1))
    number = sp.Abs(first.as_independent(*first.free_symbols, as_Add=False)[0] if first.free_symbols else first)
    return tuple(sp.expand(v / number) for v in vector) if number.is_positive else vector


def _is_nonnegative(weight: Expr, model: Specification) -> bool:
    found = find_sign(weight, model.region)
    return found is not None and found.sign.is_upward


def _logarithm(weight: Expr, inside: Expr, names: tuple[Symbol, ...], model: Specification) -> Parts | None:
    """w·log of a quotient of sums of exponentials, of Φ, or of 1 − exp(−exp)."""
    bend = _probit(weight, inside, names, model)
    if bend is not None:
        return _nothing(names), [bend], {}
    found = _log_log(weight, inside, names, model)
    if found is not None:
        return found
    above, below = sp.fraction(sp.together(inside))
    slope, bends = [sp.Integer(0)] * len(names), list[Bend]()
    for part, side in ((above, 1), (below, -1)):
        for factor in sp.Mul.make_args(sp.factor_terms(sp.expand(part))):
            base, power = factor.as_base_exp() if isinstance(factor, sp.Pow) and factor.exp.is_Integer else (factor, 1)
            vectors = _exponentials(base, names, model)
            if vectors is None:
                return None
            scale = side * power * weight
            if len(set(vectors)) == 1:
                slope = [a + scale * b for a, b in zip(slope, vectors[0], strict=True)]
            elif _is_nonnegative(-scale, model):
                bends.append(Bend("log-sum-exp", -scale, tuple(dict.fromkeys(vectors))))
            else:
                return None
    return tuple(slope), bends, {}


def _exponentials(expr: Expr, names: tuple[Symbol, ...], model: Specification) -> list[Vector] | None:
    """The v of a sum of k·exp(v·θ + c), every k > 0."""
    found = []
    for term in sp.Add.make_args(sp.expand(expr, power_exp=False)):
        constant, shape = term.as_independent(*names, as_Add=False)
        exponent = sp.Integer(0)
        for factor in sp.Mul.make_args(shape):
            if isinstance(factor, sp.exp):
                exponent += factor.exp
            elif isinstance(factor, sp.Pow) and not factor.base.has(*names) and factor.base.is_positive:
                exponent += factor.exp * sp.log(factor.base)
            elif factor != 1:
                return None
        vector = gradient(exponent, names)
        sign = find_sign(constant, model.region)
        if vector is None or sign is None or sign.sign is not Sign.POSITIVE:
            return None
        found.append(vector)
    return found


def _probit(weight: Expr, inside: Expr, names: tuple[Symbol, ...], model: Specification) -> Bend | None:
    """Φ(u) = (1 + erf(u/√2))/2 = erfc(−u/√2)/2"""
    functions = inside.atoms(sp.erf, sp.erfc)
    if len(functions) != 1:
        return None
    (function,) = functions
    slot = sp.Dummy("e")
    shape = sp.expand(inside.xreplace({function: slot}))
    share = shape.coeff(slot, 1)
    constant = sp.expand(shape - share * slot)
    if share.has(*names) or constant.has(slot, *names) or share == 0:
        return None
    ratio = sp.cancel(constant / share)
    if isinstance(function, sp.erf) and ratio not in (1, -1):
        return None
    if isinstance(function, sp.erfc) and ratio not in (0, -2):
        return None
    rising = (1 if isinstance(function, sp.erf) else -1) * (1 if share.is_positive else -1 if share.is_negative else 0)
    vector = gradient(function.args[0], names)
    if vector is None or not rising or not _is_nonnegative(weight, model):
        return None
    if (ratio in (1, 0)) != bool(share.is_positive):
        return None  # a negative number
    return Bend("probit", weight, (_without_number(tuple(rising * v for v in vector)),))


def _log_log(weight: Expr, inside: Expr, names: tuple[Symbol, ...], model: Specification) -> Parts | None:
    """1 − exp(−k·exp(v·θ)), k > 0, or exp(k·exp(v·θ)) − 1, which is exp(k·exp(v·θ)) times that."""
    for side in (1, -1):
        rest = sp.expand_mul(1 - inside if side == 1 else inside + 1)
        if not isinstance(rest, sp.exp):
            continue
        scale, shape = (-side * rest.exp).as_independent(*names, as_Add=False)
        vector = gradient(shape.exp, names) if isinstance(shape, sp.exp) else None
        sign = find_sign(scale, model.region)
        if vector is None or sign is None or sign.sign is not Sign.POSITIVE or not _is_nonnegative(weight, model):
            return None
        powers = {} if side == 1 else {shape.exp: weight * scale}
        return _nothing(names), [Bend("log-log", weight, (vector,))], powers
    return None

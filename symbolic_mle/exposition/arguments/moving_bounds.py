"""Bounds, conditions and extreme values of the sample as they are written: x₍ₙ₎ ≤ θ, x₍ₙ₎ − 1 ≤ x₍₁₎, θ ≥ max(2, x₍ₙ₎)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Inlines
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, phrase
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Condition


def with_edges(voice: Voice) -> Voice:
    """The voice in which extreme values that stand as symbols in the argument are drawn as order statistics."""
    statistics = voice.derivation.findings.argument.statistics  # type: ignore[union-attr]
    names = {symbol: voice.plain.write(statistic) for symbol, statistic in statistics.items()}
    return replace(voice, plain=voice.plain.with_names(names), drawn={})


def constraint(voice: Voice, found: Any) -> Maths:
    """x₍ₙ₎ ≤ θ, or θ ≤ x₍₁₎"""
    return _ordered(voice.plain.write(found.edge.symbol), found, voice)


def of_every(voice: Voice, found: Any) -> Maths:
    """xᵢ ≤ θ, or θ ≤ xᵢ"""
    return _ordered(voice.plain.observed(found.quantity), found, voice)


def _ordered(subject: Maths, found: Any, voice: Voice) -> Maths:
    less, end = "<" if found.strict else "<=", voice.plain.write(found.end)
    return make.chain(subject, less, end) if found.edge.largest else make.chain(end, less, subject)


def extreme(voice: Voice, found: Any) -> Maths | None:
    """x₍ₙ₎ = maxᵢ xᵢ; None where it is written so already."""
    if found.quantity not in voice.model.variables:
        return None
    value = make.big("max" if found.edge.largest else "min", make.name("i"), voice.plain.observed(found.quantity))
    return make.chain(voice.plain.write(found.edge.symbol), "=", value)


def indicated(voice: Voice, found: Sequence[Any]) -> Maths:
    """1{0 ≤ xᵢ ≤ θ}: the part of the support that moves, of one observation."""
    model = voice.model
    moving = [x for x, i in model.support.intervals.items() if i.free_symbols & set(voice.parameters)]
    drawn = [voice.plain.observed_space(x, model.support.intervals[x]) for x in moving]
    drawn += [of_every(voice, c) for c in found if c.quantity not in moving]
    return make.indicator(make.sequence(*drawn))


def between(voice: Voice, stage: Any, opened: bool = False) -> Maths:
    """x₍ₙ₎ − 1 ≤ θ ≤ x₍₁₎, or the interior of that"""
    lower, upper = ([b for b in bounds if b != stage.tie] for bounds in (stage.bounds.lower, stage.bounds.upper))
    low, high = _end(voice, lower, sp.Max, opened), _end(voice, upper, sp.Min, opened)
    name = voice.name(stage.parameter)
    if low and high:
        return make.chain(low[0], low[1], name, high[1], high[0])
    if low:
        return make.chain(name, low[1].replace("<", ">"), low[0])
    if high:
        return make.chain(name, high[1], high[0])
    return make.chain(name, "in", make.name("reals"))


def _end(voice: Voice, bounds: Sequence[Any], furthest: Any, opened: bool) -> tuple[Maths, str] | None:
    if not bounds:
        return None
    value = furthest(*(b.value for b in bounds))
    return voice.plain.write(value), "<=" if all(b.closed for b in bounds) and not opened else "<"


def range_of(voice: Voice, parameter: Symbol, interval: Interval) -> Maths:
    """x₍ₙ₎ − 1 ≤ θ̂ ≤ x₍₁₎"""
    less = ["<=" if closed else "<" for closed in (interval.closed_lower, interval.closed_upper)]
    ends = voice.plain.write(interval.lower), voice.plain.write(interval.upper)
    return make.chain(ends[0], less[0], voice.hat(parameter), less[1], ends[1])


def conditions(voice: Voice, found: Iterable[Condition]) -> Inlines:
    """The conditions in a list: x₍ₙ₎ ≤ x₍₁₎ + 1 and the xᵢ are not all equal."""
    return listed([condition(voice, c) for c in found])


def condition(voice: Voice, found: Condition) -> Inlines:
    """One condition: in words where it says that observations are equal, else with positive terms on either side."""
    if found.meaning in ("equal", "not equal") and found.quantity is not None:
        quantity = voice.plain.observed(found.quantity)
        template = "all {x} are equal" if found.meaning == "equal" else "the {x} are not all equal"
        return phrase(template, x=quantity)
    left, right = _sides(found.statistic)
    relation = found.relation
    if left == 0 or (not left.free_symbols and not left.has(sp.Function)):
        return (make.chain(voice.plain.write(right), relation, voice.plain.write(left)),)
    turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}.get(relation, relation)
    return (make.chain(voice.plain.write(left), turned, voice.plain.write(right)),)


def _sides(difference: Expr) -> tuple[Expr, Expr]:
    """(a, b) with b − a the difference, each without minus signs."""
    terms = sp.Add.make_args(difference)
    left = [-t for t in terms if t.could_extract_minus_sign()]
    return sp.Add(*left), sp.Add(*(t for t in terms if not t.could_extract_minus_sign()))

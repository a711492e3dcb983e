"""Conditions on the data in words: "0 < ∑ᵢ xᵢ < n, that is, the xᵢ are neither all 0 nor all 1"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum, Statistic, outermost_sums
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Inline, Inlines
from symbolic_mle.exposition.facts import ReductionFacts
from symbolic_mle.exposition.forms import counted
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Condition

NEGATED = {"every": "not every", "equal": "not equal"}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Bound:
    """total relation value, with the data on the left alone."""

    total: Expr
    relation: str
    value: Expr


def needed(reduction: ReductionFacts) -> list[Condition]:
    """What the signs at the ends ask of the data for a root of the score."""
    found = []
    for end, relation in ((reduction.lower, ">"), (reduction.upper, "<")):
        if end.sign is None and end.limit is not None:
            found.append(Condition(end.limit, relation))
        elif end.sign is not None and end.sign.zero is not None:
            zero = end.sign.zero
            found.append(
                replace(
                    zero,
                    statistic=end.limit or zero.statistic,
                    relation=relation,
                    meaning=NEGATED.get(zero.meaning, ""),
                )
            )
    return found


def in_words(voice: Voice, conditions: Sequence[Condition]) -> Inlines:
    """The conditions as inequalities where those are short, and what they mean for the observations."""
    symbols = _inequalities(voice, [b for b in (bound(voice, c) for c in conditions) if b is not None])
    told = _meanings(voice, conditions)
    left = [c for c in conditions if bound(voice, c) is None and not has_meaning(c)]
    symbols += [_compared(voice, c) for c in left]
    if symbols and told:
        return (*listed(list(symbols)), ", that is, when ", *told)
    return listed(list(symbols)) if symbols else told


def in_symbols(voice: Voice, conditions: Sequence[Condition]) -> Inlines:
    """The conditions as inequalities where those are short, else in words: for a second mention."""
    bounds = {c: bound(voice, c) for c in conditions}
    symbols = _inequalities(voice, [b for b in bounds.values() if b is not None])
    wordless = [c for c, b in bounds.items() if b is None and not has_meaning(c)]
    symbols += [_compared(voice, c) for c in wordless]
    told = [_meaning(voice, c) for c, b in bounds.items() if b is None and has_meaning(c)]
    return listed([*symbols, *told])


def short(voice: Voice, condition: Condition) -> Inlines:
    """One condition: its meaning if it has one, else the inequality."""
    return _meanings(voice, [condition]) or in_words(voice, [condition])


def has_meaning(condition: Condition) -> bool:
    quantity = condition.quantity
    if quantity is None or quantity.has(sp.Piecewise):
        return False
    return condition.meaning in ("equal", "not equal") or (
        condition.value is not None and condition.meaning in ("every", "not every")
    )


def bound(voice: Voice, condition: Condition) -> Bound | None:
    """∑ᵢ xᵢ < n from n − ∑ᵢ xᵢ > 0; None where the statistic is not one plain sum, or words say it better."""
    statistic = counted(condition.statistic, voice.size)
    sums = outermost_sums(statistic)
    if condition.relation in ("=", "!=") or len(sums) != 1 or condition.meaning in ("equal", "not equal"):
        return None
    (total,) = sums
    if has_meaning(condition) and total.summand not in voice.model.variables:
        return None
    slot = sp.Dummy()
    replaced = sp.expand(statistic.xreplace({total: slot}))
    slope = replaced.coeff(slot, 1)
    rest = sp.expand(replaced - slope * slot)
    if rest.has(slot) or not (slope.is_positive or slope.is_negative):
        return None
    return Bound(
        total, condition.relation if slope.is_positive else TURNED[condition.relation], sp.factor(-rest / slope)
    )


def _inequalities(voice: Voice, bounds: Sequence[Bound]) -> list[Maths]:
    """0 < ∑ᵢ xᵢ < n for two bounds of one sum."""
    drawn: list[Maths] = []
    for total in dict.fromkeys(b.total for b in bounds):
        lower = [b for b in bounds if b.total == total and b.relation.startswith(">")]
        upper = [b for b in bounds if b.total == total and b.relation.startswith("<")]
        if len(lower) == len(upper) == 1:
            less = TURNED[lower[0].relation]
            drawn.append(
                make.chain(
                    voice.write(lower[0].value),
                    less,
                    voice.write(total),
                    upper[0].relation,
                    voice.write(upper[0].value),
                )
            )
        else:
            drawn += [single(voice, b) for b in (*lower, *upper)]
    return drawn


def single(voice: Voice, b: Bound) -> Maths:
    """∑ᵢ xᵢ > 0, or x̄ < 1/2 where the bound grows with n."""
    average = b.value / voice.size
    if b.value != 0 and b.value != voice.size and not average.has(voice.size) and b.total.summand in b.total.variables:
        return make.chain(voice.write(b.total / voice.size), b.relation, voice.write(average))
    return make.chain(voice.write(b.total), b.relation, voice.write(b.value))


def _compared(voice: Voice, condition: Condition) -> Maths:
    """∑ᵢ xᵢ < ∑ᵢ (xᵢ − x̄)² for a difference of two statistics, else the statistic and 0."""
    terms = sp.Add.make_args(condition.statistic)
    taken = [t for t in terms if t.could_extract_minus_sign()]
    if not taken or len(taken) == len(terms) or any(not t.has(Statistic) for t in terms):
        return make.chain(voice.write(condition.statistic), condition.relation, make.ZERO)
    left = sp.Add(*(t for t in terms if t not in taken))
    return make.chain(voice.write(left), condition.relation, voice.write(-sp.Add(*taken)))


def _meanings(voice: Voice, conditions: Sequence[Condition]) -> Inlines:
    told = [c for c in conditions if has_meaning(c)]
    none = [c for c in told if c.meaning == "not every" and c.quantity in voice.model.variables]
    if len(none) == 2 and none[0].quantity == none[1].quantity:
        values = [voice.write(c.value) for c in none if c.value is not None]
        first: list[Inline | Inlines] = [
            ("the ", _observed(voice, none[0]), " are neither all ", values[0], " nor all ", values[1])
        ]
        return listed([*first, *(_meaning(voice, c) for c in told if c not in none)])
    return listed([_meaning(voice, c) for c in told])


def _meaning(voice: Voice, condition: Condition) -> Inlines:
    if condition.meaning == "equal":
        return ("all ", _observed(voice, condition), " are equal")
    if condition.meaning == "not equal":
        return ("the ", _observed(voice, condition), " are not all equal")
    assert condition.quantity is not None and condition.value is not None
    start = "every " if condition.meaning == "every" else "not every "
    if condition.quantity in voice.model.variables:
        return (start, _observed(voice, condition), " is ", voice.write(condition.value))
    constant, moving = condition.quantity.as_independent(*voice.model.observed, as_Add=True)
    return (start, make.chain(voice.notation.observed(moving), "=", voice.write(condition.value - constant)))


def _observed(voice: Voice, condition: Condition) -> Maths:
    assert condition.quantity is not None
    return voice.observed(condition.quantity)


def on_data(expr: Expr, condition: Condition, voice: Voice) -> Expr | None:
    """The expression for the data of a condition, every xᵢ = c or all equal; None where it stays as it is."""
    if len(voice.model.observed) != 1 or condition.quantity != voice.model.observed[0]:
        zero = isinstance(condition.statistic, DataSum) and condition.relation == "=" and expr.has(condition.statistic)
        return expr.xreplace({condition.statistic: sp.S.Zero}) if zero else None
    if condition.meaning == "every" and condition.value is not None:
        value = condition.value
    elif condition.meaning == "equal":
        value = sp.Symbol(voice.letter("c", "v"), **voice.model.observed[0].assumptions0)
    else:
        return None
    return _constant_sample(expr, value, voice)


def _constant_sample(expr: Expr, value: Expr, voice: Voice) -> Expr:
    """Σ g(xᵢ) → n·g(c)."""

    def at(total: DataSum) -> Expr:
        inner = _constant_sample(total.summand, value, voice)
        return voice.size * inner.xreplace({voice.model.observed[0]: value})

    return expr.replace(lambda e: isinstance(e, DataSum), at)

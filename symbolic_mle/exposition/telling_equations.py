"""The likelihood equation line by line, from the score that is 0 to the root, and when the root lies in the space."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, Line, display, line
from symbolic_mle.exposition.facts import ReductionFacts
from symbolic_mle.exposition.forms import collected, compact, quotient_forms, tidy
from symbolic_mle.exposition.mathematics import Maths, size
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.telling_conditions import in_words, needed
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Step

LONG = 22  # leaves beyond which a value has a line of its own


def equation_blocks(voice: Voice, stage: int) -> Iterator[Block]:
    """From the score to the root."""
    reduction, steps = voice.reductions[stage], voice.steps("equation", stage)
    others = voice.others_at(stage)
    slope = voice.function(stage, 1, reduction.parameter, hats=not others)
    zero = make.chain(slope, "=", make.ZERO)
    if not steps or reduction.root is None:
        yield say("At an interior maximum {zero}, that is,", zero=zero)
        yield display(implicit_line(voice, stage))
        yield say("This equation is solved numerically.")
        return
    fixed = phrase("Fix {others}. ", others=voice.names(others)) if others else ()
    yield say("{fixed}At an interior maximum {zero}:", fixed=fixed, zero=zero)
    yield display(*_lines(voice, stage, steps))
    yield from _whether_inside(voice, reduction)


def implicit_line(voice: Voice, stage: int) -> Line:
    """The likelihood equation that stays: what holds the parameter on the left, the data on the right."""
    reduction = voice.reductions[stage]
    parameter, size_symbol = reduction.parameter, voice.size
    if stage in voice.gaps:
        gap = voice.gaps[stage]
        return line(voice.write(gap.function, parameter), "=", voice.write(gap.side * gap.symbol))
    function = tidy(cleared_score(reduction), size_symbol)
    constant, moving = sp.expand_mul(function).as_independent(parameter, as_Add=True)
    left, right = sp.expand_mul(moving / size_symbol), sp.expand_mul(-constant / size_symbol)
    if constant == 0 or left.has(size_symbol, DataSum):
        return line(voice.write(_without_factor(function, parameter), parameter), "=", make.ZERO)
    left = compact(left)
    if right.could_extract_minus_sign() or (left.could_extract_minus_sign() and not isinstance(left, sp.Add)):
        left, right = -left, -right
    return line(voice.write(left, parameter), "=", voice.write(right, parameter))


def _without_factor(function: Expr, parameter: sp.Symbol) -> Expr:
    """2ν·F = 0 → F = 0"""
    factored = sp.factor_terms(collected(function))
    outside, inside = factored.as_independent(parameter, as_Add=False)
    return inside if outside.is_positive or outside.is_negative else function


def cleared_score(reduction: ReductionFacts) -> Expr:
    """The score times a positive factor, where that is shorter."""
    shape = reduction.shape
    if shape is None:
        return reduction.score
    if shape.kind == "curvature":
        return sp.expand_mul(reduction.score * shape.multiplier)
    return shape.function


# ------------------------------------------------------------------ the lines


def _lines(voice: Voice, stage: int, steps: list[Step]) -> list[Line]:
    reduction = voice.reductions[stage]
    others = voice.others_at(stage)
    hats = () if others else (reduction.parameter,)
    lines: list[Line] = []
    before: Step | None = None
    for k, step in enumerate(steps):
        assert step.left is not None
        left = voice.score(stage, reduction.parameter) if step.rule == "set-to-zero" else voice.shown(step.left)
        right = voice.shown(step.right)
        after = steps[k + 1].left if k + 1 < len(steps) else None
        drawn = line(voice.write(left, *hats), "=", voice.write(right, *hats), *_note(voice, step, before, after, hats))
        before = step
        if lines and (drawn.left, drawn.right) == (lines[-1].left, lines[-1].right):
            continue
        lines.append(drawn)
    return [*lines[:-1], *_last(voice, stage, lines[-1])]


def _note(voice: Voice, step: Step, before: Step | None, after: Expr | None, hats: tuple[sp.Symbol, ...]) -> Inlines:
    """What was done to the line before."""
    if step.rule == "clear" and step.factor is not None:
        above, below = sp.fraction(step.factor)
        word, factor = ("divide by ", below) if above == 1 and below != 1 else ("multiply by ", step.factor)
        return (word, make.chain(voice.write(factor, *hats), ">", make.ZERO))
    if before is None or before.left is None or step.parameter is None:
        return ()
    if step.rule == "collect":
        return ("collect ", voice.write(step.parameter if after is None else after, *hats))
    if step.rule == "quadratic":
        pure = not sp.expand(before.left).coeff(step.parameter, 1).has(sp.Symbol)
        positive = pure and voice.model.parameters[step.parameter].lower == 0
        return ("the positive root" if positive else "the root at which the derivative turns from + to −",)
    if step.rule == "isolate":
        return _divisor(voice, step, before, hats)
    return _inverse(voice, before, step, hats)


def _divisor(voice: Voice, step: Step, before: Step, hats: tuple[sp.Symbol, ...]) -> Inlines:
    """What the unknown was multiplied by."""
    assert step.left is not None and before.left is not None
    coefficient = sp.expand(before.left).coeff(step.left, 1)
    if coefficient.could_extract_minus_sign():
        coefficient = -coefficient
    short = voice.write(coefficient, *hats)
    if coefficient == 0 or isinstance(coefficient, sp.Add) or size(short) > 4:
        return ("solve for ", voice.write(step.left, *hats))
    return ("divide by ", short) if coefficient != 1 else ()


def _inverse(voice: Voice, before: Step, step: Step, hats: tuple[sp.Symbol, ...]) -> Inlines:
    """What undoes the function on the left of the line before."""
    outer, inner = before.left, step.left
    assert outer is not None and inner is not None
    if isinstance(outer, sp.exp):
        return ("take logarithms",)
    if isinstance(outer, sp.log):
        return ("take exponentials",)
    if isinstance(outer, sp.Pow) and not outer.exp.has(inner):
        return (
            ("take the positive root",)
            if outer.exp == 2
            else ("raise to the power ", voice.write(1 / outer.exp, *hats))
        )
    if isinstance(outer, sp.Mul) and inner != 0:
        factor = sp.cancel(inner / outer)
        above, below = sp.fraction(factor)
        return (
            ("multiply by ", voice.write(factor, *hats))
            if below == 1
            else ("divide by ", voice.write(1 / factor, *hats))
        )
    return ("solve for ", voice.write(inner, *hats))


def _last(voice: Voice, stage: int, last: Line) -> list[Line]:
    """θ(k) = (∑ᵢ xᵢ)/(n k) = x̄/k: the root as it comes and in its shortest form."""
    reduction = voice.reductions[stage]
    root = reduction.root
    assert root is not None
    name, values = root_name(voice, stage), root_forms(voice, root)
    if len(values) > 1 and sum(map(size, values)) <= LONG:
        first, *rest = values
        chain = make.chain(first, *(part for value in rest for part in ("=", value)))
        return [Line(name, "=", chain, last.note)]
    lines = [Line(name, "=", values[0], last.note)]
    return [*lines, *(Line(None, "=", value) for value in values[1:])]


def root_name(voice: Voice, stage: int) -> Maths:
    """λ̂, or θ(k) where the root depends on parameters that are still to be found."""
    reduction = voice.reductions[stage]
    assert reduction.root is not None
    others = [p for p in voice.left_at(stage) if p in reduction.root.free_symbols]
    if others:
        return make.call(voice.name(reduction.parameter), *map(voice.name, others))
    return voice.hat(reduction.parameter)


def root_forms(voice: Voice, root: Expr, *hats: sp.Symbol) -> list[Maths]:
    """The root in sums as it comes, then in its shortest form; what is drawn alike is drawn once."""
    key = ("root", root, hats)
    if key not in voice.drawn:
        voice.drawn[key] = _root_forms(voice, root, hats)
    return list(voice.drawn[key])


def _root_forms(voice: Voice, root: Expr, hats: tuple[sp.Symbol, ...]) -> list[Maths]:
    forms = [tidy(f, voice.size) for f in quotient_forms(root, voice.size)]
    best = min((voice.write(f, *hats) for f in forms), key=size)
    if any(total.summand.has(DataSum) for total in outermost_sums(root)):
        return [best]
    notation = voice.notation.with_hats(*hats) if hats else voice.notation
    plain = notation.without_means().write(voice.aliased(forms[0]))
    return list(dict.fromkeys((plain, best)))


# ------------------------------------------------------------------ the space


def _whether_inside(voice: Voice, reduction: ReductionFacts) -> Iterator[Block]:
    """When the root lies in the parameter space."""
    wanted, everywhere = needed(reduction), reduction.interval.is_real_line
    inside: Inlines = ("exists",)
    if not everywhere:
        space = voice.notation.space(reduction.parameter, reduction.interval.interior)
        inside = phrase("lies in {space}", space=space)
    if any(e.sign is None and e.limit is None for e in (reduction.lower, reduction.upper)):
        if not everywhere:
            yield say("It is the estimate only if it {inside}.", inside=inside)
    elif wanted:
        yield say("It {inside} exactly when {data}.", inside=inside, data=in_words(voice, wanted))
    elif not everywhere:
        yield say("It {inside} for all data.", inside=inside)

"""Why the root is the maximum: concavity, the sign of the derivative, or a function that falls through zero once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, display, line, paragraph
from symbolic_mle.exposition.facts import EndFacts, ReductionFacts, ShapeFacts
from symbolic_mle.exposition.forms import collected, compact, merged_sums, same, tidy
from symbolic_mle.exposition.mathematics import Maths, size
from symbolic_mle.exposition.telling_conditions import in_symbols, in_words, needed
from symbolic_mle.exposition.telling_equations import root_forms, root_name
from symbolic_mle.exposition.voice import Voice, listed

BRIEF = 4  # leaves up to which a root is named by its formula


def maximum_blocks(voice: Voice, stage: int) -> Iterator[Block]:
    """The proof that belongs to the shape that was found."""
    reduction = voice.reductions[stage]
    shape = reduction.shape
    if shape is None:
        yield paragraph(
            "That a root of this equation is the global maximum is not proved here for all data. On given data every root that is "
            "found is compared with the others and with the ends of the parameter space."
        )
    elif shape.kind == "curvature":
        yield from _curvature(voice, stage, shape)
    elif shape.kind == "direction":
        yield from _direction(voice, stage)
    elif reduction.root is None:
        yield from _falling(voice, stage, shape)
    elif shape.second is not None:
        yield from _concave(voice, stage, shape.second)
    else:
        yield from _signs(voice, stage, shape, reduction.root)


# ------------------------------------------------------------------ a root in closed form


def _concave(voice: Voice, stage: int, second: Expr) -> Iterator[Block]:
    parameter = voice.reductions[stage].parameter
    below = make.chain(voice.write(compact(voice.shown(second))), "<", make.ZERO)
    yield display(line(voice.function(stage, 2, parameter), "=", below, *_everywhere(voice, stage)))
    yield paragraph(
        "So ", _function_of(voice, stage), " is strictly concave in ", voice.name(parameter), ", and ", root_name(voice, stage),
        " is its only maximiser", *_for_every(voice, stage), *_global(voice), ".",
    )  # fmt: skip


def _global(voice: Voice) -> Inlines:
    return () if voice.several else (": the global maximum",)


def _everywhere(voice: Voice, stage: int) -> Inlines:
    """For which parameters, and for which data if not for all, ℓ″ < 0."""
    reduction = voice.reductions[stage]
    space = voice.notation.space(reduction.parameter, reduction.interval.interior)
    everywhere: Inlines = (
        ("for every ", voice.name(reduction.parameter)) if reduction.interval.is_real_line else ("for ", space)
    )
    wanted = needed(reduction)
    return (*everywhere, ", if ", *in_symbols(voice, wanted)) if wanted and _needs_data(reduction) else everywhere


def _needs_data(reduction: ReductionFacts) -> bool:
    """Is ℓ″ < 0 only for the data of the condition?"""
    second = reduction.shape.second if reduction.shape else None
    return second is not None and not any(not t.has(DataSum) for t in sp.Add.make_args(second))


def _signs(voice: Voice, stage: int, shape: ShapeFacts, root: Expr) -> Iterator[Block]:
    """ℓ′ = M/m with m > 0, and M falls through 0 at the root."""
    reduction = voice.reductions[stage]
    parameter, slope = reduction.parameter, voice.function(stage, 1, reduction.parameter)
    numerator = _centred_numerator(voice, shape.function)
    below, above = sp.fraction(sp.together(shape.multiplier))
    top = numerator if above == 1 else sp.Mul(above, numerator, evaluate=False)
    product = make.fraction(voice.write(top), voice.write(below))
    yield display(line(slope, "=", product))
    root_drawn = root_name(voice, stage)
    for candidate in root_forms(voice, root)[::-1]:
        if size(candidate) <= BRIEF:
            root_drawn = candidate
            break
    name = voice.name(parameter)
    signs: Inlines = (
        "positive for ",
        make.chain(name, "<", root_drawn),
        " and negative for ",
        make.chain(name, ">", root_drawn),
    )
    linear = sp.expand(shape.function.diff(parameter, 2)) == 0
    if linear:
        yield paragraph("This is ", *signs, ".", *_hence(voice, stage))
        return
    derivative = shape.derivative if shape.derivative is not None else shape.function.diff(parameter)
    words = "numerator" if shape.multiplier != 1 else "derivative"
    yield paragraph(
        f"The {words} is strictly decreasing in ", name, ", because its derivative ", voice.write(voice.shown(derivative)),
        " is negative, and it is 0 at ", root_drawn, ". So ", slope, " is ", *signs, ".", *_hence(voice, stage),
    )  # fmt: skip


def _centred_numerator(voice: Voice, function: Expr) -> Expr:
    """∑ᵢ xᵢ − n k θ → n(x̄ − kθ)."""
    shown = voice.shown(function)
    sums = outermost_sums(function)
    if voice.squares is not None or any(s.summand not in s.variables for s in sums) or len(sums) != 1:
        return shown
    (total,) = sums
    slot = sp.Dummy("m", positive=True)
    inside = sp.expand(shown.xreplace({total: voice.size * slot}) / voice.size)
    if inside.has(voice.size):
        return shown
    return sp.Mul(voice.size, inside.xreplace({slot: total / voice.size}), evaluate=False)


def _hence(voice: Voice, stage: int) -> Inlines:
    return (
        " Hence ",
        root_name(voice, stage),
        " is the unique maximiser of ",
        _function_of(voice, stage),
        *_for_every(voice, stage),
        ".",
    )


def _function_of(voice: Voice, stage: int) -> Maths:
    return make.name("ell") if stage == 0 else make.name("ell", "p")


def _for_every(voice: Voice, stage: int) -> Inlines:
    others = [p for p in voice.left_at(stage) if p != voice.reductions[stage].parameter]
    return (
        (
            " over ",
            voice.name(voice.reductions[stage].parameter),
            ", for every ",
            *listed(list(map(voice.name, others))),
        )
        if others
        else ()
    )


def _direction(voice: Voice, stage: int) -> Iterator[Block]:
    """A cos μ + B sin μ = R cos(μ − μ̂), largest at μ̂ alone."""
    reduction = voice.reductions[stage]
    assert reduction.equation is not None
    parameter, equation = reduction.parameter, sp.expand(reduction.equation.numerator)
    along, across = -equation.coeff(sp.sin(parameter)), equation.coeff(sp.cos(parameter))
    name, root = voice.name(parameter), root_name(voice, stage)
    whole = sp.Add(along * sp.cos(parameter), across * sp.sin(parameter), evaluate=False)
    turned = make.call("cos", make.total(name, make.negative(root)))
    radius = make.root(voice.write(sp.Add(along**2, across**2)))
    yield paragraph("The data enter ", _function_of(voice, stage), " through")
    yield display(
        line(voice.write(whole), "=", make.product(make.name("R"), turned)), line(make.name("R"), "=", radius)
    )
    yield paragraph(
        "For ", make.chain(make.name("R"), ">", make.ZERO), " this is largest where the cosine is 1, at ", root, " alone. Hence ",
        root, " is the unique maximiser of ", _function_of(voice, stage), ".",
    )  # fmt: skip


# ------------------------------------------------------------------ an equation that stays


def _falling(voice: Voice, stage: int, shape: ShapeFacts) -> Iterator[Block]:
    """M = m·ℓ′ is strictly decreasing; its limits at the ends tell whether it has a zero."""
    reduction = voice.reductions[stage]
    parameter, name, plain = reduction.parameter, voice.name(reduction.parameter), shape.multiplier.is_number
    slope = voice.function(stage, 1, parameter)
    scale = shape.multiplier if plain else sp.S.One
    if plain:
        subject: Maths = slope
        steeper: Maths = voice.function(stage, 2, parameter)
    else:
        letter = voice.letter("g", "h", "q", "w")
        subject, steeper = make.call(make.name(letter), name), make.call(make.name(letter, primes=1), name)
        yield paragraph("The function")
        yield display(line(subject, "=", make.product(voice.write(shape.multiplier), slope)),
                      line(None, "=", voice.write(collected(tidy(shape.function, voice.size)))))  # fmt: skip
        yield paragraph(
            "has the sign of ", slope, ", because ", make.chain(voice.write(shape.multiplier), ">", make.ZERO), "."
        )
    yield from _decreasing(voice, stage, shape, subject, steeper, scale)
    yield from _through_zero(voice, stage, subject, scale)


def _decreasing(
    voice: Voice, stage: int, shape: ShapeFacts, subject: Maths, steeper: Maths, scale: Expr
) -> Iterator[Block]:
    name = voice.name(voice.reductions[stage].parameter)
    if shape.derivative is None:
        yield paragraph(subject, " is strictly decreasing in ", name, ": ", *_mean_of_family(voice, stage, shape))
        return
    derivative = _seen_negative(tidy(shape.derivative / scale, voice.size), voice)
    yield paragraph(subject, " is strictly decreasing in ", name, ", because")
    below = make.chain(voice.write(derivative), "<", make.ZERO)
    yield display(line(steeper, "=", below, *_reason(voice, derivative)))


def _seen_negative(derivative: Expr, voice: Voice) -> Expr:
    """The derivative in the form in which its sign is easiest to see."""
    moving = [s for s in outermost_sums(derivative) if s.free_symbols & set(voice.parameters)]
    if not moving:
        return compact(derivative) if not derivative.has(sp.polygamma) else derivative
    merged = merged_sums(derivative, voice.model.observed)
    return merged if merged.count_ops() < derivative.count_ops() else derivative


def _mean_of_family(voice: Voice, stage: int, shape: ShapeFacts) -> Inlines:
    """Why S − n·τ(θ) falls: τ is the mean of T, and the derivative of a mean in its parameter is a variance."""
    total = next(iter(outermost_sums(shape.function)))
    statistic = voice.plain.write(total.summand)
    return (
        "the model is an exponential family in ", statistic, ", so what is subtracted from ", voice.write(total), " is ",
        voice.write(voice.size), " times the mean of ", statistic, ", and its derivative has the sign of a variance.",
    )  # fmt: skip


def _reason(voice: Voice, derivative: Expr) -> Inlines:
    """ψ′(k) > 1/k, where that is what makes a derivative negative."""
    trigammas = [p for p in derivative.atoms(sp.polygamma) if p.args[0] == 1]
    if len(trigammas) != 1:
        return ()
    (trigamma,) = trigammas
    weight = sp.expand(derivative).coeff(trigamma)
    rest = sp.expand(derivative - weight * trigamma)
    if weight.is_negative and rest == 0:
        return ("as ", make.chain(voice.write(trigamma), ">", make.ZERO))
    argument = trigamma.args[1]
    if weight.is_negative and same(sp.expand(rest / -weight), -(-1 / argument)):
        return ("as ", make.chain(voice.write(trigamma), ">", voice.write(1 / argument)))
    return ()


def _through_zero(voice: Voice, stage: int, subject: Maths, scale: Expr) -> Iterator[Block]:
    reduction = voice.reductions[stage]
    name, root, slope = (
        voice.name(reduction.parameter),
        voice.hat(reduction.parameter),
        voice.function(stage, 1, reduction.parameter),
    )
    ends = (reduction.lower, reduction.upper)
    if any(e.limit is None for e in ends):
        yield paragraph(
            "So the equation has at most one root, and there ", slope, " turns from + to −: a root ", root, " is the unique global "
            "maximiser", *_of(voice, stage), ". Whether there is one is seen on the data, from the sign of ", slope, " near the ends of ",
            voice.notation.space(reduction.parameter, reduction.interval.interior), ".",
        )  # fmt: skip
        return
    yield paragraph("It tends to ", *_limit(voice, stage, ends[0], scale), " and to ", *_limit(voice, stage, ends[1], scale), ".",
                    *_jensen(voice, stage, ends))  # fmt: skip
    wanted = needed(reduction)
    start: Inlines = ("So when ", *in_symbols(voice, wanted), ", ") if wanted else ("So ",)
    yield paragraph(
        *start, "the equation has exactly one root ", root, ", with ", make.chain(slope, ">", make.ZERO), " for ",
        make.chain(name, "<", root), " and ", make.chain(slope, "<", make.ZERO), " for ", make.chain(name, ">", root), ". Hence ",
        root, " is the unique maximiser", *_of(voice, stage), ".",
    )  # fmt: skip


def _of(voice: Voice, stage: int) -> Inlines:
    return (" of ", _function_of(voice, stage))


def _limit(voice: Voice, stage: int, end: EndFacts, scale: Expr) -> Inlines:
    name = voice.name(voice.reductions[stage].parameter)
    return (_limit_value(voice, stage, end, scale), " as ", make.chain(name, "to", voice.end(end.value, end.side)))


def _limit_value(voice: Voice, stage: int, end: EndFacts, scale: Expr) -> Maths:
    """The limit, in the letter s where the data stand in it."""
    assert end.limit is not None
    value = tidy(end.limit / scale, voice.size)
    if stage in voice.gaps:
        gap = voice.gaps[stage]
        if same(value, -gap.side * voice.size * gap.value):
            return voice.write(-gap.side * voice.size * gap.symbol)
    return voice.write(value)


def _jensen(voice: Voice, stage: int, ends: Sequence[EndFacts]) -> Inlines:
    for end in ends:
        if end.sign is not None and end.sign.fact == "jensen" and end.sign.zero is not None:
            equality: Inlines = (", with equality only if ", *in_words(voice, [end.sign.zero]), ".")
            if stage in voice.gaps:
                return (
                    " By Jensen's inequality ",
                    make.chain(make.name(voice.gaps[stage].symbol.name), ">=", make.ZERO),
                    *equality,
                )
            relation = ">=" if end.side == "+" else "<="
            return (
                " By Jensen's inequality ",
                make.chain(_limit_value(voice, stage, end, sp.S.One), relation, make.ZERO),
                *equality,
            )
    return ()


# ------------------------------------------------------------------ concavity by rules


def _curvature(voice: Voice, stage: int, shape: ShapeFacts) -> Iterator[Block]:
    reduction = voice.reductions[stage]
    name, function = voice.name(reduction.parameter), voice.function(stage)
    scale: Maths = name
    if shape.multiplier == reduction.parameter:
        scale = make.call("log", name)
    elif shape.multiplier != 1:
        scale = voice.write(1 / reduction.parameter)
    yield paragraph(
        function, " is strictly concave as a function of ", scale, ": the logarithm of a sum of log-convex terms is convex, it enters "
        "with a minus sign, and the remaining terms are concave. So there is at most one stationary point, and it is the unique "
        "global maximiser of ", _function_of(voice, stage), ".",
    )  # fmt: skip
    ends = (reduction.lower, reduction.upper)
    if any(e.limit is None and e.sign is None for e in ends):
        slope = voice.function(stage, 1, reduction.parameter)
        yield paragraph(
            "Whether there is one is seen on the data, from the sign of ", slope, " near the ends of the space."
        )

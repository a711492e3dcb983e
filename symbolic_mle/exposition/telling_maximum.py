"""Why a root in closed form is the maximum: concavity, or the sign of the derivative on either side.

``maximum_blocks`` picks the proof by the shape that was found; those for an equation that stays are in
``telling_falling``.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, display, line
from symbolic_mle.exposition.facts import ReductionFacts, ShapeFacts
from symbolic_mle.exposition.forms import compact
from symbolic_mle.exposition.mathematics import Maths, size
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.telling_conditions import in_symbols, needed
from symbolic_mle.exposition.telling_dispersion import dispersion_blocks
from symbolic_mle.exposition.telling_equations import root_forms, root_name
from symbolic_mle.exposition.telling_falling import curvature_blocks, falling_blocks
from symbolic_mle.exposition.voice import Voice

BRIEF = 4  # leaves up to which a root is named by its formula


def maximum_blocks(voice: Voice, stage: int) -> Iterator[Block]:
    """The proof that belongs to the shape that was found."""
    reduction = voice.reductions[stage]
    shape = reduction.shape
    if shape is None:
        yield say(
            "That a root of this equation is the global maximum is not proved here for all data. On given data every "
            "root that is found is compared with the others and with the ends of the parameter space. Bounds of the "
            "likelihood over small intervals then show, where they are sharp enough, that no other value is as good, and the "
            "estimate says so."
        )
    elif shape.kind == "curvature":
        yield from curvature_blocks(voice, stage, shape)
    elif shape.kind == "direction":
        yield from _direction(voice, stage)
    elif shape.kind == "dispersion":
        yield from dispersion_blocks(voice, stage, shape)
    elif reduction.root is None:
        yield from falling_blocks(voice, stage, shape)
    elif shape.second is not None:
        yield from _concave(voice, stage, shape.second)
    else:
        yield from _signs(voice, stage, shape, reduction.root)


# ------------------------------------------------------------------ concavity


def _concave(voice: Voice, stage: int, second: Expr) -> Iterator[Block]:
    parameter = voice.reductions[stage].parameter
    below = make.chain(voice.write(compact(voice.shown(second))), "<", make.ZERO)
    yield display(line(voice.function(stage, 2, parameter), "=", below, *_everywhere(voice, stage)))
    yield say(
        "So {f} is strictly concave in {p}, and {root} is its only maximiser{every}{end}.",
        f=voice.head(stage),
        p=voice.name(parameter),
        root=root_name(voice, stage),
        every=_for_every(voice, stage),
        end="" if voice.several else ": the global maximum",
    )


def _everywhere(voice: Voice, stage: int) -> Inlines:
    """For which parameters, and for which data if not for all, ℓ″ < 0."""
    reduction = voice.reductions[stage]
    if reduction.interval.is_real_line:
        everywhere = phrase("for every {p}", p=voice.name(reduction.parameter))
    else:
        everywhere = phrase("for {space}", space=voice.notation.space(reduction.parameter, reduction.interval.interior))
    wanted = needed(reduction)
    return (*everywhere, ", if ", *in_symbols(voice, wanted)) if wanted and _needs_data(reduction) else everywhere


def _needs_data(reduction: ReductionFacts) -> bool:
    """Is ℓ″ < 0 only for the data of the condition?"""
    second = reduction.shape.second if reduction.shape else None
    return second is not None and all(t.has(DataSum) for t in sp.Add.make_args(second))


def _for_every(voice: Voice, stage: int) -> Inlines:
    others = voice.others_at(stage)
    p = voice.reductions[stage].parameter
    return phrase(" over {p}, for every {others}", p=voice.name(p), others=voice.names(others)) if others else ()


# ------------------------------------------------------------------ the sign of the derivative


def _signs(voice: Voice, stage: int, shape: ShapeFacts, root: Expr) -> Iterator[Block]:
    """ℓ′ = M/m with m > 0, and M falls through 0 at the root."""
    parameter = voice.reductions[stage].parameter
    slope, name, at = voice.function(stage, 1, parameter), voice.name(parameter), _short_root(voice, stage, root)
    yield display(line(slope, "=", _as_quotient(voice, shape)))
    left, right = make.chain(name, "<", at), make.chain(name, ">", at)
    signs = phrase("positive for {left} and negative for {right}", left=left, right=right)
    hence = phrase(
        "Hence {root} is the unique maximiser of {f}{every}.",
        root=root_name(voice, stage),
        f=voice.head(stage),
        every=_for_every(voice, stage),
    )
    derivative = shape.derivative if shape.derivative is not None else shape.function.diff(parameter)
    if not derivative.has(parameter):
        yield say("This is {signs}. {hence}", signs=signs, hence=hence)
        return
    yield say(
        "The {what} is strictly decreasing in {p}, because its derivative {derivative} is negative, and it is 0 at "
        "{root}. So {slope} is {signs}. {hence}",
        what="numerator" if shape.multiplier != 1 else "derivative",
        p=name,
        derivative=voice.write(voice.shown(derivative)),
        root=at,
        slope=slope,
        signs=signs,
        hence=hence,
    )


def _short_root(voice: Voice, stage: int, root: Expr) -> Maths:
    """x̄/k where the root is as short as that, else its name."""
    shortest = root_forms(voice, root)[-1]
    return shortest if size(shortest) <= BRIEF else root_name(voice, stage)


def _as_quotient(voice: Voice, shape: ShapeFacts) -> Maths:
    """M/m as one fraction."""
    numerator = _centred_numerator(voice, shape.function)
    below, above = sp.fraction(sp.together(shape.multiplier))
    top = numerator if above == 1 else sp.Mul(above, numerator, evaluate=False)
    return make.fraction(voice.write(top), voice.write(below))


def _centred_numerator(voice: Voice, function: Expr) -> Expr:
    """∑ᵢ xᵢ − n k θ → n(x̄ − kθ)."""
    shown = voice.shown(function)
    sums = outermost_sums(function)
    if voice.squares is not None or len(sums) != 1 or any(s.summand not in s.variables for s in sums):
        return shown
    (total,) = sums
    slot = sp.Dummy("m", positive=True)
    inside = sp.expand(shown.xreplace({total: voice.size * slot}) / voice.size)
    if inside.has(voice.size):
        return shown
    return sp.Mul(voice.size, inside.xreplace({slot: total / voice.size}), evaluate=False)


# ------------------------------------------------------------------ a direction


def _direction(voice: Voice, stage: int) -> Iterator[Block]:
    """A cos μ + B sin μ = R cos(μ − μ̂), largest at μ̂ alone."""
    reduction = voice.reductions[stage]
    assert reduction.equation is not None
    parameter, equation = reduction.parameter, sp.expand(reduction.equation.numerator)
    along, across = -equation.coeff(sp.sin(parameter)), equation.coeff(sp.cos(parameter))
    name, root, radius = voice.name(parameter), root_name(voice, stage), make.name(voice.letter("R", "r", "A"))
    whole = sp.Add(along * sp.cos(parameter), across * sp.sin(parameter), evaluate=False)
    turned = make.call("cos", make.total(name, make.negative(root)))
    yield say("The data and {p} meet in {f} only through", p=name, f=voice.head(stage))
    yield display(
        line(voice.write(whole), "=", make.product(radius, turned)),
        line(radius, "=", make.root(voice.write(sp.Add(along**2, across**2)))),
    )
    yield say(
        "For {positive} this is largest where the cosine is 1, at {root} alone. Hence {root} is the unique maximiser "
        "of {f}.",
        positive=make.chain(radius, ">", make.ZERO),
        root=root,
        f=voice.head(stage),
    )

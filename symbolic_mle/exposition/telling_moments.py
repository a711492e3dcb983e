"""The method of moments beside maximum likelihood: its equations, their solution, and what tells the two apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, Line, display, line
from symbolic_mle.exposition.facts import MomentEquationFacts, MomentFacts
from symbolic_mle.exposition.mathematics import Maths, Name
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_precision import LARGE, short
from symbolic_mle.exposition.voice import Voice


def moment_blocks(voice: Voice) -> Iterator[Block]:
    """The equations and their solution, where they are not too long to show."""
    facts = voice.derivation.method_of_moments
    if facts is None or any(e.mean.count_ops() > LARGE for e in facts.equations):
        return
    yield say(
        "The method of moments makes moments of the model equal to those of the sample{when}:", when=_when(voice, facts)
    )
    yield display(*(_equation(voice, e) for e in facts.equations))
    solution = facts.solution
    if solution is not None and all(e.count_ops() <= LARGE for e in solution.values()):
        yield say("Solved for {names}{v}:", names=voice.names(), v=_named(voice, facts))
        yield display(*(_estimate(voice, p, solution[p], facts) for p in voice.parameters))
    remarks = list(_remarks(facts))
    if remarks:
        yield say(" ".join(remarks))


def _when(voice: Voice, facts: MomentFacts) -> Inlines:
    """, which are finite for α > 2"""
    if not facts.above:
        return ()
    bounds = [make.chain(voice.name(p), ">", voice.write(least)) for p, least in facts.above.items()]
    return phrase(", which are finite for {bounds}", bounds=listed(bounds))


def _equation(voice: Voice, equation: MomentEquationFacts) -> Line:
    """E[X] = kθ = (1/n) ∑ᵢ xᵢ"""
    (x,) = voice.model.variables
    large = make.name(x.name.upper() if len(x.name) == 1 and x.name.islower() else x.name)
    if large.base in voice.plain.spellings:
        large = make.name(x.name)
    inside = large if equation.order == 1 or equation.central else make.power(large, make.number(equation.order))
    head = make.row(make.words("Var" if equation.central else "E"), make.brackets(inside, "[]"))
    return line(head, "=", make.chain(voice.write(short(equation.mean, voice)), "=", voice.write(equation.average)))


def _names(voice: Voice, facts: MomentFacts) -> dict[Symbol, Maths]:
    """x̄ for the average, v for the average square about it; other averages stand as they are."""
    (x,) = voice.model.variables
    found: dict[Symbol, Maths] = {}
    for e in facts.equations:
        if e.order == 1:
            found[e.name] = make.name(x.name, accent="bar")
        elif e.central:
            found[e.name] = make.name(voice.letter("v", "s", "w"))
    return found


def _named(voice: Voice, facts: MomentFacts) -> Inlines:
    """, with v for the average square about x̄"""
    names = _names(voice, facts)
    squares = [names[e.name] for e in facts.equations if e.central]
    return phrase(", with {v} for the last average", v=squares[0]) if squares else ()


def _estimate(voice: Voice, parameter: Symbol, value: Expr, facts: MomentFacts) -> Line:
    names = _names(voice, facts)
    averages = {e.name: e.average for e in facts.equations if e.name not in names}
    hat = voice.hat(parameter)
    tilde = replace(hat, accent="tilde") if isinstance(hat, Name) else hat
    notation = voice.notation.with_names(names)
    return line(tilde, "=", notation.write(value.xreplace(averages)))


def _remarks(facts: MomentFacts) -> Iterator[str]:
    if facts.same is True:
        yield "This is the maximum likelihood estimate."
    elif facts.same is False:
        yield "This is not the maximum likelihood estimate."
    if facts.leaves:
        yield "For some samples the solution is not in the parameter space."
    if facts.excludes:
        yield "For some samples an observation is impossible under it."

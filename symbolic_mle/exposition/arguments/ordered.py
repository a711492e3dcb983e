"""Groups whose parameters are in an order: each group alone, pooling, and why that is the maximum."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, cases, display, line, row
from symbolic_mle.exposition.mathematics import Maths, Name, size
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Existence


@dataclass(frozen=True)
class Groups:
    """The voice of an argument about ordered groups, with names for the statistics of a group."""

    voice: Voice

    @property
    def isotonic(self) -> Any:
        argument: Any = self.voice.derivation.findings.argument
        return argument.isotonic

    @property
    def families(self) -> Any:
        return self.isotonic.families

    @property
    def labelled(self) -> bool:
        return self.families[0].group.where != sp.true

    @cached_property
    def named(self) -> dict[Expr, tuple[Symbol, Maths]]:
        """Statistics of a group: its size n₀, and ∑ yᵢ over it."""
        found: dict[Expr, tuple[Symbol, Maths]] = {}
        for k, family in enumerate(self.families):
            group, model = family.group, self.voice.model
            if not self.labelled:
                continue
            name = self.label(k)
            found[group.count(model)] = Symbol(f"n_{name}", positive=True), make.name("n", name)
            for total in family.reduction.root.atoms(DataSum):
                statistic = group.statistic(total, model)
                index = make.row(make.name("i"), make.words(" in "), make.name(name))
                body = self.voice.plain.observed(total.summand)
                found[statistic] = Symbol(f"S_{name}_{total.summand}", real=True), make.big("sum", index, body)
        return found

    def label(self, k: int) -> str:
        """The value of the label; a number that is free where it is no natural number."""
        labels = [f.group.label for f in self.families]
        named = [str(v) if v is not None and v.is_Integer and v >= 0 else None for v in labels]
        free = (str(number) for number in itertools.count() if str(number) not in named)
        return next(name for j, name in enumerate(n or next(free) for n in named) if j == k)

    @cached_property
    def notation(self) -> Notation:
        drawn = dict(self.named.values())
        plain = self.voice.plain
        return replace(plain, statistics=tuple(drawn), given=drawn)

    def write(self, expr: Expr) -> Maths:
        return self.notation.write(expr.xreplace({e: s for e, (s, _) in self.named.items()}))

    def value(self, expr: Expr) -> Maths:
        """An estimate, its pooled values as fractions."""
        if isinstance(expr, (sp.Max, sp.Min)):
            word = "max" if isinstance(expr, sp.Max) else "min"
            return make.call(word, *sorted(map(self.value, expr.args), key=lambda m: (size(m), repr(m))))
        return self.write(expr)


def _sections(voice: Voice) -> Iterator[Titled]:
    groups = Groups(voice)
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(_log_likelihood(groups))
    yield ("Each group by itself",), tuple(_alone(groups))
    yield ("The order",), tuple(_order(groups))
    yield (
        ("Which case are the data in?",),
        (cases(*(row(_label(groups, c), _told(groups, c)) for c in voice.derivation.cases)),),
    )


def _log_likelihood(groups: Groups) -> Iterator[Block]:
    """ℓ(μ₀, μ₁) = ℓ₀(μ₀) + ℓ₁(μ₁)"""
    voice = groups.voice
    parts = [_part(groups, k) for k in range(len(groups.families))]
    if groups.labelled:
        labels = [_where(groups, k) for k in range(len(groups.families))]
        yield say(
            "The labels divide the observations into groups: {labels}. Each has a parameter of its own, so {ell} is a sum:",
            labels=listed(labels),
            ell=make.name("ell"),
        )
    else:
        yield say(
            "Each component has a parameter of its own, so the logarithm {ell} of {L} is a sum:",
            ell=make.name("ell"),
            L=make.name("L"),
        )
    yield display(line(voice.notation.log_likelihood(), "=", make.total(*parts)))


def _part(groups: Groups, k: int) -> Maths:
    name = groups.voice.name(groups.families[k].group.parameter)
    return make.call(make.name("ell", groups.label(k)), name)


def _where(groups: Groups, k: int) -> Inlines:
    group = groups.families[k].group
    label = groups.voice.plain.observed(next(iter(groups.voice.model.covariates)))
    if group.label is None:
        return ("group ", make.name(groups.label(k)), " has the others")
    return (
        "group ",
        make.name(groups.label(k)),
        " has the ",
        make.chain(label, "=", groups.voice.plain.write(group.label)),
    )


def _alone(groups: Groups) -> Iterator[Block]:
    """The decreasing score of one group, and its root."""
    family, model = groups.families[0], groups.voice.model
    reduction, name = family.reduction, groups.voice.name(family.group.parameter)
    score = make.call(make.name("ell", groups.label(0), primes=1), name)
    in_group = family.group.statistic(reduction.score, model)
    yield say("In one group, terms free of its parameter left out,")
    yield display(line(score, "=", groups.write(sp.expand(in_group))))
    shape = reduction.shape
    if shape.multiplier == 1:
        yield say("which is strictly decreasing in {p}.", p=name)
    else:
        yield say(
            "which {factor} > 0 times turns into a strictly decreasing function of {p}, {M}.",
            factor=groups.write(shape.multiplier),
            p=name,
            M=groups.write(family.group.statistic(shape.function, model)),
        )
    yield say(
        "So the group has one maximiser: the root of its score, or the end of the interval to which the likelihood rises. The "
        "other groups are alike:"
    )
    yield display(*(line(_own(groups, k), "=", groups.value(value)) for k, value in enumerate(groups.isotonic.alone)))


def _own(groups: Groups, k: int) -> Maths:
    drawn = groups.voice.name(groups.families[k].group.parameter)
    return replace(drawn, accent="tilde") if isinstance(drawn, Name) else drawn


def _order(groups: Groups) -> Iterator[Block]:
    """Pooling, the formula, the theorem."""
    isotonic, voice = groups.isotonic, groups.voice
    names = [voice.name(p) for p in isotonic.parameters]
    relations = [make.chain(names[p.lower], "<" if p.strict else "<=", names[p.upper]) for p in isotonic.order.pairs]
    yield say(
        "The space asks for {order}. If {own} are in this order, they are the maximum, for each group is at its own. If not, "
        "the groups that break the order share one value, the maximiser of their observations taken together.",
        order=listed(relations),
        own=listed([_own(groups, k) for k in range(len(names))]),
    )
    yield say(
        "Why? On a scale where every {ell} is strictly concave, move from any parameters in the order straight towards the "
        "maximisers of the groups: the likelihood rises until the order stops the move, where two values meet. So the "
        "maximum has equal values there, and pooling is repeated until no pair breaks the order. The result is the only "
        "maximiser (Robertson and Wright 1980; Robertson, Wright and Dykstra 1988, section 1.5). In one formula:",
        ell=make.name("ell", make.name("k")),
    )
    yield display(
        *(line(voice.hat(p), "=", groups.value(v)) for p, v in zip(isotonic.parameters, isotonic.ordered, strict=True))
    )


def _label(groups: Groups, case: Case) -> Inlines:
    if case.ranges:
        return ("only one group is observed, that of ", *listed([groups.voice.name(p) for p in case.estimators]))
    if case.existence is Existence.UNKNOWN:
        return ("other data",)
    if case.kind == "interior":
        return ("the groups are in strict order, and none is at an end",)
    if case.existence is Existence.ATTAINED:
        return ("the point of the formula is in the space",)
    return ("it is not",)


def _told(groups: Groups, case: Case) -> Block:
    if case.ranges:
        ((parameter, value),) = case.estimators.items()
        spaces = [groups.notation.space(p, _written(groups, i)) for p, i in case.ranges.items()]
        return say(
            "{estimate}; every {free} has the same likelihood and is a maximiser.",
            estimate=make.chain(groups.voice.hat(parameter), "=", groups.value(value)),
            free=listed(spaces),
        )
    if case.existence is Existence.UNKNOWN:
        return say("Not decided: {reason}.", reason=case.reason)
    if case.kind == "interior":
        return say("Every group is at its own maximiser, inside the space.")
    if case.existence is Existence.ATTAINED:
        return say("The maximum is on the boundary of the space, with pooled groups or a group at an end.")
    return say(
        "The likelihood comes arbitrarily close to its value at that point and reaches it nowhere: there is no estimate."
    )


def _written(groups: Groups, interval: Any) -> Any:
    """The interval with the statistics of groups by their names."""
    return interval.xreplace({e: s for e, (s, _) in groups.named.items()})


def _result(voice: Voice) -> Iterator[Block]:
    groups = Groups(voice)
    isotonic = groups.isotonic
    yield display(
        *(line(voice.hat(p), "=", groups.value(v)) for p, v in zip(isotonic.parameters, isotonic.ordered, strict=True))
    )
    none = any(c.existence is Existence.NOT_ATTAINED for c in voice.derivation.cases)
    yield say(
        "With observations in every group this is the unique maximum likelihood estimate{provided}. Groups in the order keep "
        "their own maximisers.",
        provided=", provided that it lies in the parameter space; otherwise there is none" if none else "",
    )


TELLER = Teller(_sections, _result)

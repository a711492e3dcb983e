"""Why the profile score of the size of a negative binomial distribution has at most one root, and when it has one."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, display, line
from symbolic_mle.exposition.facts import ShapeFacts
from symbolic_mle.exposition.prose import say
from symbolic_mle.exposition.telling_conditions import in_symbols, needed
from symbolic_mle.exposition.voice import Voice


def dispersion_blocks(voice: Voice, stage: int, shape: ShapeFacts) -> Iterator[Block]:
    """The behaviour at both ends, and the theorem that there is at most one change of sign between them."""
    reduction = voice.reductions[stage]
    parameter, slope = reduction.parameter, voice.function(stage, 1, reduction.parameter)
    name, root, data = voice.name(parameter), voice.hat(parameter), in_symbols(voice, needed(reduction))
    small, large = reduction.lower, reduction.upper
    if small.sign is None:
        small, large = large, small
    assert large.limit is not None
    (size,) = {d.args[1] for d in shape.function.atoms(sp.polygamma) if not d.has(*voice.model.variables)}
    factors = [] if shape.multiplier == 1 else [voice.write(shape.multiplier)]
    yield say(
        "As {small}, {f} tends to {infinite}, and as {large}",
        f=make.product(*factors, slope),
        small=make.chain(name, "to", voice.end(small.value, small.side)),
        infinite=voice.write(small.limit),
        large=make.chain(name, "to", voice.end(large.value, large.side)),
    )
    weight = sp.cancel(size**2 * shape.multiplier)
    scaled = slope if weight == 1 else make.product(voice.write(weight), slope)
    yield display(line(scaled, "to", make.fraction(voice.write(large.limit), make.number(2))))
    yield say(
        "For counts it changes its sign at most once, and not at all unless {data} (Simonsen 1976; compare Levin and Reeds "
        "1977). So when {data}, that is, when the counts vary more than those of a Poisson distribution, the equation has "
        "exactly one root {root}, with {above} for {before} and {below} for {after}. Hence {root} is the unique maximiser "
        "of {f}.",
        data=data,
        root=root,
        above=make.chain(slope, ">", make.ZERO),
        before=make.chain(name, "<", root),
        below=make.chain(slope, "<", make.ZERO),
        after=make.chain(name, ">", root),
        f=voice.head(stage),
    )

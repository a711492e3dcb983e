"""A likelihood that grows without bound as an end of the support runs to an observation: the path, and log f on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, display, line
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.voice import Voice


def growth_blocks(voice: Voice, growth: Any) -> Iterator[Block]:
    """θ = x₍₁₎ − h: the term of x₍₁₎ tends to ∞, the others stay behind."""
    letter = voice.letter("h", "e")
    gap = next(w for w in ("d", "r", "t", "u", "v", "w") if w not in voice.plain.spellings and w != letter)
    names = {growth.distance: make.name(letter), growth.beyond: make.name(gap)}
    named = replace(voice, plain=voice.plain.with_names({**voice.plain.given, **names}), drawn={})
    draw, h = named.plain.write, names[growth.distance]
    put = [make.chain(named.name(growth.parameter), "=", draw(growth.value))]
    put += [make.chain(named.name(p), "=", draw(v)) for p, v in growth.held.items()]
    extreme = draw(growth.extreme)
    yield say(
        "The score does not find a maximum, because there is none. Let {put}, with a small {h} > 0, which the data allow. The "
        "observation {extreme} and an observation at the distance {d} from it contribute",
        put=listed(list(put)),
        h=h,
        extreme=extreme,
        d=names[growth.beyond],
    )
    log, f = make.words("log "), make.name("f")
    other = make.words("x")
    yield display(
        line(make.row(log, make.call(f, extreme)), "=", draw(growth.at_extreme)),
        line(make.row(log, make.call(f, other)), "=", draw(growth.at_others)),
    )
    yield say(
        "As {limit}, the first grows without bound, and faster than any multiple of the second can fall. So {ell} grows without "
        "bound, whatever the number of observations.",
        limit=make.chain(h, "to", make.from_above(make.ZERO)),
        ell=make.name("ell"),
    )

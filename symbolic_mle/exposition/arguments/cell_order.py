"""Shares under an order: pooling, the max–min formula, and why isotonic regression maximises the likelihood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.cells import Cells
from symbolic_mle.exposition.document import Block, display, formula, line
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, say


def order_blocks(cells: Cells, simplex: Any) -> Iterator[Block]:
    """What the order changes, the formula, and the theorem."""
    shares = simplex.shares
    relations = [
        make.chain(
            cells.write(shares[p.lower].weight.shown),
            "<" if p.strict else "<=",
            cells.write(shares[p.upper].weight.shown),
        )
        for p in simplex.order.pairs
    ]
    yield say(
        "The space also asks for {order}. If the shares {shares} are in this order, they are the maximum. If not, neighbours "
        "that break it are pooled: they get the same value, the total of their weights over that of their cells. For a "
        "chain this is repeated until no pair breaks the order (the pool adjacent violators algorithm). In one formula, a "
        "maximum of minima of pooled shares:",
        order=listed(relations),
        shares=listed([cells.share(s) for s in shares]),
    )
    yield display(
        *(line(cells.hat(s.weight.shown), "=", cells.value(e)) for s, e in zip(shares, simplex.ordered, strict=True))
    )
    yield from _why(cells, simplex)


def _why(cells: Cells, simplex: Any) -> Iterator[Block]:
    """Σ a Δ(g, u) ≥ Σ a Δ(g, u*) + Σ a Δ(u*, u)"""
    g, u, best = make.name(cells.share_letter), make.name("u"), make.name("u", accent="hat")
    k = make.name("k")

    def gap(first: Maths, second: Maths) -> Maths:
        return make.call(make.name("Delta"), first, second)

    def total(first: Maths, second: Maths) -> Maths:
        indexed = [type(n)(n.base, k, None, n.accent) for n in (first, second)]  # type: ignore[attr-defined, call-arg]
        return make.big("sum", k, make.product(make.name("a", k), gap(*indexed)))

    definition = make.total(make.product(g, make.call("log", make.fraction(g, u))), make.negative(g), u)
    yield say(
        "Let {u} be the cells in their order, {a} their multiples in the constraint, and",
        u=make.name("u", k),
        a=make.name("a", k),
    )
    yield display(formula(make.chain(gap(g, u), "=", definition)))
    yield say(
        "which is positive unless {same}. Because {whole}, {ell} is {n} times {distance} up to a constant. The pooled values "
        "{best} are the isotonic regression of the shares with weights {a}: they keep the whole, {kept}, and satisfy",
        same=make.chain(g, "=", u),
        whole=make.chain(make.big("sum", k, make.product(make.name("a", k), make.name("u", k))), "=", make.ONE),
        ell=make.name("ell"),
        n=make.negative(cells.write(simplex.total)),
        distance=total(g, u),
        best=make.name("u", k, "hat"),
        a=make.name("a", k),
        kept=make.chain(make.big("sum", k, make.product(make.name("a", k), make.name("u", k, "hat"))), "=", make.ONE),
    )
    yield display(line(total(g, u), ">=", make.total(total(g, best), total(best, u))))
    yield say(
        "for every {u} in this order (Robertson, Wright and Dykstra 1988, Theorem 1.5.1). So no such {u} is better than {best}, "
        "and {best} is the only maximiser.",
        u=u,
        best=best,
    )

"""A partial order on 0 … K−1, and the blocks over which the max–min formula averages.

Theorem (Robertson, Wright & Dykstra 1988, Theorem 1.4.4). The isotonic regression of values g with weights w > 0 is
  g*ₖ = max over upper sets U ∋ k of the min over lower sets L ∋ k of Av(U ∩ L),   Av(B) = Σ_B w g / Σ_B w.
For a chain 1 ≤ 2 ≤ … ≤ K the sets U ∩ L are the runs s … t with s ≤ k ≤ t, and pooling adjacent violators computes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import sympy as sp
from sympy import Expr

Block = frozenset[int]

MOST = 6  # members of a connected part
MOST_BLOCKS = 40  # in one formula


@dataclass(frozen=True, slots=True)
class Pair:
    """lower ≤ upper, or lower < upper where it is ``strict``."""

    lower: int
    upper: int
    strict: bool


def pair_of(coefficients: Sequence[Expr], strict: bool) -> Pair | None:
    """c·θⱼ − c·θᵢ ≥ 0 → (i, j); None for any other form."""
    held = [k for k, c in enumerate(coefficients) if c != 0]
    if len(held) != 2 or coefficients[held[0]] != -coefficients[held[1]]:
        return None
    first, second = held
    return Pair(second, first, strict) if coefficients[first] > 0 else Pair(first, second, strict)


@dataclass(frozen=True, slots=True)
class Order:
    """The order that pairs generate."""

    size: int
    pairs: tuple[Pair, ...]

    def part(self, member: int) -> Block:
        """The connected part of a member."""
        found = {member}
        while grown := {k for p in self.pairs for k in (p.lower, p.upper) if {p.lower, p.upper} & found} - found:
            found |= grown
        return frozenset(found)

    def is_chain(self, part: Block) -> bool:
        """Are all members comparable?"""
        return len(self.upper_sets(part)) == len(part) + 1

    def chain(self, part: Block) -> tuple[int, ...]:
        """The members of a chain in their order."""
        return tuple(sorted(part, key=lambda k: -sum(k in u for u in self.upper_sets(part))))[::-1]

    def has_cycle(self) -> bool:
        """a ≤ b ≤ a: an equation in disguise."""
        return any(len({len([u for u in self.upper_sets(self.part(k)) if j in u]) for j in (p.lower, p.upper)}) == 1
                   for p in self.pairs for k in (p.lower,))  # fmt: skip

    def upper_sets(self, part: Block) -> tuple[Block, ...]:
        """The subsets that hold with each member all above it."""
        subsets = (frozenset(c) for size in range(len(part) + 1) for c in combinations(sorted(part), size))
        return tuple(s for s in subsets if all(p.upper in s for p in self.pairs if p.lower in s))

    def blocks(self, member: int) -> tuple[tuple[Block, ...], ...] | None:
        """For every upper set U with the member the U ∩ L, L a lower set with it; None where they are too many."""
        part = self.part(member)
        if len(part) > MOST:
            return None
        uppers = self.upper_sets(part)
        lowers = [part - u for u in uppers if member not in u]
        found = {tuple(sorted({u & low for low in lowers}, key=_by_size)) for u in uppers if member in u}
        found = {row for row in found if not any(set(other) < set(row) for other in found)}  # its min is no larger
        rows = tuple(sorted(found, key=lambda row: (len(row), [_by_size(b) for b in row])))
        return rows if sum(map(len, rows)) <= MOST_BLOCKS else None


def max_min(order: Order, average: Callable[[Block], Expr]) -> tuple[Expr, ...] | None:
    """g* for every member: max over U of min over L of Av(U ∩ L); None where the formula is too long."""
    found = []
    for member in range(order.size):
        rows = order.blocks(member)
        if rows is None:
            return None
        lowest = [sp.Min(*map(average, row), evaluate=False) if len(row) > 1 else average(row[0]) for row in rows]
        found.append(sp.Max(*lowest, evaluate=False) if len(lowest) > 1 else lowest[0])
    return tuple(found)


def _by_size(block: Iterable[int]) -> tuple[int, list[int]]:
    members = sorted(block)
    return len(members), members

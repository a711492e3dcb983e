"""How much SymPy may work out while it builds: a guard against what is short to write and long to evaluate.

SymPy asks for signs when it builds powers and functions, and finds them by expanding polynomials: ((x + 1)² + 1)², ten
levels deep, takes a minute. Beyond a height, a degree or an amount of work the node is built as written, which takes no
time and means the same. Knows the tree only, so what is built does not depend on the machine.
"""

from __future__ import annotations

from typing import NamedTuple

from symbolic_mle.reading.syntax import (
    Call,
    Cases,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Summation,
    children,
)

MAX_HEIGHT = 30
MAX_DEGREE = 10
WORK = 1_500
MAX_EXTREMES = 10  # arguments of Max and Min, which SymPy compares in pairs


class Shape(NamedTuple):
    """Height of the tree, its degree (functions and symbolic powers add one), and whether it contains a sum."""

    height: int
    degree: int
    sums: bool


class Effort:
    """The work left for one text."""

    def __init__(self) -> None:
        self._work = WORK
        self._shapes: dict[int, Shape] = {}

    def eager(self, node: Node) -> bool:
        """Whether to let SymPy evaluate the node. Asked once for every node, from the leaves up."""
        shape = self._shapes[id(node)] = self._shape(node)
        if isinstance(node, (Sum, Product, Negative)):  # collecting terms asks for no signs
            return shape.height <= MAX_HEIGHT
        if shape.height > MAX_HEIGHT or (shape.sums and shape.degree > MAX_DEGREE):
            return False
        if isinstance(node, Call) and node.function.lower() in ("max", "min") and len(node.arguments) > MAX_EXTREMES:
            return False
        if shape.sums and shape.degree > 2:
            self._work -= shape.degree**2
        return self._work > 0

    def _shape(self, node: Node) -> Shape:
        if isinstance(node, (Number, Constant)):
            return Shape(0, 0, False)
        if isinstance(node, Name):
            return Shape(0, 1, False)
        parts = [self._shapes.get(id(part)) or self._shape(part) for part in children(node)]
        height = 1 + max((part.height for part in parts), default=0)
        sums = any(part.sums for part in parts) or (isinstance(node, Sum) and any(part.degree for part in parts))
        degrees = [part.degree for part in parts]
        if isinstance(node, Product):
            return Shape(height, sum(degrees), sums)
        if isinstance(node, Power):
            return Shape(height, _degree_of_power(node, *degrees), sums)
        return Shape(height, max(degrees, default=0) + isinstance(node, (Call, Cases, Summation)), sums)


def _degree_of_power(node: Power, base: int, exponent: int) -> int:
    if isinstance(node.exponent, Number) and node.exponent.digits.isdigit() and len(node.exponent.digits) < 6:
        return base * int(node.exponent.digits)
    return base + exponent + 1

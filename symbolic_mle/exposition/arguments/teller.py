"""What a way of telling gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symbolic_mle.exposition.document import Block
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice


@dataclass(frozen=True, slots=True)
class Teller:
    """How one kind of argument is told: the numbered sections after the model, and the blocks of the result."""

    sections: Callable[[Voice], Iterator[Titled]]
    result: Callable[[Voice], Iterator[Block]]

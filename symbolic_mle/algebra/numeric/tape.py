"""A compiled expression: steps in order, each a function of earlier slots. Equal subexpressions share a slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from symbolic_mle.errors import MLEError

Operation = Callable[..., Any]


class NotNumeric(MLEError):  # noqa: N818 (a finding about an expression, which callers expect and answer)
    """The expression holds something that has no numerical meaning here: says what, and in which expression."""


@dataclass(frozen=True, slots=True)
class Step:
    """slots[target] = operation(slots[operands]…)"""

    target: int
    operation: Operation
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tape:
    """Slots with the constants filled in, which of them take the inputs, the steps, and the slot of the result."""

    template: tuple[Any, ...]
    inputs: tuple[int, ...]
    steps: tuple[Step, ...]
    result: int

    def run(self, values: Sequence[Any]) -> Any:
        """The result for these values of the inputs."""
        slots = list(self.template)
        for slot, value in zip(self.inputs, values, strict=True):
            slots[slot] = value
        for step in self.steps:
            slots[step.target] = step.operation(*[slots[i] for i in step.operands])
        return slots[self.result]

    def given(self, known: Mapping[int, Any]) -> Tape:
        """The tape with the inputs at these positions fixed, and every step that needs no other input done."""
        slots = list(self.template)
        waiting = {slot for position, slot in enumerate(self.inputs) if position not in known}
        for position, value in known.items():
            slots[self.inputs[position]] = value
        left = []
        for step in self.steps:
            if waiting.isdisjoint(step.operands):
                slots[step.target] = step.operation(*[slots[i] for i in step.operands])
            else:
                waiting.add(step.target)
                left.append(step)
        free = tuple(slot for position, slot in enumerate(self.inputs) if position not in known)
        return Tape(tuple(slots), free, tuple(left), self.result)

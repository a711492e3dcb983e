"""compile once, evaluate often: expressions in parameters, sample size and sums over the sample → floats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric.floats import DOUBLES
from symbolic_mle.algebra.numeric.scope import Arithmetic, Scope
from symbolic_mle.algebra.numeric.structure import WEIGHTS
from symbolic_mle.algebra.numeric.tape import NotNumeric, Tape

Values = Mapping[Symbol, Any]
Sample = Mapping[Symbol, ArrayLike]


@dataclass(frozen=True, slots=True)
class Program:
    """A tape with the names of its inputs: the arguments, the sample size, the weights, the columns, in this order."""

    tape: Tape
    arguments: tuple[Symbol, ...]
    data: tuple[Symbol, ...]
    size: Symbol | None

    def inputs(self, values: Values, columns: Mapping[Symbol, Any], count: Any, weights: Any) -> list[Any]:
        missing = [symbol for symbol in self.arguments if symbol not in values]
        if missing:
            raise NotNumeric(f"no value is given for {', '.join(map(str, missing))}")
        return [*(values[symbol] for symbol in self.arguments), count, weights, *(columns[name] for name in self.data)]


def write_program(
    arithmetic: Arithmetic,
    expr: Expr,
    arguments: Sequence[Symbol],
    data: Sequence[Symbol],
    size: Symbol | None,
    pointwise: bool = False,
) -> Program:
    """The expression as a tape; only the arguments, columns and size that it uses become inputs."""
    scope = Scope(arithmetic, frozenset())
    wanted = expr.free_symbols
    used = tuple(symbol for symbol in arguments if symbol in wanted)
    for symbol in used:
        scope.memory[symbol] = scope.input()
    count = scope.input()
    if size is not None:
        scope.memory[size] = count
    scope.memory["column", WEIGHTS] = scope.input()
    for symbol in data:
        slot = scope.memory["column", symbol] = scope.input()
        if pointwise:
            scope.memory[symbol] = slot
    return Program(scope.finish(scope.place(expr)), used, tuple(data), size)


def columns_of(sample: Sample, data: Sequence[Symbol]) -> dict[Symbol, NDArray[np.float64]]:
    """The sample as one-dimensional arrays of doubles of one length."""
    columns = {symbol: np.ascontiguousarray(sample[symbol], dtype=float).reshape(-1) for symbol in data}
    if len({len(column) for column in columns.values()}) > 1:
        raise NotNumeric(f"the columns of the sample differ in length: {[len(c) for c in columns.values()]}")
    return columns


def _count(columns: Mapping[Symbol, NDArray[np.float64]]) -> Any:
    return np.float64(len(next(iter(columns.values()))) if columns else 0)


def _doubles(values: Values) -> dict[Symbol, Any]:
    return {symbol: np.float64(value) for symbol, value in values.items()}


@dataclass(frozen=True, slots=True)
class Evaluator:
    """evaluator(values, sample) → float: ±inf on overflow or at a pole, nan where the expression has no real value."""

    program: Program

    def __call__(self, values: Values, sample: Sample) -> float:
        return self.on(sample)(values)

    def on(self, sample: Sample) -> Callable[[Values], float]:
        """values → float, for this sample: the sums that hold no argument are computed once, here."""
        program = self.program
        columns, first = columns_of(sample, program.data), len(program.arguments)
        fixed = dict(enumerate([_count(columns), None, *columns.values()], start=first))
        with np.errstate(all="ignore"):
            tape = program.tape.given(fixed)

        def evaluate(values: Values) -> float:
            with np.errstate(all="ignore"):
                return float(tape.run([np.float64(values[symbol]) for symbol in program.arguments]))

        return evaluate

    def along(self, symbol: Symbol, values: Values, sample: Sample) -> Callable[[float], float]:
        """v → the expression at symbol = v, everything else fixed: what a root finder wants."""
        program = self.program
        columns = columns_of(sample, program.data)
        inputs = program.inputs({**_doubles(values), symbol: np.float64(0)}, columns, _count(columns), None)
        free = program.arguments.index(symbol) if symbol in program.arguments else None
        with np.errstate(all="ignore"):
            tape = program.tape.given({i: value for i, value in enumerate(inputs) if i != free})

        def evaluate(value: float) -> float:
            with np.errstate(all="ignore"):
                return float(tape.run([] if free is None else [np.float64(value)]))

        return evaluate


def compile_expression(
    expr: Expr, arguments: Sequence[Symbol], data: Sequence[Symbol] = (), size: Symbol | None = None
) -> Evaluator:
    """The expression as a function of values for the arguments and of a sample.

    ``data`` are the variables that the sums run over, ``size`` stands for the number of observations. Raises
    NotNumeric for what cannot be computed: an unknown function, a symbol that is none of these, a variable of the
    data outside of a sum.
    """
    return Evaluator(write_program(DOUBLES, expr, arguments, data, size))


def compile_pointwise(
    expr: Expr, arguments: Sequence[Symbol], data: Sequence[Symbol], size: Symbol | None = None
) -> Callable[[Values, Sample], NDArray[np.float64]]:
    """(values, sample) → the expression at every observation, where the data may stand outside of sums."""
    program = write_program(DOUBLES, expr, arguments, data, size, pointwise=True)

    def evaluate(values: Values, sample: Sample) -> NDArray[np.float64]:
        columns = columns_of(sample, data)
        with np.errstate(all="ignore"):
            result = program.tape.run(program.inputs(_doubles(values), columns, _count(columns), None))
        return np.array(np.broadcast_to(np.asarray(result, dtype=float), (int(_count(columns)),)))

    return evaluate

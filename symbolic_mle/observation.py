"""Data → a sample that the model allows: columns of floats, every value possible, or a ``DataError`` that says which is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import NotNumeric, compile_pointwise
from symbolic_mle.errors import DataError
from symbolic_mle.records import Specification

Columns = dict[Symbol, NDArray[np.float64]]
Values = dict[Symbol, float]


def read_known(known: Mapping[Any, Any] | None, model: Specification) -> Values:
    """Values for the known constants, by name or symbol; each inside its space."""
    given = {str(k): v for k, v in (known or {}).items()}
    names = {s.name: s for s in model.known}
    for name in given:
        if name not in names:
            raise DataError(
                f"known: {name!r} is not a known constant of the model; it has {', '.join(names) or 'none'}"
            )
    missing = [name for name in names if name not in given]
    if missing:
        raise DataError(f"known: no value for {', '.join(missing)}; give known={{{missing[0]!r}: ...}}")
    values: Values = {}
    for name, symbol in names.items():
        values[symbol] = _number(given[name], f"known {name}")
    for symbol, interval in model.known.items():
        bounds = _numeric(interval, values)
        if not bounds.contains(values[symbol]):
            raise DataError(f"known: {symbol} = {values[symbol]:g} is outside its space {_words(bounds)}")
    return values


def read_sample(data: Any, model: Specification, known: Values) -> Columns:
    """The sample as a column a variable; every observation finite and in the support."""
    columns = _columns(data, model)
    sizes = {len(c) for c in columns.values()}
    if len(sizes) > 1:
        raise DataError(
            f"data: the columns have different lengths: {', '.join(f'{s}: {len(c)}' for s, c in columns.items())}"
        )
    if sizes == {0}:
        raise DataError("data: no observation was given; at least one is needed")
    for symbol, column in columns.items():
        _refuse(~np.isfinite(column), column, symbol, "is not a finite number")
    for symbol, interval in model.support.intervals.items():
        _check_support(symbol, columns[symbol], interval, model, known)
    for symbol, interval in model.covariates.items():
        _check_covariate(symbol, columns[symbol], interval)
    _check_relations(columns, model, known)
    return columns


def _columns(data: Any, model: Specification) -> Columns:
    wanted = model.observed
    if isinstance(data, Mapping):
        given = {str(k): v for k, v in data.items()}
        missing = [s.name for s in wanted if s.name not in given]
        if missing:
            raise DataError(f"data: no column {missing[0]!r}; the model observes {', '.join(s.name for s in wanted)}")
        return {s: _column(given[s.name], s.name) for s in wanted}
    if len(wanted) == 1:
        return {wanted[0]: _column(data, wanted[0].name)}
    try:
        table = np.asarray(data, dtype=float)
    except (TypeError, ValueError) as error:
        raise DataError(f"data: needed a row of {len(wanted)} numbers an observation ({error})") from None
    if table.ndim != 2 or table.shape[1] != len(wanted):
        raise DataError(f"data: needed {len(wanted)} numbers an observation, got an array of shape {table.shape}")
    return {s: np.ascontiguousarray(table[:, k]) for k, s in enumerate(wanted)}


def _column(values: Any, name: str) -> NDArray[np.float64]:
    try:
        column = np.asarray(values, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise DataError(f"data: {name} must be numbers, got {_shortened(values)}") from None
    if column.ndim != 1:
        raise DataError(
            f"data: {name} must be a list or one-dimensional array of numbers, got {column.ndim} dimensions"
        )
    return column


def _shortened(values: Any) -> str:
    text = repr(values)
    return text if len(text) <= 60 else text[:57] + "..."


def _number(value: Any, what: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise DataError(f"{what}: needed a number, got {_shortened(value)}") from None
    if not np.isfinite(number):
        raise DataError(f"{what}: {number} is not a finite number")
    return number


def _numeric(interval: Interval, known: Values) -> Interval:
    exact = {s: sp.Float(v) if v != int(v) else sp.Integer(int(v)) for s, v in known.items()}
    return interval.xreplace(exact)


def _check_support(
    symbol: Symbol, column: NDArray[np.float64], interval: Interval, model: Specification, known: Values
) -> None:
    if model.support.points is not None:
        points = [float(p.xreplace({s: sp.Float(v) for s, v in known.items()})) for p in model.support.points]
        _refuse(
            ~np.isin(column, points),
            column,
            symbol,
            f"is not one of the possible values {', '.join(f'{p:g}' for p in points)}",
        )
        return
    bounds = _numeric(interval, known)
    if bounds.integer:
        _refuse(column != np.floor(column), column, symbol, "is not a whole number")
    if bounds.lower.is_number:
        low = float(bounds.lower)
        _refuse(
            column < low if bounds.closed_lower else column <= low,
            column,
            symbol,
            f"is outside the support {_words(bounds)}",
        )
    if bounds.upper.is_number:
        high = float(bounds.upper)
        _refuse(
            column > high if bounds.closed_upper else column >= high,
            column,
            symbol,
            f"is outside the support {_words(bounds)}",
        )


def _check_covariate(symbol: Symbol, column: NDArray[np.float64], interval: Interval) -> None:
    low, high = float(interval.lower), float(interval.upper)
    outside = (column < low) | (column > high)
    if not interval.closed_lower:
        outside |= column == low
    if interval.integer:
        outside |= column != np.floor(column)
    _refuse(outside, column, symbol, f"is outside {_words(interval)}, and elsewhere the model gives no density")


def _check_relations(columns: Columns, model: Specification, known: Values) -> None:
    for relation in model.support.relations:
        if relation.free_symbols & set(model.parameters):
            continue
        try:
            inside = compile_pointwise(relation, list(model.known), model.observed)(known, columns) != 0
        except NotNumeric:
            continue
        first = next(iter(columns))
        _refuse(~inside, columns[first], first, f"is outside the support {relation}")


def _refuse(bad: NDArray[np.bool_], column: NDArray[np.float64], symbol: Symbol, why: str) -> None:
    if bad.any():
        at = int(np.argmax(bad))
        raise DataError(f"data: observation {at + 1}, {symbol} = {column[at]:g}, {why}")


def _words(interval: Interval) -> str:
    left, right = "[" if interval.closed_lower else "(", "]" if interval.closed_upper else ")"
    return f"{left}{interval.lower}, {interval.upper}{right}" + (" of whole numbers" if interval.integer else "")

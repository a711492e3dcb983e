"""A file of data → columns of numbers. Errors say which row and why.

A table has one column, or columns named as the variables (a first row that is not numbers is a header), or exactly as
many columns as there are variables. Which column is meant is never guessed beyond that.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from symbolic_mle.errors import DataError

POINT = "decimals are written with a point"
Row = tuple[int, list[str]]  # the line in the file, and its cells


def read(source: str, names: Sequence[str]) -> dict[str, list[float]]:
    """The columns of a file of comma-, semicolon- or tab-separated values; "-" is standard input.

    Raises DataError for a table without data, without the columns, or with a cell that is not a number.
    """
    if source == "-":
        return columns(sys.stdin, names, "standard input")
    try:
        with Path(source).open(encoding="utf-8-sig", newline="") as file:
            return columns(file, names, source)
    except UnicodeDecodeError:
        raise DataError(f"{source}: not a text file in UTF-8") from None


def columns(lines: Iterable[str], names: Sequence[str], source: str) -> dict[str, list[float]]:
    """The column of each name, from the lines of a table.

    >>> columns(["x", "2", "0", "3"], ["x"], "counts.csv")
    {'x': [2, 0, 3]}
    """
    rows = _rows(lines, source)
    first = next(rows, None)
    if first is None:
        raise DataError(f"{source}: the file has no data")
    header = [cell.strip() for cell in first[1]] if not any(_is_number(cell) for cell in first[1]) else None
    places = _places(header, len(first[1]), names, source)
    body = rows if header else chain([first], rows)
    values: list[list[float]] = [[] for _ in names]
    for line, cells in body:
        if len(cells) > len(first[1]):
            raise DataError(f"{source}, row {line}: {len(cells)} cells, {len(first[1])} in the first row; {POINT}")
        for column, place in zip(values, places, strict=True):
            column.append(_cell(cells, place, line, source))
    if not values[0]:
        raise DataError(f"{source}: the file has a header and no data")
    return dict(zip(names, values, strict=True))


def _rows(lines: Iterable[str], source: str) -> Iterator[Row]:
    """Rows with their line numbers; blank lines and lines that start with # are left out."""
    numbered = iter(lines)
    first = next(numbered, "")
    reader = csv.reader(chain([first], numbered), delimiter=_delimiter(first), skipinitialspace=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield reader.line_num, cells
    except csv.Error as error:
        raise DataError(f"{source}, row {reader.line_num}: {error}") from None


def _delimiter(line: str) -> str:
    return next((mark for mark in ("\t", ";") if mark in line), ",")


def _places(header: list[str] | None, width: int, names: Sequence[str], source: str) -> list[int]:
    """Where the columns are."""
    if header and all(name in header for name in names):
        return [header.index(name) for name in names]
    if width == len(names) == 1 or (width == len(names) and not header):
        return list(range(width))
    wanted = " and ".join(repr(name) for name in names)
    if header:
        have = ", ".join(repr(name) for name in header)
        raise DataError(f"{source}: the columns are {have}; needed {wanted}. Rename the columns to match the variables")
    raise DataError(f"{source}: {width} columns without names, needed {wanted}. Add a header row with the names")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _cell(cells: list[str], place: int, line: int, source: str) -> float:
    """A number, whole where it is written so."""
    text = cells[place].strip() if place < len(cells) else ""
    if not text:
        raise DataError(f"{source}, row {line}: no value in column {place + 1}; a missing observation must be left out")
    try:
        return int(text) if text.lstrip("+-").isdecimal() else float(text)
    except ValueError:
        raise DataError(f"{source}, row {line}: {text!r} is not a number; {POINT}") from None

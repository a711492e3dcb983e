"""What a derivation displays is true: every equality that it draws holds in numbers, for every family."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from symbolic_mle import derive
from symbolic_mle.exposition import document as d
from symbolic_mle.exposition import mathematics as m
from symbolic_mle.families import catalogue
from symbolic_mle.render.text import inline

from .told_value import Checker, blocks

NAMES = sorted(catalogue())


@cache
def derived(name: str) -> Any:
    return derive(name)


def checker_of(name: str) -> Checker:
    family = catalogue()[name]
    checker = Checker(derived(name), family.example, family.sample)
    for symbol in derived(name).model.parameters:  # an estimate's name has a value of its own: identities hold at any
        hatted = inline(m.Name(**{**_fields(checker, symbol), "accent": "hat"}))
        checker.reader.values[hatted] = checker.reader.values[inline(m.Name(**_fields(checker, symbol)))]  # type: ignore[index]
    return checker


def _fields(checker: Checker, symbol: Any) -> dict[str, Any]:
    from symbolic_mle.exposition.names import draw_name

    drawn = draw_name(symbol.name, [s.name for s in checker.model.parameters])
    return {"base": drawn.base, "subscript": drawn.subscript, "superscript": drawn.superscript}


def close(first: complex, second: complex, tolerance: float = 1e-5) -> bool:
    return abs(complex(first) - complex(second)) <= tolerance * (1 + abs(complex(first)))


def define(checker: Checker, document: d.Document) -> None:
    """The letters that the text introduces: y for a transformed observation, s for a combination of the data."""
    for block in blocks(document):
        for node in block.inlines if isinstance(block, d.Paragraph) else ():
            if isinstance(node, m.Chain) and inline(node.first) in ("yᵢ", "zᵢ"):
                index = node.first.subscript  # type: ignore[attr-defined]
                column = next(iter(checker.reader.sample.values()))
                values = [
                    type(checker.reader)(checker.reader.values, checker.reader.sample, {inline(index): k})
                    .value(node.links[0][1])
                    .real
                    for k in range(len(column))
                ]
                checker.reader.sample[node.first.base] = values  # type: ignore[attr-defined, index]
    for block in blocks(document):
        for line in block.lines if isinstance(block, d.Display) else ():
            if (
                isinstance(line.left, m.Name)
                and inline(line.left) not in checker.reader.values
                and not line.left.accent
            ):
                checker.reader.values[inline(line.left)] = checker.reader.value(line.right)  # type: ignore[index]


def read(checker: Checker, document: d.Document) -> None:
    """Every display, line by line."""
    for block in blocks(document):
        if isinstance(block, d.Display):
            read_display(checker, block)


def read_display(checker: Checker, block: d.Display) -> None:
    before: complex | None = None
    above: d.Line | None = None
    for line in block.lines:
        if m.contains(line.right, m.Matrix) or line.relation == "approx":
            continue
        if m.contains(line.right, (m.Words, m.Sequence)):  # an expectation, a list: no number that a sample gives
            continue
        if checker.product is None:
            if isinstance(line.left, m.Call) and inline(line.left.function) == "L":
                checker.product = line.right
                before = checker.reader.value(line.right)
            continue
        value = first_value(checker, line.right)
        if line.left is None:
            if before is None:  # of one observation
                continue
            assert close(before, value, 2e-4), inline(line.right)
            if above is not None and "ℓ′" in inline(above.right) or above is not None and "ℓₚ′" in inline(above.right):
                checker.helper = line.right
        elif line.right == m.Number("0"):
            follows(checker, above, line)
        else:
            meant = checker.meaning(line.left)
            if meant is not None:
                assert close(meant, value, 2e-4), f"{inline(line.left)} = {inline(line.right)}: {meant} ≠ {value}"
            remember(checker, line)
        before, above = value, line
        checker.checked += 1


def first_value(checker: Checker, node: m.Maths) -> complex:
    """The value of the first member of a chain, the others being held against it."""
    if not isinstance(node, m.Chain):
        return checker.reader.value(node)
    first = left = checker.reader.value(node.first)
    for relation, item in node.links:
        right = checker.reader.value(item)
        holds = close(left, right) if relation == "=" else (left.real < right.real) == relation.startswith("<")
        assert holds, inline(node)
        left = right
    return first


def follows(checker: Checker, above: d.Line | None, line: d.Line) -> None:
    """score · m = numerator, for "multiply by m > 0" and "divide by m > 0"."""
    assert line.left is not None
    note = line.note
    if above is None or above.left is None or not note or not isinstance(note[-1], m.Chain):
        return
    factor = checker.reader.value(note[-1].first)
    assert factor.real > 0
    value, before = checker.reader.value(line.left), checker.reader.value(above.left)
    assert close(value, before * factor if note[0] == "multiply by " else before / factor), inline(line.left)


def remember(checker: Checker, line: d.Line) -> None:
    """θ(k) = …, or μ̂ = … before others are found, for the profile."""
    left = line.left
    if isinstance(left, m.Call) and inline(left.function) in checker.names:
        name = inline(left.function)
    elif isinstance(left, m.Name) and left.accent == "hat":
        name = inline(m.Name(left.base, left.subscript, left.superscript))
    else:
        return
    right = line.right.first if isinstance(line.right, m.Chain) else line.right
    if name in checker.names and name not in checker.eliminated:
        reader = checker.reader
        checker.eliminated[name] = lambda values: type(reader)({**reader.values, **values}, reader.sample).value(right)


@pytest.mark.parametrize("name", NAMES)
def test_every_display_is_true(name: str) -> None:
    checker = checker_of(name)
    document = derived(name).document
    define(checker, document)
    read(checker, document)
    assert checker.checked >= 2

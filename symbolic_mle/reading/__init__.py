r"""Text, Unicode and LaTeX → SymPy, without ``eval``: names, expressions, relations, supports and parameter spaces.

    text → tokens                tokenizer, scanner; tables in characters and commands
    tokens → syntax tree         parser, operands, structures; what is unclear is refused by ambiguity
    syntax tree → SymPy          meaning, values; whitelist in functions, guards in bounds and effort

One grammar for the three notations, one table of names, one whitelist of functions; each module says how to add
to it. Nothing from the text reaches an evaluator, and every text is answered within about a second, by an
expression or by a ``ReadingError`` that says what was given, where, and what to try.

>>> from sympy import Symbol
>>> names = {"lambda": Symbol("lambda", positive=True), "x": Symbol("x", positive=True)}
>>> read_expression("λ e^(−λ x)", names) == read_expression(r"\lambda e^{-\lambda x}", names)
True
>>> read_relations("0 < x <= 3", {"x": Symbol("x")})
(0 < x, x <= 3)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from symbolic_mle.reading.domain import Domain, DomainReader
from symbolic_mle.reading.meaning import Meaning
from symbolic_mle.reading.names import NameTable, read_name
from symbolic_mle.reading.parser import parse_expression, parse_items
from symbolic_mle.reading.refusal import refusal

__all__ = ["Domain", "read_domain", "read_expression", "read_name", "read_relations"]

_Result = TypeVar("_Result")


def read_expression(text: str, names: Mapping[str, Symbol]) -> Expr:
    """The expression that the text means. Its free names are keys of ``names``, spelled as by ``read_name``.

    A name of the table is that symbol even where it could be a constant or a function (E, e, gamma, beta, zeta).
    ``ReadingError`` for an unknown name, for text that can be read in two ways (1/2x), and for a value that is
    undefined, not real or too large to compute.
    """

    def read() -> Expr:
        table = NameTable(names)
        return Meaning(text, table.symbols).value(parse_expression(text, table))

    return _shallow(text, read)


def read_relations(text: str, names: Mapping[str, Symbol]) -> tuple[Boolean, ...]:
    """The relations that the text lists, separated by commas or "and"; 0 < x < 1 is two. "" is no relation.

    A relation that is decided by the symbols' assumptions is ``sympy.true`` or ``sympy.false``; x < ∞ is left out.
    """

    def read() -> tuple[Boolean, ...]:
        table = NameTable(names)
        meaning = Meaning(text, table.symbols)
        return tuple(relation for item in parse_items(text, table) for relation in meaning.relations(item))

    return _shallow(text, read)


def read_domain(text: str, names: Mapping[str, Symbol], subject: str | None = None) -> Domain:
    """The support or space that the text describes: relations, "integer", or listed points. "" is the whole line.

    ``subject`` is the key of the name that is described, for texts that leave it out: "in {1/4, 1/2}", "integer, >= 1".
    """

    def read() -> Domain:
        table = NameTable(names)
        symbol = None if subject is None else table.symbols[subject]
        return DomainReader(text, table.symbols, symbol).read(parse_items(text, table, words=True))

    return _shallow(text, read)


def _shallow(text: str, read: Callable[[], _Result]) -> _Result:
    """The result of ``read``. The depth of the text is bounded, but the caller's own stack may be deep already."""
    try:
        return read()
    except RecursionError:
        raise refusal(
            text, 0, "brackets or powers too deep inside each other", advice="give inner parts a simpler form"
        ) from None

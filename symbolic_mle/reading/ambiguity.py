"""Text that people read in two ways is refused, with both ways to write it.

1/2x, x/2 σ², e^-x y, log x y, √2π and x^1/2 have a reading by rule and another one that their writer may have meant. A
wrong density is worse than a question, so a rule decides only where the spacing of the text says the same as the rule.
Knows the cursor and the tree; each function returns if there is one reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from symbolic_mle.reading.cursor import Cursor
from symbolic_mle.reading.functions import FUNCTIONS
from symbolic_mle.reading.refusal import quote
from symbolic_mle.reading.syntax import Node, has_names
from symbolic_mle.reading.tokens import Token

_PRODUCT_ADVICE = MappingProxyType(
    {
        "function": "write log(x y) or log(x) y, with brackets around the argument",
        "signed exponent": "write a^(-x y) or a^(-x) y, with brackets around the exponent",
        "exponent of a number": "write e^(2x) or e^2 * x",
        "root": "write √(2x) or √(2) x, with brackets around what stands under the root",
    }
)
_SLASH_ADVICE = MappingProxyType(
    {
        "function": "write log(x/y) or log(x)/y, with brackets around the argument",
        "signed exponent": "write a^(-x/y) or a^(-x)/y, with brackets around the exponent",
        "exponent one": "write x^(1/2) for the root or x/2 for the half",
    }
)


def check_touching(cursor: Cursor, start: int) -> None:
    """The product of what ends here and the operand that begins here, written without a sign."""
    token = cursor.token
    if token.kind == "number" and not (token.value == "1" and cursor.peek().kind == "{"):
        raise cursor.refuse(
            f"{cursor.shown(token)} after a factor", advice="write the number first, or * for a product"
        )
    position, reason = cursor.dangling
    if position != cursor.index:
        return
    applied = token.kind == "name" and token.value in FUNCTIONS and cursor.table.find(token.value) is None
    if (reason == "function" and applied) or (reason in ("root", "exponent of a number") and token.spaced):
        return
    if reason in _PRODUCT_ADVICE:
        raise cursor.two_readings(start, token.end, _PRODUCT_ADVICE[reason])


def check_slash(cursor: Cursor, start: int) -> None:
    """The quotient of what ends here: log x/y, e^-x/y, x^1/2. With spaces round the slash it is clear."""
    position, reason = cursor.dangling
    after = cursor.peek()
    if position == cursor.index and reason in _SLASH_ADVICE and not (cursor.token.spaced and after.spaced):
        raise cursor.two_readings(start, after.end, _SLASH_ADVICE[reason])


def check_division(
    cursor: Cursor, above: Sequence[Node], slash: Token, divisor: tuple[int, int], joint: Token, factor: Node
) -> None:
    """a/b c is (a/b) c by rule and a/(b c) to many.

    Read by rule when b stands in brackets, or when the spaces agree ("a/b c") and c is not a constant, which would
    stand first (1/σ √(2π)), and b is not a mere number under a name, as in x²/2 σ².
    """
    if divisor in cursor.bracketed:
        return
    parts = cursor.tokens[divisor[0] : divisor[1]]
    close = not slash.spaced and not parts[0].spaced
    mere_number = all(part.kind == "number" for part in parts) and any(has_names(node) for node in above)
    if close and joint.spaced and has_names(factor) and not mere_number:
        return
    start, end = above[0].start, factor.end
    top, bottom = cursor.text[start : slash.start].strip(), cursor.text[parts[0].start : parts[-1].end]
    right = cursor.text[joint.start : end]
    pieces = [top, bottom, right] if max(len(top), len(bottom), len(right)) <= 20 else ["a", "b", "c"]
    a, b, c = (quote(piece)[1:-1] for piece in pieces)
    advice = f"write {_bracketed(a)}/{_bracketed(b)} * {c} or {_bracketed(a)}/({b} * {c})"
    raise cursor.two_readings(start, end, advice, slash)


def _bracketed(piece: str) -> str:
    return piece if piece.isalnum() else f"({piece})"

"""What an expression can begin with: numbers, names, calls, brackets, roots, fractions.

The first half of the parser. A new form that begins with its own token is one method here and one line in ``_FORMS`` at
the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from symbolic_mle.reading.functions import CALLABLE_NAMES, CONSTANTS, FUNCTIONS, LOGIC_CALLS, RELATION_CALLS
from symbolic_mle.reading.precedence import AND, PRODUCT, UNARY
from symbolic_mle.reading.structures import CLOSING, Structures
from symbolic_mle.reading.syntax import (
    Call,
    Comparison,
    Constant,
    Kind,
    Logic,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Truth,
)
from symbolic_mle.reading.tokens import Token

KIND_WORDS = MappingProxyType(
    {"real": "real", "reals": "real", "integer": "integer", "integers": "integer"}
    | {"positive": "positive", "nonnegative": "nonnegative", "negative": "negative"}
)
_TRUTHS = MappingProxyType({"True": True, "true": True, "False": False, "false": False})
_OPERAND = "a number, a name, a function or a bracket"


class Operands(Structures):
    """The forms with which an expression can begin, by the kind of their first token."""

    def prefix(self) -> Node:
        form = _FORMS.get(self.token.kind)
        if form is None:
            raise self.unexpected(_OPERAND)
        node: Node = getattr(self, form)()
        return node

    def starts_operand(self) -> bool:
        """Whether an operand can begin at the current token (a sign apart)."""
        kind = self.token.kind
        if kind == "|" or kind == "[":
            return self.around != ("|" if kind == "|" else "interval")
        if kind == "name" and self.words and self.table.find(self.token.value) is None:
            return self.token.value not in KIND_WORDS and self.token.value not in ("is", "are")
        return kind in _FORMS and kind not in ("-", "+", "not")

    # Numbers and signs.

    def number(self) -> Node:
        token = self.advance()
        if token.value == "1" and self.token.kind == "{" and not self.token.spaced and self.condition_follows():
            return self.indicated(token)
        if "e" in token.value.lower() and (self.latex or self.table.find("e") or self.table.find("E")):
            advice = "write 10^… for a power of ten, or * for a product"
            raise self.two_readings(token.start, token.end, advice, token)
        return Number(token.start, token.end, token.value)

    def negative(self) -> Node:
        """−x, and −−x = x without going deeper for every sign."""
        token = self.token
        signs = 0
        while self.token.kind == "-":
            self.advance()
            signs += 1
        operand = self.expression(UNARY)
        return Negative(token.start, operand.end, operand) if signs % 2 else operand

    def positive(self) -> Node:
        if self.index and self.previous().kind in ("+", "-", "*", "/", "^"):
            raise self.unexpected(_OPERAND)
        self.advance()
        if self.token.kind in ("+", "-"):
            raise self.unexpected(_OPERAND)
        return self.expression(UNARY)

    def negated(self) -> Node:
        token = self.advance()
        around = self.enter(self.around)
        operand = self.expression(AND)
        self.leave(around)
        return Logic(token.start, operand.end, "not", (operand,))

    # Brackets.

    def bracket(self) -> Node:
        """( … ), [ … ] or { … } around one expression."""
        first = self.index
        opening = self.advance()
        around = self.enter()
        inside = self.expression()
        self.close(opening)
        self.leave(around)
        self.bracketed.add((first, self.index))
        return inside

    def absolute(self) -> Node:
        """|x|, with bars that have no side or (LaTeX) have one."""
        opening = self.advance()
        around = self.enter(opening.kind if opening.kind == "|" else "")
        inside = self.expression(AND)
        closing = self.take(
            "|" if opening.kind == "|" else "|)", f"a bar to close that of character {opening.start + 1}"
        )
        self.leave(around)
        return Call(opening.start, closing.end, "Abs", (inside,))

    # Names and calls.

    def name(self) -> Node:
        token = self.token
        key = self.table.find(token.value)
        if key is not None:
            self.advance()
            if self.token.kind == "[" and not self.token.spaced and not self.latex:
                raise self.two_readings(token.start, self.token.end, "write x_1 for an element, or * for a product")
            return Name(token.start, token.end, key)
        square = self.square(token)
        return square or self.word(token)

    def square(self, token: Token) -> Node | None:
        """σ² where the table knows only sigma2; σ⁴ is then its square."""
        key = self.table.find_square(token.value)
        if key is None or self.peek().kind != "^":
            return None
        grouped = self.peek(2).kind in CLOSING
        number, closing = self.peek(2 + grouped), self.peek(2 + 2 * grouped)
        value = int(number.value) if number.kind == "number" and number.value.isdigit() else 0
        if value < 2 or value % 2 or (grouped and closing.kind not in CLOSING.values()):
            return None
        for _ in range(3 + 2 * grouped):
            self.advance()
        name = Name(token.start, closing.end, key)
        return (
            name
            if value == 2
            else Power(token.start, closing.end, name, Number(number.start, number.end, str(value // 2)))
        )

    def word(self, token: Token) -> Node:
        """A name that is not in the table: a function, a constant, a product of letters, or unknown."""
        value = token.value
        called = self.peek().kind in CLOSING
        if called and (special := _CALLS.get(value)):
            return special(self)
        function = FUNCTIONS.get(value)
        if value == "gamma" and token.greek and function and called:
            raise self.refuse(
                r"the letter γ is not the gamma function", token, advice=r"write Γ(k), \Gamma(k) or gamma(k)"
            )
        if function and (called or (function.bare and self.peek().kind == "^")):
            return self.call(value)
        if value in CONSTANTS:
            return self.constant()
        if value in ("nan", "NaN"):
            raise self.refuse(f"'{value}' is not a number", token)
        if value in _TRUTHS:
            self.advance()
            return Truth(token.start, token.end, _TRUTHS[value])
        if self.words and value in KIND_WORDS:
            self.advance()
            return Kind(token.start, token.end, KIND_WORDS[value])
        pieces = self.table.pieces(token) if token.stem else None
        if pieces and self.typeset:
            self.replace(pieces)
            return self.name()
        if function and function.bare:
            return self.call(value)
        raise self.unknown(token, called, bool(pieces))

    def unknown(self, token: Token, called: bool, product: bool) -> Exception:
        known = ", ".join(sorted(self.table.symbols)[:12]) or "no names"
        close = self.table.close(token.value, CALLABLE_NAMES if called else frozenset())
        hints = [f"did you mean {' or '.join(close)}?"] if close else []
        if token.value in FUNCTIONS:
            return self.refuse(
                f"the function '{token.value}' without its argument",
                token,
                f"{token.value}(…)",
                f"known names: {known}",
            )
        if product:
            hints = [f"write {'*'.join(token.stem)} for the product"]
        elif token.value.endswith(("_hat", "_bar", "_tilde")):
            hints = ["hats and bars belong to estimates and means, which have no place here"]
        problem = f"unknown {'function' if called else 'name'} '{token.value}'"
        return self.refuse(problem, token, advice="; ".join([f"known: {known}", *hints]))

    def constant(self) -> Node:
        token = self.advance()
        if token.value in ("e", "E") and self.token.kind in ("(", "[") and not self.token.spaced:
            advice = f"write {token.value}^(…) for the exponential, {token.value}*(…) for a product"
            raise self.two_readings(token.start, self.token.end, advice, token)
        return Constant(token.start, token.end, token.value)

    def call(self, function: str) -> Node:
        """f(x), f x, f²(x) = (f(x))²."""
        name = self.advance()
        power = self.function_power(name) if self.token.kind == "^" else None
        if self.token.kind in CLOSING:
            arguments = self.arguments()
            self.count_arguments(function, name, len(arguments))
            node: Node = Call(name.start, self.previous().end, function, arguments)
            return Power(name.start, node.end, node, power) if power else node
        if not self.starts_operand():
            raise self.unexpected(f"an argument of {function}", f"write {function}(…)")
        argument = self.expression(PRODUCT)
        node = Call(name.start, argument.end, function, (argument,))
        node = Power(name.start, node.end, node, power) if power else node
        self.dangling = (self.index, "function")
        return node

    def function_power(self, name: Token) -> Node:
        caret = self.advance()
        exponent = self.exponent(caret)
        if isinstance(exponent, Negative):
            raise self.two_readings(
                name.start, exponent.end, "write 1/f(x) for the reciprocal, arcsin and the like for an inverse", name
            )
        return exponent

    def exponent(self, caret: Token) -> Node:
        """What stands above, after ``caret``."""
        raise NotImplementedError

    def arguments(self) -> tuple[Node, ...]:
        opening = self.advance()
        around = self.enter()
        found = [self.expression()]
        while self.token.kind == ",":
            self.advance()
            found.append(self.expression())
        if self.token.kind != CLOSING[opening.kind]:
            raise self.unexpected(
                f"',' or '{CLOSING[opening.kind]}' to close {self.shown(opening)} of character {opening.start + 1}"
            )
        self.advance()
        self.leave(around)
        return tuple(found)

    def count_arguments(self, function: str, name: Token, given: int) -> None:
        low, high = FUNCTIONS[function].low, FUNCTIONS[function].high
        if not low <= given <= high:
            needed = str(low) if low == high else f"{low} or more" if high > low + 1 else f"{low} or {high}"
            advice = "the largest observation is not read here" if function in ("max", "Max", "min", "Min") else ""
            raise self.refuse(
                f"{function} of {given} argument{'s' * (given != 1)}", name, f"{needed} arguments", advice
            )

    def relation_call(self) -> Node:
        name = self.advance()
        arguments = self.arguments()
        if len(arguments) != 2:
            raise self.refuse(f"{name.value} of {len(arguments)} arguments", name, "2 arguments")
        return Comparison(name.start, self.previous().end, arguments, (RELATION_CALLS[name.value],))

    def logic_call(self) -> Node:
        name = self.advance()
        arguments = self.arguments()
        if name.value == "Not" and len(arguments) != 1:
            raise self.refuse(f"Not of {len(arguments)} arguments", name, "1 argument")
        return Logic(name.start, self.previous().end, LOGIC_CALLS[name.value], arguments)


_CALLS: Mapping[str, Callable[[Operands], Node]] = MappingProxyType(
    {"Piecewise": Operands.piecewise, "Sum": Operands.summation}
    | dict.fromkeys(RELATION_CALLS, Operands.relation_call)
    | dict.fromkeys(LOGIC_CALLS, Operands.logic_call)
)

_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "number": "number",
        "name": "name",
        "-": "negative",
        "+": "positive",
        "not": "negated",
        "(": "bracket",
        "[": "bracket",
        "{": "bracket",
        "|": "absolute",
        "|(": "absolute",
        "root": "root",
        "frac": "fraction",
        "sqrt": "square_root",
        "binom": "binomial",
        "begin": "environment",
        "indicator": "indicator",
    }
)

"""Maths nodes with the brackets that every format needs: (x − μ)², (∑ᵢ xᵢ) log λ, log(1 − p) but log λ.

Knows the maths tree only. Names of things in statistics (L, ℓ, ∂ℓ/∂θ) are in ``notation``.
"""

from __future__ import annotations

from .mathematics import (
    Absolute,
    Big,
    Binomial,
    Call,
    Cases,
    Chain,
    Factorial,
    Fraction,
    Indicator,
    Maths,
    Matrix,
    Name,
    Number,
    Operator,
    Parentheses,
    Power,
    Product,
    Root,
    Row,
    Sequence,
    Sum,
    Term,
    Words,
)

ONE = Number("1")
ZERO = Number("0")
INFINITY = Name("infinity")
_SELF_CONTAINED = (Number, Name, Operator, Parentheses, Absolute, Binomial, Matrix, Indicator)
_LOOSE = (Sum, Chain, Cases, Sequence)


def name(base: str, subscript: str | Maths = "", accent: str = "", primes: int = 0) -> Name:
    """A symbol; a subscript given as text is a number or a name."""
    if isinstance(subscript, str):
        below = None if not subscript else Number(subscript) if subscript.isdigit() else Name(subscript)
        return Name(base, below, None, accent, primes)
    return Name(base, subscript, None, accent, primes)


def number(value: int) -> Maths:
    return Number(str(value)) if value >= 0 else negative(Number(str(-value)))


def words(text: str) -> Words:
    return Words(text)


def brackets(body: Maths, kind: str = "()") -> Maths:
    """(body), once: what is bracketed alike already is left."""
    return body if isinstance(body, Parentheses) and body.kind == kind else Parentheses(body, kind)


def terms(node: Maths) -> tuple[Term, ...]:
    """The signed terms of a sum; anything else is one term."""
    return node.terms if isinstance(node, Sum) else (Term(node),)


def negative(node: Maths) -> Maths:
    """−node: the sign of a single term turns, a longer sum goes into brackets."""
    if isinstance(node, Sum):
        if len(node.terms) == 1:
            only = node.terms[0]
            return only.body if only.negative else Sum((Term(only.body, True),))
        return Sum((Term(Parentheses(node), True),))
    return Sum((Term(brackets(node) if isinstance(node, _LOOSE) else node, True),))


def total(*nodes: Maths) -> Maths:
    """The sum of the nodes in this order; negative ones are subtracted."""
    flat = tuple(term for node in nodes for term in terms(node))
    if len(flat) == 1 and not flat[0].negative:
        return flat[0].body
    return Sum(flat)


def factors(node: Maths) -> tuple[Maths, ...]:
    return node.factors if isinstance(node, Product) else (node,)


def product(*nodes: Maths) -> Maths:
    """The product of the nodes in this order; the sign of negative single terms goes in front, 1s are left out."""
    minus = False
    flat: list[Maths] = []
    for node in nodes:
        while isinstance(node, Sum) and len(node.terms) == 1 and node.terms[0].negative:
            minus, node = not minus, node.terms[0].body
        flat += [factor for factor in factors(node) if factor != ONE]
    if not flat:
        result: Maths = ONE
    elif len(flat) == 1:
        result = flat[0]
    else:
        result = Product(tuple(_factor(f, i == len(flat) - 1) for i, f in enumerate(flat)))
    return negative(result) if minus else result


def _factor(node: Maths, last: bool) -> Maths:
    """A factor in its brackets; what reaches to the right (∑ᵢ xᵢ, log x) needs none at the end."""
    if isinstance(node, _LOOSE):
        return Parentheses(node)
    if not last and _reaches_right(node):
        return Parentheses(node)
    return node


def _reaches_right(node: Maths) -> bool:
    return isinstance(node, Big) or (isinstance(node, Call) and node.bare)


def fraction(numerator: Maths, denominator: Maths) -> Maths:
    """numerator over denominator, its sign in front; over 1 it is the numerator."""
    if isinstance(numerator, Sum) and len(numerator.terms) == 1 and numerator.terms[0].negative:
        return negative(fraction(numerator.terms[0].body, denominator))
    return numerator if denominator == ONE else Fraction(numerator, denominator)


def slash_parts(node: Fraction) -> tuple[Maths, Maths]:
    """Numerator and denominator with the brackets that a slash needs: (n − k)/(1 − p), (∑ᵢ xᵢ)/λ, 1/(2b)."""
    top, bottom = node.numerator, node.denominator
    if isinstance(top, (*_LOOSE, Fraction)) or _ends_openly(top):
        top = Parentheses(top)
    if isinstance(bottom, (*_LOOSE, Fraction, Product)) or _reaches_right(bottom):
        bottom = Parentheses(bottom)
    return top, bottom


def _ends_openly(node: Maths) -> bool:
    return _reaches_right(node.factors[-1] if isinstance(node, Product) else node)


def power(base: Maths, exponent: Maths) -> Maths:
    """base to the exponent; (σ²)² is σ⁴."""
    if exponent == ONE:
        return base
    if isinstance(base, Name) and base.superscript is not None:
        if isinstance(base.superscript, Number) and isinstance(exponent, Number):
            digits = str(int(base.superscript.digits) * int(exponent.digits))
            return Name(base.base, base.subscript, Number(digits), base.accent, base.primes)
        return Power(Parentheses(base), exponent)
    named_call = isinstance(base, Call) and isinstance(base.function, Name) and not base.function.primes
    return Power(base if named_call or isinstance(base, _SELF_CONTAINED) else brackets(base), exponent)


def root(body: Maths, degree: int = 2) -> Maths:
    return Root(body, None if degree == 2 else number(degree))


def call(function: Maths | str, *arguments: Maths) -> Maths:
    """f(a, b). A word (log, max) is a function with an upright name; log of an atom is bare: log λ, log xᵢ!."""
    head = Operator(function) if isinstance(function, str) else function
    bare = head == Operator("log") and len(arguments) == 1 and _is_atom(arguments[0])
    if len(arguments) == 1 and isinstance(arguments[0], Parentheses) and arguments[0].kind == "()":
        arguments = (arguments[0].body,)
    return Call(head, arguments, bare)


def _is_atom(node: Maths) -> bool:
    if isinstance(node, Factorial):
        return _is_atom(node.body)
    plain_call = isinstance(node, Call) and not node.bare and isinstance(node.function, Name)
    return isinstance(node, (Number, Name, Absolute, Binomial)) or plain_call


def absolute(body: Maths) -> Maths:
    return Absolute(body)


def factorial(body: Maths) -> Maths:
    return Factorial(body if isinstance(body, (Number, Name, Parentheses)) else Parentheses(body))


def binomial(top: Maths, bottom: Maths) -> Maths:
    return Binomial(top, bottom)


def sequence(*items: Maths) -> Maths:
    return items[0] if len(items) == 1 else Sequence(items)


def row(*items: Maths) -> Maths:
    return Row(items)


def chain(first: Maths, *rest: str | Maths) -> Maths:
    """chain(a, "=", b, "<=", c): a = b ≤ c."""
    links = tuple(zip(rest[::2], rest[1::2], strict=True))
    return Chain(first, tuple((str(relation), node) for relation, node in links if isinstance(node, Maths)))


def big(operator: str, index: Maths, body: Maths, lower: Maths | None = None, upper: Maths | None = None) -> Maths:
    """∑, ∏, lim, max … of body; a sum of several terms goes into brackets."""
    return Big(operator, brackets(body) if isinstance(body, (Sum, Chain, Sequence)) else body, index, lower, upper)


def limit(variable: Maths, target: Maths, body: Maths) -> Maths:
    """The limit of body as the variable goes to the target."""
    return big("lim", chain(variable, "to", target), body)


def from_above(target: Maths) -> Maths:
    """0⁺: a one-sided limit point."""
    return Power(target, Operator("+"))


def from_below(target: Maths) -> Maths:
    return Power(target, Operator("-"))


def cases(*rows: tuple[Maths, Maths]) -> Maths:
    return Cases(rows)


def indicator(condition: Maths) -> Maths:
    return Indicator(condition)


def matrix(rows: list[list[Maths]]) -> Maths:
    return Matrix(tuple(tuple(entries) for entries in rows))


def interval(lower: Maths, upper: Maths, closed_lower: bool = False, closed_upper: bool = False) -> Maths:
    """(a, b], with the brackets that the ends ask for."""
    kind = ("[" if closed_lower else "(") + ("]" if closed_upper else ")")
    return Parentheses(Sequence((lower, upper)), kind)


def order_statistic(variable: str, rank: Maths) -> Maths:
    """x₍ₙ₎: the observation of that rank."""
    return Name(variable, Parentheses(rank))

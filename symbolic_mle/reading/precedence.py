"""How tightly the operators bind: a larger number binds tighter. One table for both halves of the parser."""

from __future__ import annotations

from types import MappingProxyType

OR, AND, RELATION, SUM, PRODUCT, UNARY, POWER, POSTFIX = 10, 20, 30, 40, 50, 60, 70, 80

RELATION_SIGNS = MappingProxyType({"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "=", "!=": "!="})

BINDING = MappingProxyType(
    {"or": OR, "and": AND, "in": RELATION, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER, "!": POSTFIX}
    | dict.fromkeys(RELATION_SIGNS, RELATION)
)

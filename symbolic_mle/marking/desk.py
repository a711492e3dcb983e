"""What is known while a working is read: the model's names, those that the student introduced, and the objects seen so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from sympy import Symbol

from symbolic_mle.errors import ReadingError
from symbolic_mle.marking.bench import Bench
from symbolic_mle.marking.evaluation import Definition
from symbolic_mle.marking.labels import Label, LabelReader, plain
from symbolic_mle.marking.lines import Statement
from symbolic_mle.marking.reading_claims import Vocabulary, hat
from symbolic_mle.reading.functions import CALLABLE_NAMES
from symbolic_mle.reading.statistic_parser import parse_statistic, renamed
from symbolic_mle.reading.statistic_scanner import AGGREGATES
from symbolic_mle.reading.syntax import Name, Node

MAX_DEFINITIONS = 40
_NEW_NAME = re.compile(r"\\?([A-Za-z]+)(?:_\{?\(?([A-Za-z0-9]{1,3})\)?\}?|([ᵢⱼₖ]))?")
_INDEX = {"ᵢ": "i", "ⱼ": "j", "ₖ": "k"}
_FORMULA_WORDS = frozenset(["L", "l", "ell", "LL", "lnL", "logL", "loglik", "const", "e", "E", "pi", "oo", "C", "U"])
_TYPESETTING = re.compile(r"\\(?:left|right|displaystyle)|\$|\s+$")


@dataclass
class Desk:
    """The state of one marking. ``seen`` are the kinds of objects that were stated rightly or wrongly."""

    bench: Bench
    vocabulary: Vocabulary
    definitions: dict[str, Definition] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    trees: dict[str, Node] = field(default_factory=dict)
    special: bool = False  # the last line was about special data

    @property
    def vectors(self) -> frozenset[str]:
        """Names with a value an observation."""
        return frozenset(self.vocabulary.observed) | {n for n, d in self.definitions.items() if d.index}

    @property
    def words(self) -> frozenset[str]:
        """The words that belong to formulas."""
        names = {*self.vocabulary.names, *self.definitions}
        spelled = (
            {f"{v}bar" for v in self.vectors}
            | {v.upper() for v in self.vectors}
            | {f"{v.upper()}bar" for v in self.vectors}
        )
        return frozenset(names | spelled | _FORMULA_WORDS | CALLABLE_NAMES | set(AGGREGATES)) - {
            "choose",
            "sign",
            "product",
            "average",
        }

    @cached_property
    def labels(self) -> LabelReader:
        return LabelReader(
            self.vocabulary.parameters,
            {a: n for a, n in self.vocabulary.aliases.items() if n in self.vocabulary.parameters},
            frozenset(
                {*self.vocabulary.parameters, *self.vocabulary.known, *self.vocabulary.observed, *self.vocabulary.sizes}
            ),
            frozenset(name.lower() for name in self.vocabulary.observed),
        )

    def label(self, text: str) -> Label | None:
        """The object that a side names."""
        found = self.labels.read(text)
        head = re.match(r"\\?[A-Za-z]+", text.strip())
        return None if found and not found.by and head and head[0] in self.definitions else found

    def is_conditional(self, text: str) -> bool:
        """s(k): a parameter's best value for given others, which is no product."""
        head, bracket, rest = plain(text).partition("(")
        return bool(
            bracket and rest.endswith(")") and self.labels.parameter(head)
            and all(self.labels.parameter(a) for a in rest[:-1].split(","))
        )  # fmt: skip

    def tree(self, text: str) -> Node | None:
        """The expression of a side; None when it is not understood."""
        try:
            return self.parsed(text)
        except ReadingError:
            return None

    def parsed(self, text: str) -> Node:
        names = dict(self.vocabulary.names) | {name: Symbol(name) for name in self.definitions}
        for constant in ("const", "C"):
            names.setdefault(constant, Symbol(constant))
        aliases = self.vocabulary.aliases
        tree = parse_statistic(text, names, self.vectors)
        return renamed(tree, {**aliases, **{hat(a): hat(n) for a, n in aliases.items()}}) if aliases else tree

    def define(self, statement: Statement) -> bool:
        """Take "S = ∑ xᵢ" as the definition of S, where S is a new name."""
        if len(statement.sides) < 2 or statement.relations[0] != "=" or len(self.definitions) >= MAX_DEFINITIONS:
            return False
        found = _NEW_NAME.fullmatch(_TYPESETTING.sub("", statement.sides[0]).strip())
        if found is None or self.label(statement.sides[0]) is not None:
            return False
        base, subscript, mark = found[1], found[2], found[3]
        index = _INDEX.get(mark or "", subscript if subscript in ("i", "j", "k") else "")
        name = base if index else base + (f"_{subscript}" if subscript else "")
        if len(base) > 3 and not subscript and not statement.sides[0].strip().startswith("\\"):
            return False
        if self._is_taken(name, statement.sides[0], index):
            return False
        try:
            body = self.parsed(statement.sides[1]) if not index else self._indexed(statement.sides[1], index)
        except ReadingError:
            return False
        self.definitions[name] = Definition(body, index)
        return True

    def _indexed(self, text: str, index: str) -> Node:
        """The body of yᵢ = log xᵢ, in which i is not bound yet."""
        return self.parsed(text)

    def _is_taken(self, name: str, text: str, index: str) -> bool:
        if name in self.definitions or (name in self.vocabulary.names and name not in self.vocabulary.sizes):
            return True
        if name in self.vocabulary.sizes:
            return name == "n" or name == self.bench.truth.model.specification.size.name
        return not index and self.tree(text) is not None and name not in ("C", "const")

    def hatted(self, node: Node | None) -> str | None:
        """The parameter whose estimate the side is."""
        if isinstance(node, Name) and node.name.endswith("_hat") and node.name[:-4] in self.vocabulary.parameters:
            return node.name[:-4]
        return None

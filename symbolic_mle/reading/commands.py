r"""LaTeX commands: what each stands for, as data.

Knows LaTeX and nothing of grammar. A command that is in no table is refused by its name, so nothing here can read a
file or run a program. To read another command, add it to the table of its kind.
"""

from __future__ import annotations

from types import MappingProxyType

from symbolic_mle.reading.characters import GREEK_NAMES

_SPELLINGS = {f"var{name}": name for name in ("epsilon", "theta", "phi", "rho", "sigma", "kappa", "pi")}

#: Commands that are names or functions → the canonical name.
LETTERS = MappingProxyType({name: name for name in GREEK_NAMES} | _SPELLINGS)

_FUNCTION_NAMES = "exp log ln sin cos tan sec csc cot sinh cosh tanh coth arcsin arccos arctan max min"
WORDS = MappingProxyType({name: name for name in _FUNCTION_NAMES.split()} | {"infty": "oo"})

#: Commands that are signs → the kind of token.
SIGNS = MappingProxyType(
    {
        "cdot": "*", "times": "*", "ast": "*", "div": "/", "lt": "<", "gt": ">",
        "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=",
        "in": "in", "land": "and", "wedge": "and", "lor": "or", "vee": "or", "mid": "|", "vert": "|",
        "lvert": "|(", "rvert": "|)", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]",
        "dots": "...", "ldots": "...", "cdots": "...", "dotsc": "...", "\\": "row",
    }
)  # fmt: skip

#: Commands that take arguments; the parser knows how many.
STRUCTURES = MappingProxyType(
    {"frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "sqrt"}
    | {"binom": "binom", "dbinom": "binom", "tbinom": "binom"}
)

#: Marks over a letter → the word that its name gets.
ACCENTS = MappingProxyType(
    {"hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde", "widetilde": "tilde"}
)

#: Commands that only make room.
SPACES = frozenset([",", ";", ":", "!", " ", ">", "quad", "qquad", "thinspace", "medspace", "enspace", "\n", "\t"])

#: Commands that change only the looks of what follows.
_STYLES = "displaystyle textstyle scriptstyle limits nolimits"
_SIZES = "big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr"
LOOKS = frozenset([*_STYLES.split(), *_SIZES.split()])

#: Text inside a formula: read only as "if" and "otherwise" in cases.
TEXTS = frozenset(["text", "mbox", "textrm", "textit", "textnormal"])

#: Upright names, \operatorname{Beta}.
UPRIGHT = frozenset(["operatorname", "mathrm", "mathit"])

#: Blackboard and bold letters: number sets and the indicator.
BLACKBOARD = frozenset(["mathbb", "mathbf", "mathds", "mathbbm", "boldsymbol"])

#: Commands that are understood but cannot be read here → why.
REFUSED = MappingProxyType(
    {
        "sum": "sums over the sample are not read here; write the density of one observation",
        "prod": "products over the sample are not read here; write the density of one observation",
        "int": "integrals are not read",
        "partial": "derivatives are not read",
        "choose": r"write \binom{n}{k}",
        "over": r"write \frac{a}{b}",
        "(": "leave the delimiters of the formula out",
        ")": "leave the delimiters of the formula out",
        "[": "leave the delimiters of the formula out",
        "]": "leave the delimiters of the formula out",
        "|": r"write \lvert x \rvert for an absolute value",
        "cup": "unions are not read; write the relations with 'or'",
        "Pr": "probabilities of events are not read; write the density",
        "middle": r"write \mid or leave it out",
        "pm": "± stands for two expressions; write one of them",
    }
)

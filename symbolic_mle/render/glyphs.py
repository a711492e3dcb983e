"""Characters and commands for the spelled-out names of the maths tree: Greek letters, relations, big operators."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
GREEK: Mapping[str, str] = MappingProxyType(
    dict(zip(_GREEK_NAMES.split(), "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True))
)

# name: Unicode, ASCII, LaTeX
LETTERS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        **{name: (glyph, name, "\\" + name) for name, glyph in GREEK.items()},
        "ell": ("ℓ", "l", r"\ell"),
        "infinity": ("∞", "infinity", r"\infty"),
        "reals": ("ℝ", "R", r"\mathbb{R}"),
        "integers": ("ℤ", "Z", r"\mathbb{Z}"),
        "nabla": ("∇", "grad ", r"\nabla"),
        "partial": ("∂", "d", r"\partial"),
        "...": ("…", "...", r"\dots"),
        "+": ("+", "+", "+"),
        "-": ("−", "-", "-"),
        "#": ("#", "#", r"\#"),
        "normal": ("N", "N", r"\mathcal{N}"),
        "expectation": ("E", "E", r"\operatorname{E}"),
    }
)

RELATIONS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "=": ("=", "=", "="),
        "!=": ("≠", "!=", r"\ne"),
        "<": ("<", "<", "<"),
        "<=": ("≤", "<=", r"\le"),
        ">": (">", ">", ">"),
        ">=": ("≥", ">=", r"\ge"),
        "in": ("∈", "in", r"\in"),
        "iff": ("⇔", "<=>", r"\iff"),
        "implies": ("⇒", "=>", r"\implies"),
        "to": ("→", "->", r"\to"),
        "mid": ("|", "|", r"\mid"),
        "approx": ("≈", "~=", r"\approx"),
        "~": ("~", "~", r"\sim"),
        ":=": ("≔", ":=", ":="),
        "propto": ("∝", "proportional to", r"\propto"),
        "": ("", "", ""),
    }
)

BIG: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "sum": ("∑", "sum", r"\sum"),
        "product": ("∏", "prod", r"\prod"),
        "integral": ("∫", "integral", r"\int"),
        "lim": ("lim", "lim", r"\lim"),
        "max": ("max", "max", r"\max"),
        "min": ("min", "min", r"\min"),
        "sup": ("sup", "sup", r"\sup"),
        "inf": ("inf", "inf", r"\inf"),
        "argmax": ("arg max", "argmax", r"\operatorname*{arg\,max}"),
    }
)

ACCENTS: Mapping[str, str] = MappingProxyType({"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "": ""})

SUPERSCRIPTS: Mapping[str, str] = MappingProxyType(
    dict(zip("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", strict=True)) | {"x": "ˣ", "−": "⁻"}
)
SUBSCRIPTS: Mapping[str, str] = MappingProxyType(
    dict(zip("0123456789+-−()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
)
PRIMES = ("", "′", "″", "‴")


def translated(text: str, table: Mapping[str, str]) -> str | None:
    """The text in super- or subscript characters, or None where one is missing."""
    return "".join(table[c] for c in text) if text and all(c in table for c in text) else None

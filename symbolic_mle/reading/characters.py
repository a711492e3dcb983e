"""Single characters: which letter or sign each one stands for, and why some are refused.

Knows Unicode and nothing of grammar. To admit another spelling of a sign, add it to ``FOLDED`` (one character for one,
so that positions in the text stay true); for another letter, to ``GREEK``.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

_GREEK_LOWER = "αβγδεζηθικλμνξοπρστυφχψω"
_GREEK_SPELLED = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu "
    "nu xi omicron pi rho sigma tau upsilon phi chi psi omega"
)
_GREEK_NAMES = _GREEK_SPELLED.split()

#: Greek letters, and the two others that textbooks use as names → how the name is spelled in ASCII.
GREEK = MappingProxyType(
    dict(zip(_GREEK_LOWER, _GREEK_NAMES, strict=True))
    | {letter.upper(): name.capitalize() for letter, name in zip(_GREEK_LOWER, _GREEK_NAMES, strict=True)}
    | {"ℓ": "ell"}
)

GREEK_NAMES = frozenset(GREEK.values())

_SPACES = "\t\n\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SAME_SIGN = {
    "-": "−–",
    "*": "×·⋅∙∗",
    "/": "÷∕⁄",
    "|": "∣",
    "≤": "⩽≦",
    "≥": "⩾≧",
    "μ": "µ",
    "θ": "ϑ",
    "φ": "ϕ",
    "ε": "ϵ",
    "ρ": "ϱ",
    "σ": "ς",
    "κ": "ϰ",
    "…": "⋯",
    " ": _SPACES,
}


def _mathematical_letters() -> dict[int, str]:
    """𝑥 → x, 𝜆 → λ: letters copied out of typeset documents. The bold and double 1 stay: they are indicators."""
    return {
        code: plain
        for code in range(0x1D400, 0x1D800)
        if code not in (0x1D7CF, 0x1D7D9) and len(plain := unicodedata.normalize("NFKC", chr(code))) == 1
    }


#: One character → the one that means the same, for ``str.translate``.
FOLDED = MappingProxyType(
    _mathematical_letters() | {ord(variant): sign for sign, variants in _SAME_SIGN.items() for variant in variants}
)

RAISED = MappingProxyType(
    dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾", "0123456789+-()", strict=True))
    | dict(zip("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "abcdefghijklmnoprstuvwxyz", strict=True))
    | dict(zip("ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", "ABDEGHIJKLMNOPRTUVW", strict=True))
    | dict(zip("ᵅᵝᵞᵟᶿᵠᵡ", "αβγδθφχ", strict=True))
)

LOWERED = MappingProxyType(
    dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎", "0123456789+-()", strict=True))
    | dict(zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "aehijklmnoprstuvx", strict=True))
    | dict(zip("ᵦᵧᵨᵩᵪ", "βγρφχ", strict=True))
)

#: Combining marks → the word that a name gets: x̄ is x_bar, θ̂ is theta_hat.
MARKS = MappingProxyType({"\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0303": "tilde"})

#: Letters that carry such a mark in one character, ȳ → (y, bar).
MARKED = MappingProxyType(
    {
        both: (letter, word)
        for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for mark, word in MARKS.items()
        if len(both := unicodedata.normalize("NFC", letter + mark)) == 1
    }
)

#: Vulgar fractions, exactly.
FRACTIONS = MappingProxyType({"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"})

#: Characters with no meaning here → what to write instead.
ADVICE = MappingProxyType(
    {
        "'": "quotes and primes are not read; write a derivative out",
        "′": "primes are not read; write polygamma(1, k) for ψ′(k)",
        "″": "primes are not read; write polygamma(2, k) for ψ″(k)",
        '"': "quotes are not read; write the expression alone",
        "`": "quotes are not read; write the expression alone",
        ";": "give one expression; separate relations by commas",
        ":": "give an expression, not a statement",
        "$": "leave the dollar signs out",
        ".": "attributes are not read; write 0.5 for a decimal and * for a product",
        "_": "an underscore stands inside a name, as in x_1; names neither begin nor end with one",
        "%": "write a percentage as a fraction",
        "∑": "sums over the sample are not read here; write the density of one observation",
        "∏": "products over the sample are not read here; write the density of one observation",
        "∫": "integrals are not read",
        "∂": "derivatives are not read",
        "⇒": "give an expression, not an implication",
        "ℕ": "say where it starts: integer, x >= 0 or integer, x >= 1",
    }
)


def describe(character: str) -> str:
    """The character as it can be shown: itself when it is visible ASCII, with its Unicode name and number otherwise."""
    if " " < character < "\x7f":
        return f"'{character}'"
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, _CONTROL_NAMES.get(character, "a character without a name"))
    return f"'{character}' ({name}, {number})" if character.isprintable() and character != " " else f"{name} ({number})"


_CONTROL_NAMES = MappingProxyType({"\x00": "NULL", "\x1b": "ESCAPE", "\x7f": "DELETE", "\x08": "BACKSPACE"})


def is_invisible(character: str) -> bool:
    """Control, format, unassigned, private and surrogate characters: what a reader of the text cannot see."""
    return unicodedata.category(character)[0] == "C"

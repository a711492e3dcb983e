"""Every named move of a derivation: what it claims of the line that it makes, and how a reader knows it.

``relation`` is what the audit tests: "defines" (a name for an expression), "equals" (the likelihood or log-likelihood
of its stage; a centred one or a profile without some terms free of the parameters), "derivative" (of that),
"equivalent" (``factor`` times the equation before, or any multiple of it that has one sign), "solves" (a value at
which the derivative of its stage passes from + to −), "decreasing" (``factor`` times the derivative, ``factor`` > 0,
which falls), "sign" (an expression of one sign), "limit" (of the function that decreases, at the end ``factor``),
"maximises" (the steps of this rule with the same conditions give every parameter a value at which the likelihood of the
sample is not smaller than elsewhere), "ratio" (ℓ(N + 1) − ℓ(N) for an integer N), "falling" (it, times a positive factor, does
not rise from one integer to the next), "held" (a value at which a path holds a parameter), "grows" (the log-likelihood runs
to ∞ on that path, as the parameter runs to an end of its space), "implies" (a statement that follows by the theorem named in
the sentence). To add a move: a line here and, if its relation is a new one, a test in ``audit``.
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """A move: its relation, the reason in a few words (beside a line), and an example."""

    relation: str
    reason: str
    example: str


RULES: dict[str, Rule] = {
    "independence": Rule("defines", "the observations are independent", "L(λ) = ∏ᵢ f(xᵢ | λ)"),
    "powers": Rule("equals", "powers of one base collected", "∏ᵢ λ^(xᵢ) = λ^(∑ᵢ xᵢ)"),
    "log-of-product": Rule("equals", "the logarithm of a product is a sum", "log ∏ᵢ f(xᵢ) = ∑ᵢ log f(xᵢ)"),
    "linear-sum": Rule("equals", "the sum is taken term by term, constants come out", "∑ᵢ (a xᵢ + b) = a ∑ᵢ xᵢ + n b"),
    "set-aside": Rule("defines", "terms free of the parameters do not move the maximum", "−∑ᵢ log xᵢ! is set aside"),
    "centre": Rule("equals", "sums of squares are centred at the mean", "∑ᵢ xᵢ² = ∑ᵢ (xᵢ − x̄)² + n x̄²"),
    "differentiate": Rule("derivative", "differentiate", "ℓ′(λ) = (∑ᵢ xᵢ)/λ − n"),
    "profile": Rule("equals", "put the maximiser in", "ℓₚ(k) = ℓ(k, x̄/k)"),
    "set-to-zero": Rule("defines", "at an interior maximum the score is 0", "ℓ′(λ̂) = 0"),
    "clear": Rule("equivalent", "multiply by a positive factor", "∑ᵢ xᵢ/λ − n = 0 ⇔ ∑ᵢ xᵢ − nλ = 0"),
    "collect": Rule("equivalent", "collect", "k(1 − p) − (n − k)p = 0 ⇔ k − np = 0"),
    "isolate": Rule("equivalent", "isolate the unknown", "k − np = 0 ⇔ p = k/n"),
    "quadratic": Rule("solves", "the root at which the score turns from + to −", "θ = (−b + √(b² − 4ac))/(2a)"),
    "direction": Rule("solves", "A cos μ + B sin μ is largest at atan2(B, A)", "μ̂ = atan2(∑ᵢ sin xᵢ, ∑ᵢ cos xᵢ)"),
    "undo": Rule("equivalent", "apply the inverse function", "σ² = v ⇔ σ = √v"),
    "second-derivative": Rule("derivative", "differentiate again", "ℓ″(λ) = −∑ᵢ xᵢ/λ²"),
    "decreasing": Rule("decreasing", "its derivative is negative", "S − nλ decreases in λ"),
    "end": Rule("limit", "limit at the end", "log k − ψ(k) → 0 as k → ∞"),
    "neighbours": Rule(
        "ratio", "the likelihoods of neighbours are divided", "L(N + 1)/L(N) = ∏ᵢ (N + 1)(1 − p)/(N + 1 − xᵢ)"
    ),
    "falling-ratio": Rule("falling", "the ratio falls as N grows", "(N + 1)/(N + 1 − xᵢ) falls in N"),
    "leave-out": Rule("sign", "terms that are not negative are left out", "log(g₁ + g₂) − log g₂ ≥ 0"),
    "hold": Rule("held", "held on a path", "a = x₍₁₎"),
    "run": Rule("grows", "the likelihood grows without bound on the path", "ℓ → ∞ as s → 0"),
    "maximum": Rule("maximises", "the likelihood is nowhere larger", "θ̂ = x₍ₙ₎"),
    "estimator": Rule("solves", "the likelihood equation has this one root", "λ̂ = x̄"),
}
"""The table of moves, by name."""

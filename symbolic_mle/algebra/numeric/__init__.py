"""SymPy expressions with sums over the sample, as numbers: fast in doubles, slowly in as many digits as a sign needs.

    evaluator.py   compile_expression: expression → Evaluator, once; then values and a sample → float, many times
    exact.py       evaluate_exactly: the same meaning in mpmath, data taken by their shortest decimals
    signs.py       sign_on_sample: the sign of a statistic, or None
    tape.py        what an expression is compiled to: a list of steps, shared subexpressions once
    scope.py       SymPy tree → tape, in an arithmetic
    structure.py   what means the same in every arithmetic: DataSum, Piecewise, Sum, Derivative …
    floats.py      the arithmetic of doubles: SymPy class → NumPy function, in one table
    stable.py      sums, products and powers of doubles that keep digits and range
    products.py    what a product is when factors are zero, infinite or out of range
    chunks.py      sums over samples of any size
    pairs.py       terms of a sum that nearly cancel, combined
    logarithms.py  logarithms that stay within the range of a double

Nothing is turned into source text. May import SymPy, NumPy, mpmath, errors and the rest of algebra. To add a function:
a line in the tables of ``floats`` and ``exact``, and in ``logarithms.LOGS`` if its logarithm has a formula of its own.
"""

from __future__ import annotations

from symbolic_mle.algebra.numeric.evaluator import Evaluator, compile_expression, compile_pointwise
from symbolic_mle.algebra.numeric.exact import ExactEvaluator, evaluate_exactly
from symbolic_mle.algebra.numeric.signs import error_scale, sign_on_sample
from symbolic_mle.algebra.numeric.tape import NotNumeric

__all__ = [
    "Evaluator",
    "ExactEvaluator",
    "NotNumeric",
    "compile_expression",
    "compile_pointwise",
    "error_scale",
    "evaluate_exactly",
    "sign_on_sample",
]

"""The options that every command on a model has, and how densities are typed."""

from __future__ import annotations

from typing import Any

FORMATS = ("text", "latex", "markdown", "html", "json")

NOTATION = """\
Densities are typed as on paper: x^2 or x**2, e^(-x) or exp(-x), x!, |x - mu|, sqrt(2 pi), log, gamma(k),
beta(a, b), binomial(m, x); 2 lambda x multiplies; Greek letters by name or as themselves. Ends of a
parameter space are meant literally: "0 < p < 1" leaves 0 and 1 out, "0 <= p <= 1" lets them in.
"""


def add_model_options(group: Any) -> None:
    """The density's variable, parameters, support and constants."""
    group.add_argument("--variable", metavar="NAME", help="the observation (default x); 'x,y' for a pair")
    group.add_argument(
        "--parameter", metavar="RELATION", action="append", default=[],
        help="an unknown parameter and its space: 'lambda > 0', '0 <= p <= 1', 'mu' for any real number,"
        " 'integer, N >= 1', or 'b: a < b' where the name is not clear; repeat for several",
    )  # fmt: skip
    group.add_argument(
        "--support", metavar="RELATION", default=None,
        help="the possible observations: 'x > 0', '0 <= x, x <= theta', 'x = 0, 1, 2, ...' (default: any real number)",
    )  # fmt: skip
    group.add_argument(
        "--known", metavar="RELATION", action="append", default=[],
        help="a known constant, as for --parameter: 'sigma > 0'; repeat for several",
    )  # fmt: skip
    group.add_argument("--covariate", metavar="NAME", action="append", default=[], help="a known column of the data")
    group.add_argument(
        "--constraint", metavar="RELATION", action="append", default=[],
        help="between parameters: 'a < b', 'p1 + p2 + p3 == 1'",
    )  # fmt: skip
    kind = group.add_mutually_exclusive_group()
    kind.add_argument(
        "--discrete", action="store_true", default=None,
        help="the density is a probability mass function (default: when the support is a list of integers)",
    )  # fmt: skip
    kind.add_argument("--continuous", action="store_false", dest="discrete", help="the density is a density")
    group.add_argument("--unchecked", action="store_true", help="do not check that the density integrates to 1")

"""A document with every kind of block and node in it."""

from __future__ import annotations

import sympy as sp

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition import document as d
from symbolic_mle.exposition.mathematics import Maths, Name
from symbolic_mle.exposition.notation import Notation

x, k, theta = sp.symbols("x k theta", positive=True)
NOTATION = Notation((x,), (k, theta))
HATS = NOTATION.with_hats()
n = NOTATION.size
S, SL = DataSum(x, x), DataSum(sp.log(x), x)
DENSITY = x ** (k - 1) * sp.exp(-x / theta) / (sp.gamma(k) * theta**k)
LOG_DENSITY = (k - 1) * sp.log(x) - x / theta - sp.loggamma(k) - k * sp.log(theta)
LOG_LIKELIHOOD = (k - 1) * SL - S / theta - n * sp.loggamma(k) - n * k * sp.log(theta)


def nodes() -> list[Maths]:
    """At least one of every kind of maths node."""
    write = NOTATION.write
    return [
        write(LOG_LIKELIHOOD),
        NOTATION.product_over_sample(DENSITY),
        write(sp.Piecewise((theta, x < k), (1 / theta, True))),
        write(sp.Matrix([[sp.polygamma(1, k), 1 / theta], [1 / theta, k / theta**2]])),
        write(sp.binomial(n, k) * sp.Abs(x - k) * sp.factorial(x) * sp.floor(theta) * sp.sqrt(theta)),
        make.indicator(write(x <= theta)),
        make.root(Name("theta"), 3),
        make.row(NOTATION.score(k), make.words(" for 100% of x_i & more")),
        make.limit(Name("theta"), make.from_above(make.ZERO), make.call("log", Name("theta"))),
        make.chain(Name("theta"), "in", Name("reals"), "iff", make.INFINITY),
        make.sequence(NOTATION.sample(), NOTATION.order_statistic(n)),
        Name("rate", accent="hat", superscript=make.number(2)),
        NOTATION.profile(k, primes=2),
    ]


def document() -> d.Document:
    """The gamma model, told briefly."""
    score = [d.line(NOTATION.score(s), "=", NOTATION.write(LOG_LIKELIHOOD.diff(s))) for s in (k, theta)]
    solved = d.display(
        d.line(HATS.write(LOG_LIKELIHOOD.diff(theta)), "=", make.ZERO),
        d.line(HATS.write(S - n * k * theta), "=", make.ZERO, "multiply by ", HATS.write(theta**2), " > 0"),
        d.line(HATS.write(theta), "=", HATS.write(S / n / k), "divide by ", HATS.write(n * k)),
    )
    return d.document(
        ("Maximum likelihood: Gamma(", NOTATION.write(k), ", ", NOTATION.write(theta), ")"),
        d.section(
            "Model",
            d.paragraph(NOTATION.sample(), " are ", d.Emphasis("independent"), " observations from"),
            d.display(d.line(NOTATION.density(), "=", NOTATION.write(DENSITY))),
        ),
        d.section(
            "Log-likelihood",
            d.display(
                d.line(NOTATION.log_likelihood(), "=", NOTATION.sum_over_sample(LOG_DENSITY)),
                d.line(None, "=", NOTATION.write(LOG_LIKELIHOOD), "constants out of the sums"),
            ),
            number=1,
        ),
        d.section("Score", d.display(*score), number=2),
        d.section("Likelihood equation", solved, number=3),
        d.section(
            "Which case are the data in?",
            d.cases(
                d.row(
                    make.chain(Name("s"), ">", make.ZERO),
                    d.paragraph("There is one root, by a sign change. " * 4),
                    d.display(d.formula(NOTATION.write(sp.log(k) - sp.digamma(k)))),
                ),
                d.row("all observations are equal to each other", d.paragraph("The likelihood is unbounded.")),
            ),
            number=4,
        ),
        d.theorem(d.paragraph("The maximiser is unique.")),
        d.proof(d.paragraph("By the Cramér–Rao inequality & Jensen's; 100% of it.")),
        d.section(
            "Precision",
            d.definitions(
                d.row("Observed information", d.display(d.line(Name("J"), "=", NOTATION.write(n / theta)))),
                d.row("Everything", d.paragraph(*(part for node in nodes() for part in (node, ", ")))),
            ),
        ),
        d.remark(d.paragraph("Nothing.")),
    )

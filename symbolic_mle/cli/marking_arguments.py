"""What can be typed after ``check`` and ``mark``, and the help that teaches it by example."""

from __future__ import annotations

import argparse
from typing import Any

from symbolic_mle.cli import marking
from symbolic_mle.cli.model_arguments import FORMATS, NOTATION, add_model_options

CHECK = """\
Says whether a claimed estimator is the maximum likelihood estimator, and if not, what it is instead, with data on which
another value is more likely.

  symbolic-mle check poisson --claim "lambda = sum(x_i)/n"
  symbolic-mle check uniform --claim "theta = 2 xbar"
  symbolic-mle check normal --claim "mu = \\bar{x}" --claim "sigma2 = \\frac{1}{n-1}\\sum_i (x_i - \\bar{x})^2" --format json
  symbolic-mle check "theta x^(theta - 1)" --parameter "theta > 0" --support "0 < x, x < 1" --claim "theta = -n/sum(log x_i)"
"""

CHECK_NOTES = (
    """\
Claims are typed as text, LaTeX or Unicode: sum(x_i)/n, xbar, max(x), x_(n), \\hat{\\theta} = \\frac{1}{n}\\sum_i x_i, n/∑ᵢ log xᵢ.
A parameter without a claim is not asked for. With --format json: correct (true, false, or null where neither could be
shown), diagnosis (one of the words below, or null), explanation, counterexample.

Diagnoses: unbiased-variance wrong-parametrisation not-a-maximum outside-space ignores-support method-of-moments
missing-factor sign-error ignores-boundary depends-on-parameter not-an-estimator other

Exit status: 0 with a verdict, right or wrong; 2 for a model or claim that is not understood.

"""
    + NOTATION
)

MARK = """\
Marks a working line by line: the first wrong line, its mistake, what it should be, and what is missing for full marks.

  symbolic-mle mark poisson working.txt
  symbolic-mle mark poisson working.tex --format latex --document > marked.tex
  symbolic-mle mark poisson class/ --jobs 4 --output marked/ --format html
  symbolic-mle mark poisson class.csv --who email --working answer
  symbolic-mle mark "theta x^(theta - 1)" --parameter "theta > 0" --support "0 < x, x < 1" class/ --format json
"""

MARK_NOTES = (
    """\
A working is a text (.txt), Markdown (.md) or LaTeX (.tex) file, a line a step; a displayed formula is one step, and an alignment
one for each of its statements. A folder is read with its subfolders. A table (.csv, .tsv) has a row for each working, with a
column named id, name, student or email, and one named working, answer, response or solution.

Of one working the marked lines are printed; of many a table with the columns who, verdict, line, mistake, missing, and how
many made which first mistake. With --format json, {"workings": {who: …}, "class": {…}}, in stable words:

  verdict       no-mistake, mistake, partly-understood, not-marked
  first_wrong   the first wrong line, counted from 0, or null
  mistake       wrong-likelihood wrong-log wrong-derivative algebra dropped-term sign-error wrong-estimate
                wrong-second-derivative wrong-conclusion score-not-applicable
  incomplete    no-second-order-check boundary-not-treated existence-not-treated no-independence-statement
  lines         the text, verdict, mistake and comment of each

--output writes a marked document for each working, class.* with the results, results.csv and results.json.

Exit status: 0 when all were marked, right or wrong; 1 when some could not be read, which stops no other; 2 when
there is nothing to mark, or the model is not understood.

"""
    + NOTATION
)


def add_check(subcommands: Any) -> None:
    """``symbolic-mle check``."""
    check = subcommands.add_parser("check", help="is a claimed estimator right?", description=CHECK, epilog=CHECK_NOTES)
    check.set_defaults(command=marking.check)
    check.add_argument("density", metavar="DENSITY", help="a density of one observation, or the name of a model")
    check.add_argument(
        "--claim", metavar="CLAIM", action="append", required=True,
        help="'theta = max(x)'; repeat for several parameters",
    )  # fmt: skip
    check.add_argument("--format", choices=("text", "json"), default="text", help="how to write it (default text)")
    add_model_options(check.add_argument_group("the model"))


def add_mark(subcommands: Any) -> None:
    """``symbolic-mle mark``."""
    mark = subcommands.add_parser(
        "mark", help="mark hand derivations, line by line", description=MARK, epilog=MARK_NOTES
    )
    mark.set_defaults(command=marking.mark)
    mark.add_argument("density", metavar="DENSITY", help="a density of one observation, or the name of a model")
    mark.add_argument("file", metavar="FILE", help="a working, a folder of them, or a table of them")
    mark.add_argument("--format", choices=FORMATS, default="text", help="how to write it (default text)")
    mark.add_argument(
        "--document", action="store_true", help="with --format latex or html: a document that stands by itself"
    )
    mark.add_argument(
        "--output", metavar="FOLDER", help="write a marked document for each working, and the results, into a folder"
    )
    mark.add_argument("--jobs", metavar="N", type=_jobs, default=1, help="processes for many workings (default 1)")
    table = mark.add_argument_group("a table of workings")
    table.add_argument("--who", metavar="COLUMN", default="", help="the column that names the students")
    table.add_argument("--working", metavar="COLUMN", default="", help="the column of their workings")
    add_model_options(mark.add_argument_group("the model"))


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes from 1 to 256")
    return int(text)

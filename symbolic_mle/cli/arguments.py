"""What can be typed, and the help that teaches it by example."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from symbolic_mle.cli import commands, marking_arguments
from symbolic_mle.cli.model_arguments import FORMATS, NOTATION, add_model_options

OVERVIEW = """\
Derives maximum likelihood estimators: the likelihood, the score, the solution, why it is the
maximum, and what happens for the data that have none.

  symbolic-mle derive poisson
  symbolic-mle derive "lambda e^(-lambda x)" --parameter "lambda > 0" --support "x >= 0"
  symbolic-mle models gamma
"""

DERIVE = """\
Derives the maximum likelihood estimator of a density, or of a named model.

  symbolic-mle derive poisson
  symbolic-mle derive poisson --estimate counts.csv
  symbolic-mle derive normal --known mu
  symbolic-mle derive "lambda^x e^(-lambda) / x!" --parameter "lambda > 0" --support "x = 0, 1, 2, ..."
  symbolic-mle derive "theta x^(theta - 1)" --parameter "theta > 0" --support "0 < x, x < 1"
  symbolic-mle derive "e^(-(x-mu)^2/(2v)) / sqrt(2 pi v)" --parameter mu --known "v > 0"
  symbolic-mle derive gamma --format latex --document --output gamma.tex
"""

MODELS = """\
Lists the named models with their parameters. With a word, those that it fits; with a name, all about that one.

  symbolic-mle models
  symbolic-mle models gamma
  symbolic-mle models waiting
"""


class Parser(argparse.ArgumentParser):
    """Errors in one line, examples as they were written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message} (see '{self.prog} --help')", file=sys.stderr)
        sys.exit(2)


class Version(argparse.Action):
    """Print the installed version; looked up only when it is asked for, because the look-up is slow."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("symbolic_mle")
        except PackageNotFoundError:
            number = "(not installed)"
        print(f"symbolic-mle {number}")
        sys.exit(0)


def parser() -> Parser:
    """The whole command line."""
    top = Parser(prog="symbolic-mle", description=OVERVIEW)
    top.add_argument("--version", action=Version, nargs=0, help="print the version and exit")
    subcommands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_derive(subcommands)
    marking_arguments.add_check(subcommands)
    marking_arguments.add_mark(subcommands)
    _add_models(subcommands)
    return top


def _add_derive(subcommands: Any) -> None:
    derive = subcommands.add_parser(
        "derive", help="derive an estimator, step by step", description=DERIVE, epilog=NOTATION
    )
    derive.set_defaults(command=commands.derive)
    derive.add_argument("density", metavar="DENSITY", help="a density of one observation, or the name of a model")
    add_model_options(derive.add_argument_group("the model"))
    _add_output_options(derive.add_argument_group("the derivation"))
    _add_data_options(derive.add_argument_group("data"))


def _add_output_options(group: Any) -> None:
    group.add_argument("--format", choices=FORMATS, default="text", help="how to write it (default text)")
    group.add_argument(
        "--document", action="store_true", help="with --format latex: a document that compiles by itself"
    )
    group.add_argument("--ascii", action="store_true", help="with --format text: plain ASCII instead of Unicode")
    group.add_argument("--width", metavar="N", type=_width, help="with --format text: columns to use")
    group.add_argument(
        "--sections", metavar="NAMES",
        help="what to tell: model, derivation, result, precision, asymptotics, finite-sample, links, numerics, remarks, separated"
        " by commas, or all (default: model,derivation,result,precision,remarks)",
    )  # fmt: skip
    group.add_argument("--output", metavar="FILE", help="write the derivation to a file")
    group.add_argument("--budget", metavar="S", type=_seconds, default=20.0, help="seconds to spend (default 20)")


def _add_data_options(group: Any) -> None:
    group.add_argument(
        "--estimate", metavar="DATA.csv",
        help="also evaluate the estimator on data: a column of numbers, or the columns named as the variables; - reads"
        " standard input",
    )  # fmt: skip
    group.add_argument(
        "--function", metavar="EXPRESSION", action="append", default=[],
        help="with --estimate: also a function of the parameters, as 'p/(1 - p)'; repeat for several",
    )  # fmt: skip
    group.add_argument(
        "--iterations", choices=("newton", "scoring"),
        help="with --estimate: the table of iterations of Newton-Raphson or of Fisher scoring",
    )  # fmt: skip
    group.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[],
        help="the value of a known constant, needed to evaluate an estimator that uses it: 'sigma=1.5', 'm=1/3'",
    )  # fmt: skip


def _add_models(subcommands: Any) -> None:
    models = subcommands.add_parser("models", help="list the named models", description=MODELS)
    models.set_defaults(command=commands.models)
    models.add_argument("word", metavar="WORD", nargs="?", default="", help="a name, or a word to look for")


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number of seconds")
    return value


def _width(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 40 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of columns from 40 to 1000")
    return int(text)

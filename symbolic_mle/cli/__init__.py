"""The command line: ``symbolic-mle derive`` and ``symbolic-mle models``.

    arguments   what can be typed, and the help that teaches it
    relations   "lambda > 0" → which name it is about
    request     arguments → a model's specification, from a density or from a named model
    table       a file of data → columns of numbers
    report      an estimate in words, the listing of models
    commands    what each subcommand does
    marking     check and mark
    results     the results of a class: table, documents, statistics
    progress    a bar while many are marked

To add a subcommand: its arguments in ``arguments``, a function in ``commands``. SymPy and NumPy are imported inside the
commands that need them, so that help, version and listing answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from symbolic_mle.errors import MLEError

BAD_INPUT = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. The exit status is 0, 1 where some of many workings could not be marked, or 2 with one line on
    standard error for input that will not do.
    """
    from symbolic_mle.cli.arguments import parser

    try:
        options = parser().parse_args(arguments)
        status = options.command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_standard_output()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        print("symbolic-mle: interrupted", file=sys.stderr)
        return INTERRUPTED
    except (MLEError, OSError) as error:
        print(f"symbolic-mle: {_in_one_line(error)}", file=sys.stderr)
        return BAD_INPUT
    return int(status or 0)


def _in_one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split())


def _forget_standard_output() -> None:
    """Nobody reads any more: keep the interpreter from complaining about it when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

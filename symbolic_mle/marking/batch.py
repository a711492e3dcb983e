"""Many workings, on any executor of ``concurrent.futures``: in their order, each with its marks or with why it has none."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import chain
from typing import Any
from uuid import uuid4

from symbolic_mle.errors import MLEError, ReadingError
from symbolic_mle.marking.bench import Bench
from symbolic_mle.marking.report import WorkingReport
from symbolic_mle.marking.working import mark_lines, prepared
from symbolic_mle.reading.refusal import refusal

BATCH = 8  # workings that are sent to a worker at a time

Marked = WorkingReport | ReadingError


def mark_many(
    model: Any, workings: Sequence[Sequence[str] | ReadingError], executor: Executor | None = None
) -> Iterator[Marked]:
    """The reports of many workings, in their order; a working that cannot be marked gives its error, and stops no other.

    ``executor`` is anything with the ``map`` of ``concurrent.futures``: threads, processes, or a Dask client's
    ``client.get_executor()``. The model is derived once for each of its workers.
    """
    if executor is None:
        return _marked(prepared(model), workings)
    batches = [workings[k : k + BATCH] for k in range(0, len(workings), BATCH)]
    return chain.from_iterable(executor.map(partial(_marked_batch, uuid4().hex, model), batches))


def _marked(bench: Bench, workings: Sequence[Sequence[str] | ReadingError]) -> Iterator[Marked]:
    for lines in workings:
        try:
            yield lines if isinstance(lines, ReadingError) else _marked_one(lines, bench)
        except ReadingError as error:
            yield error


def _marked_one(lines: Sequence[str], bench: Bench) -> WorkingReport:
    if not any(line.strip() for line in lines if isinstance(line, str)):
        raise refusal("", 0, "the working is empty")
    try:
        return mark_lines(list(lines), bench)
    except MLEError:
        raise
    except Exception as error:  # a defect of the package must not cost the other students their marks
        raise refusal(
            "", 0, f"the marking failed ({type(error).__name__})", advice="please report this working"
        ) from error


class _Workplace(threading.local):
    """What a worker has prepared last, so that all batches of a class share one derivation. A bench belongs to one thread."""

    token = ""
    bench: Bench | None = None


_WORKPLACE = _Workplace()


def _marked_batch(token: str, model: Any, workings: Sequence[Sequence[str] | ReadingError]) -> list[Marked]:
    if _WORKPLACE.token != token or _WORKPLACE.bench is None:
        _WORKPLACE.bench = prepared(model)
        _WORKPLACE.token = token
    return list(_marked(_WORKPLACE.bench, workings))

"""How long proofs may still be searched in the derivation at work, in CPU seconds of its thread.

A busy machine proves as much as an idle one. When the patience is spent, a sign that is not known by then stays unknown and the
derivation gives the honest weaker answer. The deadline is a context variable, so that threads do not share it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Searches inside end ``seconds`` from now."""
    token = _deadline.set(until(seconds))
    try:
        yield
    finally:
        _deadline.reset(token)


def until(seconds: float) -> float:
    """The moment, on the clock of ``time.thread_time``, when a search that may take ``seconds`` has to end."""
    return min(_deadline.get(), time.thread_time() + seconds)


def is_spent() -> bool:
    """Has the time for this derivation run out?"""
    return time.thread_time() > _deadline.get()

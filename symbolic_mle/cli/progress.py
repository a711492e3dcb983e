"""A bar while many workings are marked: that of rich where it is installed, else a count. Only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def watched(items: Iterable[T], total: int) -> Iterable[T]:
    """The items, with the progress on standard error while they come."""
    if total < 2 or not sys.stderr.isatty():
        return items
    try:
        from rich.console import Console
        from rich.progress import track
    except ImportError:
        return _counted(items, total)
    bar: Iterable[T] = track(items, "Marking", total, console=Console(stderr=True), transient=True)
    return bar


def _counted(items: Iterable[T], total: int) -> Iterator[T]:
    try:
        for count, item in enumerate(items, 1):
            print(f"\r{count}/{total}", end="", file=sys.stderr, flush=True)
            yield item
    finally:
        print(file=sys.stderr)

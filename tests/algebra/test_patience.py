"""Deadlines in CPU seconds: set, spent, restored, and not shared by threads."""

from __future__ import annotations

import math
import threading
import time

import pytest

from symbolic_mle.algebra.patience import is_spent, patience, until


def test_without_a_deadline_only_the_search_itself_is_bounded() -> None:
    before = time.thread_time()
    assert until(math.inf) == math.inf
    assert until(5.0) >= before + 5.0
    assert until(5.0) <= time.thread_time() + 5.0
    assert not is_spent()


def test_the_sooner_of_two_deadlines_counts() -> None:
    with patience(10.0):
        assert until(1.0) <= time.thread_time() + 1.0
        assert until(100.0) <= time.thread_time() + 10.0
        assert until(math.inf) < math.inf


def test_the_deadline_does_not_move() -> None:
    with patience(10.0):
        first = until(1e6)
        sum(k * k for k in range(20_000))
        assert until(1e6) == first


def test_patience_that_is_spent() -> None:
    with patience(-1.0):
        assert is_spent()
        assert until(10.0) < time.thread_time()
    assert not is_spent()


def test_waiting_costs_no_patience() -> None:
    """The clock is that of the processor: a busy machine proves as much as an idle one."""
    with patience(0.02):
        time.sleep(0.05)
        assert not is_spent()


def test_work_spends_it() -> None:
    with patience(0.005):
        begin = time.thread_time()
        while time.thread_time() < begin + 0.006:
            pass
        assert is_spent()


def test_it_ends_with_its_block_also_after_an_error() -> None:
    with pytest.raises(ValueError, match="inside"), patience(-1.0):
        raise ValueError("inside")
    assert not is_spent()
    assert until(math.inf) == math.inf


def test_an_inner_block_gives_the_outer_deadline_back() -> None:
    with patience(50.0):
        outer = until(math.inf)
        with patience(1.0):
            assert until(math.inf) < outer
        assert until(math.inf) == outer


def test_an_inner_block_cannot_outlast_the_outer_one() -> None:
    """Searches inside the outer block end with it, also those in an inner block."""
    with patience(-1.0), patience(100.0):
        assert is_spent()


def test_threads_do_not_share_it() -> None:
    found: list[bool] = []
    with patience(-1.0):
        thread = threading.Thread(target=lambda: found.append(is_spent()))
        thread.start()
        thread.join()
        assert is_spent()
    assert found == [False]

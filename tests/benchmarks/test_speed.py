"""How long things take; measured, never asserted: ``python -m pytest tests/benchmarks --benchmark-enable``.

Only the ratio of two imports, measured side by side in one run, is held to a bound: it does not depend on the machine.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import Any

import numpy as np
import pytest

from symbolic_mle import Model, derive
from tests.derivations import CATALOGUE, every

SIZES = (10, 1_000, 100_000, 10_000_000)
LARGEST_UNASKED = 100_000  # the largest sample, and most of the models, are for when times are really wanted
UNASKED = every(16)


@pytest.mark.parametrize("name", CATALOGUE)
def test_derivation(benchmark: Any, name: str) -> None:
    """From text to the cases and their proofs, with SymPy's cache empty, as for the first derivation of a session."""
    from sympy.core.cache import clear_cache

    if name not in UNASKED and not benchmark.enabled:
        pytest.skip("most models: only with --benchmark-enable")
    specification = CATALOGUE[name].specification()
    benchmark.pedantic(lambda: derive(Model.parse(**specification)), setup=clear_cache, rounds=3)


@pytest.mark.parametrize("name", ["poisson", "normal", "gamma"])
def test_rendering(benchmark: Any, name: str) -> None:
    found = derive(name)
    benchmark(lambda: (found.to_text(), found.to_latex()))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["exponential", "normal", "gamma", "weibull"])
def test_estimate(benchmark: Any, name: str, size: int) -> None:
    """The sums of the data, in one pass each, and the root where the estimator is one."""
    if size > LARGEST_UNASKED and not benchmark.enabled:
        pytest.skip("10 million observations: only with --benchmark-enable")
    data = np.random.default_rng(3).gamma(2.0, 0.8, size=size)
    found = derive(name)
    values = benchmark.pedantic(lambda: found.estimate(data), rounds=3).values
    assert values is None or all(np.isfinite(value) for value in values.values())


def seconds_to_run(statement: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - started


def test_import_against_sympy(record_property: Any) -> None:
    """Alternately, so that a busy machine slows both: with the engine loaded, at most 1.3 times ``import sympy``."""
    ours, theirs = [], []
    for _ in range(7):
        theirs.append(seconds_to_run("import sympy"))
        ours.append(seconds_to_run("import symbolic_mle"))
    ratio = median(ours) / median(theirs)
    record_property("import ratio", ratio)
    assert ratio < 1.3

"""How long information takes, beside the derivation; measured, never asserted: see ``test_speed``."""

from __future__ import annotations

from typing import Any

import pytest

from symbolic_mle.inference.fisher import fisher_information
from tests.derivations import CATALOGUE, derivation, every

UNASKED = every(16)


@pytest.mark.parametrize("name", CATALOGUE)
def test_fisher_information(benchmark: Any, name: str) -> None:
    """With SymPy's cache empty, as for the first of a session."""
    from sympy.core.cache import clear_cache

    if name not in UNASKED and not benchmark.enabled:
        pytest.skip("most models: only with --benchmark-enable")
    d = derivation(name)
    benchmark.pedantic(lambda: fisher_information(d.likelihood, d.model), setup=clear_cache, rounds=1)


@pytest.mark.parametrize("method", ["wald", "score", "profile"])
def test_interval(benchmark: Any, method: str) -> None:
    e = derivation("poisson").estimate([2, 3, 1, 0, 4, 2, 2])
    benchmark(lambda: e.interval("lambda", method=method))

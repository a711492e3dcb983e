"""Facts about a sample hold for every sample: termwise signs, variation, Jensen, products."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from sympy import Expr

from symbolic_mle import Model
from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.algebra.sample import DataSum, mean
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Specification
from symbolic_mle.stages.equal_observations import variation
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.sample_signs import SampleSign

POSITIVE = Model.parse("t e^(-t x)", "x", {"t": "t > 0"}, "x > 0").specification
CLOSED = Model.parse("t e^(-t x)", "x", {"t": "t > 0"}, "x >= 0").specification
LINE = Model.named("normal").specification
UNIT = Model.named("beta").specification
COUNTS = Model.named("poisson").specification


def total(text: Expr, model: Specification) -> DataSum:
    return DataSum(text, model.observed)


def average(model: Specification, of: Expr | None = None) -> Expr:
    (x,) = model.observed
    return mean(x if of is None else of, model.observed, model.size)


def sign(expr: Expr, model: Specification) -> SampleSign | None:
    return sample_sign(expr, model, model.region)


def draws(model: Specification) -> list[np.ndarray]:
    """Samples of several sizes in the support, some with all observations equal or at a closed end."""
    random, (x,) = np.random.default_rng(7), model.observed
    interval = model.support.intervals[x]
    found = []
    for size in (1, 2, 3, 9):
        if interval.integer:
            found += [random.integers(0, 5, size).astype(float), np.full(size, 2.0), np.zeros(size)]
        elif interval.upper == 1:
            found += [random.uniform(0.01, 0.99, size), np.full(size, 0.3)]
        elif interval.lower == 0:
            found += [random.gamma(1.0, 2.0, size) + 1e-3, np.full(size, 2.5)]
        else:
            found += [random.normal(0, 3, size), np.full(size, -1.5), np.zeros(size)]
        if interval.closed_lower and not interval.integer:
            found.append(np.zeros(size))
    return found


def check(expr: Expr, model: Specification, found: SampleSign) -> None:
    """The sign that was claimed, for samples and parameters drawn at random."""
    random = np.random.default_rng(3)
    evaluate = compile_expression(expr, tuple(model.parameters), model.observed, model.size)
    low, high = found.sign.value
    for sample in draws(model):
        values = {p: float(random.uniform(0.3, 3)) for p in model.parameters}
        value = evaluate(values, {model.observed[0]: sample})
        slack = 1e-9 * (1 + float(np.abs(sample).sum()) ** 2)
        assert value >= -slack if low >= 0 else True
        assert value <= slack if high <= 0 else True
        if low > 0:
            assert value > 0
        if high < 0:
            assert value < 0


def cases() -> list[tuple[str, Specification, Expr, Sign]]:
    xp, xl, xu, xc = (m.observed[0] for m in (POSITIVE, LINE, UNIT, COUNTS))
    (t,) = POSITIVE.parameters
    n = POSITIVE.size
    return [
        ("a sum of positive terms", POSITIVE, total(xp, POSITIVE), Sign.POSITIVE),
        ("a sum of squares", LINE, total(xl**2, LINE), Sign.NONNEGATIVE),
        ("minus a sum", POSITIVE, -total(xp, POSITIVE) / t**2, Sign.NEGATIVE),
        ("a sum of counts", COUNTS, total(xc, COUNTS), Sign.NONNEGATIVE),
        ("logarithms in the unit interval", UNIT, total(sp.log(xu), UNIT), Sign.NEGATIVE),
        ("n minus a sum below it", UNIT, UNIT.size - total(xu, UNIT), Sign.POSITIVE),
        ("a sum with n in it", POSITIVE, total(xp, POSITIVE) + n * t, Sign.POSITIVE),
        ("variation", LINE, variation(xl, LINE), Sign.NONNEGATIVE),
        ("minus variation", LINE, -3 * variation(xl, LINE), Sign.NONPOSITIVE),
        (
            "Jensen for the logarithm",
            POSITIVE,
            n * sp.log(average(POSITIVE)) - total(sp.log(xp), POSITIVE),
            Sign.NONNEGATIVE,
        ),
        ("Jensen for the reciprocal", POSITIVE, total(1 / xp, POSITIVE) - n / average(POSITIVE), Sign.NONNEGATIVE),
        (
            "Jensen the other way",
            POSITIVE,
            total(sp.log(xp), POSITIVE) - n * sp.log(average(POSITIVE)),
            Sign.NONPOSITIVE,
        ),
        ("a product", POSITIVE, -total(xp, POSITIVE) * total(1 / xp, POSITIVE), Sign.NEGATIVE),
    ]


CASES = cases()


@pytest.mark.parametrize(("model", "expr", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_signs_that_are_proved_are_true(model: Specification, expr: Expr, expected: Sign) -> None:
    found = sign(expr, model)
    assert found is not None
    assert found.sign is expected
    check(expr, model, found)


def test_no_sign_where_samples_differ() -> None:
    (x,), n = LINE.observed, LINE.size
    (z,) = POSITIVE.observed
    for model, expr in (
        (LINE, total(x, LINE)),
        (LINE, total(x, LINE) ** 2 - n),
        (POSITIVE, total(z, POSITIVE) - POSITIVE.size),
        (POSITIVE, total(sp.log(z), POSITIVE)),
        (POSITIVE, total(z**2, POSITIVE) - total(z, POSITIVE)),
        (COUNTS, total(COUNTS.observed[0], COUNTS) - COUNTS.size),
        (POSITIVE, total(z**2, POSITIVE) - total(z, POSITIVE) ** 2),
        (POSITIVE, total(1 / z, POSITIVE) - POSITIVE.size**2 / total(z, POSITIVE) - 1),
    ):
        assert sign(expr, model) is None, expr


class TestZeros:
    """For which data is a weak sign 0?"""

    def test_all_equal_for_the_variation(self) -> None:
        found = sign(variation(LINE.observed[0], LINE), LINE)
        assert found is not None
        assert found.zero is not None
        assert found.zero.meaning == "equal"

    def test_all_equal_for_jensen(self) -> None:
        (x,), n = POSITIVE.observed, POSITIVE.size
        found = sign(n * sp.log(average(POSITIVE)) - total(sp.log(x), POSITIVE), POSITIVE)
        assert found is not None
        assert found.zero is not None
        assert (found.zero.meaning, found.zero.quantity) == ("equal", x)

    def test_every_observation_zero_for_a_sum_of_counts(self) -> None:
        (x,) = COUNTS.observed
        found = sign(total(x, COUNTS), COUNTS)
        assert found is not None
        assert found.zero is not None
        assert (found.zero.meaning, found.zero.quantity, found.zero.value) == ("every", x, 0)

    def test_every_observation_at_a_known_place(self) -> None:
        model = Model.named("normal-variance").specification
        (x,), (mu,) = model.observed, model.known
        found = sign(total((x - mu) ** 2, model), model)
        assert found is not None
        assert found.zero is not None
        assert (found.zero.meaning, found.zero.value) == ("every", mu)

    def test_an_open_end_is_never_reached(self) -> None:
        """Σ xᵢ over x > 0 is positive; over x ≥ 0 it is 0 when every xᵢ is."""
        opened, closed = (sign(total(m.observed[0], m), m) for m in (POSITIVE, CLOSED))
        assert opened is not None
        assert closed is not None
        assert opened.sign is Sign.POSITIVE
        assert closed.sign is Sign.NONNEGATIVE


def test_what_is_given_is_used() -> None:
    (x,) = COUNTS.observed
    given = (Condition(total(x, COUNTS), ">", "not every", x, sp.Integer(0)),)
    found = sample_sign(total(x, COUNTS), COUNTS, COUNTS.region, given)
    assert found is not None
    assert found.sign is Sign.POSITIVE


def test_what_is_given_of_one_sum_says_nothing_of_another() -> None:
    (x,) = LINE.observed
    given = (Condition(total(x, LINE), ">"),)
    assert sample_sign(total(x**3, LINE), LINE, LINE.region, given) is None
    assert sample_sign(total(x, LINE) - 5, LINE, LINE.region, given) is None
